"""What is sewn on a garment: belts, bows, pockets, ruffles, lace, beads, fringe."""

from collections.abc import Sequence

import numpy as np

from media.garments.collars import bow_at
from media.garments.curves import Points, joined, resampled, sided, smooth
from media.garments.cutting import LOWER_BODY, Cut
from media.garments.edgings import beads, hem_trims, neck_ruffle
from media.garments.folds import Drape
from media.garments.necklines import upper_edge
from media.garments.needlework import lines_only, needlework
from media.garments.panels import Dot, Layout, Line, Panel
from media.garments.pockets import fly, pockets
from media.garments.ruffles import flounce

_UNDER_BELT = 24.0
"""How near to the waist a button lies under the belt."""
_TAILORED = frozenset({"coat", "jacket", "blazer", "trousers", "jeans", "shorts"})


def trimmed(cut: Cut, panels: Sequence[Panel], hem_y: float, dots: Sequence[Dot] = ()) -> Layout:
    """The garment with its decorations laid over it."""
    over: list[Panel] = []
    sewn = list(dots)
    hem = _hem_edge(panels)
    if cut.has("ruffled hem") or (cut.has("ruffles") and cut.spec.garment in ("skirt", "dress")):
        over.append(flounce(cut, hem - np.array([0.0, 34.0]), 52))
    if cut.has("ruffles") and cut.spec.garment not in LOWER_BODY:
        over += neck_ruffle(cut)
    if cut.has("peplum"):
        half = cut.figure.waist * cut.ease
        edge = smooth(
            [(-half, cut.figure.waist_y), (0, cut.figure.waist_y + 6), (half, cut.figure.waist_y)],
            12,
        )
        over.append(flounce(cut, edge, 92, "peplum"))
    over += pockets(cut)
    over += hem_trims(cut, hem)
    over += needlework(cut, hem)
    over += _belt(cut, panels)
    over += _bows(cut)
    sewn += beads(cut)
    if cut.has("buttons") and cut.spec.garment in ("skirt", "dress") and not sewn:
        top = cut.figure.waist_y + 10
        sewn += [Dot(0.0, float(y), 4.6) for y in np.arange(top, hem_y - 30, 44)]
        over.append(lines_only([Line(joined([(8, top - 10), (8, hem_y + 18)]), 1.4, "seam")]))
    if cut.spec.garment in ("trousers", "jeans", "shorts"):
        front, button = fly(cut)
        over += front
        sewn.append(button)
    if cut.has("belt"):
        sewn = [dot for dot in sewn if abs(dot.y - cut.figure.waist_y) > _UNDER_BELT]
    return Layout((*panels, *over), tuple(sewn))


def _hem_edge(panels: Sequence[Panel]) -> Points:
    """The lowest edge, from left to right: that of the skirt, or of the bodice."""
    edges = [
        line
        for part in ("skirt", "leg", "body")
        for panel in reversed(panels)
        if panel.part == part
        for line in panel.lines
        if line.kind == "edge" and np.ptp(line.points[:, 1]) < np.ptp(line.points[:, 0])
    ]
    low = max(edges, key=lambda each: float(each.points[:, 1].mean()))
    points = low.points[np.argsort(low.points[:, 0])]
    if points[:, 0].min() > -5:
        points = joined(sided(points, -1)[::-1], points)
    return resampled(points, 90)


def _belt(cut: Cut, panels: Sequence[Panel]) -> list[Panel]:
    """A belt with its buckle on tailored clothes, a tied sash on soft ones."""
    if not cut.has("belt"):
        return []
    y = cut.figure.waist_y - (10 if cut.spec.garment in LOWER_BODY else 2)
    if cut.spec.silhouette == "empire" and cut.spec.garment == "dress":
        y = cut.figure.underarm_y + 50
    half = _half_at(panels, y) + 1.5
    upper = smooth([(-half, y - 11), (0, y - 5), (half, y - 11)], 10)
    lower = smooth([(half + 0.5, y + 11), (0, y + 18), (-half - 0.5, y + 11)], 10)
    outline = joined(upper, lower)
    lines = [Line(joined(outline, outline[:1]), 1.6, "edge")]
    if cut.spec.garment not in _TAILORED:
        belt = Panel(outline, "belt", Drape(softness=0.5), tuple(lines), surface="plain", lift=0.6)
        return [belt, *bow_at(16, y + 6, 34, 92, "belt")]
    lines += [
        Line(upper + np.array([0.0, 4.0]), 0.9, "stitch"),
        Line(lower - np.array([0.0, 4.0]), 0.9, "stitch"),
    ]
    frame = joined([(-17, y - 14), (17, y - 14), (17, y + 24), (-17, y + 24)])
    hole = joined([(-11, y - 7), (11, y - 7), (11, y + 17), (-11, y + 17)])
    return [
        Panel(outline, "belt", Drape(softness=0.3), tuple(lines), surface="plain", lift=0.6),
        Panel(
            frame,
            "buckle",
            Drape(roundness=0.5),
            (Line(joined(frame, frame[:1]), 1.5, "edge"),),
            surface="metal",
        ),
        Panel(
            hole,
            "belt",
            Drape(),
            (
                Line(joined(hole, hole[:1]), 1.2, "edge"),
                Line(joined([(-11, y + 5), (4, y + 5)]), 2.4, "edge"),
            ),
            surface="plain",
            lift=0,
        ),
    ]


def _half_at(panels: Sequence[Panel], y: float) -> float:
    """Half the width of the body's panels at a height."""
    reached = [40.0]
    for panel in panels:
        if panel.part in ("body", "skirt", "leg", "waistband"):
            dense = resampled(panel.outline, 400)
            near = dense[np.abs(dense[:, 1] - y) < 6]
            reached += [float(np.abs(near[:, 0]).max())] if len(near) else []
    return max(reached)


def _bows(cut: Cut) -> list[Panel]:
    made: list[Panel] = []
    if cut.has("bow"):
        y = cut.figure.waist_y if cut.spec.garment in ("dress", "jumpsuit", "skirt") else 96
        made += bow_at(0, y, 46, 120 if y > 200 else 64)
    if cut.has("neck bow"):
        made += bow_at(0, upper_edge(cut).depth + 8, 50, 150, "bow")
    return made
