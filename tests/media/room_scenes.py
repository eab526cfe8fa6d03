"""Photos of rooms whose camera, box, doors and windows are known, because they were computed.

A seed is a room: its size, materials, light and openings, and a camera with the faults of a real
one (barrel distortion, darker corners, blur, noise, white balance, JPEG). The same arguments give
the same bytes. What is drawn follows `tests.media.rooms.room_plans`.
"""

import io
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from media.rooms.camera import RoomCamera
from media.rooms.survey import Wall
from tests.media.rooms.room_light import floor_gleam, light_on
from tests.media.rooms.room_plans import RoomPlan, WallPiece, room_plan
from tests.media.rooms.room_surfaces import (
    BACK,
    CEILING,
    FLOOR,
    LEFT,
    RIGHT,
    Box,
    Surfaces,
    Values,
    ceiling_colors,
    floor_colors,
    vector,
    wall_colors,
)

Pixels = NDArray[np.uint8]

_SIDES: dict[int, Wall] = {LEFT: "left", RIGHT: "right", BACK: "back"}
_SAMPLES = 2
"""Samples a side of each pixel."""
_FAR_M = 1e4


@dataclass(frozen=True)
class RoomScene:
    """A photo (height, width, 3), uint8 RGB, and the truth about the room in it.

    The walls stand at x = `left_m`, x = `right_m` and z = `back_m`, as in `media.rooms.layout`.
    """

    photo: Pixels
    plan: RoomPlan

    @property
    def camera(self) -> RoomCamera:
        """The true camera, but for the distortion of its lens."""
        return self.plan.camera

    @property
    def left_m(self) -> float:
        """Where the left wall stands; negative."""
        return self.plan.left_m

    @property
    def right_m(self) -> float:
        """Where the right wall stands."""
        return self.plan.right_m

    @property
    def back_m(self) -> float:
        """Where the back wall stands."""
        return self.plan.back_m

    @property
    def openings(self) -> tuple[WallPiece, ...]:
        """The doors, windows and radiators."""
        return self.plan.pieces


def empty_room(seed: int, width_px: int = 1200, height_px: int | None = None) -> RoomScene:
    """The room of a seed without furniture; landscape or portrait as the seed has it."""
    plan = room_plan(seed, width_px, height_px)
    return RoomScene(_photo(plan, []), plan)


def furnish_crudely(scene: RoomScene, seed: int) -> RoomScene:
    """The same room and camera, with three to six boxes standing about in it."""
    rng = np.random.default_rng([seed, 43])
    plan = scene.plan
    boxes = [_box(rng, plan) for _ in range(int(rng.integers(3, 7)))]
    return RoomScene(_photo(plan, boxes), plan)


def _box(rng: np.random.Generator, plan: RoomPlan) -> Box:
    """Something of a bed's, a sofa's, a table's or a chair's size where the camera sees it."""
    low, high = [0.5, 0.35, 0.5], [2.1, 0.95, 1.5]
    size = np.minimum(rng.uniform(low, high), [0.5 * (plan.right_m - plan.left_m), 2, 2])
    view = np.tan(plan.camera.yaw_rad + rng.uniform(-0.35, 0.35))
    depth = rng.uniform(0.5 * plan.back_m, plan.back_m - size[2] / 2)
    x = np.clip(view * depth, plan.left_m + size[0] / 2, plan.right_m - size[0] / 2)
    foot = np.array([x - size[0] / 2, 0.0, depth - size[2] / 2], np.float32)
    return foot, foot + size.astype(np.float32), rng.uniform(0.05, 0.8, 3).astype(np.float32)


def _photo(plan: RoomPlan, boxes: list[Box]) -> Pixels:
    """Bands of rows one after another, so that memory stays small; then what a camera adds."""
    height = plan.camera.height_px
    bands = [_band(plan, boxes, top, min(top + 128, height)) for top in range(0, height, 128)]
    return _developed(plan, np.concatenate(bands))


def _band(plan: RoomPlan, boxes: list[Box], top: int, bottom: int) -> Values:
    """Linear light of the rows from top to bottom, each pixel the mean of its samples."""
    rays = _rays(plan, top, bottom)
    shape = rays.shape[:2]
    flat = rays.reshape(-1, 3)
    distance, surface = _nearest_surface(plan, flat)
    points = np.asarray(plan.camera.position_m, np.float32) + flat * distance[:, None]
    color = _surface_colors(plan, flat, points, distance, surface)
    color *= light_on(plan, boxes, points, surface)[:, None]
    for box in boxes:
        _draw_box(plan, box, flat, distance, color)
    whole = color.reshape(*shape, 3)
    return np.asarray(
        cv2.resize(
            whole, (shape[1] // _SAMPLES, shape[0] // _SAMPLES), interpolation=cv2.INTER_AREA
        ),
        np.float32,
    )


def _rays(plan: RoomPlan, top: int, bottom: int) -> Values:
    """Directions into the room through a lens that bends lines outwards."""
    camera = plan.camera
    step = 1 / _SAMPLES
    x = (np.arange(0, camera.width_px, step) + step / 2 - camera.width_px / 2) / camera.focal_px
    y = (np.arange(top, bottom, step) + step / 2 - camera.height_px / 2) / camera.focal_px
    bent_x, bent_y = np.meshgrid(x.astype(np.float32), y.astype(np.float32))
    straight_x, straight_y = bent_x, bent_y
    for _ in range(6):
        stretch = 1 + plan.distortion * (straight_x**2 + straight_y**2)
        straight_x, straight_y = bent_x / stretch, bent_y / stretch
    ahead = np.stack([straight_x, straight_y, np.ones_like(straight_x)], -1)
    return np.asarray(ahead @ camera.rotation.astype(np.float32), np.float32)


def _nearest_surface(plan: RoomPlan, rays: Values) -> tuple[Values, Surfaces]:
    eye = plan.camera.height_m
    planes = (
        (1, -eye),
        (1, plan.ceiling_m - eye),
        (0, plan.left_m),
        (0, plan.right_m),
        (2, plan.back_m),
    )
    # In the order of FLOOR, CEILING, LEFT, RIGHT, BACK.
    reach = np.full((5, len(rays)), _FAR_M, np.float32)
    for row, (axis, place) in enumerate(planes):
        toward = rays[:, axis] * np.sign(place)
        ahead = toward > 1e-4
        reach[row, ahead] = abs(place) / toward[ahead]
    return reach.min(0), reach.argmin(0)


def _surface_colors(
    plan: RoomPlan, rays: Values, points: Values, distance: Values, surface: Surfaces
) -> Values:
    found = np.zeros_like(points)
    found[surface == CEILING] = ceiling_colors(plan, points[surface == CEILING])
    on = surface == FLOOR
    slope = np.maximum(-rays[on, 1], 0.02) / np.linalg.norm(rays[on], axis=1)
    grain = distance[on] / np.float32(plan.camera.focal_px) / slope
    found[on] = floor_colors(plan, points[on], grain) + floor_gleam(plan, rays[on], points[on])
    for number, wall in _SIDES.items():
        on = surface == number
        along = points[on, 0] if wall == "back" else points[on, 2]
        found[on] = wall_colors(plan, wall, along, points[on, 1])
    return found


def _draw_box(plan: RoomPlan, box: Box, rays: Values, distance: Values, color: Values) -> None:
    """Draw a box where it is nearer than all drawn so far."""
    low, high, tint = box
    eye = plan.camera.position_m.astype(np.float32)
    # Axis first: numpy is slow over a last axis of three.
    toward = np.ascontiguousarray(rays.T)
    toward = np.where(np.abs(toward) < 1e-6, np.float32(1e-6), toward)
    first, second = (low - eye)[:, None] / toward, (high - eye)[:, None] / toward
    entry = np.minimum(first, second)
    near, face = entry.max(0), entry.argmax(0)
    hit = (near < np.maximum(first, second).min(0)) & (near > 0) & (near < distance)
    shade = vector(0.75, 1.0, 0.6)[face[hit]]
    color[hit] = tint * shade[:, None]
    distance[hit] = near[hit]


def _developed(plan: RoomPlan, light: Values) -> Pixels:
    """Exposure, white balance, vignette, tone, blur, noise and JPEG."""
    rng = np.random.default_rng([plan.seed, 53])
    height, width = light.shape[:2]
    warm = rng.uniform(-0.12, 0.12)
    exposure = (0.5 / float(np.median(light))) ** 0.6 * rng.uniform(0.85, 1.2)
    light = light * vector(1 + warm, 1, 1 - warm) * np.float32(exposure)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    radius = np.hypot(x / width - 0.5, y / height - 0.5)
    light *= (1 - rng.uniform(0, 0.5) * radius**2)[..., None].astype(np.float32)
    soft = cv2.GaussianBlur(light, (0, 0), rng.uniform(0.3, 0.9) * max(width, height) / 1200 + 0.2)
    tone = (soft / (1 + 0.18 * soft**2)) ** np.float32(1 / 2.2) * 255
    noise = rng.normal(0, rng.uniform(0.8, 3.5), light.shape)
    levels = np.clip(tone + noise, 0, 255).astype(np.uint8)
    held = io.BytesIO()
    Image.fromarray(levels).save(held, "JPEG", quality=int(rng.integers(72, 93)))
    return np.asarray(Image.open(held).convert("RGB"))
