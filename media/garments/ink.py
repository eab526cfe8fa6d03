"""Ink: outlines and seams as a pen draws them, stitches, teeth of zips, threads."""

from collections.abc import Iterable

import numpy as np

from media.garments.curves import Points, length_of, resampled, ribbon, tapered
from media.garments.folds import Floats
from media.garments.frame import Box
from media.garments.panels import Line

_STRENGTH = {
    "cord": 1.0,
    "edge": 0.86,
    "seam": 0.55,
    "fold": 0.3,
    "stitch": 0.62,
    "teeth": 0.9,
    "thread": 0.95,
    **dict.fromkeys(("blossom", "stem leaf", "heart"), 0.95),
    "stem": 0.8,
    "worn": 0.8,
    "piping": 1.0,
}
_FILLED = frozenset({"blossom", "stem leaf", "heart"})
"""Closed lines that are embroidered over."""
_DASH = (5.0, 3.4)


def strokes(box: Box, lines: Iterable[Line], kind: str) -> Floats:
    """How much of each pixel the lines of a kind cover, 0 to 1; nothing where there are none."""
    shapes: list[Points] = []
    # Lines keep their width on the canvas: a garment drawn larger is not drawn more coarsely.
    unit = 1.25 / box.frame.scale
    for line in lines:
        if line.kind != kind or len(line.points) < 2:
            continue
        if kind == "stitch":
            shapes += [
                ribbon(dash, (line.width * unit,) * 2) for dash in _dashes(line.points, unit)
            ]
        elif kind == "teeth":
            shapes += [ribbon(dash, (line.width,) * 2) for dash in _dashes(line.points, 0.42)]
        elif kind in ("thread", "piping", "cord"):
            shapes.append(tapered(line.points, line.width, 0.7))
        elif kind in _FILLED:
            shapes.append(line.points)
        else:
            shapes.append(tapered(_trembling(line.points), line.width * unit, 0.45))
    if not shapes:
        return np.zeros((1, 1), np.float32)
    return np.asarray(box.coverage(shapes) * np.float32(_STRENGTH[kind]), np.float32)


def _dashes(points: Points, unit: float) -> list[Points]:
    on, off = (each * unit for each in _DASH)
    count = int(length_of(points) / (on + off))
    if count < 1:
        return []
    dense = resampled(points, count * 6 + 1)
    return [dense[at * 6 : at * 6 + 4] for at in range(count)]


def _trembling(points: Points) -> Points:
    """A hand's slight waver; it follows from where the line is, so it needs no chance."""
    if len(points) < 6:
        return points
    waver = 0.35 * np.sin(points[:, 1] * 0.043 + points[:, 0] * 0.027)
    return points + np.column_stack([waver, 0.5 * waver])
