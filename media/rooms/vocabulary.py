"""The words of staging: rooms, styles and modes, as people write them."""

from typing import Literal, get_args

RoomType = Literal[
    "living_room",
    "bedroom",
    "kitchen",
    "bathroom",
    "dining_room",
    "office",
    "entryway",
    "outdoor",
]
Style = Literal["modern", "contemporary", "traditional", "industrial", "scandinavian"]
Mode = Literal["furnish", "declutter", "empty", "enhance", "restyle"]

ROOM_TYPES: tuple[RoomType, ...] = get_args(RoomType)
STYLES: tuple[Style, ...] = get_args(Style)
MODES: tuple[Mode, ...] = get_args(Mode)

UNKNOWN = "unknown"
"""The room type of a photo that does not tell it."""
