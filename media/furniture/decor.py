"""What makes a room lived in: lamps, rugs, mats, baskets, ladders, coat racks."""

import numpy as np

from media.furniture.looks import Look
from media.furniture.meshes import joined
from media.furniture.parts import blanket
from media.furniture.pieces import Paint, Part, Piece, standing
from media.furniture.solids import bar, box, cylinder, disc, lathe, sheet, tube

_WICKER = Paint("wicker", (0.72, 0.58, 0.40))


def floor_lamp(look: Look) -> Piece:
    """A standing lamp: on three legs, on a foot, or bent over in an arc."""
    height = 1.52
    if look.legs == "tapered":
        stand = [
            bar((0.24 * np.cos(t), 0, 0.24 * np.sin(t)), (0, height - 0.2, 0), 0.014, 0.016)
            for t in (0.5, 2.6, 4.7)
        ]
        paint = look.wood
    else:
        stand = [disc(0.14, 0.022, 28), cylinder(0.011, height - 0.1, 10)]
        paint = look.metal
    if look.legs == "frame":
        shade = lathe([(0.19, height - 0.16), (0.17, height - 0.06), (0.05, height)], 24, thin=True)
        return standing("floor lamp", [Part(joined(stand), paint), Part(shade, look.metal)])
    slope = 0.15 if look.legs == "turned" else 0.185
    shade = lathe([(0.21, height - 0.26), (slope, height + 0.03)], 28, thin=True)
    return standing("floor lamp", [Part(joined(stand), paint), Part(shade, look.shade)])


def rug(look: Look, width_m: float, depth_m: float) -> Piece:
    """An oblong rug."""
    flat = sheet(width_m, depth_m, lambda x, z: np.full_like(x, 0.012), 0.06)
    edge = box((width_m, 0.011, depth_m), 0.003, 0.0, 0.3).at(0, 0.0055, 0)
    return standing("rug", [Part(flat, look.rug), Part(edge, look.rug)])


def bath_mat(look: Look) -> Piece:
    """A small thick mat."""
    mat = box((0.8, 0.022, 0.5), 0.01, 0.003, 0.1).at(0, 0.011, 0)
    return standing("bath mat", [Part(mat, Paint("fabric", look.linen.color, pattern=2))])


def basket(look: Look) -> Piece:
    """A woven basket with a blanket in it."""
    body = lathe([(0, 0), (0.17, 0), (0.215, 0.2), (0.19, 0.36), (0.18, 0.36), (0.18, 0.3)], 26)
    cloth = lathe([(0.17, 0.33), (0.15, 0.39), (0.06, 0.40), (0, 0.385)], 22)
    return standing("basket", [Part(body, _WICKER), Part(cloth, look.blanket)])


def towel_ladder(look: Look) -> Piece:
    """A ladder that leans on the wall with two towels over its rungs."""
    lean = 0.17
    rails = [bar((s * 0.22, 0, 0), (s * 0.20, 1.65, 0), 0.018) for s in (-1, 1)]
    rungs = [bar((-0.22, y, 0), (0.22, y, 0), 0.013) for y in (0.3, 0.62, 0.94, 1.26, 1.56)]
    parts = [Part(joined([*rails, *rungs]).leaned(lean), look.wood)]
    for y, paint, seed in ((1.26, look.linen, 3), (0.62, look.cushion, 5)):
        towel = blanket(paint, 0.34, 0.03, 0.42, seed)
        parts.append(Part(towel.mesh.at(0, y + 0.01, -0.02).leaned(lean), paint))
    return standing("towel ladder", parts)


def coat_rack(look: Look) -> Piece:
    """A stand with hooks, a hat and a scarf on it."""
    pole = [cylinder(0.018, 1.72, 12), disc(0.19, 0.022, 28)]
    hooks = [
        tube(
            [
                (0, 1.6, 0),
                (0.1 * np.cos(t), 1.63, 0.1 * np.sin(t)),
                (0.15 * np.cos(t), 1.72, 0.15 * np.sin(t)),
            ],
            0.009,
        )
        for t in np.arange(5) * 2 * np.pi / 5 + 0.4
    ]
    brim = [(0.17, 0), (0.10, 0.015), (0.09, 0.09), (0.05, 0.12), (0, 0.125)]
    hat = lathe(brim, 26, thin=True).tilted(0.25).at(0.05, 1.70, -0.03)
    scarf = sheet(0.17, 0.8, lambda x, z: 0.02 * np.sin(40 * x + 2 * z), 0.03, thin=True)
    paint = look.leg_paint() if look.legs != "round" else look.wood
    return standing(
        "coat rack",
        [
            Part(joined([*pole, *hooks]), paint),
            Part(hat, _WICKER),
            Part(scarf.leaned(-np.pi / 2).at(-0.1, 1.26, -0.1), look.cushion),
        ],
    )
