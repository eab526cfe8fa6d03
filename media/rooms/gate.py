"""The gate before previews: furniture is only drawn where a room is seen clearly and is empty.

A preview into a furnished room puts a sofa through a bed, which is worse than no preview; so
what is doubtful is refused. The limits are set on rooms whose truth is known, see
`tests/media/rooms/test_gate.py`.
"""

import numpy as np
from numpy.typing import NDArray

from media.errors import FloorNotFree, LayoutUnclear
from media.rooms.floor_steps import step_across
from media.rooms.layout import RoomLayout
from media.rooms.survey import RoomSurvey, Surface

_LEAST_FLOOR_M2 = 2.0
_LEAST_WALL_SHARE = 0.15
_LOW_M, _HIGH_M = (0.3, 0.8), (1.3, 2.0)
_MOSTLY = 0.7
_LEAST_STRIPS = 12
_MOST_DOUBT = 1.1
"""Doubts add up: a room may be a little unusual in one respect, not in several."""
_NO_ROOM = (
    "This does not look like the inside of a room: photograph the empty room from a corner or a "
    "doorway, at eye height, with the floor and at least two walls in the picture."
)
_UNCLEAR = (
    "The photo does not tell where the floor meets the walls: photograph the empty room from a "
    "corner or a doorway, at eye height and level, with light on the floor."
)
_TOO_LITTLE = (
    "Too little of the floor is in the picture to furnish it: step back or tilt the camera down, "
    "so that the floor fills the lower third."
)
_NOT_FREE = (
    "Things stand on the floor or cover the walls, and only an empty room can be furnished: "
    "clear it and photograph it again, or have it emptied first."
)


def require_stageable(photo: NDArray[np.uint8], layout: RoomLayout, survey: RoomSurvey) -> None:
    """Raise `LayoutUnclear` or `FloorNotFree` unless a photo shows an empty room clearly.

    The photo is (height, width, 3), RGB; the layout and the survey are those of it.
    """
    if not layout.is_room:
        raise LayoutUnclear(_NO_ROOM)
    unclear = _below(layout.alignment, 0.9, 0.2) + _below(layout.clarity, 0.95, 0.15)
    walls = _free_share(*survey.walls.values())
    covered = _below(min(layout.floor_free, _free_share(survey.floor)), 0.97, 0.1)
    covered += _below(walls, 0.5, 0.3)
    covered += _above(_hidden_low(survey), 0.1, 0.3) + _above(step_across(photo, layout), 7.0, 6.0)
    if unclear + covered > _MOST_DOUBT or walls < _LEAST_WALL_SHARE:
        raise LayoutUnclear(_UNCLEAR) if unclear > covered else FloorNotFree(_NOT_FREE)
    if float(survey.floor.seen.sum()) * survey.floor.cell_m**2 < _LEAST_FLOOR_M2:
        raise LayoutUnclear(_TOO_LITTLE)


def _below(value: float, usual: float, spread: float) -> float:
    """How far a value falls short of what empty rooms have at least, in units of their spread."""
    return max(0.0, usual - value) / spread


def _above(value: float, usual: float, spread: float) -> float:
    """How far a value exceeds what empty rooms have at most, in units of their spread."""
    return max(0.0, value - usual) / spread


def _hidden_low(survey: RoomSurvey) -> float:
    """Of the upright strips of wall that are plain at the height of eyes, the share not so below.

    Doors and windows reach up there; beds, sofas and sideboards do not.
    """
    hidden, plain = 0, 0
    for surface in survey.walls.values():
        low, high = (
            _strip(surface, *(round(height_m / surface.cell_m) for height_m in span_m))
            for span_m in (_LOW_M, _HIGH_M)
        )
        above = high > _MOSTLY
        hidden += int((above & (low >= 0) & (low < 0.5)).sum())
        plain += int((above & (low >= 0)).sum())
    return hidden / plain if plain >= _LEAST_STRIPS else 0.0


def _strip(surface: Surface, first: int, last: int) -> NDArray[np.float64]:
    """Of every column between two rows the free share of what is seen; -1 where too little is."""
    seen = surface.seen[first:last].sum(0)
    free: NDArray[np.float64] = surface.free[first:last].sum(0) / np.maximum(seen, 1)
    return np.where(seen > _MOSTLY * (last - first), free, -1.0)


def _free_share(*surfaces: Surface) -> float:
    """Share of what is seen of all the surfaces that is free."""
    seen = sum(int(surface.seen.sum()) for surface in surfaces)
    return sum(int(surface.free.sum()) for surface in surfaces) / seen if seen else 0.0
