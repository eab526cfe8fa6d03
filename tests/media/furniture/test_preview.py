"""A preview changes furniture, shadows and its label, and nothing else."""

import numpy as np
import pytest

from media.errors import FloorNotFree
from media.furniture.preview import StagedPreview, staged_preview
from media.rooms.vocabulary import ROOM_TYPES, STYLES, Style
from tests.media.furniture.flat_rooms import Pixels, flat_photo, flat_survey
from tests.media.furniture.true_surveys import survey_of
from tests.media.room_scenes import empty_room


def assert_only_masks_changed(photo: Pixels, made: StagedPreview) -> None:
    may_change = made.furniture | made.shadows | made.label
    np.testing.assert_array_equal(made.pixels[~may_change], photo[~may_change])
    assert made.pixels.shape == photo.shape
    assert made.pixels.dtype == np.uint8


@pytest.mark.parametrize("room_type", ROOM_TYPES)
@pytest.mark.parametrize("style", STYLES)
def test_every_room_type_and_style_is_drawn_and_only_that(room_type: str, style: Style) -> None:
    survey = flat_survey(450, 300)
    photo = flat_photo(survey)
    before = photo.copy()
    made = staged_preview(photo, survey, room_type, style, 5)
    np.testing.assert_array_equal(photo, before)
    assert_only_masks_changed(photo, made)
    assert made.placed
    assert 0.01 < made.furniture.mean() < 0.6
    assert 0.005 < made.shadows.mean() < 0.7
    drawn = np.abs(made.pixels.astype(int) - photo).max(axis=-1)
    assert np.median(drawn[made.furniture]) > 10
    assert (made.pixels[made.shadows & ~made.label] <= photo[made.shadows & ~made.label]).all()


@pytest.mark.parametrize("seed", [41, 46, 55])
def test_photos_with_grain_and_texture_keep_every_other_pixel(seed: int) -> None:
    scene = empty_room(seed, 500)
    made = staged_preview(scene.photo, survey_of(scene), "entryway", "contemporary", seed)
    assert_only_masks_changed(scene.photo, made)
    assert not (made.furniture & made.shadows).any()


def test_floor_shows_through_its_shadows() -> None:
    survey = flat_survey()
    photo = flat_photo(survey)
    photo[::2] = photo[::2] * 0.8
    made = staged_preview(photo, survey, "dining_room", "modern", 2)
    inner = made.shadows & np.roll(made.shadows, 1, axis=0) & ~made.label
    inner &= np.abs(photo.astype(int) - np.roll(photo, 1, axis=0)).max(axis=-1) > 15
    stripes = np.abs(made.pixels.astype(int) - np.roll(made.pixels, 1, axis=0)).max(axis=-1)
    assert np.median(stripes[inner]) > 8


def test_the_same_arguments_give_the_same_bytes_and_another_seed_others() -> None:
    survey = flat_survey()
    photo = flat_photo(survey)
    first, again, other = (
        staged_preview(photo, survey, "living_room", "scandinavian", seed) for seed in (7, 7, 8)
    )
    np.testing.assert_array_equal(first.pixels, again.pixels)
    changed = np.abs(first.pixels.astype(int) - other.pixels).max(axis=-1) > 20
    assert changed.mean() > 0.03


def test_the_label_is_small_and_at_the_lower_edge() -> None:
    survey = flat_survey()
    made = staged_preview(flat_photo(survey), survey, "bedroom", "traditional", 1)
    rows, columns = np.nonzero(made.label)
    assert 0 < made.label.mean() < 0.02
    assert rows.min() > 0.85 * made.label.shape[0]
    assert columns.min() > 0.7 * made.label.shape[1]
    assert made.pixels[made.label].max() > 215


def test_a_large_photo_is_furnished_at_its_own_size() -> None:
    survey, small_survey = flat_survey(4200, 2800), flat_survey(420, 280)
    photo = flat_photo(small_survey).repeat(10, axis=0).repeat(10, axis=1)
    made = staged_preview(photo, survey, "living_room", "modern", 3)
    assert_only_masks_changed(photo, made)
    small = staged_preview(flat_photo(small_survey), small_survey, "living_room", "modern", 3)
    assert made.placed == small.placed
    assert np.abs(made.furniture[5::10, 5::10].mean() - small.furniture.mean()) < 0.03


def test_edges_in_a_large_photo_are_narrow() -> None:
    survey = flat_survey(4200, 2800)
    photo = np.full((2800, 4200, 3), 255, np.uint8)
    made = staged_preview(photo, survey, "office", "industrial", 1)
    dark = made.pixels.max(axis=-1) < 120
    partly = made.furniture & ~dark & (made.pixels.max(axis=-1) < 225)
    assert partly.sum() < 0.8 * made.furniture.sum()
    assert dark.any()


def test_a_room_without_free_floor_is_refused() -> None:
    survey = flat_survey()
    survey.floor.free[:, :] = False
    with pytest.raises(FloorNotFree):
        staged_preview(flat_photo(survey), survey, "bedroom", "modern", 1)
