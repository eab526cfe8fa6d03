"""Opening images: upright, capped, and bad bytes become refusals."""

import contextlib
import struct
import warnings
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from media.errors import CorruptMedia, Refusal, TooLarge, UnsupportedType
from media.images import decoding, load_still, open_image
from media.limits import MediaLimits
from tests.media.pictures import (
    BLUE,
    GREEN,
    RED,
    WHITE,
    corners,
    encoded,
    gif,
    near,
    photo,
    pixel,
    quadrants,
)

LIMITS = MediaLimits()
Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]

# Which side of the scene the first row and the first column of the file show (EXIF 2.32, 4.6.4).
STORED: dict[int, Callable[[Pixels], Pixels]] = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.swapaxes(0, 1),
    6: lambda a: a.swapaxes(0, 1)[::-1],
    7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
    8: lambda a: a[::-1].swapaxes(0, 1),
}


def stored(orientation: int, image_format: str, scene: Image.Image | None = None) -> bytes:
    pixels = STORED[orientation](np.asarray(scene or quadrants(120, 80)))
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = Image.fromarray(np.ascontiguousarray(pixels))
    return encoded(picture, image_format, exif=exif.tobytes())


def whole(_: tuple[int, int]) -> float:
    return 1.0


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "MPO"])
@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("scale", [1.0, 0.25])
def test_upright_exactly_once(orientation: int, image_format: str, scale: float) -> None:
    still = load_still(stored(orientation, image_format), LIMITS, lambda _: scale)
    assert still.size_px == (120, 80)
    assert still.image.size == (120 * scale, 80 * scale)
    for found, expected in zip(corners(still.image), (RED, GREEN, BLUE, WHITE), strict=True):
        assert near(found, expected, by=16), (orientation, corners(still.image))


@pytest.mark.parametrize("orientation", STORED)
def test_heic_is_turned_once(orientation: int) -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    if not pillow_heif.libheif_info()["HEIF"]:
        pytest.skip("this libheif cannot write HEIC")
    pillow_heif.register_heif_opener()
    still = load_still(stored(orientation, "HEIF", quadrants(128, 64)), LIMITS, whole)
    assert still.size_px == (128, 64)
    for found, expected in zip(corners(still.image), (RED, GREEN, BLUE, WHITE), strict=True):
        assert near(found, expected, by=24)


def test_broken_exif_leaves_the_picture() -> None:
    data = encoded(quadrants(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff junk")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert load_still(data, LIMITS, whole).size_px == (60, 40)


def test_caps_are_checked_before_decoding() -> None:
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    chunk = b"IHDR" + header
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    data += struct.pack(">I", zlib.crc32(chunk)) + struct.pack(">I", 0) + b"IDAT"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(TooLarge, match=r"900,000,000 .*50,000,000"):
            open_image(data, LIMITS)


@pytest.mark.parametrize("image_format", ["PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP", "AVIF"])
def test_the_pixel_cap_is_exact(image_format: str) -> None:
    data = encoded(photo(101, 99), image_format)
    assert open_image(data, MediaLimits(max_pixels=9999)).size == (101, 99)
    with pytest.raises(TooLarge, match=r"9,999 .*9,998"):
        open_image(data, MediaLimits(max_pixels=9998))


def test_larger_limits_than_pillows_own() -> None:
    data = encoded(Image.new("1", (10_000, 10_000)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        still = load_still(data, MediaLimits(max_pixels=100_000_000), lambda _: 0.01)
    assert still.image.size == (100, 100)


def test_pillows_settings_are_put_back() -> None:
    before = Image.MAX_IMAGE_PIXELS
    with pytest.raises(CorruptMedia):
        open_image(b"\x89PNG\r\n\x1a\n", LIMITS)
    assert before == Image.MAX_IMAGE_PIXELS


@pytest.mark.parametrize("image_format", ["PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP", "AVIF"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_cut_files_are_refused(image_format: str, part: float) -> None:
    data = encoded(photo(200, 150), image_format)
    with pytest.raises(Refusal):
        load_still(data[: int(len(data) * part)], LIMITS, whole)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_flipped_bytes_never_raise_anything_else(data: st.DataObject) -> None:
    image_format = data.draw(st.sampled_from(["PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP"]))
    raw = bytearray(encoded(photo(40, 30), image_format))
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), min_size=1, max_size=8)):
        raw[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Refusal):
        assert load_still(bytes(raw), LIMITS, whole).image.mode in ("RGB", "RGBA")


@pytest.mark.parametrize(
    "error",
    [ValueError("x"), SyntaxError("x"), struct.error("x"), IndexError(), ZeroDivisionError()],
)
def test_whatever_a_decoder_raises_is_corrupt(error: Exception) -> None:
    with pytest.raises(CorruptMedia, match=r"\.$"), decoding(LIMITS):
        raise error


@pytest.mark.parametrize(
    "error", [MemoryError(), OSError("out of memory error when reading image file")]
)
def test_running_out_of_memory_is_no_corruption(error: Exception) -> None:
    with pytest.raises(MemoryError), decoding(LIMITS):
        raise error


def test_only_allowed_plugins_are_tried() -> None:
    data = encoded(quadrants(), "PPM")
    with pytest.raises(UnsupportedType):
        open_image(data, LIMITS)
    with pytest.raises(UnsupportedType, match="icon"):
        open_image(encoded(quadrants(32, 32), "ICO"), LIMITS)


def test_first_frame_and_first_page() -> None:
    assert near(pixel(load_still(gif(3), LIMITS, whole).image, 5, 5), (0, 0, 90), by=8)
    pages = [Image.new("RGB", (8, 8), color) for color in (RED, BLUE)]
    tiff = encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert pixel(load_still(tiff, LIMITS, whole).image, 1, 1) == RED


def test_large_jpeg_is_decoded_small_but_measured_whole() -> None:
    still = load_still(encoded(photo(1600, 1200), "JPEG"), LIMITS, lambda _: 0.1)
    assert still.size_px == (1600, 1200)
    assert still.image.size == (160, 120)
    expected = photo(1600, 1200).resize((160, 120), Image.Resampling.LANCZOS)
    difference = np.abs(np.asarray(still.image, int) - np.asarray(expected, int))
    assert difference.mean() < 2
