"""Pictures that come back from image models: checked before they are taken for designs.

For media workers: bytes are decoded that others have made.
"""

from math import isclose

from media.blank_pictures import is_blank
from media.color import flatten
from media.encoders import encode
from media.errors import BlankPicture, InvalidProviderResponse, Refusal, WrongShape
from media.images import load_still
from media.limits import MediaLimits
from media.rooms.results import Published

MAX_ASPECT_ERROR = 0.05
"""How far proportions may be off: models paint in steps of 16 or 32 pixels."""
MIN_SIDE_PX = 512
"""Of the shorter side; garments are not to be made out in less."""

_PAPER = (255, 255, 255)


def accepted_picture(
    answer: bytes,
    asked_px: tuple[int, int],
    image_format: str,
    quality: int,
    limits: MediaLimits,
) -> Published:
    """A model's picture in its own size, encoded as was asked for, with nothing but pixels.

    Raises `InvalidProviderResponse` for bytes that are no whole picture, `WrongShape` for
    proportions far from `asked_px` (width, height) or a shorter side under `MIN_SIDE_PX`, and
    `BlankPicture` for one that shows nothing, as models answer that have looked away.
    """
    try:
        picture = flatten(load_still(answer, limits, lambda _: 1.0).image, _PAPER)
    except Refusal as error:
        raise InvalidProviderResponse(f"what came back is no whole picture: {error}") from error
    width, height = picture.size
    is_alike = isclose(width / height, asked_px[0] / asked_px[1], rel_tol=MAX_ASPECT_ERROR)
    if not is_alike or min(picture.size) < MIN_SIDE_PX:
        raise WrongShape(
            f"what came back is {width} x {height} pixels, asked were {asked_px[0]} x {asked_px[1]}"
        )
    if is_blank(picture):
        raise BlankPicture("what came back is a picture of one colour")
    return Published(encode(picture, image_format, quality, _PAPER), width, height)
