"""Where a garment lies on its canvas, and the pixels of one of its panels."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from media.garments.curves import Points
from media.garments.folds import Floats

_MARGIN = (0.085, 0.055, 0.085, 0.075)
"""Left, top, right and bottom, as shares of the canvas."""
_FINER = 2
"""Masks are drawn so many times larger and averaged."""
_SHIFT = 4
"""Fractional bits of the coordinates that polygons are drawn with."""
_MOST_PX_A_UNIT = 2.15


@dataclass(frozen=True)
class Frame:
    """From units of the figure to pixels."""

    scale: float
    left_px: float
    top_px: float
    width_px: int
    height_px: int

    @classmethod
    def around(
        cls, bounds: tuple[float, float, float, float], width_px: int, height_px: int
    ) -> "Frame":
        """The frame in which what lies in the bounds fills the canvas up to its margins."""
        x0, y0, x1, y1 = bounds
        left, top, right, bottom = _MARGIN
        room_x, room_y = width_px * (1 - left - right), height_px * (1 - top - bottom)
        most = _MOST_PX_A_UNIT * min(width_px / 768, height_px / 1024)
        scale = min(room_x / (x1 - x0), room_y / (y1 - y0), most)
        return cls(
            scale,
            0.5 * width_px - scale * 0.5 * (x0 + x1),
            height_px * top + 0.5 * room_y - scale * 0.5 * (y0 + y1),
            width_px,
            height_px,
        )

    def to_px(self, points: Points) -> Points:
        """Points of the figure on the canvas."""
        return np.asarray(points * self.scale + np.array([self.left_px, self.top_px]))

    def box_of(self, points: Points, pad_px: float = 6.0) -> "Box":
        """The pixels around points of the figure."""
        px = self.to_px(points)
        least = np.floor(px.min(0) - pad_px).astype(int)
        most = np.ceil(px.max(0) + pad_px).astype(int)
        # Even corners, so that fields computed at half the size lie squarely under the pixels.
        x0, y0 = max(0, int(least[0]) & ~1), max(0, int(least[1]) & ~1)
        x1, y1 = min(self.width_px, int(most[0])), min(self.height_px, int(most[1]))
        return Box(self, x0, y0, max(x0 + 2, x1), max(y0 + 2, y1))


@dataclass(frozen=True)
class Box:
    """A rectangle of pixels, half open."""

    frame: Frame
    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def slices(self) -> tuple[slice, slice]:
        """Into the canvas."""
        return slice(self.y0, self.y1), slice(self.x0, self.x1)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.x1 - self.x0, self.y1 - self.y0

    def coverage(self, outlines: "list[Points]") -> Floats:
        """How much of each pixel lies inside the outlines, 0 to 1."""
        width, height = self.size
        drawn = np.zeros((height * _FINER, width * _FINER), np.uint8)
        for outline in outlines:
            at = (self.frame.to_px(outline) - (self.x0, self.y0)) * _FINER
            fixed = np.round((at - 0.5) * (1 << _SHIFT)).astype(np.int32)
            cv2.fillPoly(drawn, [fixed], 255, cv2.LINE_AA, _SHIFT)
        small = cv2.resize(drawn, (width, height), interpolation=cv2.INTER_AREA)
        return np.asarray(small, np.float32) * np.float32(1 / 255)

    def half_grid(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """x and y, in units of the figure, of the centres of blocks of two by two pixels."""
        width, height = self.size
        x = (self.x0 + 2 * np.arange((width + 1) // 2) + 1 - self.frame.left_px) / self.frame.scale
        y = (self.y0 + 2 * np.arange((height + 1) // 2) + 1 - self.frame.top_px) / self.frame.scale
        grid_x, grid_y = np.meshgrid(x.astype(np.float32), y.astype(np.float32))
        return grid_x, grid_y

    def full(self, half: Floats) -> Floats:
        """A field on the half grid, at every pixel."""
        width, height = self.size
        rows, columns = half.shape[:2]
        grown = cv2.resize(half, (columns * 2, rows * 2), interpolation=cv2.INTER_LINEAR)
        return np.asarray(grown[:height, :width], np.float32)
