"""The synthetic rooms themselves: whatever is measured on them hangs on their truth."""

import numpy as np
import pytest

from tests.media.room_scenes import empty_room, furnish_crudely


def test_a_seed_is_a_room_to_the_byte_and_another_is_another() -> None:
    one, again, other = empty_room(3, 300), empty_room(3, 300), empty_room(4, 300, 200)
    assert (one.photo == again.photo).all()
    assert one.photo.shape[1] == 300
    assert other.photo.shape == (200, 300, 3)
    assert one.plan != other.plan


def test_a_room_in_another_size_is_the_same_room() -> None:
    small, large = empty_room(3, 300), empty_room(3, 600)
    assert small.openings == large.openings
    assert small.camera.yaw_rad == large.camera.yaw_rad
    assert large.camera.focal_px == pytest.approx(2 * small.camera.focal_px)


def test_doors_are_drawn_where_the_plan_says() -> None:
    """A brown door in a pale wall: colours differ inside and beside its true outline."""
    scene = empty_room(7, 600)
    (door,) = [piece for piece in scene.openings if piece.wall == "back" and piece.kind == "door"]
    low, high = door.along_m

    def tone(x_m: float) -> float:
        places, _ = scene.camera.project([x_m, 1.4, scene.back_m])
        x, y = places.astype(int)
        return float(scene.photo[y - 3 : y + 4, x - 3 : x + 4].mean())

    assert tone((low + high) / 2) < 0.6 * tone(high + 0.35)


def test_furniture_stands_in_the_same_room() -> None:
    scene = empty_room(5, 300)
    furnished = furnish_crudely(scene, 1)
    assert furnished.plan == scene.plan
    changed = np.abs(furnished.photo.astype(int) - scene.photo).max(-1) > 40
    assert 0.03 < changed.mean() < 0.9
    assert not changed[: scene.photo.shape[0] // 5].any()
