"""The light in synthetic rooms: daylight, a lamp, sun on the floor, corners, reflections."""

import numpy as np

from media.rooms.survey import Wall
from tests.media.rooms.room_plans import RoomPlan
from tests.media.rooms.room_surfaces import (
    BACK,
    CEILING,
    FLOOR,
    LEFT,
    RIGHT,
    Box,
    Surfaces,
    Values,
    lamp_m,
    vector,
)


def floor_gleam(plan: RoomPlan, rays: Values, points: Values) -> Values:
    """The windows and the pale walls as a shiny floor gives them back."""
    upward = rays * vector(1, -1, 1)
    facing = -rays[:, 1] / np.linalg.norm(rays, axis=1)
    fresnel = 0.04 + 0.7 * (1 - facing) ** 5
    found = np.full(len(rays), 0.35, np.float32)
    for piece in plan.pieces:
        if piece.kind != "window":
            continue
        axis, place = _plane(plan, piece.wall)
        toward = np.where(np.abs(upward[:, axis]) < 1e-3, np.float32(1e-3), upward[:, axis])
        reach: Values = ((place - points[:, axis]) / toward).astype(np.float32)
        met: Values = (points + upward * np.clip(reach, 0, 30)[:, None]).astype(np.float32)
        along = met[:, 0] if axis == 2 else met[:, 2]
        blur: Values = (0.08 + 0.05 * np.clip(reach, 0, 8)).astype(np.float32)
        inside = _soft(along, piece.along_m, blur) * _soft(met[:, 1], piece.height_m, blur)
        found += 1.6 * inside * (reach > 0)
    return np.asarray((plan.floor.gloss * fresnel * found)[:, None], np.float32)


def light_on(plan: RoomPlan, boxes: list[Box], points: Values, surface: Surfaces) -> Values:
    """Daylight that falls off from each window, a lamp, a patch of sun, and darker corners."""
    rng = np.random.default_rng([plan.seed, 47])
    lamp = lamp_m(plan)
    light = rng.uniform(0.42, 0.7) + rng.uniform(0.0, 0.4) / (1 + _squared(points, lamp) / 4)
    floor = surface == FLOOR
    has_sun, slant = rng.random() < 0.4, rng.uniform(0.3, 1.2)
    for piece in plan.pieces:
        if piece.kind != "window":
            continue
        axis, place = _plane(plan, piece.wall)
        middle = np.zeros(3, np.float32)
        middle[[axis, 1, 2 - axis]] = place, sum(piece.height_m) / 2, sum(piece.along_m) / 2
        inward = np.abs(points[:, axis] - place)
        light += 0.9 / (1 + _squared(points, middle) / 3) * np.where(inward < 1e-3, 0.25, 1)
        if has_sun:
            along = points[:, 2 - axis] + slant * 0.5 * inward
            sun = _soft(along, piece.along_m, 0.06) * _soft(inward, (0.4, 1.3 + slant), 0.1)
            light[floor] += (rng.uniform(0.3, 0.9) * sun)[floor]
    return np.asarray(light * _closeness(plan, boxes, points, surface), np.float32)


def _closeness(plan: RoomPlan, boxes: list[Box], points: Values, surface: Surfaces) -> Values:
    """How open a place is, 0 to 1: less in corners, and beside what stands on the floor."""
    found = np.ones(len(points), np.float32)
    places = (
        (1, 0.0, (FLOOR,)),
        (1, plan.ceiling_m, (CEILING,)),
        (0, plan.left_m, (LEFT,)),
        (0, plan.right_m, (RIGHT,)),
        (2, plan.back_m, (BACK,)),
    )
    for axis, place, own in places:
        gap = np.abs(points[:, axis] - np.float32(place))
        found -= np.where(np.isin(surface, own), 0, 0.22 * np.exp(-gap / 0.2))
    for low, high, _ in boxes:
        squared = np.zeros_like(found)
        for axis in range(3):
            value = points[:, axis]
            squared += np.maximum(np.maximum(low[axis] - value, value - high[axis]), 0) ** 2
        gap = np.sqrt(squared)
        found *= (1 - 0.55 * np.exp(-gap / 0.15)).astype(np.float32)
    return np.clip(found, 0.12, 1)


def _plane(plan: RoomPlan, wall: Wall) -> tuple[int, float]:
    """The axis a wall stands across, and where."""
    return {"back": (2, plan.back_m), "left": (0, plan.left_m), "right": (0, plan.right_m)}[wall]


def _soft(values: Values, span: tuple[float, float], blur: Values | float) -> Values:
    """1 inside a span, 0 outside, with soft ends."""
    inner = np.minimum(values - span[0], span[1] - values)
    return np.asarray(np.clip(inner / blur + 0.5, 0, 1), np.float32)


def _squared(points: Values, place: Values) -> Values:
    apart = [(points[:, axis] - place[axis]) ** 2 for axis in range(3)]
    return np.asarray(apart[0] + apart[1] + apart[2], np.float32)
