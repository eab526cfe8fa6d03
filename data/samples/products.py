"""Product pictures: still lifes, a cut-out, and a chair on a turntable."""

import numpy as np
from film import Array, Paint, color, plain, smooth
from solids import box, ellipsoid, ring, rod, solid, turned, vessel
from studio import studio
from tracer import Camera, Solid, render


def cup_picture(width: int, height: int) -> Array:
    """A cup of coffee on its saucer, seen from above."""
    glaze, table = _speckled("#f1ece1", "#8d7f6c"), "#d99a6c"
    cup = [(0.028, 0), (0.034, 0.002), (0.05, 0.02), (0.058, 0.045), (0.061, 0.078)]
    dish = [(0.03, 0), (0.05, 0.003), (0.082, 0.014), (0.092, 0.019)]
    things = [
        solid(glaze, (0, 0.01, 0), 0.1, vessel(dish, (0, 0, 0), 0.004), gloss=0.5),
        solid(
            glaze,
            (0.01, 0.045, 0),
            0.11,
            vessel(cup, (0, 0.007, 0), 0.004),
            ring((0.066, 0.047, 0), 0.022, 0.0055, turn=0.5),
            gloss=0.5,
        ),
        solid(
            _coffee,
            (0, 0.073, 0),
            0.06,
            turned([(0, 0.069), (0.0575, 0.069), (0.0575, 0.0725), (0, 0.0725)], (0, 0, 0)),
            gloss=0.25,
        ),
        solid(
            plain("#b98a4e"),
            (-0.03, 0.02, -0.075),
            0.09,
            ellipsoid((-0.075, 0.021, -0.045), (0.021, 0.004, 0.013), turn=0.42),
            rod((-0.06, 0.022, -0.051), (0.03, 0.023, -0.093), 0.0028),
            gloss=0.8,
        ),
        solid(
            _speckled("#6d3f23", "#3a1f10"),
            (0.125, 0.012, -0.06),
            0.06,
            box((0.118, 0.009, -0.05), (0.036, 0.018, 0.036), 0.004, turn=0.4),
            box((0.15, 0.007, -0.085), (0.028, 0.014, 0.028), 0.004, turn=-0.5),
            gloss=0.05,
        ),
    ]
    camera = Camera((0.1, 0.34, -0.5), (0.036, 0.03, -0.012), 0.52)
    return render(studio(things, table, "#e9b98d", panes=True), camera, width, height)


def still_life(width: int, height: int) -> Array:
    """Vases, a sphere and an arch on plinths, in the colours of clay."""
    tall = [(0.05, 0), (0.075, 0.03), (0.1, 0.12), (0.085, 0.22), (0.034, 0.3), (0.03, 0.36)]
    tall += [(0.045, 0.4)]
    bowl = [(0.04, 0), (0.05, 0.004), (0.1, 0.04), (0.125, 0.09)]
    stems = [
        rod((-0.15, 0.2, 0.02), (-0.15 + dx, 0.2 + dy, 0.02 + dz), 0.0022)
        for dx, dy, dz in ((-0.1, 0.55, 0.03), (0.03, 0.6, 0.04), (0.14, 0.5, -0.08))
    ]
    leaves = [
        ellipsoid(
            (-0.15 + dx * s + side * 0.02, 0.2 + dy * s, 0.02 + dz * s),
            (0.035, 0.011, 0.004),
            turn=0.4 * side,
            lean=(0.7 if side > 0 else 2.45) - dx,
        )
        for dx, dy, dz in ((-0.1, 0.55, 0.03), (0.03, 0.6, 0.04), (0.14, 0.5, -0.08))
        for s, side in zip(np.linspace(0.5, 1.0, 7), (1, -1) * 4, strict=False)
    ]
    things = [
        solid(
            _speckled("#c4633f", "#7d3a22"),
            (-0.15, 0.2, 0.02),
            0.25,
            vessel(tall, (-0.15, 0, 0.02), 0.006),
        ),
        solid(plain("#7c8b62"), (-0.13, 0.6, 0.03), 0.36, *stems, *leaves, gloss=0.1),
        solid(
            plain("#e4cfb4"),
            (0.13, 0.06, 0.02),
            0.25,
            box((0.14, 0.06, 0.04), (0.3, 0.12, 0.22), 0.006),
        ),
        solid(
            _speckled("#2f4f56", "#14272b"),
            (0.17, 0.17, 0.02),
            0.15,
            vessel(bowl, (0.17, 0.12, 0.02), 0.006),
            gloss=0.5,
        ),
        solid(
            plain("#e8b04b"),
            (0.0, 0.05, -0.17),
            0.052,
            ellipsoid((0.0, 0.05, -0.17), (0.05, 0.05, 0.05)),
            gloss=0.3,
        ),
        solid(
            plain("#efe6d8"),
            (-0.2, 0.03, -0.17),
            0.09,
            turned(
                [(0, 0), (0.075, 0), (0.08, 0.005), (0.08, 0.035), (0.075, 0.04), (0, 0.04)],
                (-0.2, 0, -0.17),
            ),
        ),
        solid(
            plain("#d98a6a"),
            (-0.2, 0.07, -0.17),
            0.05,
            ring((-0.2, 0.075, -0.17), 0.028, 0.012, turn=0.5),
            gloss=0.2,
        ),
    ]
    camera = Camera((0.05, 0.36, -1.5), (0.0, 0.31, 0), 0.62)
    return render(studio(things, "#d9c3ae", "#ecdccb"), camera, width, height)


def vase_cut_out(width: int, height: int) -> Array:
    """A banded vase alone; the fourth channel is its coverage, by which colour is weighed."""
    belly = [(0.055, 0), (0.07, 0.01), (0.12, 0.1), (0.135, 0.19), (0.1, 0.29), (0.05, 0.335)]
    belly += [(0.043, 0.37), (0.064, 0.4)]
    vase = solid(
        _banded, (0, 0.2, 0), 0.26, vessel(belly, (0, 0, 0), 0.007),
        ring((0.108, 0.325, 0), 0.042, 0.011), ring((-0.108, 0.325, 0), 0.042, 0.011), gloss=0.55,
    )  # fmt: skip
    camera = Camera((0, 0.33, -1.6), (0, 0.2, 0), 0.225)
    return render(studio([vase], "#ffffff", "#ffffff", floor=False), camera, width, height)


def chair_on_turntable(size: int, frames: int) -> list[Array]:
    """One armchair, a full turn."""
    camera = Camera((0, 1.35, -4.2), (0, 0.39, 0), 0.38)
    disc = [(0, -0.06), (0.68, -0.06), (0.69, -0.05), (0.69, -0.01), (0.68, 0), (0, 0)]
    plinth = solid(plain("#f4ece0"), (0, -0.03, 0), 0.7, turned(disc, (0, 0, 0)))
    return [
        render(
            studio([*armchair((0, 0, 0), 0.5 + angle), plinth], "#d8c7b2", "#d8c7b2", low=-0.06),
            camera, size, size,
        )
        for angle in np.linspace(0, 2 * np.pi, frames, endpoint=False)
    ]  # fmt: skip


def chair_turning(size: int, frames: int) -> list[Array]:
    """One blue armchair alone on a sheet of paper, a full turn."""
    camera = Camera((0, 1.5, -4.2), (0, 0.42, 0), 0.4)
    return [
        render(
            studio(armchair((0, 0, 0), 0.5 + angle, "#2f5d8a"), "#e6e6e3", "#e6e6e3"),
            camera, size, size,
        )
        for angle in np.linspace(0, 2 * np.pi, frames, endpoint=False)
    ]  # fmt: skip


def armchair(place: tuple[float, float, float], turn: float, cloth: str = "#c2603c") -> list[Solid]:
    """An armchair with a shell of cushions on wooden legs, facing the viewer at turn 0."""

    def at(x: float, y: float, z: float) -> tuple[float, float, float]:
        cos, sin = np.cos(turn), np.sin(turn)
        return place[0] + cos * x + sin * z, place[1] + y, place[2] - sin * x + cos * z

    cushions = [
        box(at(0, 0.3, 0), (0.74, 0.14, 0.72), 0.05, turn),
        box(at(0, 0.43, -0.03), (0.56, 0.15, 0.64), 0.065, turn),
        box(at(0, 0.62, 0.3), (0.74, 0.54, 0.17), 0.08, turn),
        box(at(0, 0.6, 0.2), (0.5, 0.34, 0.14), 0.065, turn),
        box(at(-0.36, 0.44, 0), (0.14, 0.34, 0.74), 0.065, turn),
        box(at(0.36, 0.44, 0), (0.14, 0.34, 0.74), 0.065, turn),
    ]
    legs = [
        rod(at(x * 0.8, 0.26, z * 0.8), at(x, 0.015, z), 0.017)
        for x in (-0.34, 0.34)
        for z in (-0.3, 0.32)
    ]
    middle = at(0, 0.45, 0)
    return [
        solid(plain(cloth), middle, 0.72, *cushions, gloss=0.04),
        solid(plain("#6b4226"), middle, 0.72, *legs, gloss=0.2),
    ]


def _speckled(ground: str, speck: str) -> Paint:
    base, dots = color(ground), color(speck)

    def paint(points: Array, _: Array) -> Array:
        cell = np.floor(points * 230)
        chance = np.sin(cell[0] * 12.9898 + cell[1] * 78.233 + cell[2] * 37.719) * 43758.5453
        chance = chance - np.floor(chance)
        away = np.sqrt(((points * 230 - cell - 0.5) ** 2).sum(0))
        return np.where(
            (chance > 0.93) & (away < chance * 4 - 3.55), base * 0.35 + dots * 0.65, base
        )

    return paint


def _coffee(points: Array, _: Array) -> Array:
    radius = np.hypot(points[0], points[2]) / 0.0575
    x, z = points[0] / 0.0575, points[2] / 0.0575
    heart = (x**2 + (z * 1.15 + 0.22 - 0.75 * np.sqrt(np.abs(x) + 1e-4)) ** 2) - 0.3
    rings = 0.5 + 0.5 * np.cos(heart * 26)
    foam = smooth(0.06, -0.02, heart) * (0.72 + 0.28 * smooth(0.3, 0.6, rings))
    crema = color("#8a4f24") * (0.75 + 0.5 * smooth(0.55, 1.0, radius))
    return crema + (color("#f3dfc0") - crema) * foam


def _banded(points: Array, _: Array) -> Array:
    angle, height = np.arctan2(points[0], -points[2]), points[1]
    wave = 0.012 * np.abs(((angle * 18 / np.pi) % 2) - 1)
    tone = color("#1f4e79") * np.ones_like(points)
    cream, clay = color("#f2e6d0"), color("#c4633f")
    for low, high, ink in ((0.095, 0.105, cream), (0.135, 0.2, cream), (0.23, 0.24, cream)):
        tone = np.where((height > low) & (height < high), ink, tone)
    zigzag = (height - wave > 0.148) & (height - wave < 0.158)
    zigzag |= (height - wave > 0.168) & (height - wave < 0.178)
    tone = np.where(zigzag & (height > 0.135) & (height < 0.2), clay, tone)
    return np.where((height < 0.03) | (height > 0.392), clay, tone)
