"""Cameras from straight edges whose vanishing points are known."""

import numpy as np
import pytest

from media.rooms.camera import RoomCamera
from media.rooms.line_segments import Segments, straight_segments
from media.rooms.vanishing import ALIGNED_RAD, likely_cameras, misalignments_rad

WIDTH_PX, HEIGHT_PX = 640, 430


def edges_of(
    camera: RoomCamera, turn_rad: float = 0.0, count: int = 40, low: float = 0
) -> Segments:
    """Edges a camera sees along each axis of a room turned about the upright, at random places.

    `low` is the lowest share of the height in which their middles lie.
    """
    rng = np.random.default_rng(5)
    turn = np.array(
        [[np.cos(turn_rad), 0, -np.sin(turn_rad)], [np.sin(turn_rad), 0, np.cos(turn_rad)]]
    )
    axes = [turn[0], np.array([0.0, 1.0, 0.0]), turn[1]]
    middles, directions = [], []
    for axis in axes:
        x, y, z = camera.rotation @ axis
        point = np.array([camera.focal_px * x, camera.focal_px * y])
        place = rng.uniform([-0.5, low - 0.5], [0.5, 0.5], (count, 2)) * [WIDTH_PX, HEIGHT_PX]
        toward = point - z * place
        middles.append(place)
        directions.append(toward / np.linalg.norm(toward, axis=1, keepdims=True))
    lengths = np.full(3 * count, 60.0)
    return Segments(
        np.concatenate(middles), np.concatenate(directions), lengths, lengths / lengths.sum()
    )


def joined(one: Segments, other: Segments, share: float) -> Segments:
    """Both, the first with that share of the weight."""
    return Segments(
        np.concatenate([one.middles, other.middles]),
        np.concatenate([one.directions, other.directions]),
        np.concatenate([one.lengths_px, other.lengths_px]),
        np.concatenate([one.weights * share, other.weights * (1 - share)]),
    )


@pytest.mark.parametrize(
    ("focal_share", "yaw", "pitch", "roll"),
    [(0.6, 20, 4, 0.5), (0.75, -33, 10, -1), (0.95, 12, -2, 2), (0.7, 42, 5, 0)],
)
def test_a_camera_is_found_from_exact_edges(
    focal_share: float, yaw: float, pitch: float, roll: float
) -> None:
    true = RoomCamera(
        WIDTH_PX, HEIGHT_PX, focal_share * WIDTH_PX, *np.radians([yaw, pitch, roll]).tolist()
    )
    found = likely_cameras(edges_of(true), WIDTH_PX, HEIGHT_PX)[0]
    assert np.degrees(found.pitch_rad) == pytest.approx(pitch, abs=0.6)
    assert np.degrees(found.roll_rad) == pytest.approx(roll, abs=0.5)
    assert np.degrees(found.yaw_rad) == pytest.approx(yaw, abs=1.0)
    assert found.focal_px == pytest.approx(true.focal_px, rel=0.06)


def test_boards_laid_at_an_angle_do_not_hide_the_walls() -> None:
    camera = RoomCamera(WIDTH_PX, HEIGHT_PX, 460, np.radians(20), np.radians(5))
    walls = edges_of(camera).part(edges_of(camera).middles[:, 1] < 0)
    boards = edges_of(camera, turn_rad=np.pi / 4, low=0.6)
    found = likely_cameras(joined(walls, boards, 0.25), WIDTH_PX, HEIGHT_PX)
    assert min(abs(np.degrees(each.yaw_rad) - 20) for each in found) < 2


def test_edges_that_run_along_the_room_are_aligned_and_others_are_not() -> None:
    camera = RoomCamera(WIDTH_PX, HEIGHT_PX, 460, np.radians(20), np.radians(5))
    along = misalignments_rad(edges_of(camera), camera)
    assert along.shape == (120, 3)
    assert along.min(1).max() < 1e-6
    across = misalignments_rad(edges_of(camera, turn_rad=np.pi / 4), camera)
    level = np.r_[0:40, 80:120]
    assert np.median(across[level].min(1)) > ALIGNED_RAD


def test_no_edges_give_a_usual_camera() -> None:
    blank = straight_segments(np.zeros((300, 400), np.uint8))
    assert len(blank.weights) == 0
    (found,) = likely_cameras(blank, 400, 300)
    assert found.yaw_rad == 0
    assert 0.5 < found.focal_px / 400 < 1
