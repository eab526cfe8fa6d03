"""Curves of a pattern cutter: smooth lines through points, mirrored, joined and tapered."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""(n, 2) of x to the right and y downwards, in units of the figure."""


def smooth(points: "Sequence[tuple[float, float] | Points] | Points", each: int = 12) -> Points:
    """A centripetal Catmull-Rom curve through the points, `each` samples between two of them.

    Centripetal, so that it neither loops nor bulges where points lie unevenly (Yuksel et al.,
    "Parameterization and applications of Catmull-Rom curves", 2011).
    """
    known = np.asarray(points, np.float64)
    if len(known) < 3:
        return known
    padded = np.vstack([2 * known[0] - known[1], known, 2 * known[-1] - known[-2]])
    steps = np.maximum(np.hypot(*np.diff(padded, axis=0).T) ** 0.5, 1e-6)
    knots = np.concatenate([[0.0], np.cumsum(steps)])
    count = len(known) - 1
    p = [padded[at : at + count, None] for at in range(4)]
    k = [knots[at : at + count, None, None] for at in range(4)]
    t = k[1] + (k[2] - k[1]) * np.linspace(0, 1, each, endpoint=False)[None, :, None]
    # The pyramid of Barry and Goldman: three lines, two parabolas, one cubic.
    lines = [
        ((k[at + 1] - t) * p[at] + (t - k[at]) * p[at + 1]) / (k[at + 1] - k[at]) for at in range(3)
    ]
    bows = [
        ((k[at + 2] - t) * lines[at] + (t - k[at]) * lines[at + 1]) / (k[at + 2] - k[at])
        for at in range(2)
    ]
    curve = ((k[2] - t) * bows[0] + (t - k[1]) * bows[1]) / (k[2] - k[1])
    return np.asarray(np.vstack([curve.reshape(-1, 2), known[-1:]]))


def joined(*parts: "Points | Sequence[tuple[float, float] | Points]") -> Points:
    """The parts one after the other, as one line."""
    return np.vstack([np.asarray(part, np.float64).reshape(-1, 2) for part in parts])


def mirrored(points: Points) -> Points:
    """The same line on the other side, in the same order."""
    return np.asarray(points * np.array([-1.0, 1.0]))


def both_sides(right_half: Points) -> Points:
    """A closed outline from its right half, given from the top centre to the bottom centre."""
    return np.vstack([right_half, mirrored(right_half)[::-1]])


def sided(points: Points, side: int) -> Points:
    """The line on the right (1) or on the left (-1)."""
    return points if side > 0 else mirrored(points)


def resampled(points: Points, count: int) -> Points:
    """The line as `count` points at equal distances."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    at = np.linspace(0, along[-1], count)
    return np.column_stack([np.interp(at, along, points[:, axis]) for axis in (0, 1)])


def length_of(points: Points) -> float:
    """How long the line is."""
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def normals_of(points: Points) -> Points:
    """Unit normals of a line, to its right as it runs in a picture."""
    along = np.gradient(points, axis=0)
    lengths = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)
    return np.column_stack([-along[:, 1], along[:, 0]]) / lengths[:, None]


def tapered(points: Points, width: float, ends: float = 0.15) -> Points:
    """The outline of a stroke along a line: full width in the middle, `ends` of it at its ends."""
    count = max(6, min(240, int(length_of(points) / 4)))
    line = resampled(points, count)
    swell = ends + (1 - ends) * np.sin(np.linspace(0, np.pi, count)) ** 0.7
    offset = normals_of(line) * (0.5 * width * swell)[:, None]
    return np.vstack([line + offset, (line - offset)[::-1]])


def ribbon(points: Points, widths: "Points | Sequence[float]") -> Points:
    """The outline of a band along a line whose width is interpolated from `widths`."""
    count = max(12, len(points))
    line = resampled(points, count)
    spread = np.interp(np.linspace(0, 1, count), np.linspace(0, 1, len(widths)), widths)
    offset = normals_of(line) * (0.5 * spread)[:, None]
    return np.vstack([line + offset, (line - offset)[::-1]])


def circle(x: float, y: float, radius: float, count: int = 24) -> Points:
    """A circle as a closed line."""
    turn = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.column_stack([x + radius * np.cos(turn), y + radius * np.sin(turn)])
