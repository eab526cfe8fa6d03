"""Pictures on their way to a staging model and back: made fit to send, and checked on return.

For media workers: both ways decode bytes that others have made.
"""

from dataclasses import dataclass, field
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from media.blank_pictures import is_blank
from media.color import flatten
from media.encoders import encode
from media.errors import (
    BlankPicture,
    InvalidProviderResponse,
    Refusal,
    UnchangedPicture,
    WrongShape,
)
from media.images import load_still
from media.limits import MediaLimits

MAX_ASPECT_ERROR = 0.02
"""How far an answer's proportions may be off: models paint in steps of 16 or 32 pixels."""
MIN_PIXEL_SHARE = 0.25
ENOUGH_PIXELS = 700_000
"""An answer needs a quarter of the photo's pixels, or what models that paint 1 megapixel give."""

_UPLOAD_QUALITY = 95
_PAPER = (255, 255, 255)
_COMPARED_PX = 512
_AFAR_PX = (24, 24)
_SAME_LEVELS = 6.0


@dataclass(frozen=True)
class ModelLimits:
    """What a model takes at most of a picture."""

    max_side_px: int
    max_pixels: int
    max_bytes: int


@dataclass(frozen=True)
class Sendable:
    """A photo as it is sent to a model, and its mask in the same size."""

    photo: bytes = field(repr=False)
    """JPEG without metadata."""
    mask: bytes | None = field(repr=False)
    """PNG, white where the picture may change."""


@dataclass(frozen=True)
class Published:
    """An encoded picture without metadata."""

    data: bytes = field(repr=False)
    width_px: int
    height_px: int


def sendable(photo: bytes, mask: bytes | None, model: ModelLimits, limits: MediaLimits) -> Sendable:
    """The photo upright, sRGB, without metadata and no larger than a model takes.

    Models neither turn pictures upright nor read every format, and where a photo was taken is
    nobody's business. Raises the refusals of a photo that cannot be decoded.
    """
    image = flatten(load_still(photo, limits, lambda size_px: _scale(size_px, model)).image, _PAPER)
    data = encode(image, "jpeg", _UPLOAD_QUALITY, _PAPER)
    while len(data) > model.max_bytes and min(image.size) > 1:
        image = image.reduce(2)
        data = encode(image, "jpeg", _UPLOAD_QUALITY, _PAPER)
    return Sendable(data, _mask_of_size(mask, image.size, limits) if mask else None)


def accepted(
    photo: bytes, answer: bytes, image_format: str, quality: int, limits: MediaLimits
) -> Published:
    """A model's answer to a photo, in the answer's own size and the photo's exact proportions.

    What is too much at the edges is cut off, never squeezed. Raises `InvalidProviderResponse`
    for bytes that are no whole picture, `WrongShape` for other proportions or far fewer pixels,
    `BlankPicture` for one that shows nothing and `UnchangedPicture` for the photo itself.
    """
    whole = _whole(answer, limits)
    asked = load_still(photo, limits, lambda size_px: min(1.0, _COMPARED_PX / max(size_px)))
    picture = _in_shape(whole, asked.size_px)
    if is_blank(picture):
        raise BlankPicture("what came back is a picture of one colour")
    seen = flatten(asked.image, _PAPER)
    # A model that paints in steps of its own has cut the photo or squeezed it a little.
    if _is_same(seen, whole) or _is_same(seen, picture):
        raise UnchangedPicture("what came back is the photo that was sent")
    return Published(encode(picture, image_format, quality, _PAPER), *picture.size)


def _scale(size_px: tuple[int, int], model: ModelLimits) -> float:
    width, height = size_px
    by_pixels = float(np.sqrt(model.max_pixels / (width * height)))
    return min(1.0, model.max_side_px / max(width, height), by_pixels)


def _mask_of_size(mask: bytes, size_px: tuple[int, int], limits: MediaLimits) -> bytes:
    gray = flatten(load_still(mask, limits, lambda _: 1.0).image, _PAPER).convert("L")
    output = BytesIO()
    gray.resize(size_px, Image.Resampling.BILINEAR).point(_black_or_white).save(output, "PNG")
    return output.getvalue()


def _black_or_white(level: int) -> int:
    return 255 if level >= 128 else 0


def _whole(answer: bytes, limits: MediaLimits) -> Image.Image:
    try:
        return flatten(load_still(answer, limits, lambda _: 1.0).image, _PAPER)
    except Refusal as error:
        raise InvalidProviderResponse(f"what came back is no whole picture: {error}") from error


def _in_shape(picture: Image.Image, photo_px: tuple[int, int]) -> Image.Image:
    """The middle of the picture in the photo's proportions; `WrongShape` when that is far."""
    width, height = picture.size
    aspect = photo_px[0] / photo_px[1]
    found = (
        f"what came back is {width} x {height} pixels for a photo of {photo_px[0]} x {photo_px[1]}"
    )
    if abs(width / height / aspect - 1) > MAX_ASPECT_ERROR:
        raise WrongShape(found)
    if width * height < min(ENOUGH_PIXELS, MIN_PIXEL_SHARE * photo_px[0] * photo_px[1]):
        raise WrongShape(found)
    kept_px = (min(width, round(height * aspect)), min(height, round(width / aspect)))
    left, top = (width - kept_px[0]) // 2, (height - kept_px[1]) // 2
    return picture.crop((left, top, left + kept_px[0], top + kept_px[1]))


def _is_same(photo: Image.Image, picture: Image.Image) -> bool:
    """Whether no part of the picture, seen from afar, differs from the photo.

    Seen so small, what encoding does to edges averages out, and a chair that was added does not.
    """
    difference = _levels(picture, _AFAR_PX) - _levels(photo, _AFAR_PX)
    return bool(np.abs(difference).max() <= _SAME_LEVELS)


def _levels(picture: Image.Image, size_px: tuple[int, int]) -> NDArray[np.float64]:
    return np.asarray(picture.resize(size_px, Image.Resampling.BILINEAR), dtype=float)
