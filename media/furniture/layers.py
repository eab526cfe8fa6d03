"""Furniture drawn as a layer: colours and coverage, in the pixels of a camera.

Every pixel has four samples. Where all four show the same side of the same part it is shaded
once, else each sample by itself, so outlines are smooth and flat sides are cheap.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from media.furniture.baked_light import Beams, light_on
from media.furniture.daylight import Daylight
from media.furniture.materials import albedo
from media.furniture.raster import Flat, nearest_triangles, weights_at
from media.furniture.scenes import Scene
from media.furniture.shading import Eye, arriving_light, dot, leaving_light, mirrored_room
from media.rooms.camera import RoomCamera

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]

_SIDE = 2
"""Samples a side of each pixel."""
_CHUNK = 120_000


@dataclass(frozen=True)
class Layer:
    """Furniture in a part of a picture: linear light times coverage, and coverage 0 to 1.

    `left` and `top` say where in the camera's picture its first pixel is.
    """

    light: Floats
    coverage: Floats
    left: int
    top: int


@dataclass(frozen=True)
class _Lit:
    """A scene with the light on each of its points (n,)."""

    scene: Scene
    light: Floats
    half_m: Floats
    """Half of each part's size (parts, 3) in its material."""


@dataclass(frozen=True)
class _Seen:
    """Samples to be shaded: their triangle, place in samples, and pixel of the layer."""

    triangle: Indices
    place: Floats
    pixel: Indices


def draw_layer(
    scene: Scene, camera: RoomCamera, daylight: Daylight, beams: Beams, shading: Floats
) -> Layer:
    """Draw a scene; `shading` are the points of `baked_light.shading_points`."""
    lit = _bake(scene, camera, beams, shading)
    corners, depth = camera.project(lit.scene.points)
    left, top, right, bottom = _frame(corners, camera)
    inverse = np.where(depth > 0.05, 1 / np.maximum(depth, 0.05), -1).astype(np.float32)
    places = ((corners - [left, top]) * _SIDE).astype(np.float32)
    shown = Flat(places, inverse, lit.scene.triangles)
    kept = _facing(shown, lit.scene)
    width, height = right - left, bottom - top
    found = nearest_triangles(
        replace(shown, triangles=shown.triangles[kept]), width * _SIDE, height * _SIDE
    )
    # The last name is found by -1.
    triangle = np.concatenate([kept, [-1]]).astype(np.int32)[found]
    light = np.zeros((height * width, 3), np.float32)
    nearness = np.zeros(height * width, np.float32)
    whole, parts = _samples(triangle, lit.scene.facets)
    eye = Eye(camera, daylight, left, top)
    for seen, share in [(whole, 1.0), *((edge, 1 / _SIDE**2) for edge in parts)]:
        for start in range(0, len(seen.triangle), _CHUNK):
            part = slice(start, start + _CHUNK)
            chunk = _Seen(seen.triangle[part], seen.place[part], seen.pixel[part])
            color, near = _shade(lit, shown, chunk, eye)
            light[chunk.pixel] += np.float32(share) * color
            nearness[chunk.pixel] += np.float32(share) * near
    covered = (triangle >= 0).reshape(height, _SIDE, width, _SIDE).mean(axis=(1, 3))
    coverage = np.asarray(covered, np.float32)
    crevices = _crevices(nearness.reshape(height, width), coverage, camera)
    return Layer(light.reshape(height, width, 3) * crevices[..., None], coverage, left, top)


def _bake(scene: Scene, camera: RoomCamera, beams: Beams, shading: Floats) -> _Lit:
    """Turn thin surfaces towards the camera, and find the light on all points."""
    thin = np.zeros(len(scene.points), bool)
    thin[scene.triangles[scene.thin]] = True
    to_eye = camera.position_m.astype(np.float32) - scene.points
    away = thin & (dot(to_eye, scene.normals) < 0)
    normals = np.where(away[:, None], -scene.normals, scene.normals)
    light = light_on(scene.points, normals, shading, beams)
    half = np.ones((len(scene.paints), 3), np.float32)
    for number in range(len(scene.paints)):
        used = scene.texture[scene.triangles[scene.part_of == number].ravel()]
        if len(used):
            half[number] = np.maximum(np.abs(used).max(axis=0), 1e-3)
    return _Lit(replace(scene, normals=normals), light, half)


def _frame(corners: NDArray[np.float64], camera: RoomCamera) -> tuple[int, int, int, int]:
    """The part of the picture that the furniture touches: left, top, right, bottom."""
    low = np.floor(corners.min(axis=0)) - 2
    high = np.ceil(corners.max(axis=0)) + 2
    left, top = (
        int(np.clip(v, 0, s - 1))
        for v, s in zip(low, (camera.width_px, camera.height_px), strict=True)
    )
    right, bottom = (
        int(np.clip(v, 1, s))
        for v, s in zip(high, (camera.width_px, camera.height_px), strict=True)
    )
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _facing(shown: Flat, scene: Scene) -> NDArray[np.int64]:
    """The triangles that face the camera, or are thin."""
    a, b, c = (shown.corners[shown.triangles[:, corner]] for corner in range(3))
    turn = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    return np.flatnonzero((turn > 0) | scene.thin)


def _samples(triangle: Indices, facets: Indices) -> tuple[_Seen, list[_Seen]]:
    """Pixels that need one sample, at their middle; and for the others, each sample in turn."""
    height, width = triangle.shape[0] // _SIDE, triangle.shape[1] // _SIDE
    each = triangle.reshape(height, _SIDE, width, _SIDE).transpose(1, 3, 0, 2).reshape(4, -1)
    side = np.where(each >= 0, facets[np.maximum(each, 0)], -1)
    alike = (side[0] == side[1]) & (side[0] == side[2]) & (side[0] == side[3])
    pixel = np.flatnonzero(alike & (each[0] >= 0)).astype(np.int32)
    whole = _Seen(each[0, pixel], _places(pixel, width, 1.0, 1.0), pixel)
    parts = []
    for number in range(_SIDE**2):
        down, right = divmod(number, _SIDE)
        pixel = np.flatnonzero(~alike & (each[number] >= 0)).astype(np.int32)
        places = _places(pixel, width, right + 0.5, down + 0.5)
        parts.append(_Seen(each[number, pixel], places, pixel))
    return whole, parts


def _places(pixel: Indices, width: int, right: float, down: float) -> Floats:
    row, column = np.divmod(pixel, np.int32(width))
    return np.stack([column * _SIDE + right, row * _SIDE + down], -1).astype(np.float32)


def _shade(lit: _Lit, shown: Flat, seen: _Seen, eye: Eye) -> tuple[Floats, Floats]:
    """Linear light (n, 3) of samples, and their inverse depth."""
    scene = lit.scene
    weights, depth = weights_at(shown, seen.triangle, seen.place)
    corner = scene.triangles[seen.triangle]
    mixed = _mixed(weights, corner, scene.normals, scene.texture, lit.light[:, None])
    normals, texture, light = mixed[:, :3], mixed[:, 3:6], mixed[:, 6]
    normals = _unit(normals)
    place = seen.place / np.float32(_SIDE) + np.array([eye.left, eye.top], np.float32)
    rays = _rays(eye.camera, place)
    view = -_unit(rays)
    height = eye.camera.height_m + rays[:, 1] * depth
    color = np.zeros((len(depth), 3), np.float32)
    part = scene.part_of[seen.triangle]
    for number in np.unique(part):
        at = np.flatnonzero(part == number)
        paint = scene.paints[number]
        base = albedo(paint, texture[at], lit.half_m[number])
        arriving = arriving_light(light[at], normals[at], height[at], eye.daylight)
        color[at] = leaving_light(paint, base, arriving, normals[at], view[at], eye)
        if paint.material == "mirror":
            color[at] = mirrored_room(place[at], eye)
        elif paint.material == "screen":
            color[at] += 0.10 * mirrored_room(place[at], eye)
    return color, np.asarray(1 / depth, np.float32)


def _mixed(weights: Floats, corner: Indices, *values: Floats) -> Floats:
    """Values of points, mixed by the weights of a triangle's corners (n, 3)."""
    table = np.concatenate(values, axis=1)
    found = weights[:, :1] * table[corner[:, 0]]
    found += weights[:, 1:2] * table[corner[:, 1]]
    found += weights[:, 2:] * table[corner[:, 2]]
    return np.asarray(found, np.float32)


def _unit(vectors: Floats) -> Floats:
    length = np.sqrt(np.maximum(dot(vectors, vectors), 1e-12))
    return np.asarray(vectors / length[:, None], np.float32)


def _rays(camera: RoomCamera, place: Floats) -> Floats:
    x = (place[:, 0] - camera.width_px / 2) / camera.focal_px
    y = (place[:, 1] - camera.height_px / 2) / camera.focal_px
    ahead = np.stack([x, y, np.ones_like(x)], -1).astype(np.float32)
    return np.asarray(ahead @ camera.rotation.astype(np.float32), np.float32)


def _crevices(nearness: Floats, coverage: Floats, camera: RoomCamera) -> Floats:
    """A factor that darkens what lies behind its surroundings: joints, gaps, inner corners.

    After Luft, Colditz and Deussen, "Image enhancement by unsharp masking the depth buffer",
    SIGGRAPH 2006; inverse depth is linear over any plane, so planes stay as they are.
    """
    sigma = max(1.0, 0.0035 * max(camera.width_px, camera.height_px))
    mean = cv2.GaussianBlur(nearness, (0, 0), sigma)
    weight = cv2.GaussianBlur(coverage, (0, 0), sigma)
    own = nearness / np.maximum(coverage, 1e-3)
    behind = mean / np.maximum(weight, 1e-3) / np.maximum(own, 1e-4) - 1
    return np.asarray(1 - np.clip(behind * 9, 0, 0.30) * (coverage > 0), np.float32)
