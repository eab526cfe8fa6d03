"""The shadow of a product on the floor it stands on, from nothing but its outline.

Three parts: a tight dark line where the outline meets the floor, a soft pool around it where
the product hides much of the sky, and the outline itself thrown over the floor away from the
lamp, which is at the upper left before the product. Each keeps off a share of the light that
the others let through. What hangs higher above the floor adds less.

No depth is known. The lowest point of each column is taken to be its nearest to the floor, so
a product photographed from above gets the shadow of one that stands.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]

CONTACT = 0.72
"""Light kept off at the line of contact."""
POOL = 0.52
"""Light kept off by the soft pool around it."""
CAST = 0.38
"""Light kept off by the thrown shadow at its foot."""

_THROW_ACROSS, _THROW_BACK = 0.40, 0.06
"""How far a point is thrown to the right and back, per length above the floor."""
_COARSE_PX = 512
"""Longest side the soft parts are computed at; they hold no detail that a finer one would show."""
_FLOOR_PERCENTILE = 97
"""Of the columns' lowest points: a thread that hangs down is not the floor."""
_NONE_BELOW = 0.004
"""Less light than this kept off is none: half a level of white."""


@dataclass(frozen=True)
class _Feet:
    """Where a product meets the floor. Rows in pixels, from the top."""

    bottom: Field
    """Lowest row of the product in each column."""
    occupied: NDArray[np.bool_]
    """The columns that hold any of it."""
    floor: float
    size_px: float
    """The product's longest side."""

    def closeness(self, reach: float) -> Field:
        """1 at the floor, falling to 0.37 at `reach` lengths of the product above it."""
        above = np.maximum(self.floor - self.bottom, 0) / self.size_px
        return np.asarray(np.where(self.occupied, np.exp(-above / reach), 0), np.float32)


def contact_shadow(alpha: NDArray[np.uint8]) -> Field:
    """Return the share of light kept off at each pixel, 0 to 1; same shape as `alpha`.

    `alpha` is the product's opacity, 0 to 255, where it stands in the picture, shape (height,
    width). An empty product casts no shadow.
    """
    height, width = alpha.shape
    scale = min(1.0, _COARSE_PX / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    coarse = np.asarray(cv2.resize(alpha, size, interpolation=cv2.INTER_AREA), np.uint8)
    if not (coarse > 127).any():
        return np.zeros(alpha.shape, np.float32)
    feet = _find_feet(coarse)
    soft = (1 - _pool(coarse.shape, feet)) * (1 - _cast(coarse, feet))
    passed = np.asarray(cv2.resize(soft, (width, height)), np.float32)
    passed *= 1 - _contact(alpha)
    kept_off = 1 - passed
    kept_off[kept_off < _NONE_BELOW] = 0
    return np.asarray(kept_off, np.float32)


def _find_feet(alpha: NDArray[np.uint8]) -> _Feet:
    solid = alpha > 127
    occupied = np.asarray(solid.any(axis=0), np.bool_)
    bottom = np.asarray(alpha.shape[0] - 1 - np.argmax(solid[::-1], axis=0), np.float32)
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(occupied)
    size_px = float(max(rows[-1] - rows[0], columns[-1] - columns[0]) + 1)
    floor = float(np.percentile(bottom[occupied], _FLOOR_PERCENTILE))
    return _Feet(np.where(occupied, bottom, 0).astype(np.float32), occupied, floor, size_px)


def _contact(alpha: NDArray[np.uint8]) -> Field:
    """A line two hundredths of the product wide, under what is within reach of the floor."""
    feet = _find_feet(alpha)
    wide = max(0.7, 0.0038 * feet.size_px)
    # Nothing of the line is further up than a few reaches above the floor.
    top = max(0, int(feet.floor - 0.16 * feet.size_px))
    rows = np.arange(top, alpha.shape[0], dtype=np.float32)[:, None]
    line = np.exp(-(((rows - feet.bottom - np.float32(0.5 * wide)) / np.float32(2 * wide)) ** 2))
    shadow = np.zeros(alpha.shape, np.float32)
    shadow[top:] = cv2.GaussianBlur(line * feet.closeness(0.035), (0, 0), wide)
    return np.asarray(CONTACT * shadow, np.float32)


def _pool(shape: tuple[int, ...], feet: _Feet) -> Field:
    """Sky hidden by the product: strongest under it, spread to both sides."""
    tall = np.float32(0.026 * feet.size_px)
    rows = np.arange(shape[0], dtype=np.float32)[:, None]
    # What hangs shades the floor under it more than the air it hangs in.
    line = feet.bottom + np.float32(0.75) * (np.float32(feet.floor) - feet.bottom)
    near = np.exp(-(((rows - line - np.float32(0.15) * tall) / (np.float32(1.5) * tall)) ** 2))
    across, down = (max(0.6, share * feet.size_px) for share in (0.035, 0.013))
    soft = cv2.GaussianBlur(near * feet.closeness(0.09), (0, 0), across, sigmaY=down)
    return np.asarray(POOL * np.clip(soft, 0, 1), np.float32)


def _cast(alpha: NDArray[np.uint8], feet: _Feet) -> Field:
    """The outline sheared onto the floor, fading with the height it comes from."""
    height, width = alpha.shape
    rows = np.arange(height, dtype=np.float32)[:, None]
    fading = np.exp(-np.maximum(feet.floor - rows, 0) / (0.30 * feet.size_px)) / 255
    # (x, y) -> (x + across * above, floor - back * above): what is at the floor stays there.
    shear = np.asarray(
        [
            [1, -_THROW_ACROSS, _THROW_ACROSS * feet.floor],
            [0, _THROW_BACK, feet.floor * (1 - _THROW_BACK)],
        ],
        np.float64,
    )
    thrown = cv2.warpAffine(np.asarray(alpha * fading, np.float32), shear, (width, height))
    soft = cv2.GaussianBlur(thrown, (0, 0), max(0.6, 0.016 * feet.size_px))
    return np.asarray(CAST * np.clip(soft, 0, 1), np.float32)
