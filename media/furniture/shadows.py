"""The shadows that furniture throws on the floor and the walls of the photo.

What is found is a factor by which the photo's light is multiplied, so that planks, seams and
light patches show through. It is the light that still arrives, over the light of the empty room,
darkened further along the lines where something touches.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from media.furniture.baked_light import Beams, light_on
from media.furniture.scenes import Scene
from media.rooms.camera import RoomCamera
from media.rooms.layout import RoomLayout
from media.rooms.survey import RoomSurvey, Surface, Wall

Floats = NDArray[np.float32]
Vector = NDArray[np.float64]

_STEP_M = 0.035
_REACH_M = 1.1
"""How far from the furniture its shadow is looked for."""
_WALL_REACH_M = 0.55
_WALL_HEIGHT_M = 2.5
_FLOOR_DEPTH, _WALL_STRENGTH = 1.5, 0.7
"""Floors under furniture are darker than single shading tells; walls get light from each other."""
_CONTACT = 0.68
_CONTACT_M = 0.07
"""What is closer to a surface than this darkens it by touch."""
_NO_SHADOW = 0.012
"""Less light kept off than this is none."""


@dataclass(frozen=True)
class Plane:
    """A rectangle of a floor or wall as a grid of points (rows, columns, 3), `_STEP_M` apart."""

    origin: Vector
    along: Vector
    up: Vector
    normal: Vector
    rows: int
    columns: int
    wall: Wall | None = None

    def points(self) -> Floats:
        """The grid's points (rows * columns, 3)."""
        row, column = np.mgrid[0 : self.rows, 0 : self.columns] * _STEP_M
        places = self.origin + row[..., None] * self.up + column[..., None] * self.along
        return np.asarray(places.reshape(-1, 3), np.float32)

    def coordinates(self, points: Vector) -> tuple[Floats, Floats]:
        """Column and row (...) of points (..., 3) on the surface, in cells."""
        away = points - self.origin
        column, row = away @ self.along / _STEP_M, away @ self.up / _STEP_M
        return np.asarray(column, np.float32), np.asarray(row, np.float32)


def shadow_factor(
    scene: Scene, survey: RoomSurvey, camera: RoomCamera, beams: Beams, shading: Floats
) -> Floats:
    """The share of the photo's light that is left at each pixel of `camera`, 1 where all is.

    Shape (camera.height_px, camera.width_px). `shading` are `baked_light.shading_points`.
    """
    layout = survey.layout
    half = camera.scaled_to(max(1, camera.width_px // 2), max(1, camera.height_px // 2))
    rays = half.rays()
    factor = np.ones(rays.shape[:2], np.float32)
    reach = _room_reach(rays, layout, camera.height_m)
    for plane in _surfaces(scene, layout):
        kept = _kept_light(plane, scene, beams, shading)
        if plane.wall is not None:
            kept = kept + (1 - kept) * _opening(plane, survey.walls[plane.wall])
        distance = _distance(rays, plane, camera.position_m)
        hit = (distance > 0) & (distance < reach * 1.02 + 0.01)
        points = camera.position_m + rays * np.where(hit, distance, 0)[..., None]
        column, row = plane.coordinates(points)
        found = cv2.remap(kept, column, row, cv2.INTER_LINEAR, borderValue=1.0)
        factor = np.where(hit, np.minimum(factor, found), factor)
    factor = np.where(factor > 1 - _NO_SHADOW, 1, factor).astype(np.float32)
    return np.asarray(
        cv2.resize(factor, (camera.width_px, camera.height_px), interpolation=cv2.INTER_LINEAR),
        np.float32,
    )


def _surfaces(scene: Scene, layout: RoomLayout) -> Iterator[Plane]:
    """The floor around the furniture, and the walls that it stands near."""
    low = scene.points.min(axis=0).astype(float) - _REACH_M
    high = scene.points.max(axis=0).astype(float) + _REACH_M
    left, right = max(low[0], layout.left_m), min(high[0], layout.right_m)
    front, back = max(low[2], 0.2), min(high[2], layout.back_m)
    across, upward, inward = np.eye(3)
    yield _rectangle((left, 0, front), (across, right - left), (inward, back - front), upward)
    top = min(_WALL_HEIGHT_M, high[1])
    if high[2] - _REACH_M > layout.back_m - _WALL_REACH_M:
        yield _rectangle(
            (left, 0, layout.back_m), (across, right - left), (upward, top), -inward, "back"
        )
    if low[0] + _REACH_M < layout.left_m + _WALL_REACH_M:
        yield _rectangle(
            (layout.left_m, 0, front), (inward, back - front), (upward, top), across, "left"
        )
    if high[0] - _REACH_M > layout.right_m - _WALL_REACH_M:
        yield _rectangle(
            (layout.right_m, 0, front), (inward, back - front), (upward, top), -across, "right"
        )


def _rectangle(
    origin: tuple[float, float, float],
    along: tuple[Vector, float],
    up: tuple[Vector, float],
    normal: Vector,
    wall: Wall | None = None,
) -> Plane:
    columns, rows = (max(2, int(length / _STEP_M) + 1) for length in (along[1], up[1]))
    return Plane(np.array(origin), along[0], up[0], normal, rows, columns, wall)


def _kept_light(plane: Plane, scene: Scene, beams: Beams, shading: Floats) -> Floats:
    """The share of light left on a surface's grid (rows, columns)."""
    points = plane.points()
    normals = np.broadcast_to(plane.normal.astype(np.float32), points.shape)
    free = beams.free(plane.normal)
    if plane.wall is not None:
        away = (shading - plane.origin.astype(np.float32)) @ plane.normal.astype(np.float32)
        shading = shading[away < _WALL_REACH_M]
    light = light_on(points, normals, shading, beams) / np.float32(max(free, 1e-6))
    soft = cv2.GaussianBlur(light.reshape(plane.rows, plane.columns), (0, 0), 1.1)
    share = np.clip(soft, 0, 1)
    is_floor = plane.wall is None
    kept = share**_FLOOR_DEPTH if is_floor else 1 - _WALL_STRENGTH * (1 - share)
    return np.asarray(kept * (1 - _contact(plane, scene, shading)), np.float32)


def _opening(plane: Plane, wall: Surface) -> Floats:
    """Where a wall's grid is known not to be wall, 0 to 1: glass takes no shadow."""
    along = float(plane.origin[2 if plane.wall != "back" else 0])
    row = (np.arange(plane.rows) * _STEP_M - wall.origin_m[0]) / wall.cell_m
    column = (np.arange(plane.columns) * _STEP_M + along - wall.origin_m[1]) / wall.cell_m
    y, x = row.astype(int)[:, None], column.astype(int)[None, :]
    known = (y >= 0) & (x >= 0) & (y < wall.free.shape[0]) & (x < wall.free.shape[1])
    y, x = np.where(known, y, 0), np.where(known, x, 0)
    opening = (known & wall.seen[y, x] & ~wall.free[y, x]).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(opening, (0, 0), 1.3), np.float32)


def _contact(plane: Plane, scene: Scene, shading: Floats) -> Floats:
    """Light kept off by what touches, or nearly touches, a plane."""
    away = (shading - plane.origin) @ plane.normal
    near = np.clip(1 - np.abs(away) / _CONTACT_M, 0, 1) * (away > -0.05)
    flat = scene.points[scene.points[:, 1] < 0.05] if plane.wall is None else scene.points[:0]
    weights = np.concatenate([near, np.full(len(flat), 0.35)])
    column, row = plane.coordinates(np.concatenate([shading, flat]).astype(float))
    x, y = np.round(column).astype(int), np.round(row).astype(int)
    used = (weights > 0.02) & (x >= 0) & (y >= 0) & (x < plane.columns) & (y < plane.rows)
    grid = np.zeros(plane.rows * plane.columns, np.float32)
    np.maximum.at(grid, y[used] * plane.columns + x[used], weights[used].astype(np.float32))
    touched = grid.reshape(plane.rows, plane.columns)
    soft = 1.9 * cv2.GaussianBlur(touched, (0, 0), 0.8) + 0.6 * cv2.GaussianBlur(
        touched, (0, 0), 2.2
    )
    return np.asarray(_CONTACT * np.clip(soft, 0, 1), np.float32)


def _distance(rays: Vector, plane: Plane, eye: Vector) -> Vector:
    """How far along each ray a surface's plane lies; negative where it is never met."""
    slope = rays @ plane.normal
    gap = float((plane.origin - eye) @ plane.normal)
    found: Vector = np.where(slope < -1e-6, gap / np.minimum(slope, -1e-6), -1.0)
    return found


def _room_reach(rays: Vector, layout: RoomLayout, eye_m: float) -> Vector:
    """How far along each ray the floor or a wall of the box is; the ceiling is left out."""
    x, y, z = (rays[..., axis] for axis in range(3))
    side = np.where(x > 0, layout.right_m, layout.left_m) / np.where(np.abs(x) < 1e-6, 1e-6, x)
    back = np.where(z > 1e-6, layout.back_m / np.maximum(z, 1e-6), 1e6)
    floor = np.where(y < -1e-6, eye_m / np.maximum(-y, 1e-6), 1e6)
    found: Vector = np.minimum(np.minimum(np.abs(side), back), floor)
    return found
