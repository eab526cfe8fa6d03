"""Steps of brightness across a floor, as the front of a bed or a sofa makes."""

import cv2
import numpy as np
from numpy.typing import NDArray

from media.rooms.layout import RoomLayout
from media.rooms.work_size import lab_of, small_copy

_PICTURE_PX = 320
_LINES, _PLACES = 60, 60
_NEAREST_M = 1.0
_INNER = 0.95
"""The floor is looked at up to here, so that its own edges are not counted."""
_REACH = 3
"""Lines on either side of a step that are compared."""
_LEAST_PLACES = 20
_LOWER_SHARE = 35
"""A step counts if nearly two thirds of the width have it: patches of sun are narrower."""


def step_across(photo: NDArray[np.uint8], layout: RoomLayout) -> float:
    """The greatest change of lightness (0 to 100) along a line parallel to the back wall.

    Boards and joints are the same on both sides of a line, and a floor darkens slowly; where a
    thing's top meets its front, the whole width changes at once.
    """
    lab = lab_of(small_copy(photo, _PICTURE_PX))
    height, width = lab.shape[:2]
    camera = layout.camera.scaled_to(width, height)
    # Even steps in the picture are even steps of one over the distance.
    z_m = 1 / np.linspace(1 / _NEAREST_M, 1 / (layout.back_m * _INNER), _LINES)
    x_m = np.linspace(layout.left_m * _INNER, layout.right_m * _INNER, _PLACES)
    x, z = np.meshgrid(x_m, z_m)
    places, depth = camera.project(np.stack([x, np.zeros_like(x), z], -1))
    shown = (depth > 0) & (places > 1).all(-1) & (places < [width - 1, height - 1]).all(-1)
    soft = cv2.GaussianBlur(lab[..., 0], (0, 0), 1.0)
    x_px, y_px = np.moveaxis(places - 0.5, -1, 0).astype(np.float32)
    lightness = cv2.remap(soft, x_px, y_px, cv2.INTER_LINEAR)
    change = np.abs(lightness[2 * _REACH :] - lightness[: -2 * _REACH])
    both = shown[2 * _REACH :] & shown[: -2 * _REACH]
    steps = [
        float(np.percentile(line[seen], _LOWER_SHARE))
        for line, seen in zip(change, both, strict=True)
        if seen.sum() >= _LEAST_PLACES
    ]
    return max(steps, default=0.0)
