"""The edges of a photo, asked for along lines in the room."""

import cv2
import numpy as np
from numpy.typing import NDArray

from media.rooms.camera import RoomCamera

Floats = NDArray[np.float64]

PLAIN_CHANGE = 2.5
"""Change of Lab a pixel that counts as half an edge."""
_BLUR_PX = 1.0
_MARGIN_PX = 2
"""The outermost pixels have no slope on one side."""


class EdgeField:
    """How a picture in CIE Lab (height, width, 3) changes across lines seen by its camera."""

    def __init__(self, lab: NDArray[np.float32], camera: RoomCamera) -> None:
        soft = cv2.GaussianBlur(lab, (0, 0), _BLUR_PX)
        self._across = cv2.Sobel(soft, cv2.CV_32F, 1, 0, scale=0.25)
        self._down = cv2.Sobel(soft, cv2.CV_32F, 0, 1, scale=0.25)
        self._camera = camera

    def along(self, starts_m: Floats, ends_m: Floats, within_px: int = 0) -> tuple[Floats, Floats]:
        """Strength of the edge along short lines between points (..., 3), and their length.

        The strength (...) is 0 to 1, the greatest within so many pixels to either side; the
        length is in pixels and 0 where the photo does not show the line.
        """
        starts, near = self._camera.project(starts_m)
        ends, far = self._camera.project(ends_m)
        along = ends - starts
        lengths = np.maximum(np.hypot(along[..., 0], along[..., 1]), 1e-6)
        unit = (along / lengths[..., None]).astype(np.float32)
        normal = np.stack([-unit[..., 1], unit[..., 0]], -1)
        shown, place = self._pixels((starts + ends) / 2)
        shown &= (near > 0.2) & (far > 0.2)
        change = self._change(place, normal)
        for aside_px in range(1, within_px + 1):
            for side in (-aside_px, aside_px):
                _, place = self._pixels((starts + ends) / 2 + side * normal)
                change = np.maximum(change, self._change(place, normal))
        strength: Floats = (change / (change + PLAIN_CHANGE)).astype(float)
        return strength, np.where(shown, lengths, 0.0)

    def _change(
        self, place: tuple[NDArray[np.int64], NDArray[np.int64]], normal: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        found: NDArray[np.float32] = np.linalg.norm(
            self._across[place] * normal[..., :1] + self._down[place] * normal[..., 1:], axis=-1
        )
        return found

    def _pixels(
        self, places: Floats
    ) -> tuple[NDArray[np.bool_], tuple[NDArray[np.int64], NDArray[np.int64]]]:
        height, width = self._across.shape[:2]
        x, y = places[..., 0], places[..., 1]
        shown = (x > _MARGIN_PX) & (x < width - _MARGIN_PX)
        shown &= (y > _MARGIN_PX) & (y < height - _MARGIN_PX)
        return shown, (
            np.where(shown, y, 0).astype(np.int64),
            np.where(shown, x, 0).astype(np.int64),
        )
