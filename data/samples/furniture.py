"""What stands in the living room."""

from collections.abc import Callable

import numpy as np
from film import Array, Paint, color, plain, smooth, vector
from products import armchair
from solids import Field, box, ellipsoid, rod, solid, turned, vessel
from tracer import Solid


def furniture() -> list[Solid]:
    """Everything, in metres, as seen from the open side of the room."""
    return [
        *_sofa(),
        *_table(),
        *armchair((1.72, 0, 1.45), 0.95, "#cf7a55"),
        *_lamp(),
        *_plant(),
        *_wall(),
        solid(_rug, (0.1, 0, 1.75), 1.9, box((0.1, 0.008, 1.75), (2.9, 0.016, 2.0), 0.007)),
        *(_curtain(z) for z in (0.36, 1.97, 3.62)),
    ]


def _sofa() -> list[Solid]:
    x, z = 0.1, 3.45
    soft = [
        box((x, 0.27, z), (2.3, 0.2, 0.9), 0.06),
        box((x, 0.56, z + 0.36), (2.3, 0.52, 0.22), 0.09),
        box((x - 1.12, 0.42, z - 0.02), (0.2, 0.46, 0.92), 0.09),
        box((x + 1.12, 0.42, z - 0.02), (0.2, 0.46, 0.92), 0.09),
        *(box((x + dx, 0.43, z - 0.06), (0.99, 0.17, 0.82), 0.075) for dx in (-0.5, 0.5)),
        *(box((x + dx, 0.68, z + 0.22), (0.96, 0.42, 0.2), 0.09, lean=-0.16) for dx in (-0.5, 0.5)),
    ]
    legs = [
        rod((x + dx, 0.2, z + dz), (x + dx * 1.02, 0.01, z + dz), 0.02)
        for dx in (-1.05, 1.05)
        for dz in (-0.36, 0.36)
    ]
    return [
        solid(plain("#7f8f72"), (x, 0.5, z), 1.4, *soft),
        solid(plain("#5b3a22"), (x, 0.1, z), 1.3, *legs, gloss=0.2),
        solid(
            plain("#c2603c"),
            (x - 0.78, 0.68, z),
            0.4,
            _pillow((x - 0.78, 0.69, z + 0.02), 0.46, 0.25),
        ),
        solid(
            plain("#e5b25d"),
            (x - 0.48, 0.62, z),
            0.4,
            _pillow((x - 0.44, 0.64, z - 0.1), 0.38, -0.2),
        ),
        solid(
            plain("#f1e7d6"),
            (x + 0.82, 0.68, z),
            0.4,
            _pillow((x + 0.8, 0.68, z + 0.02), 0.44, -0.3),
        ),
    ]


def _pillow(center: tuple[float, float, float], side: float, turn: float) -> Field:
    """A stuffed square: thick in the middle, thin along the seam."""
    flat = box(center, (side, side, 0.02), 0.01, turn, lean=-0.3)
    middle = vector(*center)

    def field(points: Array) -> Array:
        away = np.sqrt(((points - middle) ** 2).sum(0)) / side
        return (flat(points) - 0.085 * np.exp(-((away * 1.75) ** 2))) * 0.75

    return field


def _table() -> list[Solid]:
    x, z = 0.0, 1.7
    top = turned([(0, 0.36), (0.5, 0.36), (0.52, 0.375), (0.5, 0.39), (0, 0.39)], (x, 0, z))
    legs = [
        rod((x + 0.3 * c, 0.37, z + 0.3 * s), (x + 0.4 * c, 0.03, z + 0.4 * s), 0.022)
        for c, s in ((0.0, -1.0), (0.87, 0.5), (-0.87, 0.5))
    ]
    body = [(0.045, 0), (0.09, 0.05), (0.1, 0.1), (0.06, 0.17), (0.028, 0.21), (0.036, 0.24)]
    twigs = [(-0.16, 0.42, 0.05), (0.02, 0.5, 0), (0.17, 0.4, -0.04), (0.08, 0.46, 0.08)]
    base = (x - 0.14, 0.39, z + 0.06)
    bunch = [rod(base, tuple(np.add(base, twig)), 0.005) for twig in twigs]
    tufts = [
        ellipsoid(tuple(np.add(base, np.multiply(twig, s))), (0.028, 0.07, 0.028), lean=twig[0])
        for twig in twigs
        for s in (0.8, 1.0)
    ]
    books = [(0.3, 0.035, 0.21, 0.3, "#2f4f56"), (0.27, 0.03, 0.19, 0.12, "#efe6d8")]
    height, pile = 0.39, []
    for width, thick, deep, turn, cover in books:
        place = (x + 0.2, height + thick / 2, z - 0.08)
        pile.append(solid(plain(cover), place, 0.25, box(place, (width, thick, deep), 0.005, turn)))
        height += thick
    dish = vessel(
        [(0.02, 0), (0.03, 0.004), (0.06, 0.03), (0.07, 0.05)], (x + 0.2, height, z - 0.08), 0.005
    )
    return [
        solid(plain("#8a5a34"), (x, 0.2, z), 0.6, top, *legs, gloss=0.35),
        solid(
            plain("#efe6d8"), (x - 0.14, 0.5, z + 0.06), 0.17, vessel(body, base, 0.006), gloss=0.3
        ),
        solid(plain("#d9a15f"), (x - 0.12, 0.68, z + 0.07), 0.42, *bunch, *tufts),
        *pile,
        solid(plain("#d98a6a"), (x + 0.2, height + 0.03, z - 0.08), 0.1, dish, gloss=0.4),
    ]


def _lamp() -> list[Solid]:
    x, z = -1.62, 3.72
    stand = [rod((x, 0.02, z), (x, 1.42, z), 0.012)]
    foot = turned([(0, 0), (0.16, 0), (0.16, 0.015), (0.15, 0.022), (0, 0.025)], (x, 0, z))
    shade = turned([(0.19, 1.3), (0.13, 1.62), (0.125, 1.62), (0.185, 1.3)], (x, 0, z))
    return [
        solid(plain("#2b2622"), (x, 0.7, z), 0.8, *stand, foot, gloss=0.3),
        solid(plain("#f6d9a8"), (x, 1.46, z), 0.26, shade, glow=0.95),
    ]


def _plant() -> list[Solid]:
    x, z = 2.1, 3.6
    pot = vessel([(0.13, 0), (0.16, 0.02), (0.2, 0.2), (0.21, 0.36)], (x, 0, z), 0.014)
    soil = turned([(0, 0.3), (0.185, 0.3), (0.185, 0.32), (0, 0.32)], (x, 0, z))
    chance = np.random.default_rng(11)
    stems, leaves = [], []
    for number in range(13):
        turn, rise = number * 2.4, 0.75 + 0.07 * number
        out = 0.16 + 0.26 * chance.random()
        tip = (x + out * np.cos(turn), rise + 0.12, z + out * np.sin(turn) * 0.8)
        stems.append(rod((x, 0.3, z), tip, 0.008))
        leaf = (tip[0] + 0.1 * np.cos(turn), tip[1] + 0.05, tip[2] + 0.08 * np.sin(turn))
        leaves.append(
            ellipsoid(leaf, (0.19, 0.012, 0.095), turn=-turn, lean=0.25 + 0.6 * chance.random())
        )
    return [
        solid(plain("#d8cbb8"), (x, 0.2, z), 0.32, pot, gloss=0.1),
        solid(plain("#3a2a1e"), (x, 0.3, z), 0.22, soil),
        solid(plain("#4c6b43"), (x, 1.05, z), 0.9, *leaves, gloss=0.25),
        solid(plain("#6c6a3f"), (x, 0.9, z), 0.8, *stems),
    ]


def _wall() -> list[Solid]:
    """Two framed pictures over the sofa."""
    hung = []
    for x, wide, paint in ((-0.42, 0.72, _sunrise), (0.56, 0.72, _leaves)):
        place = (x, 1.68, 4.37)
        hung.append(
            solid(plain("#6b4a2e"), place, 0.7, box(place, (wide, 0.96, 0.04), 0.006), gloss=0.1)
        )
        sheet = (x, 1.68, 4.352)
        art = _hung_at(paint, x, 1.68)
        hung.append(solid(art, sheet, 0.7, box(sheet, (wide - 0.05, 0.91, 0.012), 0.002)))
    return hung


def _hung_at(art: Callable[[Array, Array], Array], x: float, y: float) -> Paint:
    return lambda points, _: art(points[0] - x, points[1] - y)


def _sunrise(x: Array, y: Array) -> Array:
    tone = color("#f3eadb") * np.ones((3, x.size))
    inside = (np.abs(x) < 0.26) & (np.abs(y) < 0.36)
    sheet = np.where(y > -0.02, color("#ecd9bd"), color("#d9c2a0"))
    sheet = np.where(np.hypot(x, y - 0.1) < 0.15, color("#c2603c"), sheet)
    for level, ink in ((-0.05, "#e0a458"), (-0.14, "#7f8f72"), (-0.24, "#2f4f56")):
        hill = level + 0.06 * np.sin(x * 9 + level * 30)
        sheet = np.where(y < hill, color(ink), sheet)
    return np.where(inside, sheet, tone)


def _leaves(x: Array, y: Array) -> Array:
    tone = color("#f3eadb") * np.ones((3, x.size))
    arch = (np.abs(x) < 0.19) & (y < 0.1) & (y > -0.36)
    arch |= np.hypot(x, y - 0.1) < 0.19
    tone = np.where(arch, color("#2f4f56"), tone)
    for radius, ink in ((0.14, "#c2603c"), (0.095, "#e0a458"), (0.05, "#f3eadb")):
        inner = ((np.abs(x) < radius) & (y < 0.06) & (y > -0.36)) | (np.hypot(x, y - 0.06) < radius)
        tone = np.where(inner, color(ink), tone)
    return tone


def _rug(points: Array, _: Array) -> Array:
    x, z = np.abs(points[0] - 0.1), np.abs(points[2] - 1.75)
    border = np.minimum(1.45 - x, 1.0 - z)
    weave = 0.97 + 0.03 * np.sin(points[0] * 260) * np.sin(points[2] * 260)
    tone = color("#eadfcd") * np.ones_like(points)
    lattice = np.minimum(np.abs((x + z) % 0.36 - 0.18), np.abs((x - z) % 0.36 - 0.18))
    tone = np.where((lattice < 0.014) & (border > 0.16), color("#b58a63"), tone)
    band = smooth(0.1, 0.105, border) * smooth(0.145, 0.14, border)
    return (tone + (color("#9c4a30") - tone) * band) * weave


def _curtain(z: float) -> Solid:
    slab = box((-2.56, 1.3, z), (0.05, 2.62, 0.3), 0.02)

    def field(points: Array) -> Array:
        wave = 0.03 * np.sin(points[2] * 62) + 0.008 * np.sin(points[2] * 23 + points[1] * 2)
        moved = points + vector(1, 0, 0) * wave
        return slab(moved) * 0.45

    return solid(plain("#f0e5d5"), (-2.56, 1.33, z), 1.34, field)
