"""Surveys of drawn rooms as they would be if nothing were ever mistaken."""

import numpy as np
from numpy.typing import NDArray

from media.rooms.camera import RoomCamera
from media.rooms.layout import RoomLayout
from media.rooms.survey import RoomSurvey, Surface, Wall
from tests.media.room_scenes import RoomScene

CELL_M = 0.1
WALL_M = 2.6
Grid = NDArray[np.float64]


def survey_of(scene: RoomScene) -> RoomSurvey:
    """The survey of a drawn room: everything bare but for its doors, windows and radiators."""
    layout = layout_of(scene.camera, scene.left_m, scene.right_m, scene.back_m)
    survey = bare_survey(layout)
    for piece in scene.plan.pieces:
        surface = survey.walls[piece.wall]
        rows = _cells(piece.height_m, surface.origin_m[0])
        surface.free[rows, _cells(piece.along_m, surface.origin_m[1])] = False
    return survey


def layout_of(camera: RoomCamera, left_m: float, right_m: float, back_m: float) -> RoomLayout:
    """The layout of a room whose box is known."""
    return RoomLayout(
        camera=camera,
        left_m=left_m,
        right_m=right_m,
        back_m=back_m,
        alignment=1.0,
        clarity=1.0,
        floor_part=0.3,
        floor_free=1.0,
        brightness=0.6,
        room_type="unknown",
        is_room=True,
    )


def bare_survey(layout: RoomLayout) -> RoomSurvey:
    """A survey of a room with nothing on its floor or in its walls."""
    along: dict[Wall, tuple[float, float]] = {
        "back": (layout.left_m, layout.right_m),
        "left": (0.0, layout.back_m),
        "right": (0.0, layout.back_m),
    }
    across = _centres(along["back"])
    inward = _centres(along["left"])
    z, x = np.meshgrid(inward, across, indexing="ij")
    floor = _surface(layout, (0.0, layout.left_m), np.stack([x, np.zeros_like(x), z], -1))
    walls = {}
    for wall, span in along.items():
        y, t = np.meshgrid(_centres((0.0, WALL_M)), _centres(span), indexing="ij")
        plane = {"back": layout.back_m, "left": layout.left_m, "right": layout.right_m}[wall]
        fixed = np.full_like(t, plane)
        points = np.stack([t, y, fixed] if wall == "back" else [fixed, y, t], -1)
        walls[wall] = _surface(layout, (0.0, span[0]), points)
    return RoomSurvey(layout, floor, walls)


def _surface(layout: RoomLayout, origin_m: tuple[float, float], points: Grid) -> Surface:
    pixels, depth = layout.camera.project(points)
    size = np.array([layout.camera.width_px, layout.camera.height_px])
    seen = ((pixels >= 0) & (pixels < size)).all(axis=-1) & (depth > 0.1)
    return Surface(origin_m, CELL_M, seen, seen.copy())


def _centres(span_m: tuple[float, float]) -> Grid:
    return np.arange(span_m[0], span_m[1], CELL_M) + CELL_M / 2


def _cells(span_m: tuple[float, float], origin_m: float) -> slice:
    first, last = (round((value - origin_m) / CELL_M) for value in span_m)
    return slice(max(0, first), max(0, last))
