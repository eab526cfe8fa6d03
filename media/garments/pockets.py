"""Pockets and flies."""

import numpy as np

from media.garments.curves import joined, sided, smooth
from media.garments.cutting import Cut
from media.garments.folds import Drape
from media.garments.needlework import lines_only
from media.garments.panels import Dot, Line, Panel


def pockets(cut: Cut) -> list[Panel]:
    """The pockets of a garment: slanted ones of trousers always, others where it has any."""
    garment, figure = cut.spec.garment, cut.figure
    if garment in ("trousers", "jeans", "shorts"):
        return [_slanted_pocket(cut, turn) for turn in (1, -1)]
    if not cut.has("pockets"):
        return []
    if garment == "hoodie" and cut.spec.closure != "zip":
        return [_pouch(cut)]
    if garment in ("shirt", "t-shirt", "blouse", "top", "sweater"):
        return [_patch(1, (50, 104), (46, 50))]
    if garment in ("dress", "skirt", "jumpsuit"):
        return [_side_pocket(cut, turn) for turn in (1, -1)]
    place, size = {
        "hoodie": ((54.0, figure.waist_y + 22), (44.0, 50.0)),
        "jacket": ((52.0, 106.0), (50.0, 44.0)),
    }.get(garment, ((0.58 * figure.hip * cut.ease, figure.waist_y + 63), (58.0, 19.0)))
    return [_patch(turn, place, size, has_flap=garment != "hoodie") for turn in (1, -1)]


def _pouch(cut: Cut) -> Panel:
    """The one wide pocket of a hoodie."""
    y = cut.figure.waist_y
    shape = joined(
        [(-48, y + 2), (48, y + 2), (78, y + 42), (74, y + 88), (-74, y + 88), (-78, y + 42)]
    )
    lines = (Line(joined(shape, shape[:1]), 1.4, "edge"),)
    return Panel(shape, "pocket", Drape(roundness=0.2), lines, lift=0.5)


def _patch(
    turn: int, place: tuple[float, float], size: tuple[float, float], has_flap: bool = False
) -> Panel:
    """A patch pocket whose upper edge is centred on a place; a low one is a flap alone."""
    (x, y), (width, height) = place, size
    half = width / 2
    shape = [
        (x - half, y),
        (x + half, y - 2),
        (x + half, y + height * 0.86),
        (x + half * 0.1, y + height),
        (x - half, y + height * 0.88),
    ]
    is_flap = has_flap and height < 30
    if is_flap:
        low = y + height
        shape = [(x - half, y), (x + half, y - 5), (x + half, low - 6), (x - half, low)]
    outline = sided(joined(shape), turn)
    centre = outline.mean(0)
    inset = centre + (outline - centre) * 0.9
    lines = [
        Line(joined(outline, outline[:1]), 1.4, "edge"),
        Line(joined(inset, inset[:1]), 0.9, "stitch"),
    ]
    if has_flap and not is_flap:
        fold = joined([(x - half, y + 14), (x, y + 20), (x + half, y + 13)])
        lines.append(Line(sided(fold, turn), 1.3, "edge"))
    return Panel(outline, "pocket", Drape(roundness=0.15, softness=0.4), tuple(lines), lift=0.5)


def _slanted_pocket(cut: Cut, turn: int) -> Panel:
    figure = cut.figure
    waist = figure.waist
    if cut.spec.garment == "jeans" or cut.spec.fabric == "denim":
        line = smooth(
            [
                (waist * 0.42, figure.waist_y + 4),
                (waist * 0.56, figure.waist_y + 38),
                (figure.hip * 0.93, figure.waist_y + 52),
            ],
            8,
        )
    else:
        line = smooth(
            [
                (waist * 0.68, figure.waist_y + 4),
                (waist * 0.9, figure.waist_y + 44),
                (figure.hip * 0.95, figure.waist_y + 84),
            ],
            8,
        )
    stitch = line + np.array([-4.0, 4.0])
    return lines_only(
        [Line(sided(line, turn), 1.5, "edge"), Line(sided(stitch, turn), 0.9, "stitch")]
    )


def _side_pocket(cut: Cut, turn: int) -> Panel:
    figure = cut.figure
    line = smooth(
        [
            (figure.waist * 0.86, figure.waist_y + 46),
            (figure.hip * 0.86, figure.waist_y + 76),
            (figure.hip * 0.92, figure.waist_y + 112),
        ],
        8,
    )
    return lines_only(
        [
            Line(sided(line, turn), 1.4, "edge"),
            Line(sided(line - np.array([4.0, 0]), turn), 0.9, "stitch"),
        ]
    )


def fly(cut: Cut) -> tuple[list[Panel], Dot]:
    """The fly of trousers with belt loops, and the button above it."""
    figure = cut.figure
    top = figure.waist_y + 2
    curve = smooth([(22, top), (22, top + 70), (14, top + 104), (1, top + 118)], 10)
    lines = [Line(curve, 1.0, "stitch")]
    for x in (-0.74, -0.34, 0.34, 0.74):
        at = x * figure.waist
        loop = joined([(at - 3, top - 25), (at - 3, top + 4)])
        lines += [Line(loop, 1.1, "seam"), Line(loop + np.array([6.0, 0.0]), 1.1, "seam")]
    return [lines_only(lines)], Dot(1, top - 10, 4.6)
