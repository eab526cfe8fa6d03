"""Bodices: what covers the torso, from the neckline to a waist, a hip or a hem."""

import numpy as np

from media.garments.curves import Points, both_sides, joined, mirrored, sided, smooth
from media.garments.cutting import Cut
from media.garments.folds import Crease, Drape
from media.garments.necklines import UpperEdge, upper_edge
from media.garments.panels import Line, Panel


def side_seam(cut: Cut, hem_y: float, hem_half: float | None = None) -> Points:
    """The right side from the underarm to a hem, through waist and hip as far as it goes."""
    figure, ease = cut.figure, cut.ease
    chest = figure.chest * ease
    waist = chest + cut.waistedness * (figure.waist * (1 + 0.6 * (ease - 1)) - chest)
    hip = max(figure.hip * ease * (0.99 if cut.waistedness > 0.5 else 1.0), waist)
    if cut.spec.silhouette == "oversized":
        waist, hip = chest + 2, chest + 1
    start = figure.underarm_y + 26 * (ease - 1)
    points = [(chest, start), (chest - 3, start + 26)]
    stations = [(waist, figure.waist_y), (hip, figure.hip_y)]
    if hem_y > figure.hip_y + 40:
        stations.append((hem_half or hip * 1.04, hem_y))
    for half, y in stations:
        if y < hem_y - 20:
            points.append((half, y))
    last_half = float(
        np.interp(
            hem_y,
            [points[-1][1], *(y for _, y in stations)],
            [points[-1][0], *(half for half, _ in stations)],
        )
    )
    points.append((hem_half or last_half, hem_y))
    return smooth(points, 10)


def torso(cut: Cut, hem_y: float, hem_half: float | None = None, dip: float = 7.0) -> list[Panel]:
    """The inside of the back, as far as it is seen, and the front down to a hem."""
    edge = upper_edge(cut)
    side = side_seam(cut, hem_y, hem_half)
    hem = smooth(
        [
            (float(side[-1, 0]), hem_y),
            (float(side[-1, 0]) * 0.5, hem_y + dip * 0.8),
            (0, hem_y + dip),
        ],
        8,
    )
    if cut.spec.neckline == "one-shoulder":
        outline = _one_shoulder(cut, edge, side, hem)
    else:
        outline = both_sides(joined(edge.neck, edge.armhole, side, hem))
    lines = tuple(
        Line(sided(part, turn), 1.8, "edge")
        for part in (edge.neck, joined(edge.neck[-1:], edge.armhole), side, hem)
        for turn in (1, -1)
    )
    if cut.spec.neckline == "one-shoulder":
        around = Line(joined(outline, outline[:1]), 1.8, "edge")
        lines = (around, Line(hem, 1.8, "edge"))
    front = Panel(outline, "body", _torso_drape(cut, hem_y), lines)
    return [*_inside(cut, edge), front]


def straps(cut: Cut) -> list[Panel]:
    """Thin straps up to the shoulders, or a band around the neck of a halter."""
    if cut.spec.neckline == "halter":
        band = smooth([(-40, -8), (0, -16), (40, -8)], 10)
        ring = joined(band, band[::-1] + np.array([0, 11.0]))
        return [Panel(ring, "strap", Drape(roundness=0.4), (_closed(ring),), lift=0.4)]
    if cut.spec.neckline != "straps":
        return []
    made = []
    for turn in (1, -1):
        outer = smooth([(66, 78), (66, 40), (58, -4)], 8)
        strap = joined(outer, outer[::-1] - np.array([6.0, 0]))
        strap = sided(strap, turn)
        made.append(Panel(strap, "strap", Drape(roundness=0.3), (_closed(strap),), lift=0.5))
    return made


def strap_backs(cut: Cut) -> list[Panel]:
    """The straps' way down behind, as far as it is seen between them and the front."""
    if cut.spec.neckline != "straps":
        return []
    made = []
    for turn in (1, -1):
        fall = smooth([(59, -5), (50, 30), (46, 84)], 8)
        strap = sided(joined(fall, fall[::-1] - np.array([5.0, 0])), turn)
        made.append(
            Panel(strap, "lining", Drape(roundness=0.3), (_closed(strap),), surface="lining")
        )
    return made


def shoulder_band(cut: Cut) -> list[Panel]:
    """The fold that runs around bare shoulders."""
    if cut.spec.neckline != "off the shoulder" or cut.has("ruffles"):
        return []
    half = upper_edge(cut).neck
    top = joined(mirrored(half)[::-1], half)
    low = top + np.column_stack([0.02 * top[:, 0], 30 - 6 * np.abs(top[:, 0]) / 108])
    outline = joined(top, low[::-1])
    lines = (Line(joined(outline, outline[:1]), 1.6, "edge"),)
    sag = Crease(low - np.array([0.0, 13.0]), 9, 2.0)
    return [Panel(outline, "body", Drape((), (sag,), roundness=0.5), lines, lift=0.8)]


def neck_binding(cut: Cut) -> list[Panel]:
    """The rib of a knitted neck, or the narrow binding of a jersey one."""
    knitted = cut.spec.fabric in ("knit", "jersey", "wool")
    is_plain = cut.spec.collar == "none" and cut.spec.neckline in (
        "crew",
        "scoop",
        "v-neck",
        "none",
    )
    if not (knitted and is_plain) or cut.spec.garment in ("coat", "jacket", "blazer", "cardigan"):
        return []
    edge = upper_edge(cut)
    depth = 15.0 if cut.spec.fabric == "knit" else 11.0
    inner = edge.neck
    outer = inner + np.column_stack(
        [np.linspace(0, depth * 0.9, len(inner)), np.linspace(depth, 5, len(inner))]
    )
    loop = joined(mirrored(inner)[::-1], inner, outer[::-1], mirrored(outer))
    edges = (
        Line(joined(mirrored(inner)[::-1], inner), 1.7, "edge"),
        Line(joined(mirrored(outer)[::-1], outer), 1.1, "seam"),
    )
    return [Panel(loop, "neckband", Drape(roundness=0.2), edges, surface="rib", lift=0.3)]


def _closed(points: Points) -> Line:
    return Line(joined(points, points[:1]), 1.3, "edge")


def _inside(cut: Cut, edge: UpperEdge) -> list[Panel]:
    """The lining of the back, seen above the neckline, with its neck edge."""
    if not edge.has_back or cut.spec.neckline in ("high", "one-shoulder"):
        return []
    x, y = edge.neck[-1]
    back = smooth([(0, y + 12), (x * 0.55, y + 9), (x, y)], 8)
    if cut.spec.collar == "turtleneck":
        return []
    # It reaches a little under the front, so that no ground shows between the two.
    below = edge.neck[::-1] + np.array([0.0, 5.0])
    outline = both_sides(joined(back, below))
    rim = joined(mirrored(back)[::-1], back)
    seam = rim + np.array([0.0, 7.0])
    lines = (Line(rim, 1.5, "edge"), Line(seam, 1.0, "seam"))
    return [Panel(outline, "lining", Drape(roundness=0.6, softness=0.4), lines, surface="lining")]


def _one_shoulder(cut: Cut, edge: UpperEdge, side: Points, hem: Points) -> Points:
    """The outline with the wearer's right shoulder bare."""
    whole = joined(edge.armhole, side, hem, mirrored(joined(side, hem))[::-1])
    bare = smooth(
        [
            (-cut.figure.chest * cut.ease, cut.figure.underarm_y),
            (-78, 104),
            (-20, 84),
            (24, 34),
            (46, -2),
        ],
        8,
    )
    return joined(whole, bare)


def _torso_drape(cut: Cut, hem_y: float) -> Drape:
    """Cloth pulled from the underarms and resting on the bust; it gives way at the waist."""
    figure = cut.figure
    under = figure.underarm_y
    creases = []
    for turn in (1, -1):
        half = _pulls(cut)
        if cut.waistedness > 0.5 and hem_y > figure.waist_y - 30:
            half += _waist_breaks(cut)
        if hem_y > figure.waist_y + 40:
            half += _hanging_folds(cut, hem_y)
        bust = smooth([(18, under + 34), (46, under + 48), (76, under + 24)], 6)
        half.append(Crease(bust, 26, 1.6 if cut.waistedness > 0.5 else 0.7))
        creases += [Crease(sided(each.points, turn), each.width, each.height) for each in half]
    if cut.spec.neckline == "cowl":
        for number in range(4):
            reach, y = 50 - 7 * number, 40 + 24 * number
            swag = smooth([(-reach, y - 22), (0, y + 22), (reach, y - 22)], 10)
            creases.append(Crease(swag, 11, 4.0 - 0.6 * number))
    return Drape((), tuple(creases), relief=cut.relief)


def _pulls(cut: Cut) -> list[Crease]:
    """From the underarm towards the bust."""
    rng, figure = cut.rng, cut.figure
    chest, under = figure.chest * cut.ease, figure.underarm_y
    loose = 1.0 if cut.waistedness < 0.5 else 0.55
    made = []
    for number in range(3):
        reach = rng.uniform(44, 74)
        start = (chest - 4, under + 4 + 15 * number)
        end = (chest - reach, under + rng.uniform(2, 26) + 34 * number)
        bend = (chest - 0.5 * reach, 0.5 * (start[1] + end[1]) + rng.uniform(5, 12))
        line = smooth([start, bend, end], 6)
        made.append(Crease(line, rng.uniform(8, 13), loose * rng.uniform(1.0, 2.2)))
    return made


def _waist_breaks(cut: Cut) -> list[Crease]:
    """Small folds where the side bends in."""
    rng, waist = cut.rng, cut.figure.waist
    made = []
    for number in range(3):
        y = cut.figure.waist_y - 34 + 22 * number + rng.uniform(-5, 5)
        end = (waist * rng.uniform(0.3, 0.55), y + 3)
        line = smooth([(waist * cut.ease, y), (waist * 0.72, y + 6), end], 6)
        made.append(Crease(line, 8, rng.uniform(0.8, 1.8)))
    return made


def _hanging_folds(cut: Cut, hem_y: float) -> list[Crease]:
    """Long soft folds down to the hem."""
    rng, figure = cut.rng, cut.figure
    loose = 1.0 if cut.waistedness < 0.5 else 0.55
    made = []
    for _ in range(3):
        x = figure.chest * cut.ease * rng.uniform(0.25, 0.9)
        top = rng.uniform(figure.waist_y - 70, figure.waist_y + 10)
        middle = (x + rng.uniform(-8, 6), 0.5 * (top + hem_y))
        line = smooth([(x, top), middle, (x + rng.uniform(-6, 10), hem_y - 4)], 6)
        made.append(Crease(line, rng.uniform(11, 17), loose * rng.uniform(1.2, 2.6)))
    return made
