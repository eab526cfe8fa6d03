"""What is known of a synthetic room, in the words of the code under test."""

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from media.rooms.camera import RoomCamera
from media.rooms.layout import RoomLayout
from tests.media.room_scenes import RoomScene

Floats = NDArray[np.float64]


def true_layout(scene: RoomScene) -> RoomLayout:
    """The layout that a perfect estimate would find, its scores those of an empty room."""
    return RoomLayout(
        scene.camera,
        scene.left_m,
        scene.right_m,
        scene.back_m,
        alignment=1.0,
        clarity=1.0,
        floor_part=0.3,
        floor_free=1.0,
        brightness=0.5,
        room_type="unknown",
        is_room=True,
    )


def border_error(scene: RoomScene, layout: RoomLayout) -> float:
    """Mean distance between found and true line of floor and walls, as a share of the height.

    Measured straight down in columns from a tenth to nine tenths of the width.
    """
    true = _border(scene.camera, scene.left_m, scene.right_m, scene.back_m)
    found = _border(layout.camera, layout.left_m, layout.right_m, layout.back_m)
    in_picture = (true < 1) | (found < 1)
    apart = np.abs(np.minimum(true, 1) - np.minimum(found, 1))[in_picture]
    return float(np.nanmean(apart))


def resized(photo: NDArray[np.uint8], width_px: int) -> NDArray[np.uint8]:
    """The photo in another width, proportions kept."""
    height_px = round(photo.shape[0] * width_px / photo.shape[1])
    smaller = width_px < photo.shape[1]
    way = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(photo, (width_px, height_px), interpolation=way), np.uint8)


def _border(camera: RoomCamera, left_m: float, right_m: float, back_m: float) -> Floats:
    corners = [
        np.array([left_m, 0, 0.3]),
        np.array([left_m, 0, back_m]),
        np.array([right_m, 0, back_m]),
        np.array([right_m, 0, 0.3]),
    ]
    share = np.linspace(0, 1, 400)[:, None]
    lines = [start + (end - start) * share for start, end in pairwise(corners)]
    points = np.concatenate(lines)
    places, depth = camera.project(points)
    places = places[depth > 0.1]
    columns = np.arange(0.1, 0.91, 0.05) * camera.width_px
    rows = np.interp(columns, places[:, 0], places[:, 1], left=np.nan, right=np.nan)
    return np.asarray(rows / camera.height_px, np.float64)
