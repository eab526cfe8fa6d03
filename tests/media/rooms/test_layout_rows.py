"""Layouts become rows and come back."""

from dataclasses import replace

import numpy as np
import pytest

from media.pipelines.staging import ROOM_LAYOUTS
from media.rooms.camera import RoomCamera
from media.rooms.layout import RoomLayout
from media.rooms.layout_rows import layout_columns, layout_of

LAYOUT = RoomLayout(
    camera=RoomCamera(1200, 800, 900.0, yaw_rad=0.3, pitch_rad=0.08, roll_rad=0.01, height_m=1.5),
    left_m=-2.4,
    right_m=1.9,
    back_m=4.6,
    alignment=0.8,
    clarity=0.7,
    floor_part=0.35,
    floor_free=0.97,
    brightness=0.6,
    room_type="unknown",
    is_room=True,
)


def test_a_layout_survives_its_row() -> None:
    found = layout_of(layout_columns(LAYOUT))
    assert replace(found, camera=LAYOUT.camera) == LAYOUT
    for name, value in vars(LAYOUT.camera).items():
        if isinstance(value, float):
            assert getattr(found.camera, name) == pytest.approx(value), name


def test_its_columns_are_those_that_the_table_declares() -> None:
    declared = {column.name for column in ROOM_LAYOUTS.columns}
    assert set(layout_columns(LAYOUT)) <= declared


def test_lines_along_the_room_meet_in_the_vanishing_points() -> None:
    points = layout_columns(LAYOUT)["vanishing_points"]
    (near, far), _ = LAYOUT.camera.project([(1.0, 0.0, 3.0), (1.0, 0.0, 1e7)])
    assert far == pytest.approx(points[4:6], abs=0.5)
    assert near != pytest.approx(far, abs=50)


def test_the_horizon_is_level_with_the_camera() -> None:
    left_px, right_px = layout_columns(LAYOUT)["horizon"]
    pixels, _ = LAYOUT.camera.project([(-3.0, 1.5, 5.0), (2.0, 1.5, 9.0)])
    for x, y in pixels:
        assert left_px + (right_px - left_px) * x / 1200 == pytest.approx(y, abs=0.01)


def test_a_level_straight_camera_has_points_at_infinity() -> None:
    straight = replace(LAYOUT, camera=RoomCamera(1200, 800, 900.0))
    columns = layout_columns(straight)
    assert columns["vanishing_points"][:4] == [None] * 4
    assert columns["horizon"] == pytest.approx([400, 400])


def test_the_floor_starts_at_the_back_wall() -> None:
    corners = np.reshape(layout_columns(LAYOUT)["floor"], (4, 2))
    back, _ = LAYOUT.camera.project([(-2.4, 0, 4.6), (1.9, 0, 4.6)])
    assert corners[:2] == pytest.approx(back)
    assert (corners[2:, 1] > corners[:2, 1]).all()
