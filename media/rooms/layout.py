"""A room's layout: the box that a photo of it shows, as numbers that fit into a table."""

from dataclasses import dataclass

from media.rooms.camera import RoomCamera


@dataclass(frozen=True)
class RoomLayout:
    """Floor, back wall and side walls as seen by a camera, and how far that can be trusted.

    The room is the box x from `left_m` to `right_m`, z from 0 to `back_m`, floor at y = 0; all
    in the coordinates of `media.rooms.camera`. Shares and scores are 0 to 1.
    """

    camera: RoomCamera
    left_m: float
    right_m: float
    back_m: float
    alignment: float
    """Share of the length of all straight edges that runs along the room's three axes; what is
    laid in a bare floor does not count."""
    clarity: float
    """How well the edges of the box fall on edges of the photo."""
    floor_part: float
    """Share of the photo that is floor."""
    floor_free: float
    """Share of that floor on which nothing stands, as far as it can be seen."""
    brightness: float
    """Mean luma of the photo."""
    room_type: str
    """A guess, where there is an honest one; else `unknown`."""
    is_room: bool
    """Whether it looks like the inside of a room at all."""
