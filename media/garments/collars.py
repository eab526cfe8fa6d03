"""Collars, lapels and hoods."""

import numpy as np

from media.garments.curves import Points, both_sides, joined, sided, smooth
from media.garments.cutting import Cut
from media.garments.folds import Drape, Falling, ridges
from media.garments.necklines import UpperEdge
from media.garments.panels import Line, Panel

_NECK = 44.0
"""Half the width of a collar that stands."""


def collar_panels(cut: Cut, edge: UpperEdge) -> list[Panel]:
    """The collar, laid over the bodice."""
    name = cut.spec.collar
    if name in ("shirt", "peter pan"):
        return [_leaf(points, turn) for turn in (-1, 1) for points in [_flat_collar(name)]]
    if name == "stand":
        return _stand(18.0)
    if name == "turtleneck":
        return _turtleneck(46.0)
    if name in ("notch", "shawl") and cut.spec.garment in (
        "coat",
        "blazer",
        "jacket",
        "jumpsuit",
        "dress",
        "cardigan",
    ):
        return _lapels(name, edge.depth)
    return []


def hood_panels(cut: Cut) -> list[Panel]:
    """A hood that lies around the neck, its opening towards the viewer."""
    if not cut.has("hood"):
        return []
    shell = smooth([(0, -84), (42, -77), (76, -46), (88, -4), (76, 30), (38, 58), (0, 74)], 10)
    mouth = smooth([(0, -60), (27, -55), (47, -32), (49, -6), (30, 24), (0, 50)], 10)
    outer, inner = both_sides(shell), both_sides(mouth)
    drape = Drape((Falling(ridges(cut.rng, 3, 0.6), 5.0, 0.1, 0.4),), roundness=1.4)
    seam = Line(smooth([(0, -84), (2, -72), (0, -60)], 6), 1.2, "seam")
    rim = centred(inner, 1.1)
    cords = tuple(
        Line(smooth([(turn * 13, 58), (turn * 17, 96), (turn * 14, 138)], 8), 3.4, "cord")
        for turn in (1, -1)
    )
    edges = (Line(joined(outer, outer[:1]), 1.8, "edge"), seam, Line(rim, 0.9, "stitch"), *cords)
    return [
        Panel(outer, "hood", drape, edges, lift=1.2),
        Panel(
            inner,
            "lining",
            Drape(roundness=0.7),
            (Line(joined(inner, inner[:1]), 1.4, "edge"),),
            surface="lining",
            lift=0,
        ),
    ]


def centred(outline: Points, share: float) -> Points:
    """The outline grown or shrunk about its middle, closed."""
    middle = outline.mean(0)
    grown = middle + (outline - middle) * share
    return joined(grown, grown[:1])


def _flat_collar(name: str) -> Points:
    """The right half of a shirt's collar, or of a round one."""
    if name == "peter pan":
        return joined(
            smooth([(2, 30), (22, 22), (36, 4), (40, -12)], 8),
            smooth([(44, -12), (66, 10), (74, 34), (58, 58), (30, 60), (8, 44), (2, 30)], 10),
        )
    return joined(
        smooth([(1, 28), (16, 20), (32, 2), (37, -17)], 8),
        smooth([(41, -17), (55, 2), (64, 22)], 6),
        smooth([(64, 22), (52, 50), (40, 68)], 6),
        smooth([(40, 68), (20, 48), (1, 28)], 6),
    )


def _leaf(points: Points, turn: int) -> Panel:
    """One side of a collar."""
    outline = sided(points, turn)
    centre = outline.mean(0)
    inset = centre + (outline - centre) * 0.86
    edges = (Line(joined(outline, outline[:1]), 1.6, "edge"), Line(inset[16:], 0.9, "stitch"))
    return Panel(outline, "collar", Drape(roundness=0.25, softness=0.4), edges, tilt=turn * 30.0)


def _stand(height: float) -> list[Panel]:
    """A collar that stands around the neck and parts in front, its far side behind it."""
    top = 6 - height
    gap = smooth([(0, top + 22), (-9, top + 12), (4 - _NECK, top)], 8)
    front = joined(gap, smooth([(-_NECK, 2), (-28, 24), (0, 34)], 10))
    sides = (
        Panel(each, "collar", Drape(roundness=0.4), (_edge(each, 1.5),), lift=0.5)
        for each in (front, sided(front, -1))
    )
    return [_far_side(top), *sides]


def _turtleneck(height: float) -> list[Panel]:
    """A ribbed tube around the neck, folded over once."""
    top = 6 - height
    upper = smooth([(3 - _NECK, top), (0, top + 10), (_NECK - 3, top)], 10)
    lower = smooth([(_NECK + 2, 2), (30, 24), (0, 36), (-30, 24), (-_NECK - 2, 2)], 10)
    middle = top + height * 0.5
    fold = smooth([(-_NECK, middle), (0, middle + 12), (_NECK, middle)], 8)
    front = joined(upper, lower)
    lines = (_edge(front, 1.6), Line(fold, 1.2, "seam"))
    drape = Drape(roundness=1.0, softness=0.6)
    return [_far_side(top), Panel(front, "collar", drape, lines, surface="rib", lift=0.6)]


def _far_side(top: float) -> Panel:
    """The inside of a standing collar at the back of the neck."""
    back = joined(
        smooth([(4 - _NECK, top), (0, top - 9), (_NECK - 4, top)], 10),
        smooth([(_NECK - 4, 6), (0, 20), (4 - _NECK, 6)], 10),
    )
    drape = Drape(roundness=0.5)
    return Panel(back, "lining", drape, (_edge(back, 1.3),), surface="lining", lift=0)


def _edge(outline: Points, width: float) -> Line:
    return Line(joined(outline, outline[:1]), width, "edge")


def _lapels(name: str, depth: float) -> list[Panel]:
    """Lapels down to where the front closes, the wearer's right one over the left."""
    made = []
    for turn in (1, -1):
        if name == "shawl":
            shape = joined(
                smooth([(0, depth), (12, depth * 0.78), (32, depth * 0.3), (44, -8)], 10),
                smooth(
                    [
                        (50, -10),
                        (70, 24),
                        (74, 62),
                        (50, depth * 0.72),
                        (12, depth * 0.97),
                        (0, depth),
                    ],
                    10,
                ),
            )
            made.append(_lapel(shape, turn, "lapel"))
            continue
        lapel = joined(
            smooth([(0, depth), (12, depth * 0.78), (34, depth * 0.3), (40, 20)], 8),
            [(58, 46), (86, 58)],
            smooth([(86, 58), (74, depth * 0.62), (36, depth * 0.86), (0, depth)], 8),
        )
        upper = joined(
            smooth([(38, 30), (40, 8), (38, -16)], 8),
            smooth([(44, -18), (64, 4), (76, 34)], 8),
            [(76, 34), (63, 52), (54, 44)],
        )
        made += [_lapel(lapel, turn, "lapel"), _lapel(upper, turn, "collar")]
    return made


def _lapel(shape: Points, turn: int, part: str) -> Panel:
    outline = sided(shape, turn)
    lines = (Line(joined(outline, outline[:1]), 1.6, "edge"),)
    return Panel(
        outline, part, Drape(roundness=0.25, softness=0.4), lines, tilt=turn * 14.0, lift=0.8
    )


def bow_at(x: float, y: float, size: float, tails: float, part: str = "bow") -> list[Panel]:
    """A bow with its knot at a place; `tails` is how long its ends hang."""
    made = []
    for turn in (1, -1):
        tail = joined(
            smooth([(1, 4), (9, tails * 0.5), (15, tails)], 8),
            smooth([(29, tails - 8), (19, tails * 0.5), (7, 3)], 8),
        )
        loop = smooth(
            [
                (2, 2),
                (size * 0.5, -size * 0.46),
                (size, -size * 0.3),
                (size * 0.96, size * 0.24),
                (size * 0.45, size * 0.3),
                (2, 4),
            ],
            10,
        )
        for shape, fold in ((tail, 2), (loop, 3)):
            outline = sided(shape, turn) + np.array([x, y])
            lines = (Line(joined(outline, outline[:1]), 1.4, "edge"),)
            drape = Drape((Falling(ridges(np.random.default_rng(fold), fold, 0.3), 3.0, 0, 0.2),))
            made.append(Panel(outline, part, drape, lines, lift=0.7))
    knot = smooth([(-7, -6), (0, -9), (7, -6), (8, 6), (0, 10), (-8, 6), (-7, -6)], 6) + np.array(
        [x, y]
    )
    made.append(Panel(knot, part, Drape(roundness=1.2), (Line(knot, 1.4, "edge"),), lift=0.6))
    return made
