"""From a photo and its layout to the survey: floor and walls as grids of cells, seen square on."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from media.rooms.camera import RoomCamera
from media.rooms.floor import below_horizon
from media.rooms.floor_cover import bare_floor
from media.rooms.layout import RoomLayout
from media.rooms.survey import WALLS, Cells, RoomSurvey, Surface, Wall
from media.rooms.wall_cover import plain_wall
from media.rooms.work_size import lab_of, small_copy

SURVEY_PX = 480
"""Longest side at which a photo is surveyed."""
FLOOR_CELL_M, WALL_CELL_M = 0.1, 0.05
WALL_HEIGHT_M = 2.3
"""Walls are surveyed up to here; lower than ceilings."""
_NEAREST_M = 0.3
_SKIRTING_M, _CORNER_M = 0.2, 0.15
"""So near to the floor, and to another wall, a wall is as free as beyond: where surfaces meet,
skirting boards, shadows and a line a pixel off say nothing."""
_FLOOR_EDGE_M = 0.2
_EDGE_BLUR_PX = 0.8


def survey_room(photo: NDArray[np.uint8], layout: RoomLayout) -> RoomSurvey:
    """Which cells of the floor and walls a photo (height, width, 3), RGB, shows to be free.

    `layout` is that of the photo, from `media.rooms.estimate` or known otherwise.
    """
    lab = lab_of(small_copy(photo, SURVEY_PX))
    camera = layout.camera.scaled_to(lab.shape[1], lab.shape[0])
    return RoomSurvey(
        layout,
        floor=_floor(lab, camera, layout),
        walls={wall: _wall(lab, camera, layout, wall) for wall in WALLS},
    )


def _floor(lab: NDArray[np.float32], camera: RoomCamera, layout: RoomLayout) -> Surface:
    down, x_m, z_m = below_horizon(camera)
    inside = down & (x_m > layout.left_m) & (x_m < layout.right_m) & (z_m < layout.back_m)
    bare = bare_floor(lab, inside).astype(np.float32)
    grid = _Grid((0.0, layout.left_m), layout.back_m, layout.right_m - layout.left_m, FLOOR_CELL_M)
    rows, columns = grid.centers()
    points = np.stack([columns, np.zeros_like(rows), rows], -1)
    seen, places = _pixels(camera, points)
    free = seen & (_sampled(bare, places) > 0.5)
    edge = round(_FLOOR_EDGE_M / grid.cell_m)
    free = _edges_like_inside(free, seen, rows=(0, edge), columns=(edge, edge))
    return Surface(grid.origin_m, grid.cell_m, seen, free)


def _wall(lab: NDArray[np.float32], camera: RoomCamera, layout: RoomLayout, wall: Wall) -> Surface:
    start = layout.left_m if wall == "back" else 0.0
    long = layout.right_m - layout.left_m if wall == "back" else layout.back_m
    grid = _Grid((0.0, start), WALL_HEIGHT_M, long, WALL_CELL_M)
    heights, along = grid.centers()
    places_m = {
        "back": (along, np.full_like(along, layout.back_m)),
        "left": (np.full_like(along, layout.left_m), along),
        "right": (np.full_like(along, layout.right_m), along),
    }
    x_m, z_m = places_m[wall]
    seen, places = _pixels(camera, np.stack([x_m, heights, z_m], -1))
    soft = np.asarray(cv2.GaussianBlur(lab, (0, 0), _EDGE_BLUR_PX), np.float32)
    colors = _sampled(soft, places)
    corner = round(_CORNER_M / grid.cell_m)
    rows = (round(_SKIRTING_M / grid.cell_m), 0)
    columns = (corner if wall == "back" else 0, corner)
    inner = np.zeros_like(seen)
    inner[rows[0] :, columns[0] : seen.shape[1] - corner] = True
    free = plain_wall(colors, seen, inner, grid.cell_m)
    free = _edges_like_inside(free, seen, rows, columns)
    return Surface(grid.origin_m, grid.cell_m, seen, free)


@dataclass(frozen=True)
class _Grid:
    origin_m: tuple[float, float]
    rows_m: float
    columns_m: float
    cell_m: float

    def centers(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Metres of every cell's middle along the rows' and along the columns' direction."""
        lengths = (self.rows_m, self.columns_m)
        rows, columns = (
            start
            + (np.arange(max(1, int(np.ceil(length / self.cell_m - 1e-6)))) + 0.5) * self.cell_m
            for start, length in zip(self.origin_m, lengths, strict=True)
        )
        row, column = np.meshgrid(rows, columns, indexing="ij")
        return row, column


def _edges_like_inside(
    free: Cells, seen: Cells, rows: tuple[int, int], columns: tuple[int, int]
) -> Cells:
    """Cells with so many first and last rows and columns taking after the next one inside.

    A cell whose next one inside is not seen stays as it was.
    """
    places = [
        np.clip(np.arange(count), min(first, count - 1), max(count - 1 - last, 0))
        for count, (first, last) in zip(free.shape, (rows, columns), strict=True)
    ]
    inside = np.ix_(*places)
    return np.where(seen[inside], free[inside], free) & seen


def _pixels(camera: RoomCamera, points_m: NDArray[np.float64]) -> tuple[Cells, NDArray[np.float32]]:
    """Which points the photo shows, and where; pixels count from the middle of the first."""
    places, depth = camera.project(points_m)
    x, y = places[..., 0], places[..., 1]
    seen = (depth > _NEAREST_M) & (x > 0) & (y > 0) & (x < camera.width_px) & (y < camera.height_px)
    kept = np.where(seen[..., None], places - 0.5, 0.0)
    return np.asarray(seen, np.bool_), kept.astype(np.float32)


def _sampled(plane: NDArray[np.float32], places: NDArray[np.float32]) -> NDArray[np.float32]:
    x, y = np.ascontiguousarray(np.moveaxis(places, -1, 0))
    return np.asarray(
        cv2.remap(plane, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
        np.float32,
    )
