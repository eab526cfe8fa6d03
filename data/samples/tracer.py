"""A small ray tracer for solids given as distance fields: what the pictured scenes stand on.

Method: sphere tracing, Hart 1996; soft shadows and occlusion from the same distances, Quilez
and Aaltonen, "Raymarching distance fields".
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from film import Array, Paint, develop_light, unit, vector

Field = Callable[[Array], Array]
Look = Callable[[Array, Array], Array]
_CLOSE_M = 1.2e-4
_BAND_ROWS = 40
_CORNERS = ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1))


@dataclass(frozen=True)
class Solid:
    """A distance field inside a bounding sphere, and what it is made of.

    `paint` gives the colour at points (3, n) with normals (3, n). `gloss` is 0 to 1.
    """

    field: Field
    center: tuple[float, float, float]
    radius: float
    paint: Paint
    gloss: float = 0.0
    glow: float = 0.0


def nearest(solids: Sequence[Solid], eye: Array, rays: Array, far: Array) -> tuple[Array, Array]:
    """Return the distance to what each ray meets first and its index, -1 for nothing."""
    best, index = far.astype(np.float32), np.full(rays.shape[1], -1)
    for number, solid in enumerate(solids):
        near, leave = _through_sphere(solid, eye, rays)
        todo = np.flatnonzero((near < leave) & (near < best))
        start = eye if eye.shape[1] == 1 else eye[:, todo]
        travelled = near[todo]
        ray, limit, origin = rays[:, todo], np.minimum(leave[todo], best[todo]), start
        for _ in range(90):
            if not todo.size:
                break
            gap = solid.field(origin + ray * travelled)
            met = gap < _CLOSE_M * (1 + travelled)
            best[todo[met]], index[todo[met]] = travelled[met], number
            going = ~met & (travelled + gap < limit)
            todo, travelled = todo[going], (travelled + gap)[going]
            ray, limit = ray[:, going], limit[going]
            origin = origin if origin.shape[1] == 1 else origin[:, going]
    return best, index


def normals_of(solid: Solid, points: Array) -> Array:
    """Return outward normals, by differences to the corners of a tetrahedron."""
    step = 8e-4
    total = np.zeros_like(points)
    for corner in _CORNERS:
        side = vector(*corner)
        total += side * solid.field(points + side * step)
    return unit(total)


def light_share(
    solids: Sequence[Solid], points: Array, toward: Array, softness: float, reach_m: float
) -> Array:
    """Return how much of a light is seen, 0 to 1; a wider light has a larger `softness`."""
    share = np.ones(points.shape[1], np.float32)
    toward = np.broadcast_to(toward, points.shape)
    for solid in solids:
        if solid.glow:
            continue
        away = np.sqrt(((points - vector(*solid.center)) ** 2).sum(0)) + solid.radius
        near, leave = _through_sphere(solid, points, toward, margin=softness * away)
        todo = np.flatnonzero((near < leave) & (near < reach_m) & (share > 0.01))
        travelled, previous = (
            np.maximum(near[todo], 0.008 * reach_m),
            np.full(todo.size, 1e9, np.float32),
        )
        for _ in range(48):
            if not todo.size:
                break
            gap = solid.field(points[:, todo] + toward[:, todo] * travelled)
            behind = np.where(gap < previous, gap * gap / (2 * previous), 0)
            beside = np.sqrt(np.maximum(gap * gap - behind * behind, 0)) * np.sign(gap)
            seen = beside / (softness * np.maximum(travelled - behind, 1e-5))
            share[todo] = np.minimum(share[todo], np.clip(seen, 0, 1))
            previous = np.maximum(gap, 1e-6)
            travelled = travelled + np.maximum(
                gap * 0.7, 0.004 * reach_m + softness * travelled * 0.1
            )
            going = (travelled < np.minimum(leave[todo], reach_m)) & (share[todo] > 0.01)
            todo, travelled, previous = todo[going], travelled[going], previous[going]
    return share * share * (3 - 2 * share)


def openness(solids: Sequence[Solid], points: Array, normals: Array, reach_m: float) -> Array:
    """Return how open the space before each point is, 0 in a crack to 1."""
    blocked = np.zeros(points.shape[1], np.float32)
    for weight, share in ((0.5, 0.12), (0.3, 0.4), (0.2, 1.0)):
        height = share * reach_m
        probes = points + normals * height
        gap = np.full(points.shape[1], height, np.float32)
        for solid in solids:
            away = np.sqrt(((probes - vector(*solid.center)) ** 2).sum(0)) - solid.radius
            todo = np.flatnonzero(away < gap)
            if todo.size:
                gap[todo] = np.minimum(gap[todo], solid.field(probes[:, todo]))
        blocked += weight * (1 - np.clip(gap / height, 0, 1))
    return 1 - blocked


@dataclass(frozen=True)
class Camera:
    """A view camera: `shift` moves the picture up without tilting what is vertical."""

    eye: tuple[float, float, float]
    target: tuple[float, float, float]
    width_of_view: float
    shift: float = 0.0

    def rays(self, across: Array, down: Array) -> Array:
        """Return directions for positions in units of the picture's width, 0 at the middle."""
        ahead = unit(vector(*self.target) - vector(*self.eye))
        right = unit(np.cross(vector(0, 1, 0), ahead, axis=0))
        up = np.cross(ahead, right, axis=0)
        across, rise = across * self.width_of_view, (self.shift - down) * self.width_of_view
        return unit(ahead + right * across + up * rise).astype(np.float32)


def render(look: Look, camera: Camera, width: int, height: int) -> Array:
    """Return what `look(eye, rays)` sees, (height, width, channels), edges smoothed.

    Every pixel is seen once; those unlike a neighbour are seen four more times.
    """
    eye = vector(*camera.eye)

    def see(columns: Array, rows: Array) -> Array:
        rays = camera.rays((columns - width / 2) / width, (rows - height / 2) / width)
        return look(eye, rays).astype(np.float32)

    def band(top: int) -> Array:
        rows, columns = np.mgrid[top : min(top + _BAND_ROWS, height), :width] + 0.5
        return see(columns.ravel(), rows.ravel()).T.reshape(*rows.shape, -1)

    def again(todo: Array) -> Array:
        rows, columns = todo // width + 0.5, todo % width + 0.5
        offsets = ((-0.375, -0.125), (0.125, -0.375), (0.375, 0.125), (-0.125, 0.375))
        return sum(develop_light(see(columns + dx, rows + dy)) for dx, dy in offsets) / 4

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        picture = develop_light(np.concatenate(list(pool.map(band, range(0, height, _BAND_ROWS)))))
        edges = np.flatnonzero(_unlike_a_neighbour(picture))
        parts = [edges[first : first + 50_000] for first in range(0, edges.size, 50_000)]
        for part, values in zip(parts, pool.map(again, parts), strict=True):
            picture.reshape(-1, picture.shape[-1])[part] = values.T
    return picture


def _unlike_a_neighbour(picture: Array) -> Array:
    unlike = np.zeros(picture.shape[:2], bool)
    for axis in (0, 1):
        jump = np.abs(np.diff(picture[..., :4], axis=axis)).max(-1) > 0.045
        first = [slice(None), slice(None)]
        second = [slice(None), slice(None)]
        first[axis], second[axis] = slice(None, -1), slice(1, None)
        unlike[tuple(first)] |= jump
        unlike[tuple(second)] |= jump
    return unlike


def _through_sphere(
    solid: Solid, origin: Array, rays: Array, margin: Array | float = 0.0
) -> tuple[Array, Array]:
    offset = origin - vector(*solid.center)
    along = (offset * rays).sum(0)
    depth = along * along - (offset * offset).sum(0) + (solid.radius + margin) ** 2
    half = np.sqrt(np.maximum(depth, 0))
    enter = np.maximum(-along - half, 1e-3)
    return enter, np.where(depth > 0, -along + half, -1.0)
