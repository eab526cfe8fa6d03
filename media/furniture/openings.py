"""Doors and windows, read off the cells of a survey's walls, and the floor they need."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from media.rooms.layout import RoomLayout
from media.rooms.survey import WALLS, RoomSurvey, Surface, Wall

Numbers = NDArray[np.float64]

DOOR_DEPTH_M = 0.9
"""Floor before a door that stays free: the door's own swing."""
_NARROWEST_DOOR_M = 0.45
_DOOR_HEIGHT_M = 2.0
_DOOR_BAND_M = (0.2, 1.7)
"""Heights between which a door leaves no bare wall; a radiator under a window leaves a gap."""
_BARE_IN_DOOR = 0.1
_SIDE_M = 0.08


@dataclass(frozen=True)
class Door:
    """A stretch of a wall, along x or z, that one walks through."""

    wall: Wall
    start_m: float
    end_m: float


def doors_of(survey: RoomSurvey) -> list[Door]:
    """Stretches of the walls that are nowhere bare from the floor to above a handle."""
    found = []
    for wall in WALLS:
        surface = survey.walls[wall]
        for first, last in _runs(_occupied(surface, _DOOR_BAND_M)):
            if (last - first) * surface.cell_m >= _NARROWEST_DOOR_M:
                start = surface.origin_m[1] + first * surface.cell_m
                found.append(Door(wall, start, start + (last - first) * surface.cell_m))
    return found


def keep_out(door: Door, layout: RoomLayout, depth_m: float = DOOR_DEPTH_M) -> Numbers:
    """The floor before a door that nothing may stand on: corners (4, 2) as x and z."""
    low, high = door.start_m - _SIDE_M, door.end_m + _SIDE_M
    if door.wall == "back":
        near, far = layout.back_m - depth_m, layout.back_m
        return np.array([[low, near], [high, near], [high, far], [low, far]])
    plane = layout.left_m if door.wall == "left" else layout.right_m
    inner = plane + (depth_m if door.wall == "left" else -depth_m)
    return np.array([[plane, low], [inner, low], [inner, high], [plane, high]])


def door_corners(door: Door, layout: RoomLayout) -> Numbers:
    """The corners (4, 3) of a door of usual height."""
    heights = (0.0, _DOOR_HEIGHT_M)
    if door.wall == "back":
        ends = [(x, layout.back_m) for x in (door.start_m, door.end_m)]
    else:
        plane = layout.left_m if door.wall == "left" else layout.right_m
        ends = [(plane, z) for z in (door.start_m, door.end_m)]
    return np.array([(x, y, z) for x, z in ends for y in heights])


def _occupied(surface: Surface, heights_m: tuple[float, float]) -> NDArray[np.bool_]:
    """Columns whose seen cells in a band are not bare, but for one in ten."""
    first, last = (round((h - surface.origin_m[0]) / surface.cell_m) for h in heights_m)
    band = slice(max(0, first), max(1, last))
    seen = surface.seen[band].sum(axis=0)
    bare = (surface.seen & surface.free)[band].sum(axis=0)
    return np.asarray((seen > 0) & (bare < _BARE_IN_DOOR * seen), np.bool_)


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and one past last index of each stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]
