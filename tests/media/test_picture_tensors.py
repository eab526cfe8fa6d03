"""Pictures as vision models see them: the right size, the right part, safely decoded."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from media.errors import CorruptMedia, TooLarge
from media.limits import MediaLimits
from media.picture_tensors import TensorShape, picture_tensor

SQUARE = TensorShape(64, 64, "shortest")
LIMITS = MediaLimits()


def png(image: Image.Image) -> bytes:
    """The picture as PNG."""
    output = BytesIO()
    image.save(output, "PNG", exif=image.getexif())
    return output.getvalue()


def stripes(width_px: int, height_px: int, colors: tuple[str, ...]) -> Image.Image:
    """Colours side by side, equally wide."""
    image = Image.new("RGB", (len(colors), 1))
    for position, color in enumerate(colors):
        image.paste(color, (position, 0, position + 1, 1))
    return image.resize((width_px, height_px), Image.Resampling.NEAREST)


@pytest.mark.parametrize("size_px", [(640, 480), (480, 640), (64, 64), (40, 30), (5000, 300)])
@pytest.mark.parametrize("fit", ["shortest", "squash"])
def test_every_picture_comes_in_the_size_that_is_wanted(size_px: tuple[int, int], fit: str) -> None:
    shape = TensorShape(96, 64, fit)  # type: ignore[arg-type]
    levels = picture_tensor(png(Image.new("RGB", size_px, "teal")), shape, LIMITS)
    assert levels.shape == (64, 96, 3)
    assert levels.dtype == np.uint8
    assert np.abs(levels.astype(int) - [0, 128, 128]).max() <= 1


def test_the_middle_is_seen_and_the_rest_of_the_longer_side_cut() -> None:
    picture = png(stripes(600, 200, ("red", "lime", "blue")))
    levels = picture_tensor(picture, SQUARE, LIMITS)[:, 3:-3].astype(int)
    assert np.abs(levels - [0, 255, 0]).max() <= 2


def test_a_squashed_picture_shows_all() -> None:
    picture = png(stripes(600, 200, ("red", "lime", "blue")))
    levels = picture_tensor(picture, TensorShape(60, 60, "squash"), LIMITS)[30].astype(int)
    assert [levels[x].argmax() for x in (8, 30, 52)] == [0, 1, 2]


def test_large_pictures_look_as_if_resized_in_one_go() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (60, 80, 3), np.uint8)
    large = Image.fromarray(noise).resize((2400, 1800), Image.Resampling.BICUBIC)
    expected = np.asarray(large.resize((85, 64), Image.Resampling.BICUBIC))[:, 10:74]
    levels = picture_tensor(png(large), SQUARE, LIMITS)
    assert np.abs(levels.astype(int) - expected).mean() < 1


def test_turned_and_transparent_pictures_are_seen_upright_on_white() -> None:
    image = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    image.paste((255, 0, 0, 255), (0, 0, 60, 100))
    image.getexif()[0x0112] = 6
    levels = picture_tensor(png(image), TensorShape(50, 100, "squash"), LIMITS)
    assert levels[5, 25].tolist() == [255, 0, 0]
    assert levels[95, 25].tolist() == [255, 255, 255]


def test_bytes_that_are_no_picture_are_refused() -> None:
    picture = png(Image.new("RGB", (400, 400), "red"))
    with pytest.raises(CorruptMedia):
        picture_tensor(picture[:100], SQUARE, LIMITS)
    with pytest.raises(TooLarge):
        picture_tensor(picture, SQUARE, MediaLimits(max_pixels=1000))
