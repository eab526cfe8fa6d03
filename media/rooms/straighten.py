"""Straightening: the uprights of a room made upright, by turning the camera after the fact.

Uprights of a room meet in one vanishing point. Where it is tells how far the camera leant to the
side and looked up or down, and a homography shows what a level camera in the same place would
have seen. See Hartley and Zisserman, "Multiple View Geometry" (2004), 8.6 and 13.
"""

import math
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from media.rooms.line_segments import Segments, straight_segments
from media.rooms.work_size import small_copy

Floats = NDArray[np.float64]
Pixels = NDArray[np.uint8]

FOCAL_SHARE = 0.75
"""The focal length taken, in longer sides of the photo: that of a phone's main camera. Uprights
become upright with any; it decides how much the picture is stretched on the way."""
MAX_PITCH_RAD, MAX_ROLL_RAD = math.radians(9), math.radians(5)
"""A camera that leant more was meant to, and too much would be cut off."""

_MEASURED_PX = 1280
_LEANING_RAD = math.radians(20)
"""Edges that lean more are no uprights."""
_UNSEEN_RAD = math.radians(0.3)
"""A tilt that nobody sees is left alone."""
_FITS_RAD = math.radians(0.6)
_STEPS_RAD = tuple(math.radians(step) for step in (1.0, 0.35, 0.12, 0.04, 0.015))
_AROUND = np.arange(-4, 5)
_MIN_EDGE = 0.5
"""Length of uprights that agree, in heights of the photo, needed to trust them."""
_MIN_SHARE, _MIN_SHARE_SLIGHT = 0.5, 0.75
"""Share of all near-upright edges that must agree; more when the tilt is slight, since then a
wrong answer does more harm than a right one does good."""
_SLIGHT_RAD = math.radians(1.2)
_MIN_SPREAD = 0.25
"""How far apart the agreeing uprights must stand, in widths of the photo."""


@dataclass(frozen=True)
class Tilt:
    """How a camera stood: positive pitch looks down, positive roll leans clockwise."""

    pitch_rad: float
    roll_rad: float

    @property
    def angle_rad(self) -> float:
        """Between the camera's upright and the room's."""
        return math.hypot(self.pitch_rad, self.roll_rad)


def find_tilt(photo: Pixels) -> Tilt | None:
    """The tilt of the camera of an RGB photo (height, width, 3).

    None where the uprights do not tell it surely, where nobody would see it, and where it was
    meant.
    """
    small = small_copy(photo, _MEASURED_PX)
    height, width = small.shape[:2]
    grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8)
    edges = _near_uprights(straight_segments(grey))
    if not len(edges.lengths_px):
        return None
    focal_px = FOCAL_SHARE * max(width, height)
    tilt = _best_tilt(edges, focal_px)
    fits = np.abs(_leans_rad(edges, focal_px, np.array([tilt]))[0]) < _FITS_RAD
    found = Tilt(float(tilt[0]), float(tilt[1]))
    if not _is_sure(found, edges, fits, (width, height)):
        return None
    meant = abs(found.pitch_rad) > MAX_PITCH_RAD or abs(found.roll_rad) > MAX_ROLL_RAD
    return None if meant or found.angle_rad < _UNSEEN_RAD else found


def straightened(photo: Pixels, tilt: Tilt) -> Pixels:
    """The photo as a level camera would have taken it, in the same size.

    The largest part of the same proportions that has no empty corner is enlarged to fill it.
    """
    height, width = photo.shape[:2]
    made = cv2.warpPerspective(
        photo,
        leveling(tilt, width, height),
        (width, height),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(made, np.uint8)


def leveling(tilt: Tilt, width_px: int, height_px: int) -> Floats:
    """The homography (3, 3) from pixels of the straightened photo to pixels of the photo.

    Pixels have their centres at whole numbers here, as in OpenCV.
    """
    focal_px = FOCAL_SHARE * max(width_px, height_px)
    camera = np.array(
        [[focal_px, 0, (width_px - 1) / 2], [0, focal_px, (height_px - 1) / 2], [0, 0, 1]]
    )
    leveled = camera @ _level(tilt) @ np.linalg.inv(camera)
    x, y, scale = _largest_part(leveled, width_px, height_px)
    part = np.array([[scale, 0, x], [0, scale, y], [0, 0, 1]])
    found: Floats = np.linalg.inv(leveled) @ part
    return found


def _is_sure(
    tilt: Tilt, edges: Segments, fits: NDArray[np.bool_], size_px: tuple[int, int]
) -> bool:
    """Whether enough uprights, far enough apart, agree with a tilt."""
    agreeing_px = float(edges.lengths_px[fits].sum())
    share = agreeing_px / float(edges.lengths_px.sum())
    needed = _MIN_SHARE_SLIGHT if tilt.angle_rad < _SLIGHT_RAD else _MIN_SHARE
    if share < needed or agreeing_px < _MIN_EDGE * size_px[1]:
        return False
    return float(np.ptp(edges.middles[fits, 0])) >= _MIN_SPREAD * size_px[0]


def _near_uprights(edges: Segments) -> Segments:
    return edges.part(np.abs(edges.directions[:, 1]) > math.cos(_LEANING_RAD))


def _best_tilt(edges: Segments, focal_px: float) -> Floats:
    """Pitch and roll that most of the uprights' length agrees with: a grid, then finer ones."""
    pitch, roll = np.meshgrid(np.arange(-16, 17), np.arange(-8, 9), indexing="ij")
    tilts = np.radians(np.stack([pitch.ravel(), roll.ravel()], axis=1).astype(float))
    reach_rad = math.radians(1.5)
    best = tilts[_agreement(edges, focal_px, tilts, reach_rad).argmax()]
    first, second = np.meshgrid(_AROUND, _AROUND, indexing="ij")
    around = np.stack([first.ravel(), second.ravel()], axis=1)
    for step_rad in _STEPS_RAD:
        reach_rad = max(math.radians(0.4), 1.2 * step_rad)
        tilts = best + around * step_rad
        best = tilts[_agreement(edges, focal_px, tilts, reach_rad).argmax()]
    return np.asarray(best, float)


def _agreement(edges: Segments, focal_px: float, tilts: Floats, reach_rad: float) -> Floats:
    """Length of edges that point to the vanishing point of each tilt, softly counted."""
    leans = _leans_rad(edges, focal_px, tilts)
    found: Floats = np.exp(-((leans / reach_rad) ** 2)) @ edges.lengths_px
    return found


def _leans_rad(edges: Segments, focal_px: float, tilts: Floats) -> Floats:
    """Angles (tilts, edges) between edges and the uprights of a room seen at each tilt."""
    upright = np.stack([_level(Tilt(pitch, roll))[1] for pitch, roll in tilts])
    x, y = edges.middles[:, 0], edges.middles[:, 1]
    toward_x = focal_px * upright[:, :1] - upright[:, 2:] * x
    toward_y = focal_px * upright[:, 1:2] - upright[:, 2:] * y
    across = toward_x * edges.directions[:, 1] - toward_y * edges.directions[:, 0]
    found: Floats = np.arcsin(np.clip(across / np.hypot(toward_x, toward_y), -1, 1))
    return found


def _level(tilt: Tilt) -> Floats:
    """3 x 3, from the camera's directions to those of a level one: x right, y down, z ahead."""
    cos_p, sin_p = math.cos(tilt.pitch_rad), math.sin(tilt.pitch_rad)
    cos_r, sin_r = math.cos(tilt.roll_rad), math.sin(tilt.roll_rad)
    pitch = np.array([[1, 0, 0], [0, cos_p, sin_p], [0, -sin_p, cos_p]])
    roll = np.array([[cos_r, -sin_r, 0], [sin_r, cos_r, 0], [0, 0, 1]])
    found: Floats = pitch @ roll
    return found


def _largest_part(leveled: Floats, width_px: int, height_px: int) -> tuple[float, float, float]:
    """Left, top and scale of the largest part with the photo's proportions and no empty corner.

    A part of scale s around a middle lies on the inner side of one border of the levelled
    frame when normal . middle + reach * s <= limit. Of these four conditions three hold with
    equality at the largest s.
    """
    right, bottom = width_px - 1.0, height_px - 1.0
    corners = np.array([[0, 0, 1], [right, 0, 1], [right, bottom, 1], [0, bottom, 1]]) @ leveled.T
    frame = corners[:, :2] / corners[:, 2:]
    sides = np.roll(frame, -1, axis=0) - frame
    normals = np.stack([sides[:, 1], -sides[:, 0]], axis=1)
    reach = np.abs(normals) @ np.array([right / 2, bottom / 2])
    conditions = np.column_stack([normals, reach])
    limits = (normals * frame).sum(axis=1)
    best = np.array([*frame.mean(axis=0), 0.0])
    for chosen in combinations(range(4), 3):
        rows = list(chosen)
        if abs(np.linalg.det(conditions[rows] / reach[rows, None])) < 1e-12:
            continue
        found = np.linalg.solve(conditions[rows], limits[rows])
        slack = limits - conditions @ found
        if (slack > -1e-6 * reach).all() and found[2] > best[2]:
            best = found
    x, y, scale = best
    return float(x - scale * right / 2), float(y - scale * bottom / 2), float(scale)
