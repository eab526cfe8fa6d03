"""Masks: which pixels a model may change."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from media.rooms.camera import RoomCamera
from media.rooms.layout import RoomLayout
from media.rooms.masks import FURNISHED_HEIGHT_M, area_mask


def layout(yaw_deg: float = 0.0) -> RoomLayout:
    camera = RoomCamera(900, 600, 700.0, yaw_rad=float(np.radians(yaw_deg)))
    return RoomLayout(camera, -2.0, 2.0, 4.5, 0.9, 0.9, 0.3, 1.0, 0.5, "unknown", is_room=True)


def white(area: str, room: RoomLayout) -> NDArray[np.bool_]:
    image = Image.open(io.BytesIO(area_mask(area, room)))
    assert (image.mode, image.size) == ("L", (900, 600))
    pixels = np.asarray(image)
    assert set(np.unique(pixels)) <= {0, 255}
    found: NDArray[np.bool_] = pixels == 255
    return found


def test_a_rectangle_is_white_inside_and_black_outside() -> None:
    found = white("10,50,40,100", layout())
    expected = np.zeros((600, 900), bool)
    expected[300:600, 90:360] = True
    assert np.array_equal(found, expected)


def test_the_floor_reaches_up_the_walls_as_high_as_furniture() -> None:
    for yaw_deg in (0.0, 25.0):
        room = layout(yaw_deg)
        found = white("floor", room)
        points = [(0.5, FURNISHED_HEIGHT_M + step, 4.5) for step in (-0.05, 0.05)]
        (below, above), _ = room.camera.project(points)
        assert found[int(below[1]), int(below[0])]
        assert not found[int(above[1]), int(above[0])]
        # Everything under a changeable pixel is changeable: the floor lies below the walls.
        assert (np.diff(found.astype(int), axis=0) >= 0).all()
