"""Local features: points of a picture that are found again on another of the same product.

Points and descriptors are SIFT's (Lowe, "Distinctive Image Features from Scale-Invariant
Keypoints", IJCV 2004), the descriptors as roots (Arandjelovic and Zisserman, "Three things
everyone should know to improve object retrieval", CVPR 2012). Two pictures show the same product
where many points match and lie in one arrangement: moved, turned and scaled as one.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from media.background_models import Pixels

MOST_POINTS = 400
LOOKED_AT_PX = 512
"""Longer side of the picture points are looked for in."""

_MOST_ENLARGED = 2.2
"""A small picture's points are few and coarse; enlarged further, they are noise."""
_MAGIC = b"SLF1"
_HEADER = struct.Struct("<4sH")
_POINT_UNIT = 65535
"""Points are kept in parts of the longer side, as 16 bits."""
_LEVELS = 512
"""A root of a share of 1 in levels of a byte; a share above a quarter is cut off and is rare."""
_SIZE = 128
_RATIO = 0.8
"""Lowe's: how much nearer than the second nearest a match has to be."""
_LEAST_MATCHES = 5
_REACH = 0.0115
"""How far from its place a point may lie, in longer sides of the other picture."""
_SCALES = (0.15, 6.0)
"""Of one product on two pictures; beyond, a few points have been laid onto one."""
_TRIES = 500


@dataclass(frozen=True)
class LocalFeatures:
    """Points of one picture."""

    points: NDArray[np.float32]
    """(n, 2), x and y in longer sides of the picture, 0 to 1."""
    descriptors: NDArray[np.uint8]
    """(n, 128)."""


def find_local_features(rgb: Pixels) -> LocalFeatures:
    """The MOST_POINTS strongest points of an RGB picture, or fewer."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    scale = min(_MOST_ENLARGED, LOOKED_AT_PX / max(grey.shape))
    width, height = (max(1, round(side * scale)) for side in grey.shape[::-1])
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    seen = cv2.resize(grey, (width, height), interpolation=method)
    keypoints, found = cv2.SIFT.create(MOST_POINTS).detectAndCompute(seen, None)
    if not keypoints:
        return LocalFeatures(np.empty((0, 2), np.float32), np.empty((0, _SIZE), np.uint8))
    points = np.asarray([keypoint.pt for keypoint in keypoints], np.float32)
    strength = np.asarray([keypoint.response for keypoint in keypoints])
    # Ties may make it more than asked for; their order is that of the place, always the same.
    chosen = np.lexsort((points[:, 1], points[:, 0], -strength))[:MOST_POINTS]
    shares = np.asarray(found, np.float32)[chosen]
    shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1e-6)
    levels = np.minimum(np.sqrt(shares) * _LEVELS, 255).round().astype(np.uint8)
    return LocalFeatures(np.clip(points[chosen] / max(width, height), 0, 1), levels)


def pack(features: LocalFeatures) -> bytes:
    """As bytes: 132 a point and 6 more."""
    points = (features.points * _POINT_UNIT).round().astype("<u2")
    header = _HEADER.pack(_MAGIC, len(points))
    return header + points.tobytes() + features.descriptors.tobytes()


def unpack(packed: bytes) -> LocalFeatures:
    """What `pack` packed. Raises ValueError for bytes that it did not make."""
    whole = len(packed) >= _HEADER.size and packed.startswith(_MAGIC)
    count = _HEADER.unpack_from(packed)[1] if whole else 0
    body = packed[_HEADER.size :]
    if not whole or len(body) != count * (4 + _SIZE):
        raise ValueError("these bytes are no local features of this version")
    points = np.frombuffer(body, "<u2", 2 * count).reshape(count, 2)
    descriptors = np.frombuffer(body, np.uint8, offset=4 * count).reshape(count, _SIZE)
    return LocalFeatures((points / np.float32(_POINT_UNIT)).astype(np.float32), descriptors)


def inliers(query: bytes, other: bytes) -> int:
    """How many points of `query` lie on `other` in one arrangement; both packed.

    Pictures of different products come to a handful, by chance.
    """
    return inliers_of_each(query, [other])[0]


def inliers_of_each(query: bytes, others: Sequence[bytes | None]) -> list[int]:
    """The same for many pictures; 0 for None."""
    sought = unpack(query)
    lengths = _unit_rows(sought.descriptors)
    return [
        0 if other is None else _arranged(sought.points, lengths, unpack(other)) for other in others
    ]


def _unit_rows(descriptors: NDArray[np.uint8]) -> NDArray[np.float32]:
    rows = descriptors.astype(np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-6), np.float32)


def _arranged(points: NDArray[np.float32], rows: NDArray[np.float32], other: LocalFeatures) -> int:
    """The most matches that one similarity explains (RANSAC, Fischler and Bolles, 1981)."""
    if len(points) < _LEAST_MATCHES or len(other.points) < _LEAST_MATCHES:
        return 0
    mine, theirs = _matches(rows @ _unit_rows(other.descriptors).T)
    if len(mine) < _LEAST_MATCHES:
        return 0
    arrangement, is_in = cv2.estimateAffinePartial2D(
        points[mine] / np.float32(_REACH),
        other.points[theirs] / np.float32(_REACH),
        ransacReprojThreshold=1.0,
        maxIters=_TRIES,
        refineIters=0,
    )
    if arrangement is None:
        return 0
    scale = float(np.hypot(arrangement[0, 0], arrangement[1, 0]))
    return int(is_in.sum()) if _SCALES[0] < scale < _SCALES[1] else 0


def _matches(cosines: NDArray[np.float32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and their columns where the nearest is much nearer than the second; a column once."""
    best = cosines.argmax(axis=1)
    rows = np.arange(len(cosines))
    nearest = cosines[rows, best]
    cosines[rows, best] = -1
    second = cosines.max(axis=1)
    # Of unit vectors, the squared distance is twice 1 less the cosine.
    is_clear = 1 - nearest < _RATIO**2 * (1 - second)
    clear = rows[is_clear][np.argsort(-nearest[is_clear], kind="stable")]
    _, first = np.unique(best[clear], return_index=True)
    chosen = clear[first]
    return chosen, best[chosen]
