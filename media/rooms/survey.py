"""A survey of a room: which cells of its floor and walls are free, seen square on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from media.rooms.layout import RoomLayout

Wall = Literal["back", "left", "right"]
WALLS: tuple[Wall, ...] = ("back", "left", "right")
Cells = NDArray[np.bool_]


@dataclass(frozen=True)
class Surface:
    """A floor or a wall as a grid of square cells.

    Cell [row, column] covers `cell_m` metres from `origin_m + (row, column) * cell_m`. Of the
    floor, rows run along z and columns along x. Of a wall, rows run up along y, columns along x
    (back wall) or z (side walls).
    """

    origin_m: tuple[float, float]
    cell_m: float
    seen: Cells
    """Which cells the photo shows."""
    free: Cells
    """Which of these are bare: floor with nothing on it, wall without a door, window or picture."""

    def free_share(self, rows_m: tuple[float, float], columns_m: tuple[float, float]) -> float:
        """Share of free cells among the seen ones of a rectangle; 0 when none is seen."""
        seen, free = (
            self._part(self.seen, rows_m, columns_m),
            self._part(self.free, rows_m, columns_m),
        )
        count = int(seen.sum())
        return float((free & seen).sum() / count) if count else 0.0

    def seen_share(self, rows_m: tuple[float, float], columns_m: tuple[float, float]) -> float:
        """Share of a rectangle's cells that the photo shows; what lies beyond the grid is not."""
        part = self._part(self.seen, rows_m, columns_m)
        area = (rows_m[1] - rows_m[0]) * (columns_m[1] - columns_m[0])
        return min(1.0, float(part.sum()) * self.cell_m**2 / area) if area > 0 else 0.0

    def _part(
        self, cells: Cells, rows_m: tuple[float, float], columns_m: tuple[float, float]
    ) -> Cells:
        top, bottom = ((value - self.origin_m[0]) / self.cell_m for value in rows_m)
        left, right = ((value - self.origin_m[1]) / self.cell_m for value in columns_m)
        return cells[
            max(0, round(top)) : max(0, round(bottom)), max(0, round(left)) : max(0, round(right))
        ]


@dataclass(frozen=True)
class RoomSurvey:
    """What of a room can be furnished."""

    layout: RoomLayout
    floor: Surface
    walls: Mapping[Wall, Surface]
