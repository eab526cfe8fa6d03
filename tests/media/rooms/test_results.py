"""Pictures to and from models: fit to send, and taken only when they are what was asked for."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from media.errors import (
    BlankPicture,
    CorruptMedia,
    InvalidProviderResponse,
    UnchangedPicture,
    WrongShape,
)
from media.limits import MediaLimits
from media.rooms.results import ModelLimits, accepted, sendable

LIMITS = MediaLimits()
MODEL = ModelLimits(max_side_px=2048, max_pixels=2_100_000, max_bytes=8_000_000)


def room(width_px: int = 900, height_px: int = 600) -> Image.Image:
    """A picture with large areas and many small edges, the same at every size."""
    chance = np.random.default_rng(5)
    areas = Image.fromarray(chance.integers(60, 200, (4, 6, 3), dtype=np.uint8))
    edges = Image.fromarray(chance.integers(0, 2, (60, 90), dtype=np.uint8) * 255)
    picture = areas.resize((900, 600), Image.Resampling.BICUBIC)
    picture.paste((250, 250, 250), (0, 0), edges.resize((900, 600)).point(lambda level: level // 4))
    return picture.resize((width_px, height_px), Image.Resampling.LANCZOS)


def furnished(picture: Image.Image, part: float = 0.2) -> Image.Image:
    """The picture with something dark that takes that part of its width and height."""
    made = picture.copy()
    width, height = made.size
    left, top = width // 3, height // 2
    made.paste((20, 20, 30), (left, top, left + round(width * part), top + round(height * part)))
    return made


def encoded(picture: Image.Image, image_format: str = "PNG", **options: object) -> bytes:
    output = BytesIO()
    picture.save(output, image_format, **options)
    return output.getvalue()


PHOTO = encoded(room(), "JPEG", quality=92)


def accept(answer: Image.Image, photo: bytes = PHOTO) -> Image.Image:
    """The picture that is published of an answer."""
    found = accepted(photo, encoded(answer), "jpeg", 90, LIMITS)
    picture = Image.open(BytesIO(found.data))
    assert picture.size == (found.width_px, found.height_px)
    return picture


def test_a_picture_is_published_in_its_own_size_without_metadata() -> None:
    answer = encoded(furnished(room(1200, 800)), "JPEG", exif=Image.Exif(), comment=b"made by")
    found = accepted(PHOTO, answer, "webp", 80, LIMITS)
    picture = Image.open(BytesIO(found.data))
    assert (picture.format, picture.size) == ("WEBP", (1200, 800))
    assert not picture.info.get("comment")
    assert accepted(PHOTO, answer, "webp", 80, LIMITS) == found


@pytest.mark.parametrize("size_px", [(1216, 800), (1200, 816), (1184, 800)])
def test_a_picture_a_little_off_is_cut_to_the_proportions_of_the_photo(
    size_px: tuple[int, int],
) -> None:
    answer = furnished(room(*size_px))
    picture = accept(answer)
    assert abs(picture.width / picture.height / 1.5 - 1) < 0.001
    left, top = (answer.width - picture.width) // 2, (answer.height - picture.height) // 2
    kept = answer.crop((left, top, left + picture.width, top + picture.height))
    assert np.abs(np.asarray(kept, float) - np.asarray(picture, float)).mean() < 3


def test_a_photo_on_its_side_is_answered_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    sideways = encoded(room().transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif)
    assert accept(furnished(room()), sideways).size == (900, 600)
    with pytest.raises(WrongShape):
        accept(furnished(room(600, 900)), sideways)


@pytest.mark.parametrize("size_px", [(1024, 1024), (1200, 775), (600, 900)])
def test_other_proportions_are_not_taken(size_px: tuple[int, int]) -> None:
    with pytest.raises(WrongShape, match=f"{size_px[0]} x {size_px[1]}"):
        accept(furnished(room(*size_px)))


def test_far_fewer_pixels_are_not_taken_and_what_models_paint_is() -> None:
    with pytest.raises(WrongShape):
        accept(furnished(room(420, 280)))
    assert accept(furnished(room(465, 310))).size == (465, 310)
    large = encoded(room(3000, 2000), "JPEG")
    assert accept(furnished(room(1032, 688)), large).size == (1032, 688)


@pytest.mark.parametrize("color", ["black", "white", (120, 119, 121)])
def test_a_picture_of_one_colour_is_blank(color: str | tuple[int, int, int]) -> None:
    nothing = Image.new("RGB", (900, 600), color)
    nothing.putpixel((5, 5), (200, 0, 0))
    with pytest.raises(BlankPicture):
        accept(nothing)


@pytest.mark.parametrize("size_px", [(900, 600), (1248, 832), (1216, 816), (768, 512)])
def test_the_photo_itself_is_no_answer_in_any_size_and_encoding(size_px: tuple[int, int]) -> None:
    answer = encoded(room(*size_px), "JPEG", quality=60)
    with pytest.raises(UnchangedPicture):
        accepted(PHOTO, answer, "jpeg", 90, LIMITS)


@pytest.mark.parametrize("part", [0.08, 0.2, 0.5])
def test_something_small_that_was_added_makes_it_another_picture(part: float) -> None:
    assert accept(furnished(room(1200, 800), part)).size == (1200, 800)


def test_a_picture_only_made_brighter_is_another_one() -> None:
    assert accept(room().point(lambda level: min(255, round(level * 1.1)))).size == (900, 600)


@pytest.mark.parametrize(
    "answer",
    [b"", b"<html></html>", encoded(furnished(room()))[:-5000], PHOTO[: len(PHOTO) // 2]],
    ids=["nothing", "html", "cut PNG", "cut JPEG"],
)
def test_bytes_that_are_no_whole_picture_are_no_answer(answer: bytes) -> None:
    with pytest.raises(InvalidProviderResponse) as told:
        accepted(PHOTO, answer, "jpeg", 90, LIMITS)
    assert type(told.value) is InvalidProviderResponse


def test_a_photo_is_sent_upright_as_large_as_a_model_takes_and_without_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = 8
    exif[0x010F] = "Camera"
    sent = sendable(encoded(room(3000, 2000), "JPEG", exif=exif), None, MODEL, LIMITS)
    picture = Image.open(BytesIO(sent.photo))
    assert picture.format == "JPEG"
    assert picture.height > picture.width
    assert abs(picture.height / picture.width - 1.5) < 0.01
    assert 2_000_000 < picture.width * picture.height <= 2_110_000
    assert not picture.getexif()
    assert sent.mask is None


def test_a_photo_that_is_small_enough_keeps_its_size() -> None:
    png = encoded(room(320, 200).convert("RGBA"))
    assert Image.open(BytesIO(sendable(png, None, MODEL, LIMITS).photo)).size == (320, 200)


def test_a_photo_is_sent_in_no_more_bytes_than_a_model_takes() -> None:
    few = ModelLimits(max_side_px=2048, max_pixels=2_100_000, max_bytes=40_000)
    sent = sendable(PHOTO, None, few, LIMITS)
    assert len(sent.photo) <= 40_000
    assert Image.open(BytesIO(sent.photo)).width in (450, 225)


def test_a_mask_is_sent_black_and_white_in_the_size_of_the_photo() -> None:
    mask = Image.linear_gradient("L").resize((3000, 2000))
    sent = sendable(encoded(room(3000, 2000), "JPEG"), encoded(mask), MODEL, LIMITS)
    assert sent.mask is not None
    levels = np.asarray(Image.open(BytesIO(sent.mask)))
    assert levels.shape[::-1] == Image.open(BytesIO(sent.photo)).size
    assert set(np.unique(levels)) == {0, 255}
    assert abs((levels == 255).mean() - 0.5) < 0.01


def test_a_photo_that_is_none_is_refused() -> None:
    with pytest.raises(CorruptMedia):
        sendable(PHOTO[:3000], None, MODEL, LIMITS)
