"""How a garment closes in front: buttons, zips, wraps, and fronts that stay open."""

from dataclasses import dataclass

import numpy as np

from media.garments.curves import joined, ribbon, sided, smooth
from media.garments.cutting import Cut
from media.garments.folds import Drape
from media.garments.necklines import UpperEdge
from media.garments.needlework import lines_only
from media.garments.panels import Dot, Line, Panel

_BIG_BUTTONS = frozenset({"coat", "blazer", "jacket", "cardigan"})


@dataclass(frozen=True)
class Front:
    """What is laid over a bodice to close it."""

    panels: tuple[Panel, ...] = ()
    dots: tuple[Dot, ...] = ()


def front_panels(cut: Cut, edge: UpperEdge, hem_y: float) -> Front:
    """The front's closure, down to `hem_y`."""
    if cut.spec.silhouette == "wrap" and cut.spec.garment in ("dress", "blouse", "top", "jumpsuit"):
        return _wrapped(cut, edge)
    closure = cut.spec.closure
    if closure in ("buttons", "double-breasted"):
        return _buttoned(cut, edge, hem_y, closure == "double-breasted")
    if closure == "zip":
        return _zipped(edge, hem_y)
    if closure == "open" or (
        closure == "none" and cut.spec.garment in ("cardigan", "coat", "blazer", "jacket")
    ):
        return _open(cut, edge, hem_y)
    return Front()


def _buttoned(cut: Cut, edge: UpperEdge, hem_y: float, double: bool) -> Front:
    garment = cut.spec.garment
    start = edge.depth + (2 if garment in _BIG_BUTTONS else 4)
    end = hem_y + 6
    if garment == "t-shirt":
        end = start + 74
    if garment == "jumpsuit":
        end = hem_y
    offset = 26.0 if double else 10.0
    line = joined(
        [
            (offset, start - (8 if double else 0)),
            (offset + (4 if double else 0), start + 20),
            (offset, end),
        ]
    )
    if garment in _BIG_BUTTONS and not double and garment != "cardigan":
        line = joined(
            [(2, start), (7, start + 12), (9, start + 30), (10, end - 26), (8, end - 10), (4, end)]
        )
    lines = [Line(line, 1.5, "edge")]
    if garment not in _BIG_BUTTONS:
        lines.append(Line(joined([(-10, start), (-10, end)]), 1.0, "stitch"))
        lines.append(Line(joined([(7.5, start), (7.5, end)]), 0.9, "stitch"))
    panels = [lines_only(lines)]
    if garment == "cardigan":
        panels += _button_band(edge, end)
    radius = 5.4 if garment in _BIG_BUTTONS else 4.0
    step = 74.0 if garment in ("coat", "blazer", "jacket") else 48.0
    first = start + (20 if garment in _BIG_BUTTONS else 24)
    last = min(
        end - 18, first + step * (3 if garment == "coat" else 2 if garment == "blazer" else 40)
    )
    rows = np.arange(first, last + 1, step)
    columns = (-offset, offset - 4) if double else (0.0,)
    dots = tuple(Dot(x, float(y), radius + (1 if double else 0)) for y in rows for x in columns)
    return Front(tuple(panels), dots)


def _button_band(edge: UpperEdge, end: float) -> list[Panel]:
    """The rib that runs along the front of a cardigan."""
    neck = edge.neck[::-1]
    path = joined(sided(neck, -1), [(0, edge.depth + 6), (0, end)])
    right = joined(neck, [(3, edge.depth + 8)])
    bands = (ribbon(right, (14.0, 15.0)), ribbon(path, (14.0, 15.0, 17.0)))
    return [
        Panel(
            each,
            "band",
            Drape(roundness=0.3),
            (Line(joined(each, each[:1]), 1.3, "edge"),),
            surface="rib",
            lift=0.4,
        )
        for each in bands
    ]


def _zipped(edge: UpperEdge, hem_y: float) -> Front:
    start, end = edge.depth, hem_y + 4
    tape = joined([(-4.5, start), (4.5, start), (4.5, end), (-4.5, end)])
    teeth = Line(joined([(0, start), (0, end)]), 3.2, "teeth")
    lines = (
        Line(joined([(-9, start), (-9, end)]), 1.0, "stitch"),
        Line(joined([(9, start), (9, end)]), 1.0, "stitch"),
        Line(joined([(-4.5, start), (-4.5, end)]), 1.1, "seam"),
        Line(joined([(4.5, start), (4.5, end)]), 1.1, "seam"),
        teeth,
    )
    pull = smooth(
        [(-3, start + 8), (3, start + 8), (4, start + 26), (-4, start + 26), (-3, start + 8)], 4
    )
    return Front(
        (
            Panel(tape, "zip", Drape(roundness=0), lines, surface="lining", lift=0),
            Panel(
                pull,
                "zip",
                Drape(roundness=0.6),
                (Line(pull, 1.1, "edge"),),
                surface="metal",
                lift=0.5,
            ),
        )
    )


def _wrapped(cut: Cut, edge: UpperEdge) -> Front:
    """The edge of the upper front, from one side of the neck to the other side of the waist."""
    figure = cut.figure
    x, y = edge.neck[-1]
    fall = smooth(
        [(x, y), (x * 0.62, 74), (-8, 150), (-figure.waist * 0.82, figure.waist_y - 12)], 12
    )
    seam = Line(fall, 1.7, "edge")
    stitch = Line(fall[6:] + np.array([5.0, 4.0]), 0.9, "stitch")
    lines = [seam, stitch]
    if cut.spec.garment == "dress":
        lines.append(
            Line(
                smooth(
                    [
                        (-figure.waist * 0.5, figure.waist_y + 8),
                        (-24, figure.waist_y + 130),
                        (10, figure.waist_y + 330),
                    ],
                    14,
                ),
                1.5,
                "edge",
            )
        )
    return Front((lines_only(lines),))


def _open(cut: Cut, edge: UpperEdge, hem_y: float) -> Front:
    """A front that hangs open: a wedge of lining between its edges."""
    start = edge.depth
    gap = 17.0 if cut.spec.garment != "coat" else 24.0
    right = smooth(
        [
            (0, start - 6),
            (gap * 0.7, start + 60),
            (gap, 0.5 * (start + hem_y)),
            (gap * 1.1, hem_y + 9),
        ],
        10,
    )
    outline = joined(right, sided(right, -1)[::-1])
    lines = (Line(right, 1.6, "edge"), Line(sided(right, -1), 1.6, "edge"))
    return Front((Panel(outline, "lining", Drape(roundness=0.2), lines, surface="lining", lift=0),))
