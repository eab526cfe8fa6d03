"""Light that leaves a surface towards the camera: what arrives, what is given back, mirrored.

Arrays have one row per sample: colours (n, 3) in linear light, unit normals and directions to
the camera (n, 3), heights above the floor in metres (n,).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from media.furniture.daylight import Daylight
from media.furniture.materials import GLOSS, Gloss
from media.furniture.pieces import Paint
from media.rooms.camera import RoomCamera

Floats = NDArray[np.float32]

_WARM = np.array([1.0, 0.84, 0.62], np.float32)


@dataclass(frozen=True)
class Eye:
    """Who looks, at what light; the layer's corner in the picture."""

    camera: RoomCamera
    daylight: Daylight
    left: int
    top: int


def arriving_light(light: Floats, normals: Floats, height: Floats, daylight: Daylight) -> Floats:
    """All light (n, 3) on a surface: what was baked, and what floor and walls throw back."""
    below = np.clip(0.5 - 0.5 * normals[:, 1], 0, 1)
    near_floor = np.clip(height / 0.35, 0.12, 1)
    bounced = (0.42 * below * near_floor)[:, None] * np.clip(daylight.floor_color * 1.6, 0.05, 1)
    around = 0.05 + 0.09 * np.clip(-normals[:, 2], 0, 1) * near_floor
    return np.asarray(
        (light + around)[:, None] * daylight.color + bounced * daylight.color, np.float32
    )


def leaving_light(
    paint: Paint, base: Floats, arriving: Floats, normals: Floats, view: Floats, eye: Eye
) -> Floats:
    """Light that leaves a surface towards the camera."""
    facing = np.clip(dot(normals, view), 0, 1)
    color = base * arriving
    if paint.material == "shade":
        glow = 0.55 + 0.40 * facing
        return np.asarray(0.45 * color + base * _WARM * glow[:, None], np.float32)
    if paint.material in ("fabric", "rug"):
        # Fibres that stand up catch light along the outline.
        color += 0.10 * ((1 - facing) ** 3)[:, None] * base * arriving
        return np.asarray(color, np.float32)
    gloss = GLOSS[paint.material]
    if gloss.mirror:
        color += _reflected(gloss, arriving, normals, view, eye)
    return np.asarray(color, np.float32)


def _reflected(gloss: Gloss, arriving: Floats, normals: Floats, view: Floats, eye: Eye) -> Floats:
    """The room and the window in a glossy surface; Fresnel after Schlick (1994)."""
    facing = np.clip(dot(normals, view), 0, 1)
    share = gloss.mirror + (1 - gloss.mirror) * 0.5 * (1 - facing) ** 5
    outward = 2 * dot(normals, view)[:, None] * normals - view
    up = np.clip(0.5 + 0.5 * outward[:, 1], 0, 1)
    room = 0.25 + 0.55 * up[:, None] * eye.daylight.color + 0.10 * eye.daylight.floor_color
    toward = eye.daylight.toward.astype(np.float32)
    lobe = np.clip(outward @ toward, 0, 1) ** gloss.narrowness
    dimmed = np.clip(arriving.mean(axis=1) / max(float(eye.daylight.color.mean()), 1e-3), 0, 1)
    return np.asarray(
        (share * dimmed)[:, None] * room * eye.daylight.color.mean()
        + (gloss.highlight * lobe * dimmed)[:, None] * eye.daylight.color,
        np.float32,
    )


def mirrored_room(place: Floats, eye: Eye) -> Floats:
    """What a mirror shows: the room's own light, soft and the other way round."""
    picture = eye.daylight.blurred
    rows, columns = picture.shape[:2]
    x = (1 - place[:, 0] / eye.camera.width_px) * (columns - 1)
    y = (0.15 + 0.8 * place[:, 1] / eye.camera.height_px) * (rows - 1)
    at_y = np.clip(y, 0, rows - 1).astype(np.int32)
    at_x = np.clip(x, 0, columns - 1).astype(np.int32)
    return np.asarray(0.92 * picture[at_y, at_x], np.float32)


def dot(first: Floats, second: Floats) -> Floats:
    """The products (n,) of two arrays of vectors (n, 3)."""
    return np.asarray(np.einsum("ij,ij->i", first, second), np.float32)
