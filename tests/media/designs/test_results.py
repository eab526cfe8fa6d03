"""Pictures that image models answer with: whole ones are encoded anew, others told apart."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from media.designs.results import accepted_picture
from media.errors import BlankPicture, InvalidProviderResponse, WrongShape
from media.limits import MediaLimits

ASKED_PX = (768, 1024)
LIMITS = MediaLimits()


def answer(size_px: tuple[int, int] = (896, 1184), image_format: str = "PNG") -> bytes:
    """A garment of noise on white paper, with a note of the camera's."""
    picture = Image.new("RGB", size_px, "white")
    noise = np.random.default_rng(1).integers(0, 200, (8, 6, 3), np.uint8)
    picture.paste(Image.fromarray(noise).resize((size_px[0] // 4, size_px[1] // 2)), (60, 60))
    picture.getexif()[0x010E] = "made by a model"
    output = BytesIO()
    picture.save(output, image_format, exif=picture.getexif())
    return output.getvalue()


@pytest.mark.parametrize(("image_format", "name"), [("webp", "WEBP"), ("jpeg", "JPEG")])
def test_a_whole_picture_is_encoded_anew_in_its_own_size_without_metadata(
    image_format: str, name: str
) -> None:
    made = accepted_picture(answer(), ASKED_PX, image_format, 80, LIMITS)
    picture = Image.open(BytesIO(made.data))
    assert (picture.format, picture.size) == (name, (896, 1184))
    assert (made.width_px, made.height_px) == (896, 1184)
    assert not picture.getexif()


@pytest.mark.parametrize("size_px", [(1024, 1024), (1024, 768), (1080, 1350), (480, 640)])
def test_other_proportions_and_small_pictures_are_of_the_wrong_shape(
    size_px: tuple[int, int],
) -> None:
    with pytest.raises(WrongShape, match=f"{size_px[0]} x {size_px[1]} pixels"):
        accepted_picture(answer(size_px), ASKED_PX, "webp", 80, LIMITS)


@pytest.mark.parametrize("color", ["black", "white"])
def test_a_picture_of_one_colour_with_specks_is_blank(color: str) -> None:
    picture = Image.new("RGB", ASKED_PX, color)
    picture.paste("red", (100, 100, 120, 120))
    output = BytesIO()
    picture.save(output, "PNG")
    with pytest.raises(BlankPicture):
        accepted_picture(output.getvalue(), ASKED_PX, "webp", 80, LIMITS)


@pytest.mark.parametrize("data", [b"", b"<html>", answer()[:3000]])
def test_what_is_no_whole_picture_is_no_answer(data: bytes) -> None:
    with pytest.raises(InvalidProviderResponse) as told:
        accepted_picture(data, ASKED_PX, "webp", 80, LIMITS)
    assert type(told.value) is InvalidProviderResponse
