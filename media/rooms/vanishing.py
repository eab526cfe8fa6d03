"""The camera of a room photo from its straight edges.

Edges of a room run along three directions at right angles, and edges of one direction point to
one vanishing point. A camera (focal length, yaw, pitch, roll) says where the three lie, so the
camera sought is the one most edges agree with: searched on a grid, then by ever smaller steps.
See Coughlan and Yuille, "Manhattan World" (1999).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from media.rooms.camera import RoomCamera
from media.rooms.line_segments import Segments

Floats = NDArray[np.float64]

ALIGNED_RAD = np.radians(3.0)
"""How far an edge may point past a vanishing point and still count as running along an axis."""
_COARSE_RAD, _FINE_RAD = np.radians(3.5), np.radians(1.2)
_FOCAL_SHARES = (0.5, 0.6, 0.72, 0.86, 1.03)
_YAWS_RAD = np.radians(np.arange(-45, 46, 3))
_PITCHES_RAD = np.radians([-10, -5, 0, 5, 10, 16, 22])
_STARTS = 6
_APART_RAD = np.radians(4.5)
"""Cameras that differ less in yaw and pitch are one and the same."""
_FIRST_STEPS = np.array([0.12, np.radians(2), np.radians(2.5), np.radians(1.2)])
_ROUNDS = 9
_SHRINKING = 0.62
_LOWEST = np.array([np.log(0.42), np.radians(-50), np.radians(-20), np.radians(-4.5)])
_HIGHEST = np.array([np.log(1.5), np.radians(50), np.radians(30), np.radians(4.5)])
_USUAL = np.array([np.log(0.75), 0.0, np.radians(3), 0.0])
_SPREAD = np.array([0.45, np.radians(60), np.radians(14), np.radians(2.5)])
_HABIT = 0.02
"""How much a usual camera counts beside what the edges say."""


def likely_cameras(segments: Segments, width_px: int, height_px: int) -> tuple[RoomCamera, ...]:
    """The cameras that most of the edges agree with, the best first; at least one.

    Boards or tiles laid at an angle to the walls agree among themselves, so the edges above the
    middle, where floors are not, are also asked alone. Yaw is that to the wall faced most
    squarely, so between -50 and 50 degrees.
    """
    long_side = max(width_px, height_px)
    upper = segments.part(segments.middles[:, 1] < 0)
    chosen: list[Floats] = []
    for edges, most in ((segments, 2), (upper, 1)):
        for found in _best_of(edges, long_side)[:most]:
            if all(np.abs(found[1:3] - other[1:3]).max() > _APART_RAD for other in chosen):
                chosen.append(found)
    return tuple(
        RoomCamera(width_px, height_px, float(np.exp(log_focal)) * long_side, yaw, pitch, roll)
        for log_focal, yaw, pitch, roll in (found.tolist() for found in chosen)
    )


def misalignments_rad(segments: Segments, camera: RoomCamera) -> Floats:
    """Angle (n, 3) between each segment and the line from its middle to each vanishing point."""
    points = np.stack([camera.vanishing_point(axis) for axis in range(3)])
    points[:, :2] -= points[:, 2:] * [camera.width_px / 2, camera.height_px / 2]
    found: Floats = np.arcsin(_sines(segments, points[None])[0]).T
    return found


def _best_of(segments: Segments, long_side: int) -> Floats:
    """Cameras (c, 4), the best first; a usual one where there are no edges."""
    if not len(segments.weights):
        return _USUAL[None]
    ends = _refined(segments, long_side, _starts(segments, long_side))
    order = np.argsort(-_agreement(segments, ends, long_side, _FINE_RAD), kind="stable")
    return ends[order]


def _starts(segments: Segments, long_side: int) -> Floats:
    grid = np.stack(
        np.meshgrid(np.log(_FOCAL_SHARES), _YAWS_RAD, _PITCHES_RAD, [0.0], indexing="ij"), -1
    ).reshape(-1, 4)
    order = np.argsort(-_agreement(segments, grid, long_side, _COARSE_RAD), kind="stable")
    chosen: list[Floats] = []
    for index in order:
        apart = [np.abs(grid[index, 1:3] - other[1:3]).max() for other in chosen]
        if all(gap > _APART_RAD for gap in apart):
            chosen.append(grid[index])
        if len(chosen) == _STARTS:
            break
    found: Floats = np.stack(chosen)
    return found


def _refined(segments: Segments, long_side: int, starts: Floats) -> Floats:
    """Where one comes by walking from each start to neighbours that more edges agree with."""
    moves = np.stack(np.meshgrid(*[[-1, 0, 1]] * 4, indexing="ij"), -1).reshape(-1, 4)
    steps, reach = _FIRST_STEPS.copy(), _COARSE_RAD
    for _ in range(_ROUNDS):
        around = np.clip(starts[:, None] + moves * steps, _LOWEST, _HIGHEST)
        scores = _agreement(segments, around.reshape(-1, 4), long_side, reach)
        best = scores.reshape(len(starts), -1).argmax(1)
        starts = around[np.arange(len(starts)), best]
        steps, reach = steps * _SHRINKING, max(reach * 0.8, _FINE_RAD)
    return starts


def _agreement(segments: Segments, cameras: Floats, long_side: int, reach_rad: float) -> Floats:
    """How well each camera (log focal share, yaw, pitch, roll) explains the edges, up to 1."""
    focal = np.exp(cameras[:, 0]) * long_side
    points = _rotations(cameras[:, 1:])
    points[..., :2] *= focal[:, None, None]
    nearest = _sines(segments, points).min(1)
    explained = np.exp(-((nearest / reach_rad) ** 2)) @ segments.weights
    unusual = (((cameras - _USUAL) / _SPREAD) ** 2).sum(1)
    found: Floats = explained - _HABIT * unusual
    return found


def _sines(segments: Segments, points: Floats) -> Floats:
    """Sines (c, 3, n) of the angles at which segments pass homogeneous points (c, 3, 3)."""
    toward_x = points[..., 0:1] - points[..., 2:3] * segments.middles[:, 0]
    toward_y = points[..., 1:2] - points[..., 2:3] * segments.middles[:, 1]
    across = toward_x * segments.directions[:, 1] - toward_y * segments.directions[:, 0]
    found: Floats = np.abs(across) / np.maximum(np.hypot(toward_x, toward_y), 1e-9)
    return np.minimum(found, 1.0)


def _rotations(angles: Floats) -> Floats:
    """Images (c, 3 axes, 3) of the room's axes under yaw, pitch and roll (c, 3).

    The transposed `RoomCamera.rotation` of many cameras at once.
    """
    (cos_y, cos_p, cos_r), (sin_y, sin_p, sin_r) = np.cos(angles.T), np.sin(angles.T)
    zero = np.zeros_like(cos_y)
    level: Sequence[tuple[Floats, Floats, Floats]] = (
        (cos_y, sin_p * sin_y, cos_p * sin_y),
        (zero, cos_p, -sin_p),
        (-sin_y, sin_p * cos_y, cos_p * cos_y),
    )
    turned = [(cos_r * x - sin_r * y, -(sin_r * x + cos_r * y), z) for x, y, z in level]
    found: Floats = np.stack([np.stack(axis, -1) for axis in turned], 1)
    return found
