"""The formulas of frames, against their definitions written out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from media.capture_tips import capture_tips
from media.frame_scores import Grey, half_size, motion, motion_picture, score, sharpness
from tests.media.video_files import blurred, textured

greys = hnp.arrays(np.uint8, st.tuples(st.integers(2, 24), st.integers(2, 24)))


def laplacian_deviation(grey: Grey) -> float:
    padded = np.pad(grey.astype(np.float64), 1, mode="reflect")
    response = (
        padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:] - 4.0 * grey
    )
    return float(response.std())


@given(greys)
def test_sharpness_is_the_deviation_of_the_laplacian(grey: Grey) -> None:
    assert sharpness(grey) == pytest.approx(laplacian_deviation(grey), abs=1e-6)


def test_extremes_do_not_overflow() -> None:
    board = np.indices((64, 64)).sum(axis=0).astype(np.uint8) % 2 * np.uint8(255)
    assert sharpness(board) == pytest.approx(1020, rel=1e-6)
    assert sharpness(np.full((64, 64), 255, np.uint8)) == 0


def test_blur_is_less_sharp() -> None:
    grey = np.ascontiguousarray(textured(200, 100)[..., 1])
    levels = [sharpness(blurred(grey, sigma)) for sigma in (0.5, 1, 2, 4)]
    assert [sharpness(grey), *levels] == sorted([sharpness(grey), *levels], reverse=True)


@given(greys, greys)
def test_motion_is_between_0_and_1_and_the_same_both_ways(one: Grey, other: Grey) -> None:
    a, b = motion_picture(one), motion_picture(other)
    assert a.shape == b.shape == (256, 256)
    assert 0 <= motion(a, b) == motion(b, a) <= 1
    assert motion(a, a) == 0


def test_motion_of_known_pictures() -> None:
    black, white = np.zeros((256, 256), np.uint8), np.full((256, 256), 255, np.uint8)
    assert motion(None, white) == 0
    assert motion(black, white) == 1
    half = black.copy()
    half[:128] = 255
    assert motion(black, half) == 0.5


@pytest.mark.parametrize("size", [(1080, 1920), (512, 512), (719, 1283), (256, 300), (90, 2000)])
def test_motion_pictures_are_averages(size: tuple[int, int]) -> None:
    ramp = np.linspace(0, 255, size[1]).astype(np.uint8)
    picture = motion_picture(np.tile(ramp, (size[0], 1))).astype(float)
    assert picture.shape == (256, 256)
    assert np.abs(picture[100] - np.linspace(0, 255, 256)).max() <= 3


def test_half_size_averages_four() -> None:
    grey = np.array([[0, 4, 9], [8, 8, 9], [1, 1, 1]], np.uint8)
    assert half_size(grey).tolist() == [[5]]


def test_score() -> None:
    assert score(40.0, 0.1) == pytest.approx(40 - 0.2 * 0.1 * 255)
    assert score(40.0, 0.1, alpha=0) == 40


def test_tips() -> None:
    assert capture_tips([20.0] * 5, [0.05] * 5) == []
    assert capture_tips([], []) == []
    (dark,) = capture_tips([4.9] * 5, [0.05] * 5)
    assert "light" in dark
    fast, pause = capture_tips([20.0] * 9, [0.3] * 9)
    assert "slowly" in fast
    assert "Pause" in pause
    (only_pause,) = capture_tips([20.0] * 9, [0.05] * 4 + [0.1] * 5)
    assert "Pause" in only_pause
    assert len(capture_tips([1.0] * 3, [0.5] * 3)) == 3
