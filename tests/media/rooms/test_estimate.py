"""From a photo to a layout: on rooms whose truth is known, and on pictures that show none."""

from dataclasses import astuple

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from media.rooms.estimate import estimate_layout
from media.rooms.layout import RoomLayout
from tests.media.room_scenes import RoomScene, empty_room
from tests.media.rooms.scene_truth import border_error, resized

SEEDS = range(500, 510)
CORNER_VIEW_RAD = np.radians(25)

Found = list[tuple[RoomScene, RoomLayout]]


@pytest.fixture(scope="module")
def rooms() -> Found:
    scenes = [empty_room(seed, 560) for seed in SEEDS]
    return [(scene, estimate_layout(scene.photo)) for scene in scenes]


def yaw_errors_deg(rooms: Found) -> NDArray[np.float64]:
    return np.degrees(
        [abs(layout.camera.yaw_rad - scene.camera.yaw_rad) for scene, layout in rooms]
    )


def test_cameras_are_recovered(rooms: Found) -> None:
    pitch = np.degrees(
        [abs(layout.camera.pitch_rad - scene.camera.pitch_rad) for scene, layout in rooms]
    )
    roll = np.degrees(
        [abs(layout.camera.roll_rad - scene.camera.roll_rad) for scene, layout in rooms]
    )
    focal = [abs(layout.camera.focal_px / scene.camera.focal_px - 1) for scene, layout in rooms]
    assert np.median(yaw_errors_deg(rooms)) < 1.5
    assert np.median(pitch) < 1.0
    assert np.median(roll) < 0.6
    assert np.median(focal) < 0.12
    assert np.percentile(yaw_errors_deg(rooms), 85) < 4.0


def test_the_floor_ends_where_the_walls_stand(rooms: Found) -> None:
    errors = [border_error(scene, layout) for scene, layout in rooms]
    assert np.median(errors) < 0.008
    assert np.percentile(errors, 85) < 0.02


def test_the_room_has_its_true_proportions(rooms: Found) -> None:
    """Of the depth, in camera heights, since a photo does not tell its scale."""
    apart = [
        abs(layout.back_m / layout.camera.height_m * scene.camera.height_m / scene.back_m - 1)
        for scene, layout in rooms
    ]
    assert np.median(apart) < 0.12


def test_views_into_a_corner_are_told_as_well_as_views_of_a_wall(rooms: Found) -> None:
    corners = [
        (scene, layout) for scene, layout in rooms if abs(scene.camera.yaw_rad) > CORNER_VIEW_RAD
    ]
    assert len(corners) >= 2
    assert yaw_errors_deg(corners).max() < 4.0


def test_empty_rooms_score_high_and_are_rooms(rooms: Found) -> None:
    layouts = [layout for _, layout in rooms]
    assert np.median([layout.alignment for layout in layouts]) > 0.9
    assert np.median([layout.clarity for layout in layouts]) > 0.9
    assert np.median([layout.floor_free for layout in layouts]) > 0.95
    assert sum(layout.is_room for layout in layouts) >= len(layouts) - 1
    assert {layout.room_type for layout in layouts} == {"unknown"}


def test_a_photo_upright_is_told_like_one_across() -> None:
    scene = empty_room(506, 480, 640)
    layout = estimate_layout(scene.photo)
    assert (layout.camera.width_px, layout.camera.height_px) == (480, 640)
    assert abs(layout.camera.yaw_rad - scene.camera.yaw_rad) < np.radians(3)
    assert border_error(scene, layout) < 0.02


def test_a_photo_in_shades_of_gray_is_told_like_one_in_colour() -> None:
    scene = empty_room(502, 640)
    gray = cv2.cvtColor(scene.photo, cv2.COLOR_RGB2GRAY)
    layout = estimate_layout(np.repeat(gray[..., None], 3, axis=2))
    assert abs(layout.camera.yaw_rad - scene.camera.yaw_rad) < np.radians(3)
    assert border_error(scene, layout) < 0.02


def test_the_same_room_in_another_size_has_the_same_layout() -> None:
    photo = empty_room(504, 1200).photo
    small, large = (estimate_layout(resized(photo, width)) for width in (700, 3000))
    assert (small.camera.width_px, large.camera.width_px) == (700, 3000)
    assert abs(small.camera.yaw_rad - large.camera.yaw_rad) < np.radians(1)
    assert abs(small.camera.pitch_rad - large.camera.pitch_rad) < np.radians(1)
    assert large.camera.focal_px / 3000 == pytest.approx(small.camera.focal_px / 700, rel=0.08)
    assert large.back_m == pytest.approx(small.back_m, rel=0.12)


def test_the_same_photo_gives_the_same_layout_on_any_number_of_threads() -> None:
    photo = empty_room(503, 640).photo
    threads = cv2.getNumThreads()
    layouts = []
    for count in (1, 2, 1):
        cv2.setNumThreads(count)
        layouts.append(estimate_layout(photo))
    cv2.setNumThreads(threads)
    assert layouts[0] == layouts[1] == layouts[2]


def no_rooms() -> dict[str, NDArray[np.uint8]]:
    rng = np.random.default_rng(8)
    ramp = np.linspace(0, 255, 500).astype(np.uint8)
    return {
        "black": np.zeros((400, 600, 3), np.uint8),
        "white": np.full((400, 600, 3), 255, np.uint8),
        "gray": np.full((600, 400, 3), 127, np.uint8),
        "noise": rng.integers(0, 256, (420, 640, 3), dtype=np.uint8),
        "ramp": np.repeat(np.tile(ramp, (300, 1))[..., None], 3, axis=2),
        "a single pixel": np.full((1, 1, 3), 9, np.uint8),
        "a few pixels": rng.integers(0, 256, (5, 9, 3), dtype=np.uint8),
        "a strip": rng.integers(0, 256, (4, 3000, 3), dtype=np.uint8),
        "a column": rng.integers(0, 256, (3000, 3, 3), dtype=np.uint8),
    }


@pytest.mark.parametrize("name", no_rooms())
def test_what_shows_no_room_gets_finite_numbers_and_is_none(name: str) -> None:
    layout = estimate_layout(no_rooms()[name])
    assert not layout.is_room
    numbers = [value for value in astuple(layout)[1:] if isinstance(value, float)]
    assert np.isfinite([*numbers, layout.camera.focal_px, layout.camera.yaw_rad]).all()
    assert layout.left_m < 0 < layout.right_m
    assert 0 <= layout.alignment <= 1
    assert 0 <= layout.clarity <= 1


def test_a_small_picture_of_a_room_is_not_trusted() -> None:
    assert not estimate_layout(resized(empty_room(502, 640).photo, 200)).is_room
