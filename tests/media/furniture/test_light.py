"""Light comes from the window, and furniture keeps it off the floor beside and under it."""

import numpy as np
import pytest

from media.furniture.baked_light import beams_toward, light_on, shading_points
from media.furniture.daylight import encoded, linear, read_daylight
from media.furniture.pieces import Paint, Part, standing
from media.furniture.scenes import Placed, Scene, scene_of
from media.furniture.shadows import shadow_factor
from media.furniture.solids import box
from tests.media.furniture.flat_rooms import flat_photo, flat_survey

UP = np.array([[0, 1, 0]], np.float32)
TO_THE_LEFT = np.array([-0.7, 0.7, 0.0]) / np.hypot(0.7, 0.7)


def cupboard(x_m: float, z_m: float, lift_m: float = 0.0) -> Scene:
    part = Part(box((0.8, 0.8, 0.6)).at(0, 0.4, 0), Paint("wood", (0.5, 0.4, 0.3)))
    return scene_of([Placed(standing("cupboard", [part]), x_m, z_m, lift_m=lift_m)])


def floor_light(scene: Scene, x_m: float, z_m: float) -> float:
    point = np.array([[x_m, 0, z_m]], np.float32)
    beams = beams_toward(TO_THE_LEFT)
    return float(light_on(point, UP, shading_points(scene), beams)[0] / beams.free(UP[0]))


def test_without_furniture_all_light_arrives() -> None:
    assert floor_light(cupboard(50, 50), 0.0, 3.0) == pytest.approx(1, abs=1e-5)


def test_under_a_piece_hardly_any_light_arrives_and_far_away_all() -> None:
    scene = cupboard(0, 3, lift_m=0.15)
    assert floor_light(scene, 0.0, 3.0) < 0.35
    assert floor_light(scene, 0.0, 5.5) > 0.93


def test_the_side_away_from_the_window_is_darker() -> None:
    scene = cupboard(0, 3)
    assert floor_light(scene, 0.7, 3.0) < floor_light(scene, -0.7, 3.0) - 0.25


def test_a_shadow_in_the_picture_lies_on_the_floor_beside_the_piece() -> None:
    survey = flat_survey()
    camera = survey.layout.camera
    scene = cupboard(0, 3.2)
    beams = beams_toward(TO_THE_LEFT)
    factor = shadow_factor(scene, survey, camera, beams, shading_points(scene))
    beside, opposite, far = (
        np.round(camera.project([[x, 0, z]])[0][0]).astype(int)
        for x, z in ((0.65, 3.2), (-0.65, 3.2), (0.0, 2.3))
    )
    assert factor[beside[1], beside[0]] < factor[opposite[1], opposite[0]] - 0.2
    assert factor[far[1], far[0]] > 0.93
    assert (factor[:5] == 1).all()
    assert factor.min() > 0


def test_a_tall_piece_at_a_wall_darkens_the_wall_but_not_its_window() -> None:
    survey = flat_survey()
    camera = survey.layout.camera
    scene = cupboard(0, 4.85)
    beams = beams_toward(TO_THE_LEFT)

    def factor_beside() -> float:
        factor = shadow_factor(scene, survey, camera, beams, shading_points(scene))
        at = np.round(camera.project([[0.55, 0.4, 5.2]])[0][0]).astype(int)
        return float(factor[at[1], at[0]])

    assert factor_beside() < 0.85
    survey.walls["back"].free[:, :] = False
    assert factor_beside() == 1


@pytest.mark.parametrize("on_left", [True, False])
def test_the_light_comes_from_the_window(on_left: bool) -> None:
    survey = flat_survey()
    daylight = read_daylight(flat_photo(survey, on_left), survey.layout)
    assert np.sign(daylight.toward[0]) == (-1 if on_left else 1)
    assert np.linalg.norm(daylight.toward) == pytest.approx(1)
    assert daylight.toward[1] > 0.4


def test_a_darker_or_warmer_photo_gives_darker_or_warmer_light() -> None:
    survey = flat_survey()
    photo = flat_photo(survey)
    plain = read_daylight(photo, survey.layout).color
    dark = read_daylight(photo // 2, survey.layout).color
    warm = read_daylight((photo * [1, 0.9, 0.75]).astype(np.uint8), survey.layout).color
    assert (dark < 0.5 * plain).all()
    assert warm[0] / warm[2] > 1.15 * plain[0] / plain[2]


def test_levels_survive_being_linear() -> None:
    levels = np.arange(256, dtype=np.uint8)
    np.testing.assert_allclose(encoded(linear(levels)), levels, atol=0.02)
