"""Chroma layouts: the hues of a picture's fields, whatever its light, size and encoding."""

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from media.chroma_layout import chroma_layout, chroma_values, same_colors
from tests.media.pictures import decoded, encoded, photo, quadrants


def test_greys_are_in_the_middle_and_hues_are_not() -> None:
    assert chroma_layout(Image.linear_gradient("L").convert("RGB")) == "80" * 32
    # CIE Lab of sRGB red (255, 0, 0): a* 80, b* 67.
    assert chroma_layout(Image.new("RGB", (9, 9), "red")) == bytes([128 + 80, 128 + 67] * 16).hex()


def test_fields_are_row_by_row() -> None:
    values = chroma_values([chroma_layout(quadrants(80, 80))])[0].reshape(4, 4, 2)
    for corner in ((0, 0), (0, 3), (3, 0), (3, 3)):
        field = values[corner]
        middle = values[1 if corner[0] == 0 else 2, 1 if corner[1] == 0 else 2]
        assert np.abs(field - middle).max() == 0
    assert len({tuple(values[corner]) for corner in ((0, 0), (0, 3), (3, 0), (3, 3))}) == 4


def test_transparency_is_white() -> None:
    assert chroma_layout(Image.new("RGBA", (8, 8), (255, 0, 0, 0))) == "80" * 32


def test_copies_have_the_same_colors_and_another_hue_has_not() -> None:
    source = photo(800, 600)
    others = [
        source.resize((100, 75), Image.Resampling.LANCZOS),
        decoded(encoded(source, "JPEG", quality=30)),
        ImageEnhance.Brightness(source).enhance(1.1),
        Image.merge("RGB", source.split()[::-1]),
    ]
    values = chroma_values([chroma_layout(picture) for picture in (source, *others)])
    assert same_colors(values[0], values[1:]).tolist() == [True, True, True, False]


def test_unknown_colors_are_taken_for_the_same() -> None:
    values = chroma_values([None, "80" * 32, "ff" * 32])
    assert same_colors(values[0], values).all()
    assert same_colors(values[1], values).tolist() == [True, True, False]
    assert chroma_values([]).shape == (0, 16, 2)


@pytest.mark.parametrize("wrong", ["", "80", "zz" * 32])
def test_what_is_no_layout_is_an_error(wrong: str) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        chroma_values([wrong])
