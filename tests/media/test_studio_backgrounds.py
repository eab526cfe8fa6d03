"""Backgrounds made without a model."""

import numpy as np
import pytest
from numpy.typing import NDArray

from media.creative_sets import CREATIVE_SETS
from media.studio_backgrounds import (
    MAX_PAINTED_PX,
    PLAIN_COLOR,
    BackgroundKind,
    describe_background,
    studio_background,
)
from media.studio_light import Stand
from media.studio_sets import REAL_SETS

SETS: list[tuple[BackgroundKind, int]] = [
    *(("real", seed) for seed in range(1, len(REAL_SETS) + 1)),
    *(("creative", seed) for seed in range(1, len(CREATIVE_SETS) + 1)),
]


def levels(
    kind: BackgroundKind, seed: int, side_px: int = 320, **more: object
) -> NDArray[np.uint8]:
    image = studio_background(kind, side_px, side_px, seed, **more)  # type: ignore[arg-type]
    assert image.mode == "RGB"
    return np.asarray(image)


def test_solid_is_the_colour_and_nothing_else() -> None:
    image = studio_background("solid", 40, 30, 7, "#12ab9f")
    assert image.getcolors() == [(1200, (0x12, 0xAB, 0x9F))]
    assert studio_background("solid", 4, 3, 1).getcolors() == [(12, (0xF2, 0xF1, 0xEE))]


@pytest.mark.parametrize(("kind", "seed"), SETS)
def test_the_same_arguments_give_the_same_pixels(kind: BackgroundKind, seed: int) -> None:
    assert (levels(kind, seed) == levels(kind, seed)).all()
    assert (levels(kind, seed) != levels(kind, seed + 12)).any()


@pytest.mark.parametrize(("kind", "seed"), SETS)
def test_every_set_is_lit_and_nowhere_burnt_out(kind: BackgroundKind, seed: int) -> None:
    picture = levels(kind, seed).astype(float)
    assert 40 < picture.mean() < 235
    assert (picture.min(axis=2) >= 254).mean() < 0.01
    assert picture.std() > 2


@pytest.mark.parametrize(("kind", "seed"), SETS)
@pytest.mark.parametrize("size", [(320, 320), (256, 400), (480, 200)])
def test_any_shape_of_picture(kind: BackgroundKind, seed: int, size: tuple[int, int]) -> None:
    assert studio_background(kind, *size, seed).size == size


@pytest.mark.parametrize(("kind", "seed"), SETS)
@pytest.mark.parametrize("stand", [Stand(0.5, 0.1), Stand(0.78, 0.9), Stand(1.0, 1.0)])
def test_any_place_of_the_product(kind: BackgroundKind, seed: int, stand: Stand) -> None:
    picture = levels(kind, seed, stand=stand)
    assert picture.std() > 2


def test_the_table_goes_where_the_product_stands() -> None:
    def edge(down: float) -> int:
        rows = levels("real", 1, stand=Stand(down, 0.5)).astype(float).mean(axis=1)
        # Oak is warmer than plaster: the table starts where red leaves blue behind.
        return int(np.argmax(rows[:, 0] - rows[:, 2] > 30))

    assert edge(0.88) - edge(0.70) == pytest.approx(0.18 * 320, abs=3)


@pytest.mark.parametrize(("kind", "seed"), [("real", 2), ("creative", 1), ("creative", 2)])
def test_a_colour_becomes_the_wall(kind: BackgroundKind, seed: int) -> None:
    red, green, blue = levels(kind, seed, color="#4060c0")[:80, :80].reshape(-1, 3).mean(axis=0)
    assert blue > green > red
    assert blue / red == pytest.approx(0xC0 / 0x40, rel=0.15)


def test_no_banding_in_the_gradients() -> None:
    wall = levels("real", 2, 640)[40:200, :, 0].astype(float)
    # Grain: neighbouring pixels differ, so no flat band ends in an edge.
    assert (np.diff(wall, axis=1) == 0).mean() < 0.6


def test_large_pictures_are_painted_smaller() -> None:
    side_px = MAX_PAINTED_PX + 100
    assert studio_background("real", side_px, side_px, 2).size == (side_px, side_px)


def test_the_description_says_what_it_is_and_that_no_camera_was_there() -> None:
    assert describe_background("solid", 1) == f"plain colour {PLAIN_COLOR}"
    assert describe_background("solid", 1, "#aabbcc") == "plain colour #aabbcc"
    words = {describe_background(kind, seed) for kind, seed in SETS}
    assert len(words) == len(SETS)
    assert all(text.endswith("(offline)") for text in words)


def test_what_cannot_be_painted() -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        studio_background("real", 10, 10, 1, "blue")
    with pytest.raises(ValueError, match="has none"):
        studio_background("solid", 0, 10, 1)
