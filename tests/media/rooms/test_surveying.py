"""Surveys of rooms whose doors, windows and furniture are known."""

import numpy as np
import pytest

from media.rooms.layout import RoomLayout
from media.rooms.survey import WALLS, RoomSurvey
from media.rooms.surveying import WALL_HEIGHT_M, survey_room
from tests.media.room_scenes import RoomScene, empty_room, furnish_crudely
from tests.media.rooms.scene_truth import resized, true_layout

SEEDS = range(520, 528)

Surveyed = list[tuple[RoomScene, RoomSurvey]]


@pytest.fixture(scope="module")
def rooms() -> Surveyed:
    scenes = [empty_room(seed, 560) for seed in SEEDS]
    return [(scene, survey_room(scene.photo, true_layout(scene))) for scene in scenes]


def test_grids_cover_the_room_and_free_cells_are_seen(rooms: Surveyed) -> None:
    for scene, survey in rooms:
        rows, columns = survey.floor.seen.shape
        assert rows * survey.floor.cell_m == pytest.approx(scene.back_m, abs=0.1)
        wide = scene.right_m - scene.left_m
        assert columns * survey.floor.cell_m == pytest.approx(wide, abs=0.1)
        assert survey.floor.origin_m == (0.0, scene.left_m)
        assert tuple(survey.walls) == WALLS
        for wall, surface in survey.walls.items():
            long = wide if wall == "back" else scene.back_m
            shape_m = np.array(surface.seen.shape) * surface.cell_m
            assert shape_m == pytest.approx([WALL_HEIGHT_M, long], abs=surface.cell_m)
        for surface in (survey.floor, *survey.walls.values()):
            assert not (surface.free & ~surface.seen).any()


def test_seen_is_what_the_camera_shows(rooms: Surveyed) -> None:
    for scene, survey in rooms:
        floor = survey.floor
        row, column = (np.array(floor.seen.nonzero()) + 0.5) * floor.cell_m
        points = np.stack([column + floor.origin_m[1], np.zeros_like(row), row], -1)
        places, depth = scene.camera.project(points)
        assert (depth > 0).all()
        assert (places >= -1).all()
        assert (places <= [scene.camera.width_px + 1, scene.camera.height_px + 1]).all()
        assert not floor.seen[0].any() or scene.camera.pitch_rad > 0.5


def test_bare_floors_are_free_under_light_shadow_and_any_pattern(rooms: Surveyed) -> None:
    shares = [float(survey.floor.free.sum() / survey.floor.seen.sum()) for _, survey in rooms]
    assert np.median(shares) > 0.97
    assert sum(share > 0.85 for share in shares) >= len(shares) - 1


def test_doors_and_windows_are_not_free_and_the_wall_beside_them_is(rooms: Surveyed) -> None:
    openings, plain = [], []
    for scene, survey in rooms:
        for wall, surface in survey.walls.items():
            middle_m = (np.arange(surface.seen.shape[1]) + 0.5) * surface.cell_m
            middle_m += surface.origin_m[1]
            beside = np.ones(len(middle_m), np.bool_)
            for piece in scene.openings:
                if piece.wall != wall:
                    continue
                beside &= (middle_m < piece.along_m[0] - 0.3) | (middle_m > piece.along_m[1] + 0.3)
                if surface.seen_share(piece.height_m, piece.along_m) > 0.7:
                    openings.append(1 - surface.free_share(piece.height_m, piece.along_m))
            seen = surface.seen & beside
            if seen.sum() > 200:
                plain.append(float((surface.free & seen).sum() / seen.sum()))
    assert len(openings) >= 8
    assert np.mean([share > 0.7 for share in openings]) > 0.8
    assert np.median(plain) > 0.85


def test_a_door_is_not_free_down_to_the_floor() -> None:
    """Whoever places furniture tells a door from a window by that."""
    scene = empty_room(7, 640)
    (door,) = [piece for piece in scene.openings if piece.kind == "door" and piece.wall == "back"]
    survey = survey_room(scene.photo, true_layout(scene))
    assert survey.walls["back"].free_share((0.0, 0.2), door.along_m) < 0.2


@pytest.mark.parametrize("seed", [527, 534])
def test_where_something_stands_the_floor_is_not_free(seed: int) -> None:
    scene = empty_room(seed, 420)
    before = survey_room(scene.photo, true_layout(scene)).floor
    furnished = furnish_crudely(scene, seed)
    after = survey_room(furnished.photo, true_layout(furnished)).floor
    changed = np.abs(furnished.photo.astype(int) - scene.photo).max(-1) > 40
    row, column = (np.array(after.seen.nonzero()) + 0.5) * after.cell_m
    points = np.stack([column + after.origin_m[1], np.zeros_like(row), row], -1)
    x, y = scene.camera.project(points)[0].astype(int).T
    hidden = changed[y, x]
    assert hidden.mean() > 0.1
    assert before.free[before.seen].mean() > 0.9
    assert after.free[after.seen][hidden].mean() < 0.35


def test_the_survey_does_not_hang_on_the_size_of_the_photo() -> None:
    scene = empty_room(524, 1000)
    surveys = [
        survey_room(resized(scene.photo, width), true_layout(scene)) for width in (700, 2400)
    ]
    for one, other in zip(
        (surveys[0].floor, *surveys[0].walls.values()),
        (surveys[1].floor, *surveys[1].walls.values()),
        strict=True,
    ):
        assert (one.seen == other.seen).mean() > 0.99
        assert (one.free == other.free).mean() > 0.93


def test_the_same_photo_gives_the_same_survey(rooms: Surveyed) -> None:
    scene, survey = rooms[0]
    again = survey_room(scene.photo, true_layout(scene))
    assert (again.floor.free == survey.floor.free).all()
    assert all((again.walls[wall].free == survey.walls[wall].free).all() for wall in WALLS)


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 200, 3), (40, 60, 3)])
def test_any_picture_can_be_surveyed(shape: tuple[int, int, int]) -> None:
    scene = empty_room(520, 160)
    layout = true_layout(scene)
    rng = np.random.default_rng(1)
    photo = rng.integers(0, 256, shape, dtype=np.uint8)
    fitted = RoomLayout(**{**vars(layout), "camera": layout.camera.scaled_to(shape[1], shape[0])})
    survey = survey_room(photo, fitted)
    assert survey.floor.free.shape == survey.floor.seen.shape
