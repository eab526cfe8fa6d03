"""Deep greys are scaled to 8 bits, not clipped."""

import numpy as np
import pytest
from PIL import Image

from media.bit_depth import to_eight_bits
from media.color import to_srgb
from tests.media.pictures import decoded, encoded, pixel


def ramp(high: float, dtype: str) -> Image.Image:
    return Image.fromarray(np.linspace(0, high, 256).astype(dtype).reshape(16, 16))


@pytest.mark.parametrize("image_format", ["PNG", "TIFF"])
def test_16_bits(image_format: str) -> None:
    found = to_eight_bits(decoded(encoded(ramp(65535, "uint16"), image_format)))
    assert np.asarray(found).ravel().tolist() == list(range(256))


def test_16_bit_png_through_the_whole_conversion() -> None:
    assert pixel(to_srgb(decoded(encoded(ramp(65535, "uint16")))), 0, 8) == (128, 128, 128)


@pytest.mark.parametrize(
    ("high", "dtype"),
    [(1, "float32"), (255, "float32"), (65535, "float32"), (65535, "int32"), (2**30, "int32")],
)
def test_range_is_found_in_the_samples(high: float, dtype: str) -> None:
    found = np.asarray(to_eight_bits(decoded(encoded(ramp(high, dtype), "TIFF")))).ravel()
    assert np.abs(found.astype(int) - np.arange(256)).max() <= 1


def test_dark_float_picture_stays_dark() -> None:
    assert np.asarray(to_eight_bits(ramp(0.5, "float32"))).max() == 128


def test_negative_samples_and_nan() -> None:
    samples = np.array([[-2.0, 0.0], [2.0, np.nan]], dtype=np.float32)
    assert np.asarray(to_eight_bits(Image.fromarray(samples))).tolist() == [[0, 128], [255, 0]]


@pytest.mark.parametrize("value", [0.0, float("nan"), 7.0])
def test_flat_pictures_do_not_divide_by_zero(value: float) -> None:
    flat = Image.fromarray(np.full((3, 3), value, dtype=np.float32))
    assert len(np.unique(np.asarray(to_eight_bits(flat)))) == 1


def test_a_transparent_grey_becomes_alpha() -> None:
    source = decoded(encoded(ramp(65535, "uint16"), transparency=0))
    found = to_eight_bits(source)
    assert found.mode == "LA"
    assert [pixel(found, x, 0)[1] for x in (0, 1)] == [0, 255]


def test_tall_pictures_are_scaled_in_strips() -> None:
    tall = Image.fromarray(np.full((3000, 3000), 257 * 40, dtype=np.uint16))
    assert np.unique(np.asarray(to_eight_bits(tall))).tolist() == [40]


def test_white_is_zero() -> None:
    source = ramp(65535, "uint16")
    data = encoded(source, "TIFF", tiffinfo={262: 0})
    loaded = decoded(data)
    if loaded.mode != "I;16":
        pytest.skip("this Pillow inverts deep greys itself")
    assert np.asarray(to_eight_bits(loaded)).ravel().tolist() == list(range(255, -1, -1))
