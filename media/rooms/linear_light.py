"""Linear light: what a sensor counts, from sRGB levels and back (IEC 61966-2-1), by tables."""

import cv2
import numpy as np
from numpy.typing import NDArray

Light = NDArray[np.float32]
Pixels = NDArray[np.uint8]

LUMA_WEIGHTS = (0.2126, 0.7152, 0.0722)
"""What red, green and blue add to luminance; ITU-R BT.709."""

_FINE_LEVELS = 8192


def linear_light(picture: Pixels) -> Light:
    """The linear light of an sRGB picture, 0 to 1, in its shape."""
    return np.asarray(cv2.LUT(picture, _LINEAR), np.float32)


def srgb_levels(light: Light) -> Pixels:
    """The sRGB levels of linear light; what is brighter than 1 is white."""
    index = np.minimum(light * (_FINE_LEVELS - 1) + 0.5, _FINE_LEVELS - 1)
    return np.asarray(_ENCODED[index.astype(np.uint16)], np.uint8)


def luma_of(light: Light) -> Light:
    """Luminance (...) of linear light (..., 3).

    Summed by hand: a matrix product may round in another way on another number of threads.
    """
    red, green, blue = LUMA_WEIGHTS
    found = red * light[..., 0] + green * light[..., 1] + blue * light[..., 2]
    return np.asarray(found, np.float32)


def _linear_table() -> Light:
    level = np.arange(256) / 255
    linear = np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)
    return linear.astype(np.float32)


def _encoded_table() -> Pixels:
    light = np.linspace(0, 1, _FINE_LEVELS)
    level = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.asarray(np.round(level * 255), np.uint8)


_LINEAR = _linear_table()
_ENCODED = _encoded_table()
