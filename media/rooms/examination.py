"""The examination of a room's photo: its layout, and whether a preview can be drawn into it."""

from dataclasses import dataclass

import numpy as np

from media.errors import FloorNotFree, LayoutUnclear
from media.limits import MediaLimits
from media.provided_pictures import decoded
from media.rooms.estimate import estimate_layout
from media.rooms.gate import require_stageable
from media.rooms.layout import RoomLayout
from media.rooms.surveying import survey_room

_NO_ROOM = "This does not look like the inside of a room; whatever is made of it, look at it."


@dataclass(frozen=True)
class Examination:
    """What a photo tells of its room."""

    layout: RoomLayout
    obstacle: str | None
    """Reason code and sentence of why a preview cannot be drawn; None when it can."""
    note: str | None
    """What a person should know."""


def examine_room(photo: bytes, limits: MediaLimits) -> Examination:
    """Look at an encoded photo; for a media worker."""
    pixels = np.asarray(decoded(photo, limits))
    layout = estimate_layout(pixels)
    obstacle = None
    try:
        require_stageable(pixels, layout, survey_room(pixels, layout))
    except (LayoutUnclear, FloorNotFree) as error:
        obstacle = f"{error.reason}: {error}"
    return Examination(layout, obstacle, None if layout.is_room else _NO_ROOM)
