"""What a room's layout says to whoever furnishes it: how large it is and how it is seen.

A photo does not tell its own scale; lengths follow from the height a camera is taken to have,
so they are given as rough ones, in halves of a metre.
"""

import math

from media.rooms.layout import RoomLayout
from media.rooms.room_words import RoomWords

SMALL_M = 3.0
"""A floor narrower than this is small."""
LARGE_M = 5.0
"""A floor wider than this is large."""

_BELIEVABLE_M = (1.0, 15.0)
_TURNED_RAD = math.radians(12)


def size_words(layout: RoomLayout, words: RoomWords) -> str:
    """A sentence on the size of a room and what fits into it.

    Empty for a layout whose lengths no room has: nothing is better than a wrong size.
    """
    width_m, depth_m = layout.right_m - layout.left_m, layout.back_m
    least_m, most_m = _BELIEVABLE_M
    if not (least_m <= width_m <= most_m and least_m <= depth_m <= most_m):
        return ""
    sentence = (
        f"The visible floor is about {_halves(width_m)} m wide and the back wall about "
        f"{_halves(depth_m)} m from the camera"
    )
    if width_m < SMALL_M:
        return f"{sentence}: {words.when_small}."
    if width_m > LARGE_M:
        return f"{sentence}: {words.when_large}."
    return f"{sentence}; every piece has its real size in that space."


def view_words(layout: RoomLayout) -> str:
    """A sentence on which way the camera looks, so that furniture follows the room's lines."""
    yaw_rad = layout.camera.yaw_rad
    if abs(yaw_rad) < _TURNED_RAD:
        return "The camera faces the back wall nearly square on; furniture stands parallel to it."
    side = "right" if yaw_rad > 0 else "left"
    return (
        f"The camera is turned about {math.degrees(abs(yaw_rad)):.0f} degrees to the {side}; "
        "furniture follows the lines of the walls, not of the frame."
    )


def _halves(length_m: float) -> str:
    return f"{round(2 * length_m) / 2:g}"
