"""Where the back and side walls stand, given the camera.

A box is as likely as its edges fall on edges of the photo and its floor on the floor's colour.
Both are sums along the back wall from the camera's own plane to a side wall, so for any back
wall the best left wall and the best right wall can be found apart: every box of a fine grid is
compared, at the cost of a few hundred.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from media.rooms.camera import RoomCamera
from media.rooms.edge_field import EdgeField
from media.rooms.floor import below_horizon

Floats = NDArray[np.float64]
Plane = NDArray[np.float32]

NEAREST_WALL_M, FARTHEST_WALL_M = 0.45, 7.0
NEAREST_BACK_M, FARTHEST_BACK_M = 1.6, 10.0
_SIDES, _BACKS = 110, 120
_NEAREST_FLOOR_M = 0.4
_CORNER_M, _CORNER_PARTS = 2.3, 16
"""How high corners between walls are followed, and in how many parts."""
_EXPECTED = 0.3
"""Edge strength at which a line of the box is no more likely than not."""
_COLOR_WEIGHT = 0.04
_CORNER_WEIGHT = 0.5


@dataclass(frozen=True)
class FittedBox:
    """A box in metres as in `media.rooms.layout`, and how much speaks for it."""

    left_m: float
    right_m: float
    back_m: float
    evidence: float
    """Length in pixels of edges found where the box has its own, more or less; for comparing."""


class BoxSearch:
    """The boxes of a picture in CIE Lab (height, width, 3) under one camera."""

    def __init__(self, lab: Plane, camera: RoomCamera) -> None:
        edges = EdgeField(lab, camera)
        # Steps are even in the picture, not in the room: a metre far away is a few pixels.
        self._backs = 1 / np.linspace(1 / NEAREST_BACK_M, 1 / FARTHEST_BACK_M, _BACKS)
        sides = np.geomspace(NEAREST_WALL_M, FARTHEST_WALL_M, _SIDES)
        self._sides = {sign: sign * sides for sign in (-1, 1)}
        self._edges = {
            sign: _edge_sums(edges, places, self._backs) for sign, places in self._sides.items()
        }
        self._down, self._x_m, self._z_m = below_horizon(camera)

    @property
    def above_horizon(self) -> NDArray[np.bool_]:
        """Which pixels cannot show a floor."""
        return ~self._down

    def best(self, likeness: Plane) -> FittedBox:
        """The most likely box, given how much each pixel is like floor.

        `likeness` is from `media.rooms.floor.floor_likeness`. A wall that the photo does not
        show stands just outside it.
        """
        left, right = (
            self._edges[sign] + _COLOR_WEIGHT * self._floor_sums(likeness, sign) for sign in (-1, 1)
        )
        totals = left.max(0) + right.max(0)
        back = int(totals.argmax())
        return FittedBox(
            left_m=float(self._sides[-1][left[:, back].argmax()]),
            right_m=float(self._sides[1][right[:, back].argmax()]),
            back_m=float(self._backs[back]),
            evidence=float(totals[back]),
        )

    def inside(self, box: FittedBox) -> NDArray[np.bool_]:
        """Which pixels show the floor of a box."""
        between = (self._x_m > box.left_m) & (self._x_m < box.right_m)
        found: NDArray[np.bool_] = self._down & between & (self._z_m < box.back_m)
        return found

    def _floor_sums(self, likeness: Plane, sign: int) -> Floats:
        """For every side and back wall: pixels between them that are like floor, less others."""
        use = self._down & (self._x_m * sign >= 0)
        column = np.searchsorted(np.abs(self._sides[sign]), np.abs(self._x_m[use]))
        row = np.searchsorted(self._backs, self._z_m[use])
        shape = (_SIDES + 1, _BACKS + 1)
        sums = np.bincount(
            column * shape[1] + row, weights=2.0 * likeness[use] - 1, minlength=shape[0] * shape[1]
        )
        found: Floats = sums.reshape(shape).cumsum(0).cumsum(1)[:-1, :-1]
        return found


def _edge_sums(edges: EdgeField, sides_m: Floats, backs_m: Floats) -> Floats:
    """Evidence (sides, backs) of the lines that one side wall makes with each back wall."""
    side, back = np.meshgrid(sides_m, backs_m, indexing="ij")
    level = np.zeros_like(side)
    foot = np.stack([side, level, back], -1)
    inner = np.concatenate([np.zeros((1, len(backs_m))), side[:-1]])
    nearer = np.concatenate([np.full((len(sides_m), 1), _NEAREST_FLOOR_M), back[:, :-1]], 1)
    along_back = _evidence(edges, np.stack([inner, level, back], -1), foot).cumsum(0)
    along_side = _evidence(edges, np.stack([side, level, nearer], -1), foot).cumsum(1)
    heights = np.linspace(0, _CORNER_M, _CORNER_PARTS + 1)[:, None, None, None] * [0.0, 1.0, 0.0]
    corner = _evidence(edges, foot + heights[:-1], foot + heights[1:]).sum(0)
    found: Floats = along_back + along_side + _CORNER_WEIGHT * corner
    return found


def _evidence(edges: EdgeField, starts_m: Floats, ends_m: Floats) -> Floats:
    strength, length = edges.along(starts_m, ends_m)
    return (strength - _EXPECTED) * length
