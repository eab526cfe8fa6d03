"""What of a floor is bare: pixels that are its material under some light."""

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]

_BIN = np.array([6.0, 4.0, 4.0], np.float32)
_ORIGIN = np.array([0.0, -64.0, -64.0], np.float32)
_COUNTS = (17, 32, 32)
_NEAR = 14.0
"""Colours of one material lie within this distance in Lab, before light and shadow."""
_DARKEST, _BRIGHTEST = 0.35, 1.9
"""How much darker a shadow and brighter a patch of sun may be than the rest of the floor."""
_LEAST_TOLERANCE, _MOST_TOLERANCE = 5.0, 11.0
_TOLERANCES = 3.5
"""So many times the material's own spread may a hue differ."""
_SPECK_PX = 5


def bare_floor(lab: Plane, floor: Mask) -> Mask:
    """Which pixels of a floor show the material that most of it shows.

    `lab` is CIE Lab (height, width, 3). Shadow and light move a colour along the line through
    the material's own; reflections move it towards white. All else counts as something on it.
    """
    if not floor.any():
        return floor.copy()
    soft: Plane = cv2.GaussianBlur(lab, (0, 0), 1.2).astype(np.float32)
    material, spread = _material(soft[floor])
    tolerance = float(np.clip(_TOLERANCES * spread, _LEAST_TOLERANCE, _MOST_TOLERANCE))
    light = soft[..., 0] / max(float(material[0]), 1.0)
    hue = material[1:] * np.clip(light, 0.0, 1.0)[..., None]
    off = np.linalg.norm(soft[..., 1:] - hue, axis=-1)
    washed_out = np.clip((light - 1) / (_BRIGHTEST - 1), 0, 1)[..., None] * material[1:]
    off = np.minimum(off, np.linalg.norm(soft[..., 1:] - (material[1:] - washed_out), axis=-1))
    bare = floor & (off < tolerance) & (light > _DARKEST) & (light < _BRIGHTEST)
    kernel = np.ones((_SPECK_PX, _SPECK_PX), np.uint8)
    closed = cv2.morphologyEx(bare.astype(np.uint8), cv2.MORPH_CLOSE, kernel)
    return (cv2.morphologyEx(closed, cv2.MORPH_OPEN, kernel) > 0) & floor


def _material(colors: Plane) -> tuple[Plane, float]:
    """The commonest colour (3,) of pixels (n, 3), and how much its hue varies."""
    place = np.clip(((colors - _ORIGIN) / _BIN).astype(np.int64), 0, np.array(_COUNTS) - 1)
    flat = np.ravel_multi_index(tuple(place.T), _COUNTS)
    counts = np.bincount(flat, minlength=int(np.prod(_COUNTS)))
    peak = np.array(np.unravel_index(int(counts.argmax()), _COUNTS))
    middle = ((peak + 0.5) * _BIN + _ORIGIN).astype(np.float32)
    near = np.ones(len(colors), np.bool_)
    for _ in range(4):
        near = np.linalg.norm(colors - middle, axis=1) < _NEAR
        if not near.any():
            break
        middle = colors[near].mean(0)
    if not near.any():
        return middle, 0.0
    spread = float(np.median(np.linalg.norm(colors[near, 1:] - middle[1:], axis=1)))
    return middle, spread
