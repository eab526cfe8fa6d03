"""What of a wall is plain: paint and light, without door, window, picture or radiator."""

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]

_ROUNDS = 6
_LEAST_CELLS = 12
_LEAST_TOLERANCE, _TOLERANCES = 5.0, 3.5
"""Lab from the paint, at least and in times of its own spread, that is something else."""
_MOST_SPREAD = 3.0
_EDGE = 2.2
"""Change of Lab a cell that is an edge of something, beyond light that falls off."""
_SMALLEST_THING_M = 0.26
"""Sockets and switches are no wider, and do not count."""
_LEAST_GAP_M = 0.35
"""Plain patches narrower than this between things are not free."""
_HIGHEST_THING_M = 2.15
_WIDEST_THING_M = 1.3
"""A patch within such bounds, edges all around, is a door or a picture of the paint's colour."""


def plain_wall(colors: Plane, seen: Mask, inner: Mask, cell_m: float) -> Mask:
    """Which of the seen inner cells (rows up, columns) of a wall in CIE Lab are plain.

    `colors` is (rows, columns, 3); where a wall meets others, not `inner`, nothing is judged.
    Paint under light that falls off is a smooth surface of low order in Lab; what differs from
    it, what has edges, and what is framed by edges, is something in or before the wall.
    """
    judged = seen & inner
    if judged.sum() < _LEAST_CELLS:
        return np.zeros_like(seen)
    off = _distance_from_paint(colors, judged)
    spread = float(np.median(off[judged]))
    paint = off < max(_LEAST_TOLERANCE, _TOLERANCES * min(spread, _MOST_SPREAD))
    things = judged & ~(paint & ~_edges(colors, judged))
    plain = judged & ~_wider_than(things, _SMALLEST_THING_M / cell_m)
    plain &= ~_framed(plain, seen, cell_m)
    reach = max(1, round(_LEAST_GAP_M / cell_m))
    kernel = np.ones((reach, reach), np.uint8)
    padded = np.where(judged, plain, True).astype(np.uint8)
    opened = cv2.morphologyEx(padded, cv2.MORPH_OPEN, kernel) > 0
    return np.asarray(opened & judged, np.bool_)


def _distance_from_paint(colors: Plane, seen: Mask) -> Plane:
    """Distance in Lab from a second-order surface through most of the seen cells, as seen."""
    rows, columns = (np.linspace(-1, 1, count, dtype=np.float32) for count in seen.shape)
    row, column = np.meshgrid(rows, columns, indexing="ij")
    terms = np.stack([np.ones_like(row), row, column, row * column, row**2, column**2], -1)
    inside, wanted = terms[seen], colors[seen]
    off = np.linalg.norm(wanted - _commonest(wanted), axis=1)
    for _ in range(_ROUNDS):
        weight = 1 / (1 + (off / 4.0) ** 4)
        weighted = inside * weight[:, None]
        normal = inside.T @ weighted + 1e-3 * np.eye(6, dtype=np.float32)
        surface = np.linalg.solve(normal, weighted.T @ wanted)
        off = np.linalg.norm(wanted - inside @ surface, axis=1)
    found: Plane = np.linalg.norm(colors - terms @ surface, axis=-1).astype(np.float32)
    return found


def _commonest(colors: Plane) -> Plane:
    """The mean of the colours around the commonest lightness."""
    counts, bounds = np.histogram(np.clip(colors[:, 0], 0, 100), bins=25, range=(0, 100))
    near = np.abs(colors[:, 0] - bounds[int(counts.argmax())] - 2) < 6
    return np.asarray(colors[near].mean(0), np.float32)


def _edges(colors: Plane, seen: Mask) -> Mask:
    across = cv2.Sobel(colors, cv2.CV_32F, 1, 0, scale=0.25)
    upward = cv2.Sobel(colors, cv2.CV_32F, 0, 1, scale=0.25)
    change = np.sqrt((across**2 + upward**2).sum(-1))
    known = cv2.erode(seen.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return np.asarray((change > _EDGE) & known, np.bool_)


def _wider_than(things: Mask, cells: float) -> Mask:
    """Only those patches that are wider or taller than so many cells."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(things.astype(np.uint8))
    large = boxes[:, 2:4].max(1) > cells
    large[0] = False
    return np.asarray(large[labels] if count else things, np.bool_)


def _framed(plain: Mask, seen: Mask, cell_m: float) -> Mask:
    """Plain patches the size of a door or less that edges close off from the rest of the wall."""
    found = np.zeros_like(plain)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(
        plain.astype(np.uint8), connectivity=4
    )
    for label in range(1, count):
        left, low, wide, tall, _ = boxes[label]
        if wide * cell_m < _WIDEST_THING_M and (low + tall) * cell_m < _HIGHEST_THING_M:
            patch = labels == label
            found |= patch & seen[low : low + tall, left : left + wide].all()
    return found
