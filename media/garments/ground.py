"""The studio: a soft ground, and the shadow that the garment throws on it."""

import cv2
import numpy as np

from media.garments.colors import GarmentColor
from media.garments.folds import Floats

_GROUNDS = ((245, 242, 237), (241, 240, 238), (243, 238, 231), (238, 240, 240))
_TINT = 0.05
"""How much of the garment's colour the room takes on."""


def studio_ground(
    width_px: int, height_px: int, color: GarmentColor, rng: np.random.Generator
) -> Floats:
    """(height, width, 3) of 0 to 255: brighter where the lamp falls, darker towards the foot."""
    base = np.array(_GROUNDS[int(rng.integers(len(_GROUNDS)))], np.float32)
    if color.lightness > 88:
        # White clothes need a ground that they stand out from.
        base = base * np.float32(0.92)
    tint = np.array(color.rgb, np.float32)
    base = base * (1 - _TINT) + (0.35 * tint + 0.65 * 235) * _TINT
    y, x = np.mgrid[0 : height_px // 4 + 1, 0 : width_px // 4 + 1].astype(np.float32)
    x, y = x / (width_px / 4) - 0.42, y / (height_px / 4) - 0.36
    light = 1.022 - 0.15 * (x * x + y * y) - 0.035 * np.clip(y, 0, 1)
    light = cv2.resize(light, (width_px, height_px), interpolation=cv2.INTER_LINEAR)
    grain = cv2.resize(
        rng.standard_normal((height_px // 2, width_px // 2), np.float32), (width_px, height_px)
    )
    return np.asarray(base * light[..., None] + 0.7 * grain[..., None], np.float32)


def throw_shadow(ground: Floats, cover: Floats, scale_px: float) -> None:
    """Darken the ground, in place: close and firm under the edge, wide and faint beside it."""
    height, width = cover.shape
    small = np.asarray(
        cv2.resize(cover, (width // 4, height // 4), interpolation=cv2.INTER_AREA), np.float32
    )
    wide = cv2.GaussianBlur(_moved(small, 7 * scale_px / 1.3, 8 * scale_px / 1.3), (0, 0), 7.5)
    near = cv2.GaussianBlur(_moved(small, 1.6, 2.0), (0, 0), 1.8)
    dark = cv2.resize(0.2 * wide + 0.2 * near, (width, height), interpolation=cv2.INTER_LINEAR)
    # The room's own light in a shadow is a little cooler than the lamp's.
    ground *= 1 - dark[..., None] * np.array([1.0, 0.97, 0.9], np.float32)


def _moved(field: Floats, right: float, down: float) -> Floats:
    matrix = np.array([[1, 0, right], [0, 1, down]], np.float32)
    return np.asarray(cv2.warpAffine(field, matrix, field.shape[::-1]), np.float32)
