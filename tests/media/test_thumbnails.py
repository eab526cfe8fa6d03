"""Thumbnails: small, upright, never enlarged."""

import io

import pytest
from PIL import Image

from media.errors import Refusal
from media.limits import MediaLimits
from media.thumbnails import thumbnail

LIMITS = MediaLimits()


def encoded(image: Image.Image, image_format: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, image_format, **options)
    return buffer.getvalue()


def made(image: Image.Image, longer_side_px: int) -> Image.Image:
    return Image.open(io.BytesIO(thumbnail(encoded(image), longer_side_px, LIMITS)))


@pytest.mark.parametrize(
    ("size_px", "longer_side_px", "small_px"),
    [
        ((800, 600), 200, (200, 150)),
        ((600, 800), 200, (150, 200)),
        ((100, 50), 200, (100, 50)),
        ((4000, 3), 200, (200, 1)),
        ((1, 1), 1, (1, 1)),
    ],
)
def test_the_longer_side_is_at_most_what_was_asked(
    size_px: tuple[int, int], longer_side_px: int, small_px: tuple[int, int]
) -> None:
    small = made(Image.new("RGB", size_px, "tomato"), longer_side_px)
    assert (small.format, small.size) == ("WEBP", small_px)


def test_a_picture_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = encoded(Image.new("RGB", (400, 200)), "JPEG", exif=exif)
    assert Image.open(io.BytesIO(thumbnail(data, 100, LIMITS))).size == (50, 100)


def test_what_is_transparent_stays_so() -> None:
    small = made(Image.new("RGBA", (300, 300), (255, 0, 0, 0)), 100)
    assert small.mode == "RGBA"
    assert small.getpixel((50, 50))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize("data", [b"", b"no picture", b"%PDF-1.7\n"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        thumbnail(data, 100, LIMITS)


def test_a_side_has_at_least_one_pixel() -> None:
    with pytest.raises(ValueError, match="at least one pixel"):
        thumbnail(encoded(Image.new("RGB", (9, 9))), 0, LIMITS)
