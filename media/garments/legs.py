"""Trousers, jeans, shorts and the legs of jumpsuits."""

from dataclasses import dataclass, replace

import numpy as np

from media.garments.curves import Points, joined, sided, smooth
from media.garments.cutting import Cut
from media.garments.folds import Crease, Drape, Falling, ridges
from media.garments.panels import Line, Panel


@dataclass(frozen=True)
class LegShape:
    """Widths of one leg."""

    thigh: float
    knee: float
    hem: float
    folds: float
    depth: float


_SHAPES = {
    "fitted": LegShape(86, 56, 42, 2, 1.4),
    "straight": LegShape(98, 88, 82, 2, 3.2),
    "wide-leg": LegShape(112, 126, 158, 4, 7.5),
    "flared": LegShape(92, 70, 132, 3, 5.0),
    "oversized": LegShape(110, 106, 96, 3, 5.0),
}


def legs(cut: Cut, top_y: float, top_half: float) -> list[Panel]:
    """Both legs from the waist down, the right one over the left."""
    shape = _SHAPES.get(cut.spec.silhouette, _SHAPES["straight"])
    hem_y = _hem_y(cut)
    return [panel for turn in (-1, 1) for panel in _leg(cut, shape, (top_y, top_half), hem_y, turn)]


def _hem_y(cut: Cut) -> float:
    figure = cut.figure
    if cut.spec.garment == "shorts" or cut.spec.length == "short":
        return figure.knee_y - 8 if cut.spec.length == "knee" else figure.crotch_y + 88
    return figure.ankle_y - 92 if cut.spec.length == "cropped" else figure.ankle_y + 22


def _leg(
    cut: Cut, shape: LegShape, top: tuple[float, float], hem_y: float, turn: int
) -> list[Panel]:
    """One leg, with the far side of its hem behind it."""
    figure = cut.figure
    outer, inner = _sides(cut, shape, top, hem_y)
    if hem_y < figure.knee_y + 20:
        shape = replace(shape, depth=min(shape.depth, 2.8), hem=float(outer[-1, 0] - inner[-1, 0]))
    profile = ridges(cut.rng, cut.folds(shape.folds), 0.6)
    hem = _hem_line(outer[-1], inner[-1], profile, shape)
    lines = [Line(each, 1.8, "edge") for each in (outer, hem, inner)]
    if shape.depth < 6:
        lines.append(Line(hem - np.array([0.0, 11.0]), 1.0, "stitch"))
    if cut.spec.fabric == "denim":
        lines.append(Line(outer[6:] - np.array([6.0, 0.0]), 1.0, "stitch"))
    if turn > 0:
        middle = (1, 0.5 * (top[0] + figure.crotch_y))
        lines.append(Line(smooth([(0, top[0]), middle, (1, figure.crotch_y)], 8), 1.6, "seam"))
    centre = 0.5 * float(outer[-1, 0] + inner[-1, 0])
    drape = Drape(_falling(cut, shape, profile), tuple(_creases(cut, shape, top[0], hem_y, centre)))
    panel = Panel(
        sided(joined([(0, top[0] + 4)], outer, hem, inner[::-1]), turn),
        "leg",
        _mirrored_drape(drape, turn),
        tuple(Line(sided(each.points, turn), each.width, each.kind) for each in lines),
        tilt=-turn * 2.0,
        lift=0.7,
    )
    mouth = sided(_mouth(outer[-1], inner[-1], shape), turn)
    edge = Line(mouth, 1.1, "edge")
    return [Panel(mouth, "lining", Drape(), (edge,), surface="lining", lift=0), panel]


def _sides(
    cut: Cut, shape: LegShape, top: tuple[float, float], hem_y: float
) -> tuple[Points, Points]:
    """The outer and the inner seam of the right leg, from the waist and the crotch down."""
    figure = cut.figure
    top_y, top_half = top
    is_short = hem_y < figure.knee_y + 20
    scale = figure.hip / 99
    hip = figure.hip * (1.05 if shape.thigh > 105 else 1.0)
    knee_x, hem_x = _centres(shape, scale)
    foot_y = figure.ankle_y + 22
    knee = min(shape.knee, 106) + 26 if is_short else shape.knee
    stations = [figure.crotch_y + 30, figure.knee_y, foot_y]
    width = scale * float(np.interp(hem_y, stations, [min(shape.thigh, 104) + 12, knee, shape.hem]))
    share = np.clip((hem_y - figure.crotch_y) / (foot_y - figure.crotch_y), 0, 1)
    centre = float(np.interp(share, [0, 0.45, 1], [52 * scale, knee_x, hem_x]))
    outer = [
        (top_half, top_y),
        (0.5 * (top_half + hip) + 6, 0.55 * top_y + 0.45 * figure.hip_y),
        (hip, figure.hip_y),
    ]
    inner = [(1.0, figure.crotch_y)]
    if not is_short:
        outer.append((knee_x + 0.5 * shape.knee * scale, figure.knee_y))
        inner.append((knee_x - 0.5 * shape.knee * scale, figure.knee_y))
    outer.append((centre + 0.5 * width, hem_y))
    inner.append((centre - 0.5 * width, hem_y + 3))
    return smooth(outer, 10), smooth(inner, 10)


def _centres(shape: LegShape, scale: float) -> tuple[float, float]:
    """x of the middle of the leg at the knee and at the hem."""
    knee = max(52.0, 0.5 * shape.knee + 3) * scale
    return knee, max(56.0, 0.5 * shape.hem + 6) * scale


def _hem_line(
    outer: Points, inner: Points, profile: "np.typing.NDArray[np.float32]", shape: LegShape
) -> Points:
    s = np.linspace(0, 1, 50)
    wave = np.interp(s, np.linspace(0, 1, len(profile)), profile)
    base = outer + (inner - outer) * s[:, None]
    waves = 0.9 * shape.depth * (wave - 0.4) if shape.depth > 3 else 0 * wave
    return base + np.column_stack([0 * s, 8 * (1 - (2 * s - 1) ** 2) + waves])


def _mouth(outer: Points, inner: Points, shape: LegShape) -> Points:
    """The far side of the hem, seen inside the leg where it is wide."""
    middle = 0.5 * (outer + inner)
    rise = 4.0 + 0.03 * shape.hem
    back = smooth([tuple(outer), tuple(middle - np.array([0, rise])), tuple(inner)], 8)
    front = smooth([tuple(inner), tuple(middle + np.array([0, 4.0])), tuple(outer)], 8)
    return joined(back, front)


def _falling(
    cut: Cut, shape: LegShape, profile: "np.typing.NDArray[np.float32]"
) -> tuple[Falling, ...]:
    falls = [Falling(profile, shape.depth, 0.12, 0.8, 0.04)]
    if cut.has("pleats") or cut.spec.silhouette == "wide-leg":
        falls.append(Falling(ridges(cut.rng, cut.folds(5), 0.8), 5.0, 0.0, -3.2))
    return tuple(falls)


def _creases(cut: Cut, shape: LegShape, top_y: float, hem_y: float, centre: float) -> list[Crease]:
    """Pulls at the crotch, breaks at the knee and above the shoe, a pressed edge."""
    rng, figure = cut.rng, cut.figure
    # Shining cloth shows every crease by itself.
    soft = cut.cloth.softness**0.5 * (0.5 if cut.cloth.shine > 0.4 else 1.0)
    made = []
    for number in range(3):
        y = figure.crotch_y - 8 - 24 * number + rng.uniform(-6, 6)
        end = (rng.uniform(40, 82), y - rng.uniform(6, 30))
        line = smooth([(3, y + 8), (26, y - 2), end], 6)
        made.append(Crease(line, rng.uniform(8, 13), rng.uniform(0.8, 1.6) * soft))
    if hem_y > figure.knee_y + 40:
        made += _breaks(cut, figure.knee_y, 0.5 * shape.knee, _centres(shape, 1.0)[0], 0.9 * soft)
        low = 1.2 if shape.hem < 100 else 0.4
        made += _breaks(cut, hem_y - 50, 0.5 * shape.hem, centre, low * soft)
    pressed = cut.spec.fabric not in ("denim", "jersey", "knit", "corduroy")
    if pressed and shape.hem < 150:
        knee = [(centre * 1.04, figure.knee_y)] if hem_y > figure.knee_y else []
        ends = [(0.58 * figure.hip, top_y + 40), *knee, (centre + 3, hem_y)]
        made.append(Crease(smooth(ends, 12), 6, 1.8))
    return made


def _breaks(cut: Cut, y: float, half: float, x: float, strength: float) -> list[Crease]:
    """Cloth that gives way around a height, now from the one side and now from the other."""
    rng = cut.rng
    made = []
    for number in range(3):
        level = y - 30 + 28 * number + rng.uniform(-11, 11)
        turn = 1 if (number + cut.rng.integers(2)) % 2 else -1
        reach, drop = rng.uniform(0.5, 1.4) * half, rng.uniform(-10, 12)
        middle = (x + turn * (0.95 * half - 0.5 * reach), level + 0.5 * drop + 5)
        end = (x + turn * (0.95 * half - reach), level + drop)
        line = smooth([(x + turn * 0.97 * half, level), middle, end], 6)
        made.append(Crease(line, rng.uniform(8, 13), strength * rng.uniform(0.6, 1.4)))
    return made


def _mirrored_drape(drape: Drape, turn: int) -> Drape:
    if turn > 0:
        return drape
    creases = tuple(
        Crease(sided(each.points, turn), each.width, each.height) for each in drape.creases
    )
    return Drape(drape.falling, creases, drape.roundness, drape.softness)
