"""The camera's geometry, checked against what anyone can see."""

import numpy as np
import pytest

from media.rooms.camera import RoomCamera

CAMERA = RoomCamera(1000, 700, 800.0, yaw_rad=0.2, pitch_rad=0.1, roll_rad=0.03, height_m=1.4)


def test_a_level_camera_sees_a_point_ahead_at_its_height_in_the_middle() -> None:
    pixels, depth = RoomCamera(1000, 700, 800.0, height_m=1.4).project([0.0, 1.4, 5.0])
    assert pixels == pytest.approx([500, 350])
    assert depth == pytest.approx(5)


def test_right_is_right_up_is_up_and_turning_or_tilting_moves_things_the_other_way() -> None:
    level = RoomCamera(1000, 700, 800.0, height_m=1.4)
    (right, above), _ = level.project([(1.0, 1.4, 5.0), (0.0, 2.4, 5.0)])
    assert right[0] == pytest.approx(500 + 800 / 5)
    assert above[1] == pytest.approx(350 - 800 / 5)
    turned, _ = RoomCamera(1000, 700, 800.0, yaw_rad=0.1, height_m=1.4).project([0.0, 1.4, 5.0])
    assert turned[0] < 500
    tilted, _ = RoomCamera(1000, 700, 800.0, pitch_rad=0.1, height_m=1.4).project([0.0, 1.4, 5.0])
    assert tilted[1] < 350


def test_rays_lead_to_the_points_that_are_projected_onto_them() -> None:
    rays = CAMERA.rays()
    for row, column in ((10, 20), (350, 500), (699, 999)):
        point = CAMERA.position_m + 3.7 * rays[row, column]
        pixel, depth = CAMERA.project(point)
        assert pixel == pytest.approx([column + 0.5, row + 0.5])
        assert depth == pytest.approx(3.7)


def test_the_vanishing_point_is_where_parallels_meet() -> None:
    for axis in range(3):
        direction = np.eye(3)[axis]
        x, y, scale = CAMERA.vanishing_point(axis)
        far, depth = CAMERA.project(CAMERA.position_m + direction * np.sign(scale) * 1e8 + 1)
        assert depth > 0
        assert far == pytest.approx([x / scale, y / scale], abs=1e-3)


def test_what_is_behind_the_camera_has_no_depth() -> None:
    _, depth = CAMERA.project([0.0, 1.0, -2.0])
    assert depth < 0


def test_a_smaller_photo_has_the_same_camera() -> None:
    half = CAMERA.scaled_to(500, 350)
    point = (0.5, 0.3, 4.0)
    assert CAMERA.project(point)[0] / 2 == pytest.approx(half.project(point)[0])
