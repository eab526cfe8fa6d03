"""Zero-shot moderation: what flags a picture, given how like the sentences it is."""

import numpy as np
import pytest

from media.moderation import FLAGS, HARMLESS, flags_of, sentences

SCALE = 100.0


def cosines(*likely: str) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    """Cosines of a picture that some sentences fit and the others do not."""
    return np.array([0.3 if each in likely else 0.2 for each in sentences()], np.float32)


@pytest.mark.parametrize("flag", FLAGS)
def test_a_picture_that_one_sentence_of_a_flag_fits_has_that_flag_alone(flag: str) -> None:
    for sentence in FLAGS[flag]:
        assert flags_of(cosines(sentence), SCALE) == (flag,)


@pytest.mark.parametrize("sentence", HARMLESS)
def test_a_picture_that_a_harmless_sentence_fits_has_no_flag(sentence: str) -> None:
    assert flags_of(cosines(sentence), SCALE) == ()


def test_a_picture_that_nothing_fits_has_no_flag() -> None:
    assert flags_of(cosines(), SCALE) == ()


def test_flags_do_not_take_from_each_other() -> None:
    both = cosines(FLAGS["weapon"][0], FLAGS["violence"][1])
    assert flags_of(both, SCALE) == ("violence", "weapon")


def test_where_a_harmless_sentence_fits_as_well_the_threshold_decides() -> None:
    unsure = cosines(FLAGS["nudity"][0], HARMLESS[2])
    assert flags_of(unsure, SCALE) == ()
    assert flags_of(unsure, SCALE, threshold=0.45) == ("nudity",)


def test_the_scale_of_the_model_decides_how_much_a_difference_says() -> None:
    assert flags_of(cosines(FLAGS["weapon"][0]), 10.0) == ()
