"""How much light reaches points of a furnished room, some of it kept off by the furniture.

The light is a few dozen directions: a narrow bundle from the window, and the sky of a bright
room. For each, the furniture is looked at along the direction as a depth map of coarse cells;
what lies deeper than the map says is in the shade (Williams, "Casting curved shadows on curved
surfaces", SIGGRAPH 1978). Many directions together give soft shadows and dark corners.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from media.furniture.scenes import Scene

Floats = NDArray[np.float32]
Vector = NDArray[np.float64]

_BEAM, _SKY = 12, 22
"""Directions of the window's bundle, and of the rest of the room."""
_BEAM_RADIUS = 0.24
_SKY_SHARE, _BEAM_SHARE = 0.60, 0.62
"""Light on a free surface that looks up; and on one that looks at the window, in addition."""
_CELL_M = 0.035
_SPACING_M = 0.024
_BIAS_M, _SOFT_M = 0.05, 0.06
_OFF_SURFACE_M = 0.03
_FLAT_M = 0.022
"""What lies lower keeps no light off: rugs."""


@dataclass(frozen=True)
class Beams:
    """Unit directions (n, 3) towards the light, and how much comes from each (n,)."""

    directions: Floats
    weights: Floats

    def free(self, normal: Vector) -> float:
        """The light on a surface with this normal in an empty room."""
        return float((np.maximum(self.directions @ normal, 0) * self.weights).sum())


def beams_toward(light: Vector) -> Beams:
    """The light of a room whose window is in the direction `light` (3,)."""
    number = np.arange(_SKY) + 0.5
    up = 0.06 + 0.94 * (1 - number / _SKY)
    turn = number * np.pi * (3 - np.sqrt(5))
    level = np.sqrt(1 - up**2)
    sky = np.stack([level * np.cos(turn), up, level * np.sin(turn)], -1)
    # The window's side of the room is the brighter one, and what looks at the camera is lit too.
    bright = 0.75 + 0.45 * np.maximum(sky @ light, 0) - 0.38 * sky[:, 2]
    sky_weights = bright * _SKY_SHARE / (bright * sky[:, 1]).sum()
    number = np.arange(_BEAM) + 0.5
    spread = _BEAM_RADIUS * np.sqrt(number / _BEAM)
    turn = number * np.pi * (3 - np.sqrt(5))
    side = np.cross(light, [0.0, 1.0, 0.0])
    side /= max(float(np.linalg.norm(side)), 1e-6)
    third = np.cross(side, light)
    around = np.outer(spread * np.cos(turn), side) + np.outer(spread * np.sin(turn), third)
    beam = light + around
    beam /= np.linalg.norm(beam, axis=1, keepdims=True)
    directions = np.concatenate([sky, beam]).astype(np.float32)
    weights = np.concatenate([sky_weights, np.full(_BEAM, _BEAM_SHARE / _BEAM)])
    return Beams(directions, weights.astype(np.float32))


def shading_points(scene: Scene) -> Floats:
    """Points (n, 3) spread over all triangles, close enough together to stop light."""
    corners = scene.corner_points()
    edge, other = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    area = np.linalg.norm(np.cross(edge, other), axis=1) / 2
    longest = np.maximum(np.linalg.norm(edge, axis=1), np.linalg.norm(other, axis=1))
    count = np.ceil(area / _SPACING_M**2 + longest / (3 * _SPACING_M)).astype(np.int64)
    triangle = np.repeat(np.arange(len(corners)), count)
    step = np.arange(len(triangle)) - np.repeat(np.cumsum(count) - count, count) + 0.5
    # A low-discrepancy sequence in the square, folded into the triangle.
    u = step / np.repeat(count, count)
    v = (step * 0.6180339887) % 1.0
    root = np.sqrt(u)
    first, second = (root * (1 - v)).astype(np.float32), (root * v).astype(np.float32)
    points = (
        corners[triangle, 0] + first[:, None] * edge[triangle] + second[:, None] * other[triangle]
    )
    return _thinned(points[points[:, 1] > _FLAT_M])


def light_on(points: Floats, normals: Floats, shading: Floats, beams: Beams) -> Floats:
    """The light (n,) on points with normals (n, 3), `shading` points keeping some off."""
    lit = np.zeros(len(points), np.float32)
    start = points + np.float32(_OFF_SURFACE_M) * normals
    for direction, weight in zip(beams.directions, beams.weights, strict=True):
        facing = normals @ direction
        turned = np.flatnonzero(facing > 0)
        clear = _clear(start[turned], facing[turned], shading, direction)
        lit[turned] += weight * facing[turned] * clear
    return lit


def _clear(points: Floats, facing: Floats, shading: Floats, direction: Floats) -> Floats:
    """How free (n,) the way from points along a direction is, 0 to 1.

    `facing` (n,) is the cosine between it and the surface: within one cell of the map, a surface
    at a slant is at many depths, and must not shade itself.
    """
    if not len(shading):
        return np.ones(len(points), np.float32)
    helper = np.array([1, 0, 0] if abs(direction[0]) < 0.7 else [0, 0, 1], np.float32)
    side = np.cross(direction, helper)
    side /= np.linalg.norm(side)
    basis = np.stack([side, np.cross(direction, side), direction], -1).astype(np.float32)
    across, upward, depth_of = basis.T @ shading.T
    low_u, low_v = across.min() - _CELL_M, upward.min() - _CELL_M
    columns = int((across.max() - low_u) / _CELL_M) + 2
    rows = int((upward.max() - low_v) / _CELL_M) + 2
    cell = _cells(across, low_u) * rows + _cells(upward, low_v)
    depth = np.full(columns * rows, -1e3, np.float32)
    np.maximum.at(depth, cell, depth_of)
    asked_u, asked_v, asked_depth = basis.T @ points.T
    u, v = _cells(asked_u, low_u), _cells(asked_v, low_v)
    inside = (u >= 0) & (v >= 0) & (u < columns) & (v < rows)
    slant = np.sqrt(1 - np.minimum(facing, 1) ** 2) / np.maximum(facing, 0.12)
    bias = _BIAS_M + np.minimum(0.7 * _CELL_M * slant, 0.15)
    above = depth[np.where(inside, u * rows + v, 0)] - asked_depth - bias
    free = np.clip(1 - above / np.float32(_SOFT_M), 0, 1)
    return np.asarray(np.where(inside, free, 1), np.float32)


def _cells(places: Floats, low: float) -> NDArray[np.int32]:
    return np.asarray(np.floor((places - np.float32(low)) / np.float32(_CELL_M)), np.int32)


def _thinned(points: Floats) -> Floats:
    """At most one point in each small cube."""
    if not len(points):
        return points
    cube = ((points - points.min(axis=0)) / np.float32(_SPACING_M)).astype(np.int64)
    key = (cube[:, 0] << 40) | (cube[:, 1] << 20) | cube[:, 2]
    _, first = np.unique(key, return_index=True)
    return points[first]
