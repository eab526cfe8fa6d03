"""Places that pieces may be tried at: along walls, beside and before another piece, in corners."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from media.furniture.floor_plan import TURNS, WALL_GAP_M
from media.furniture.meshes import turn_matrix
from media.furniture.pieces import Piece
from media.furniture.scenes import Placed
from media.rooms.layout import RoomLayout
from media.rooms.survey import WALLS, Wall


def at_wall(
    piece: Piece, layout: RoomLayout, wall: Wall, along_m: float, lift_m: float = -1
) -> Placed:
    """A piece with its back to a wall; it hangs where the height of its middle is given."""
    hangs = lift_m >= 0
    away = 0.004 if hangs else WALL_GAP_M + piece.depth_m / 2
    lift = max(lift_m, 0.0)
    if wall == "back":
        return Placed(piece, along_m, layout.back_m - away, 0.0, lift, hangs)
    x = layout.left_m + away if wall == "left" else layout.right_m - away
    return Placed(piece, x, along_m, TURNS[wall], lift, hangs)


def along_walls(piece: Piece, layout: RoomLayout, step_m: float = 0.2) -> Iterator[Placed]:
    """Every place along the three walls, the ends in the corners."""
    for wall in WALLS:
        low, high = (layout.left_m, layout.right_m) if wall == "back" else (0.8, layout.back_m)
        half = piece.width_m / 2 + WALL_GAP_M
        count = int((high - low - 2 * half) / step_m) + 2
        if high - low >= 2 * half:
            for along in np.linspace(low + half, high - half, max(2, count)):
                yield at_wall(piece, layout, wall, float(along))


def along_walls_sideways(piece: Piece, layout: RoomLayout, step_m: float = 0.2) -> Iterator[Placed]:
    """Every place with a long side at a wall, as of beds in narrow rooms; either way round."""
    turned = replace(piece, width_m=piece.depth_m, depth_m=piece.width_m)
    for place in along_walls(turned, layout, step_m):
        for turn in (np.pi / 2, -np.pi / 2):
            yield Placed(piece, place.x_m, place.z_m, place.turn_rad + turn)


def in_middle(
    piece: Piece, layout: RoomLayout, turns: tuple[float, ...] = (0.0,)
) -> Iterator[Placed]:
    """Places away from the walls."""
    width, half = layout.right_m - layout.left_m, max(piece.width_m, piece.depth_m) / 2
    for x in layout.left_m + width * np.linspace(0.2, 0.8, 10):
        for z in np.arange(1.6, layout.back_m - half - WALL_GAP_M, 0.2):
            for turn in turns:
                yield Placed(piece, float(x), float(z), turn)


def beside(
    main: Placed, piece: Piece, right_m: float, ahead_m: float, turn_rad: float = 0.0
) -> Placed:
    """A piece so far to the right of another and ahead of it, as that one is turned.

    `right_m` grows towards +x, and `ahead_m` towards the camera's end, for an unturned piece.
    """
    x, _, z = turn_matrix(main.turn_rad) @ np.array([right_m, 0.0, -ahead_m])
    return Placed(piece, main.x_m + float(x), main.z_m + float(z), main.turn_rad + turn_rad)


def corners(piece: Piece, layout: RoomLayout) -> Iterator[Placed]:
    """The corners of the back wall, then along the side walls."""
    side = max(piece.width_m, piece.depth_m) / 2 + 0.06
    for z in (layout.back_m - side, layout.back_m - side - 0.5, layout.back_m - side - 1.1):
        for x, turn in ((layout.left_m + side, -0.6), (layout.right_m - side, 0.6)):
            yield Placed(piece, x, z, turn)


def corner_seats(piece: Piece, layout: RoomLayout) -> Iterator[Placed]:
    """A chair across a corner, looking into the room."""
    side = (piece.width_m + piece.depth_m) * 0.36 + 0.08
    for back in (0.0, 0.45, 0.9):
        z = layout.back_m - side - back
        yield Placed(piece, layout.left_m + side, z, -0.75)
        yield Placed(piece, layout.right_m - side, z, 0.75)


def above(main: Placed, piece: Piece, layout: RoomLayout, wall: Wall, middle_m: float) -> Placed:
    """A piece on the wall over another; `middle_m` is the height of its middle."""
    return at_wall(piece, layout, wall, main.x_m if wall == "back" else main.z_m, middle_m)
