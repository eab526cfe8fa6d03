"""Furniture stands where it may: inside, on bare floor, off doors and windows, never in another."""

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from media.errors import FloorNotFree
from media.furniture.arrangements import arranged
from media.furniture.floor_plan import FloorPlan, Wish
from media.furniture.openings import doors_of, keep_out
from media.furniture.pieces import Paint, Part, Piece, standing
from media.furniture.scenes import Placed
from media.furniture.solids import box
from media.rooms.survey import RoomSurvey
from media.rooms.vocabulary import ROOM_TYPES, STYLES
from tests.media.furniture.flat_rooms import flat_survey
from tests.media.furniture.true_surveys import survey_of
from tests.media.room_scenes import empty_room

Numbers = NDArray[np.float64]
ROOMS = range(40, 64)
STEP_M = 0.02


@cache
def furnished() -> list[tuple[RoomSurvey, tuple[Placed, ...]]]:
    """Drawn rooms of many shapes, each as another room type and style; the refused left out."""
    found = []
    for seed in ROOMS:
        survey = survey_of(empty_room(seed, 240))
        kind, style = ROOM_TYPES[seed % len(ROOM_TYPES)], STYLES[seed % len(STYLES)]
        try:
            found.append((survey, arranged(survey, kind, style, seed)))
        except FloorNotFree:
            continue
    return found


def grid(survey: RoomSurvey) -> tuple[Numbers, Numbers]:
    layout = survey.layout
    x = np.arange(layout.left_m, layout.right_m, STEP_M) + STEP_M / 2
    z = np.arange(0.0, layout.back_m, STEP_M) + STEP_M / 2
    columns, rows = np.meshgrid(x, z)
    return columns, rows


def covered(corners: Numbers, x: Numbers, z: Numbers) -> NDArray[np.bool_]:
    """Which places a convex footprint covers, a centimetre of its rim left away."""
    inside = np.ones(x.shape, bool)
    middle = corners.mean(axis=0)
    for first, second in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        edge = (second - first) / np.linalg.norm(second - first)
        side = edge[0] * (z - first[1]) - edge[1] * (x - first[0])
        own = edge[0] * (middle[1] - first[1]) - edge[1] * (middle[0] - first[0])
        inside &= side * np.sign(own) > 0.01
    return inside


def standing_pieces() -> Iterator[tuple[RoomSurvey, list[Placed]]]:
    for survey, placed in furnished():
        yield survey, [each for each in placed if not each.on_wall]


def test_most_rooms_can_be_furnished() -> None:
    assert len(furnished()) >= 0.75 * len(ROOMS)
    assert np.mean([len(placed) for _, placed in furnished()]) > 3


def test_no_piece_goes_through_another() -> None:
    for survey, placed in standing_pieces():
        x, z = grid(survey)
        taken = sum(covered(p.corners_m, x, z).astype(int) for p in placed if not p.piece.is_flat)
        assert np.max(taken) == 1


def test_all_pieces_are_inside_the_room_and_on_bare_floor() -> None:
    for survey, placed in standing_pieces():
        layout, floor = survey.layout, survey.floor
        for each in placed:
            low, high = each.corners_m.min(axis=0), each.corners_m.max(axis=0)
            assert layout.left_m < low[0] < high[0] < layout.right_m
            assert 0 < low[1] < high[1] < layout.back_m
            rows, columns = (low[1], high[1]), (low[0], high[0])
            assert floor.free_share(rows, columns) > 0.95


def test_nothing_stands_before_a_door() -> None:
    doors = 0
    for survey, placed in standing_pieces():
        x, z = grid(survey)
        for door in doors_of(survey):
            doors += 1
            floor = covered(keep_out(door, survey.layout), x, z)
            assert not any((covered(p.corners_m, x, z) & floor).any() for p in placed)
    assert doors > 10


def test_tall_pieces_leave_windows_and_doors_free() -> None:
    for survey, placed in furnished():
        for each in placed:
            if each.piece.height_m < 1.4 and not each.on_wall:
                continue
            low, high = each.box_m.min(axis=0), each.box_m.max(axis=0)
            if high[2] > survey.layout.back_m - 0.35:
                rows, columns = (max(0.9, low[1]), high[1]), (low[0], high[0])
                back = survey.walls["back"]
                assert back.seen_share(rows, columns) == 0 or back.free_share(rows, columns) > 0.85


def test_the_main_piece_is_whole_or_nearly_and_nothing_is_too_near() -> None:
    whole = 0
    for survey, placed in furnished():
        camera = survey.layout.camera
        size = np.array([camera.width_px, camera.height_px])
        for number, each in enumerate(placed):
            pixels, depth = camera.project(each.box_m)
            assert depth.min() > 0.95
            if number == 0:
                low, high = pixels.min(axis=0), pixels.max(axis=0)
                shown = np.prod((np.minimum(high, size) - np.maximum(low, 0)) / (high - low))
                assert shown > 0.87
                whole += bool(shown > 0.998)
    assert whole > 0.7 * len(furnished())


def test_a_seat_does_not_stand_before_a_door_and_a_desk_has_its_chair() -> None:
    for survey, placed in furnished():
        main, *others = placed
        doors = doors_of(survey)
        if "sofa" in main.piece.name:
            assert FloorPlan(survey, tuple(doors)).hidden_of_doors(main) <= 0.15
        if main.piece.name == "desk":
            assert "office chair" in [other.piece.name for other in others]


def test_another_seed_is_another_arrangement_and_the_same_seed_the_same() -> None:
    survey = flat_survey()

    def drawn(seed: int) -> list[tuple[str, float, float]]:
        return [(p.piece.name, p.x_m, p.z_m) for p in arranged(survey, "office", "modern", seed)]

    assert drawn(1) == drawn(1)
    assert len({str(drawn(seed)) for seed in range(5)}) >= 4


def test_a_living_room_has_its_table_an_arm_from_the_sofa() -> None:
    placed = arranged(flat_survey(), "living_room", "modern", 3)
    sofa = placed[0]
    (table,) = [each for each in placed if each.piece.name == "coffee table"]
    apart = np.hypot(sofa.x_m - table.x_m, sofa.z_m - table.z_m)
    gap = apart - (sofa.piece.depth_m + table.piece.depth_m) / 2
    assert 0.35 < gap < 0.65


def test_a_narrow_room_gets_a_smaller_sofa() -> None:
    wide = {arranged(flat_survey(), "living_room", "modern", s)[0].piece.name for s in range(4)}
    assert "three-seat sofa" in wide
    narrow = survey_of(empty_room(104, 240))
    assert narrow.layout.right_m - narrow.layout.left_m < 5
    assert "sofa" in arranged(narrow, "living_room", "modern", 1)[0].piece.name


@pytest.mark.parametrize("room_type", ROOM_TYPES)
def test_a_full_floor_is_refused(room_type: str) -> None:
    survey = flat_survey()
    survey.floor.free[:, :] = False
    with pytest.raises(FloorNotFree, match="floor"):
        arranged(survey, room_type, "modern", 1)


def test_an_obstacle_on_the_floor_is_stepped_around() -> None:
    survey = flat_survey()
    survey.floor.free[30:, 10:38] = False
    for seed in range(3):
        for each in arranged(survey, "bathroom", "modern", seed):
            if not each.on_wall:
                (x, z), (right, back) = each.corners_m.min(axis=0), each.corners_m.max(axis=0)
                assert survey.floor.free_share((z, back), (x, right)) >= 0.97


def test_a_door_is_told_from_a_window_over_a_radiator() -> None:
    survey = flat_survey()
    survey.walls["back"].free[0:21, 5:14] = False
    survey.walls["left"].free[1:6, 30:42] = False
    survey.walls["left"].free[9:22, 30:42] = False
    (door,) = doors_of(survey)
    assert door.wall == "back"
    assert [door.start_m, door.end_m] == pytest.approx([-1.9, -1.0])


def block(width_m: float) -> Piece:
    mesh = box((width_m, 0.6, 0.4)).at(0, 0.3, 0)
    return standing("block", [Part(mesh, Paint("wood", (0.5, 0.4, 0.3)))])


def test_a_way_as_broad_as_a_person_stays_free_to_every_door() -> None:
    survey = flat_survey()
    survey.walls["back"].free[0:21, 20:29] = False
    plan, anyhow = FloorPlan.of(survey), Wish(in_frame=0)
    assert plan.allows(Placed(block(2.0), 0.0, 3.0), anyhow)
    assert not plan.allows(Placed(block(4.4), 0.0, 3.0), anyhow)


def test_what_hides_the_main_piece_is_refused() -> None:
    plan = FloorPlan.of(flat_survey()).joined_by(Placed(block(1.2), 0.0, 4.6))
    assert not plan.allows(Placed(block(1.2), 0.0, 3.9), Wish())
    assert plan.allows(Placed(block(1.2), 0.0, 3.9), Wish(may_hide=1.0))
    assert plan.allows(Placed(block(1.2), 1.5, 3.9), Wish())
