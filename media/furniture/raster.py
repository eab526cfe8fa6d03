"""Which triangle is seen at each sample of a picture: a z-buffer over scan lines.

Triangles are cut into the rows of samples they cross, the rows into samples, all with whole
arrays. A sample keeps the nearest triangle: one unsigned number holds the inverse depth in its
upper half and the triangle in its lower, so that the larger number is the nearer triangle.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]

_NEAREST_M = 0.05
_SAMPLES_AT_ONCE = 2_000_000


@dataclass(frozen=True)
class Flat:
    """Triangles on a picture: corners in samples (n, 2), inverse depths (n,), indices (m, 3)."""

    corners: Floats
    inverse_depths: Floats
    triangles: Indices


@dataclass(frozen=True)
class _Rows:
    """Pieces of triangles, one per row of samples: row, first sample, how many, which triangle."""

    row: Indices
    first: Indices
    count: Indices
    triangle: Indices


def nearest_triangles(flat: Flat, width: int, height: int) -> Indices:
    """The nearest triangle at each sample (height, width), -1 where there is none.

    A sample lies in the middle of its cell. A triangle with a corner nearer than five
    centimetres, or behind, is left out. Samples on a shared edge belong to one of the two.
    """
    ahead = (flat.inverse_depths > 0) & (flat.inverse_depths < 1 / _NEAREST_M)
    a, b, c = flat.triangles.T
    chosen = np.flatnonzero(ahead[a] & ahead[b] & ahead[c])
    corners = flat.corners[flat.triangles[chosen]]
    depths = flat.inverse_depths[flat.triangles[chosen]]
    slopes, is_area = _depth_slopes(corners, depths)
    corners, depths, chosen = corners[is_area], depths[is_area], chosen[is_area]
    slopes = slopes[is_area]
    best = np.zeros(width * height, np.uint64)
    rows = _rows_of(corners, width, height)
    ends = np.cumsum(rows.count, dtype=np.int64)
    start = 0
    while start < len(ends):
        done = ends[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, done + _SAMPLES_AT_ONCE)))
        part = slice(start, stop)
        at, inverse, triangle = _samples(rows, part, corners, depths, slopes, width)
        bits = inverse.view(np.uint32).astype(np.uint64) << np.uint64(32)
        np.maximum.at(best, at, bits | (triangle + 1).astype(np.uint64))
        start = stop
    # The lower half counts from 1, so that 0 is a sample that nothing covers.
    names = np.concatenate([[-1], chosen]).astype(np.int32)
    return np.asarray(names[best.astype(np.uint32)].reshape(height, width), np.int32)


def weights_at(flat: Flat, triangles: Indices, places: Floats) -> tuple[Floats, Floats]:
    """How much each corner of a triangle counts at a place on it, and the depth there.

    `triangles` (n,) are indices, `places` (n, 2) in samples. The weights (n, 3) are linear in
    space, not in the picture: linear ones over the depths of the corners, by their sum.
    """
    corners = flat.corners[flat.triangles[triangles]]
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    edge, other, to = b - a, c - a, places - a
    area = edge[:, 0] * other[:, 1] - edge[:, 1] * other[:, 0]
    second = (to[:, 0] * other[:, 1] - to[:, 1] * other[:, 0]) / area
    third = (edge[:, 0] * to[:, 1] - edge[:, 1] * to[:, 0]) / area
    linear = np.stack([1 - second - third, second, third], -1)
    # A place just outside counts as the nearest on it: a sliver goes too far astray in a pixel.
    linear = np.clip(linear, 0, 1)
    linear /= linear.sum(axis=1, keepdims=True)
    over = linear * flat.inverse_depths[flat.triangles[triangles]]
    total = np.maximum(over[:, 0] + over[:, 1] + over[:, 2], 1e-9)
    return np.asarray(over / total[:, None], np.float32), np.asarray(1 / total, np.float32)


def _depth_slopes(corners: Floats, depths: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """How the inverse depth of each triangle grows to the right and down; which have an area."""
    edge, other = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    area = edge[:, 0] * other[:, 1] - edge[:, 1] * other[:, 0]
    is_area = np.abs(area) > 1e-6
    safe = np.where(is_area, area, 1)
    first, second = depths[:, 1] - depths[:, 0], depths[:, 2] - depths[:, 0]
    right = (first * other[:, 1] - second * edge[:, 1]) / safe
    down = (second * edge[:, 0] - first * other[:, 0]) / safe
    return np.stack([right, down], -1), is_area


def _rows_of(corners: Floats, width: int, height: int) -> _Rows:
    """Cut triangles into rows; what lies outside of the picture is left away."""
    order = np.argsort(corners[..., 1], axis=1, kind="stable")
    x = np.take_along_axis(corners[..., 0], order, axis=1)
    y = np.take_along_axis(corners[..., 1], order, axis=1)
    top = np.clip(np.ceil(y[:, 0] - 0.5), 0, height).astype(np.int32)
    bottom = np.clip(np.ceil(y[:, 2] - 0.5), 0, height).astype(np.int32)
    count = bottom - top
    triangle = np.repeat(np.arange(len(corners), dtype=np.int32), count)
    row = _counted(count) + np.repeat(top, count)
    middle = row + np.float32(0.5)
    x0, x1, x2 = x[triangle].T
    y0, y1, y2 = y[triangle].T
    long = x0 + (x2 - x0) * ((middle - y0) / np.maximum(y2 - y0, 1e-9))
    upper = x0 + (x1 - x0) * ((middle - y0) / np.maximum(y1 - y0, 1e-9))
    lower = x1 + (x2 - x1) * ((middle - y1) / np.maximum(y2 - y1, 1e-9))
    short = np.where(middle < y1, upper, lower)
    left = np.clip(np.ceil(np.minimum(long, short) - 0.5), 0, width).astype(np.int32)
    right = np.clip(np.ceil(np.maximum(long, short) - 0.5), 0, width).astype(np.int32)
    kept = right > left
    return _Rows(row[kept], left[kept], (right - left)[kept], triangle[kept])


def _samples(
    rows: _Rows, part: slice, corners: Floats, depths: Floats, slopes: Floats, width: int
) -> tuple[NDArray[np.int64], Floats, Indices]:
    """The samples of some rows: where in the picture, inverse depth, which triangle."""
    count, triangle = rows.count[part], rows.triangle[part]
    row, first = rows.row[part], rows.first[part]
    right, down = slopes[triangle].T
    x, y = corners[triangle, 0].T
    start = depths[triangle, 0] + right * (first + np.float32(0.5) - x)
    start += down * (row + np.float32(0.5) - y)
    step = _counted(count)
    at = np.asarray(np.repeat(row.astype(np.int64) * width + first, count) + step, np.int64)
    inverse = np.repeat(start, count) + np.repeat(right, count) * step.astype(np.float32)
    inverse = np.maximum(inverse, 1e-6).astype(np.float32)
    return at, inverse, np.repeat(triangle, count)


def _counted(count: Indices) -> Indices:
    """0, 1, ... up to each count, one after the other."""
    ends = np.cumsum(count, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    return (np.arange(total) - np.repeat(ends - count, count)).astype(np.int32)
