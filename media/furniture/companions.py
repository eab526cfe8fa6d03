"""Companions: pieces that belong to another, and where beside it they may go.

Each function makes one companion out of a piece; it knows the places in order of preference.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from media.furniture.floor_plan import FloorPlan, Wish
from media.furniture.pieces import Piece
from media.furniture.places import above, along_walls, beside, corner_seats, corners
from media.furniture.scenes import Placed

Anchor = Literal["wall", "side", "middle"]
Places = Callable[[FloorPlan, Placed], Iterable[Placed]]


_ANYWHERE = Wish()
_CUT_SEAT = 0.75
"""How much of a chair is in the picture at least: photographers cut chairs, not tables."""


@dataclass(frozen=True)
class Companion:
    """One more piece, where it may go, in order of preference, and what it adds."""

    piece: Piece
    places: Places
    worth: float = 1.0
    wish: Wish = _ANYWHERE
    is_needed: bool = False


@dataclass(frozen=True)
class Group:
    """A main piece and what goes with it; at least `least` of the needed companions."""

    main: Piece
    anchor: Anchor
    companions: tuple[Companion, ...]
    least: int = 0
    turns: tuple[float, ...] = (0.0,)


def rug_under(rug: Piece, ahead_m: float | None) -> Companion:
    """A rug that begins so far ahead of the main piece's middle; under its middle if None."""
    start = 0.0 if ahead_m is None else ahead_m + rug.depth_m / 2

    def places(plan: FloorPlan, main: Placed) -> Iterator[Placed]:
        for back in (0.0, 0.15, 0.3):
            yield beside(main, rug, 0.0, start - (back if ahead_m is not None else 0.0))

    return Companion(rug, places, 0.8, Wish(in_frame=0.82))


def before(piece: Piece, ahead_m: float, worth: float = 1.0) -> Companion:
    """In front of the main piece, its middle so far ahead."""

    def places(plan: FloorPlan, main: Placed) -> Iterator[Placed]:
        for right in (0.0, -0.15, 0.15):
            yield beside(main, piece, right, ahead_m)

    return Companion(piece, places, worth, Wish(may_hide=0.5))


def beside_it(
    piece: Piece, right_m: float, ahead_m: float, turn_rad: float = 0.0, worth: float = 1.0
) -> Companion:
    """At exactly one place beside, before or behind the main piece."""

    def places(plan: FloorPlan, main: Placed) -> Iterator[Placed]:
        yield beside(main, piece, right_m, ahead_m, turn_rad)

    return Companion(piece, places, worth)


def seat(piece: Piece, right_m: float, ahead_m: float, turn_rad: float = 0.0) -> Companion:
    """A chair at a table, which is nothing without."""

    def places(plan: FloorPlan, main: Placed) -> Iterator[Placed]:
        for further in (0.0, 0.04, -0.04):
            yield beside(main, piece, right_m * (1 + further), ahead_m, turn_rad)

    return Companion(piece, places, 1.2, Wish(_CUT_SEAT, may_hide=0.7), is_needed=True)


def at_head(piece: Piece, bed: Piece) -> Companion:
    """A nightstand at the free side of a bed whose other side is at a wall."""

    def places(plan: FloorPlan, main: Placed) -> Iterator[Placed]:
        for side in (1.0, -1.0):
            right = side * (bed.width_m / 2 + piece.width_m / 2 + 0.05)
            yield beside(main, piece, right, -(bed.depth_m - piece.depth_m) / 2)

    return Companion(piece, places)


def at_sides(piece: Piece, right_m: float, ahead_m: float, side: float) -> Companion:
    """To the right (`side` 1) or left (-1) of the main piece; else on its other side."""

    def places(plan: FloorPlan, main: Placed) -> Iterator[Placed]:
        for sign in (side, -side):
            for further in (0.0, 0.15, 0.35):
                yield beside(main, piece, sign * (right_m + further), ahead_m)

    return Companion(piece, places, 0.7)


def facing_in(piece: Piece, right_m: float, ahead_m: float, side: float) -> Companion:
    """A seat beside a low table, turned towards it."""

    def places(plan: FloorPlan, main: Placed) -> Iterator[Placed]:
        for sign in (side, -side):
            for further, nearer in ((0.0, 0.0), (0.25, 0.1), (0.1, 0.3), (0.45, 0.0)):
                turn = sign * 1.15
                yield beside(main, piece, sign * (right_m + further), ahead_m - nearer, turn)

    return Companion(piece, places, 0.9, Wish(in_frame=0.88))


def over(piece: Piece, middle_m: float) -> Companion:
    """On the wall above the main piece, its own middle at that height."""

    def places(plan: FloorPlan, main: Placed) -> Iterator[Placed]:
        wall = plan.wall_at_back(main)
        if wall is not None:
            yield above(main, piece, plan.survey.layout, wall, middle_m)
            yield above(main, piece, plan.survey.layout, wall, middle_m + 0.12)

    return Companion(piece, places, 0.9, Wish(in_frame=0.97))


def in_corners(piece: Piece) -> Companion:
    """In a corner, or else at a wall, the further back the better."""

    def places(plan: FloorPlan, main: Placed) -> Iterator[Placed]:
        layout = plan.survey.layout
        yield from corners(piece, layout)
        yield from sorted(along_walls(piece, layout, 0.3), key=lambda p: -p.z_m)

    return Companion(piece, places, 0.6, Wish(may_hide=0.1))


def at_walls(piece: Piece, clear_front_m: float) -> Companion:
    """Along any wall, first where it looks at the camera and is well in the picture."""

    def places(plan: FloorPlan, main: Placed) -> list[Placed]:
        layout = plan.survey.layout
        found = [p for p in along_walls(piece, layout, 0.25) if plan.in_frame(p) > 0.95]
        if piece.height_m > 1.0:
            found = [p for p in found if p.z_m > 0.55 * layout.back_m]
        return sorted(found, key=lambda p: (round(-np.cos(p.turn_rad), 3), -abs(p.x_m - main.x_m)))

    return Companion(piece, places, 0.7, Wish(0.95, clear_front_m, may_hide=0.08))


def across_corner(piece: Piece) -> Companion:
    """A chair across a corner of the room, looking into it."""
    return Companion(
        piece,
        lambda plan, main: corner_seats(piece, plan.survey.layout),
        0.5,
        Wish(may_hide=0.12),
    )
