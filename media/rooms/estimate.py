"""From a photo to the layout of the room in it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from media.rooms.box_fit import BoxSearch, FittedBox
from media.rooms.camera import RoomCamera
from media.rooms.edge_field import EdgeField
from media.rooms.floor import first_floor_seed, floor_likeness
from media.rooms.floor_cover import bare_floor
from media.rooms.layout import RoomLayout
from media.rooms.line_segments import Segments, straight_segments
from media.rooms.room_guess import guessed_room_type
from media.rooms.vanishing import ALIGNED_RAD, likely_cameras, misalignments_rad
from media.rooms.work_size import lab_of, small_copy

LINES_PX, BOX_PX = 640, 320
"""Longest sides at which edges are sought and boxes compared."""
_ROUNDS = 3
_UNDECIDED = 0.5
_LEAST_PX, _LEAST_EDGES = 320, 8
_LEAST_ALIGNMENT, _LEAST_CLARITY = 0.53, 0.4
"""What the inside of a room has at least, furnished or not."""
_LUMA = np.array([0.299, 0.587, 0.114])
_FLOOR_EDGE, _CORNER_EDGE = 0.4, 0.2
"""Strength from which an edge counts as there; two walls of one paint differ by little."""
_NEAREST_FLOOR_M, _CORNER_M = 0.3, 2.2


@dataclass(frozen=True)
class _View:
    """One camera with the box that suits it best; pixels are those of the box's picture."""

    camera: RoomCamera
    box: FittedBox
    floor: NDArray[np.bool_]
    alignment: float


def estimate_layout(photo: NDArray[np.uint8]) -> RoomLayout:
    """The layout of the room that a photo (height, width, 3), RGB, shows.

    Every photo gets one; how far it can be trusted is said by its scores, and whether it may be
    used by `media.rooms.gate`.
    """
    picture = small_copy(photo, LINES_PX)
    gray = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    segments = straight_segments(gray)
    lab = lab_of(small_copy(picture, BOX_PX))
    cameras = likely_cameras(segments, picture.shape[1], picture.shape[0])
    views = [_view(lab, segments, camera) for camera in cameras]
    best = max(views, key=lambda view: view.alignment * max(view.box.evidence, 0.0))
    box, height, width = best.box, *photo.shape[:2]
    bare = bare_floor(lab, best.floor)
    floor_px = int(best.floor.sum())
    clarity = _clarity(lab, best)
    standing = segments.part(~_on(bare, segments, (picture.shape[1], picture.shape[0])))
    alignment = _alignment(standing, best.camera)
    tells_enough = max(gray.shape) >= _LEAST_PX and len(segments.weights) >= _LEAST_EDGES
    return RoomLayout(
        camera=best.camera.scaled_to(width, height),
        left_m=box.left_m,
        right_m=box.right_m,
        back_m=box.back_m,
        alignment=alignment,
        clarity=clarity,
        floor_part=floor_px / best.floor.size,
        floor_free=int(bare.sum()) / floor_px if floor_px else 0.0,
        brightness=float((picture @ _LUMA).mean() / 255),
        room_type=guessed_room_type(lab),
        is_room=tells_enough and alignment > _LEAST_ALIGNMENT and clarity > _LEAST_CLARITY,
    )


def _view(lab: NDArray[np.float32], segments: Segments, camera: RoomCamera) -> _View:
    """The best box under a camera, and how many of the edges agree with that camera."""
    height, width = lab.shape[:2]
    search = BoxSearch(lab, camera.scaled_to(width, height))
    # Two ways to begin: from the colours of the lowest rows, and from edges alone, for a floor
    # whose far part lies in the sun.
    by_color = floor_likeness(lab, first_floor_seed((height, width)), search.above_horizon)
    by_edges = np.full((height, width), _UNDECIDED, np.float32)
    boxes = [_settled(lab, search, likeness) for likeness in (by_color, by_edges)]
    box = max(boxes, key=lambda each: each.evidence)
    return _View(camera, box, search.inside(box), _alignment(segments, camera))


def _settled(
    lab: NDArray[np.float32], search: BoxSearch, likeness: NDArray[np.float32]
) -> FittedBox:
    """Take the floor's colours from the best box and fit again, a few times."""
    box = search.best(likeness)
    for _ in range(_ROUNDS):
        floor = search.inside(box)
        box = search.best(floor_likeness(lab, floor, ~floor))
    return box


def _alignment(segments: Segments, camera: RoomCamera) -> float:
    aligned = misalignments_rad(segments, camera).min(1) < ALIGNED_RAD
    return float(segments.weights[aligned].sum())


def _on(mask: NDArray[np.bool_], segments: Segments, size_px: tuple[int, int]) -> NDArray[np.bool_]:
    """Which segments of a picture of that width and height have their middle on a mask of it."""
    shares = segments.middles / size_px + 0.5
    last = np.array(mask.shape[::-1]) - 1
    x, y = np.clip(shares * mask.shape[::-1], 0, last).astype(np.int64).T
    return np.asarray(mask[y, x], np.bool_)


def _clarity(lab: NDArray[np.float32], view: _View) -> float:
    """Share of the visible lines between floor and walls, and wall and wall, that are edges."""
    box = view.box
    edges = EdgeField(lab, view.camera.scaled_to(lab.shape[1], lab.shape[0]))
    feet = [np.array([x_m, 0, box.back_m]) for x_m in (box.left_m, box.right_m)]
    toward_camera = np.array([0, 0, _NEAREST_FLOOR_M - box.back_m])
    upward = np.array([0, _CORNER_M, 0])
    lines = [(feet[0], feet[1] - feet[0], _FLOOR_EDGE)]
    lines += [(foot, toward_camera, _FLOOR_EDGE) for foot in feet]
    lines += [(foot, upward, _CORNER_EDGE) for foot in feet]
    share = np.linspace(0, 1, 121)[:, None]
    there, whole = 0.0, 0.0
    for foot, along, least in lines:
        points = foot + along * share
        strength, length = edges.along(points[:-1], points[1:], within_px=1)
        there += float(length[strength > least].sum())
        whole += float(length.sum())
    return there / whole if whole > 0 else 0.0
