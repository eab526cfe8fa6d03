"""The preview of a furnished room: from a photo's bytes to a published picture, in a worker."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import cast

import numpy as np
from PIL import Image

from media.encoders import encode
from media.furniture.preview import staged_preview
from media.limits import MediaLimits
from media.provided_pictures import decoded
from media.rooms.gate import require_stageable
from media.rooms.layout import RoomLayout
from media.rooms.surveying import survey_room
from media.rooms.vocabulary import UNKNOWN, RoomType, Style

_USUAL_ROOM: RoomType = "living_room"
_PAPER = (255, 255, 255)


@dataclass(frozen=True)
class PreviewOptions:
    """What a preview shows and how it is published."""

    room_type: str
    style: str
    seed: int
    format: str
    quality: int


@dataclass(frozen=True)
class PreviewPicture:
    """A preview as it is published."""

    data: bytes = field(repr=False)
    width_px: int
    height_px: int
    words: str
    added: bytes = field(repr=False)
    """PNG of the picture's size, white where it differs from the photo: furniture, shadows and
    the label that says what it is."""


def preview_picture(
    photo: bytes, layout: RoomLayout, options: PreviewOptions, limits: MediaLimits
) -> PreviewPicture:
    """Furniture drawn into an encoded photo; for a media worker.

    Raises `LayoutUnclear` and `FloorNotFree` where a drawing would be an embarrassment.
    """
    pixels = np.asarray(decoded(photo, limits))
    survey = survey_room(pixels, layout)
    require_stageable(pixels, layout, survey)
    guessed = options.room_type == UNKNOWN
    room_type = _USUAL_ROOM if guessed else options.room_type
    preview = staged_preview(pixels, survey, room_type, cast("Style", options.style), options.seed)
    height_px, width_px = preview.pixels.shape[:2]
    data = encode(Image.fromarray(preview.pixels), options.format, options.quality, _PAPER)
    output = BytesIO()
    changed = preview.furniture | preview.shadows | preview.label
    Image.fromarray(changed).save(output, "PNG", compress_level=1)
    room = room_type.replace("_", " ")
    why = ", since the photo does not tell what it is" if guessed else ""
    words = f"offline preview, {options.style} {room}{why}: {', '.join(preview.placed)}"
    return PreviewPicture(data, width_px, height_px, words, output.getvalue())
