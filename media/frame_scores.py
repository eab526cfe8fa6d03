"""How good a video's frame is: sharp, and hardly moving.

The formulas and constants of the service that this pipeline replaces, so that its thresholds
keep their meaning. Greys are 8-bit, 0 black and 255 white, whatever range a video codes them in.
"""

import math
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

Grey: TypeAlias = npt.NDArray[np.uint8]
"""Levels of shape (height, width)."""

DEFAULT_ALPHA = 0.2
"""Weight of motion, as the service before had it."""
DEFAULT_MIN_SHARPNESS = 5.0
"""Frames below are blurred, as the service before had it."""
MOTION_SIDE_PX = 256
"""Motion is told from pictures of this width and height, as the service before did."""


def sharpness(grey: Grey) -> float:
    """Return the standard deviation of the picture's 4-neighbour Laplacian; 0 is a flat field.

    The focus measure LAPV is this value's square (Pech-Pacheco et al., "Diatom autofocusing in
    brightfield microscopy: a comparative study", ICPR 2000). The services' threshold belongs to
    the root. Sides are mirrored at the border; sums are exact.
    """
    # 16 bits hold every response, which is within 4 x 255, at a third of the time of 64.
    response = cv2.Laplacian(grey, cv2.CV_16S)
    mean = cv2.sumElems(response)[0] / response.size
    mean_square = cv2.norm(response, cv2.NORM_L2SQR) / response.size
    return math.sqrt(max(0.0, mean_square - mean**2))


def motion_picture(grey: Grey) -> Grey:
    """Return the picture as 256 x 256 levels, to be compared with those of its neighbours."""
    side_px = MOTION_SIDE_PX
    # Halving averages four levels and is nearly free. What is left is less than another half,
    # where interpolation leaves no level out.
    while min(grey.shape) >= 2 * side_px:
        grey = half_size(grey)
    resized = cv2.resize(grey, (side_px, side_px), interpolation=cv2.INTER_LINEAR)
    return np.asarray(resized, dtype=np.uint8)


def motion(before: Grey | None, after: Grey) -> float:
    """Return the mean absolute difference of two motion pictures, over 255: 0 to 1.

    0 for the first frame, which has none before it.
    """
    if before is None:
        return 0.0
    return cv2.norm(before, after, cv2.NORM_L1) / before.size / 255


def score(sharpness: float, motion: float, alpha: float = DEFAULT_ALPHA) -> float:
    """Return `sharpness - alpha * motion * 255`, the service's trade of blur against movement."""
    return sharpness - alpha * motion * 255


def half_size(grey: Grey) -> Grey:
    """Return the picture at half its width and height, rounded down; sides are 2 or more."""
    width_px, height_px = grey.shape[1] // 2, grey.shape[0] // 2
    # Averages of four whole levels are quick; an odd last line would make them uneven.
    even = grey[: 2 * height_px, : 2 * width_px]
    halved = cv2.resize(even, (width_px, height_px), interpolation=cv2.INTER_AREA)
    return np.asarray(halved, dtype=np.uint8)
