"""Is it still the same room? How much of a photo's straight edges a staged picture keeps.

Each piece of a straight edge of the photo is looked for in the result, across its own direction:
it is kept where it was, has moved, or is gone. Gone is forgiven up to a point, since furniture
stands in front of walls and floors; moved is not. Uprights and level edges are judged apart and
the worse one counts, because a camera that moved sideways leaves every level edge in its place.

Measured on 24 photos of rooms (longest side 623 to 1024 px), changed in known ways:

| the result                                   | least | 1st decile | median | 9th decile | most |
|----------------------------------------------|-------|------------|--------|------------|------|
| in another light, as JPEG                    | 1.00  | 1.00       | 1.00   | 1.00       | 1.00 |
| the same, things over 35 % of the picture    | 0.76  | 0.95       | 1.00   | 1.00       | 1.00 |
| the same, things over 50 % of the picture    | 0.69  | 0.72       | 0.99   | 1.00       | 1.00 |
| moved by 2 % of its width                    | 0.00  | 0.00       | 0.01   | 0.03       | 0.07 |
| 3 % larger, things over 30 % of the picture  | 0.07  | 0.12       | 0.22   | 0.34       | 0.44 |
| turned by 1 degree                           | 0.18  | 0.20       | 0.32   | 0.46       | 0.54 |
| mirrored                                     | 0.05  | 0.07       | 0.16   | 0.24       | 0.38 |
| another of the rooms                         | 0.05  | 0.10       | 0.15   | 0.21       | 0.34 |
"""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from media.rooms.edge_fragments import (
    Floats,
    Fragments,
    Grey,
    edge_strengths,
    fragments_of,
    profiles,
)
from media.rooms.line_segments import straight_segments

KEPT = 0.6
"""From this score on a picture shows the same room from the same place."""
COMPARED_PX = 640
"""Longest side of the pictures that are compared."""

_CONTRAST_LIMIT, _CONTRAST_TILES = 3.0, (8, 8)
_SHAPE_PX = 12
"""How far to each side an edge is known by."""
_SEARCHED_PX = 36
"""How far an edge is looked for: some 5 % of the picture."""
_STAYS_PX = 1.6
_ALIKE = 0.55
"""Correlation from which two profiles show the same edge."""
_TIED = 0.08
"""An edge is still in place when the best match elsewhere is better by no more than this."""
_SAME, _CLEARLY = 0.85, 0.15
"""An edge has moved when a match elsewhere is as good as this, and so much better than the one in
place: what furniture brings resembles most edges a little."""
_AGREES_PX = 2.5
"""How far off a common move of all edges one of them may be."""
_FIT_ROUNDS, _FIT_DAMPING = 12, 1.0
_HIDDEN = 0.6
"""Share of edges that furniture may hide when nobody says where it stands."""
_HIDDEN_OUTSIDE = 0.25
"""The same outside furniture that is known: shadows and reflections."""
_ADDED_MARGIN_PX = 6
_LOW_FROM, _LOW_WEIGHT = 0.45, 0.35
"""Furniture hides what is low: from this height down, edges count less and less."""
_CELL_PX = 40
"""In a cell of this size edges count no more than one across it: blinds have dozens."""
_UPRIGHT_RAD = math.radians(30)
_MIN_WEIGHT_PX = 120.0
"""Less edge than this in all cannot be judged."""
_MIN_GROUP = 0.15
"""A direction with less than this share of all edges is not judged apart."""


def structure_score(
    photo: NDArray[np.uint8],
    result: NDArray[np.uint8],
    added: NDArray[np.bool_] | None = None,
) -> float:
    """How well a staged result keeps the structure of a photo, 0 to 1; see `KEPT`.

    Both are (height, width, 3) RGB and may differ in size: the result is compared as if it
    covered the photo. `added`, of the result's size, is true where things were added; these
    places are left out. 1 for a photo without any straight edge, of which nothing can be lost.
    """
    size_px = _compared_size(photo)
    before, after = _grey(photo, size_px), _grey(result, size_px)
    # The corner of two plain walls is fainter than any other edge, and says more than most.
    stretched = cv2.createCLAHE(_CONTRAST_LIMIT, _CONTRAST_TILES).apply(before)
    fragments = fragments_of(straight_segments(np.asarray(stretched, np.uint8)), *size_px)
    hidden = _HIDDEN
    if added is not None:
        fragments = _outside(fragments, added, size_px)
        hidden = _HIDDEN_OUTSIDE
    weights = _weights(fragments, size_px[1])
    if weights.sum() < _MIN_WEIGHT_PX:
        return 1.0
    kept, moved = _found_again(before, after, fragments)
    upright = np.abs(np.cos(fragments.angles_rad)) < math.sin(_UPRIGHT_RAD)
    enough = max(_MIN_GROUP * float(weights.sum()), _MIN_WEIGHT_PX)
    return min(
        _share(kept[group], moved[group], weights[group], hidden)
        for group in (np.ones_like(upright), upright, ~upright)
        if weights[group].sum() >= enough
    )


def _compared_size(photo: NDArray[np.uint8]) -> tuple[int, int]:
    """Width and height at which both pictures are compared."""
    height, width = photo.shape[:2]
    scale = min(1.0, COMPARED_PX / max(height, width))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _grey(picture: NDArray[np.uint8], size_px: tuple[int, int]) -> Grey:
    # An average over areas is sharp enough and, unlike others, right for every factor; a result
    # that is smaller than what it is compared at is enlarged smoothly.
    enlarged = picture.shape[1] < size_px[0]
    method = cv2.INTER_CUBIC if enlarged else cv2.INTER_AREA
    grey = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.resize(grey, size_px, interpolation=method), np.uint8)


def _outside(fragments: Fragments, added: NDArray[np.bool_], size_px: tuple[int, int]) -> Fragments:
    """The pieces that are not near anything added."""
    small = cv2.resize(added.astype(np.uint8) * 255, size_px, interpolation=cv2.INTER_AREA)
    side = 2 * _ADDED_MARGIN_PX + 1
    near = cv2.dilate((np.asarray(small) > 0).astype(np.uint8), np.ones((side, side), np.uint8))
    columns, rows = fragments.middles_px.astype(int).T
    free = near[rows.clip(0, size_px[1] - 1), columns.clip(0, size_px[0] - 1)] == 0
    return fragments.part(free)


def _weights(fragments: Fragments, height_px: int) -> Floats:
    """What each piece counts: its length, less where edges crowd, and less the lower it lies."""
    columns, rows = (fragments.middles_px // _CELL_PX).astype(int).T
    _, cells = np.unique(rows * COMPARED_PX + columns, return_inverse=True)
    crowd_px = np.bincount(cells, weights=fragments.lengths_px)[cells]
    alone = np.minimum(1, _CELL_PX / np.maximum(crowd_px, 1))
    low = (fragments.middles_px[:, 1] / height_px - _LOW_FROM) / (1 - _LOW_FROM)
    height = 1 - (1 - _LOW_WEIGHT) * np.clip(low, 0, 1)
    return np.asarray(fragments.lengths_px * alone * height, np.float32)


def _found_again(
    before: Grey, after: Grey, fragments: Fragments
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which pieces are where they were, and which are elsewhere; the rest is gone."""
    known = profiles(edge_strengths(before), fragments, _SHAPE_PX)
    seen = profiles(edge_strengths(after), fragments, _SHAPE_PX + _SEARCHED_PX)
    likeness = _correlations(known, seen)
    steps = np.arange(-_SEARCHED_PX, _SEARCHED_PX + 1)
    in_place = likeness[:, np.abs(steps) <= _STAYS_PX].max(axis=1)
    anywhere = likeness.max(axis=1)
    kept = (in_place >= _ALIKE) & (in_place >= anywhere - _TIED)
    elsewhere = (anywhere >= np.maximum(_SAME, in_place + _CLEARLY)) & ~kept
    moves_px = np.where(kept, 0, steps[likeness.argmax(axis=1)])
    return kept, elsewhere & _agreeing(fragments, moves_px, kept | elsewhere)


def _agreeing(
    fragments: Fragments, moves_px: NDArray[np.int64], found: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Which pieces moved as a camera's move would have it, and not each its own way.

    A small move of the camera shifts, turns and stretches the picture; of that each piece shows
    the part across itself. Fitted by reweighted least squares with Cauchy's weights, in which
    what furniture brings in counts as outliers.
    """
    normals = np.stack([-np.sin(fragments.angles_rad), np.cos(fragments.angles_rad)], axis=1)
    places = fragments.middles_px / COMPARED_PX
    stretch = (normals * places).sum(axis=1)
    turn = normals[:, 1] * places[:, 0] - normals[:, 0] * places[:, 1]
    factors = np.column_stack([normals, stretch, turn])
    trust = found * fragments.lengths_px
    for _ in range(_FIT_ROUNDS):
        weighted = factors * trust[:, None]
        damped = weighted.T @ factors + _FIT_DAMPING * np.eye(4)
        model = np.linalg.solve(damped, weighted.T @ moves_px)
        errors_px = moves_px - factors @ model
        trust = found * fragments.lengths_px / (1 + (errors_px / _AGREES_PX) ** 2)
    return np.asarray(np.abs(errors_px) <= _AGREES_PX, np.bool_)


def _correlations(known: Floats, seen: Floats) -> Floats:
    """Pearson's correlation of each known profile with each stretch of the seen one."""
    width = known.shape[1]
    stretches = np.lib.stride_tricks.sliding_window_view(seen, width, axis=1)
    pattern = known - known.mean(axis=1, keepdims=True)
    products = np.einsum("nsw,nw->ns", stretches, pattern)
    spread = np.sqrt(np.maximum(stretches.var(axis=2) * width, 1e-6))
    own = np.sqrt(np.maximum((pattern**2).sum(axis=1, keepdims=True), 1e-6))
    return np.asarray(products / (spread * own), np.float32)


def _share(
    kept: NDArray[np.bool_], moved: NDArray[np.bool_], weights: Floats, hidden: float
) -> float:
    """The kept part of what should be seen: all that is found, and at least 1 - `hidden`."""
    whole = float(weights.sum())
    found = float(weights[kept].sum()) / whole
    lost = float(weights[moved].sum()) / whole
    return min(1.0, found / max(found + lost, 1 - hidden))
