"""Small copies of photos, the same whatever the size of the original."""

import cv2
import numpy as np
from numpy.typing import NDArray


def small_copy(photo: NDArray[np.uint8], longest_px: int) -> NDArray[np.uint8]:
    """The photo (height, width, 3) with its longer side at most that long, proportions kept."""
    height, width = photo.shape[:2]
    factor = longest_px / max(height, width)
    if factor >= 1:
        return photo
    size = max(1, round(width * factor)), max(1, round(height * factor))
    return np.asarray(cv2.resize(photo, size, interpolation=cv2.INTER_AREA), np.uint8)


def lab_of(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """CIE Lab (height, width, 3) of an RGB picture: lightness 0 to 100, a and b about +-100."""
    return np.asarray(cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)
