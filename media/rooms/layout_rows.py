"""Layouts as rows of the table `room_layouts`, and rows as layouts."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from media.rooms.camera import RoomCamera
from media.rooms.layout import RoomLayout

_SAME = (
    *("left_m", "right_m", "back_m", "alignment", "clarity"),
    *("floor_part", "floor_free", "brightness", "room_type", "is_room"),
)


def layout_columns(layout: RoomLayout) -> dict[str, Any]:
    """The columns of a layout; pixels are those of the upright photo."""
    camera = layout.camera
    return {
        **{name: getattr(layout, name) for name in _SAME},
        "width_px": camera.width_px,
        "height_px": camera.height_px,
        "focal_px": camera.focal_px,
        "yaw_deg": float(np.degrees(camera.yaw_rad)),
        "pitch_deg": float(np.degrees(camera.pitch_rad)),
        "roll_deg": float(np.degrees(camera.roll_rad)),
        "camera_height_m": camera.height_m,
        "vanishing_points": _vanishing_points(camera),
        "horizon": _horizon(camera),
        "floor": _floor_corners(layout),
    }


def layout_of(row: Mapping[str, Any]) -> RoomLayout:
    """The layout that a ready row tells."""
    camera = RoomCamera(
        width_px=row["width_px"],
        height_px=row["height_px"],
        focal_px=row["focal_px"],
        yaw_rad=float(np.radians(row["yaw_deg"])),
        pitch_rad=float(np.radians(row["pitch_deg"])),
        roll_rad=float(np.radians(row["roll_deg"])),
        height_m=row["camera_height_m"],
    )
    return RoomLayout(camera=camera, **{name: row[name] for name in _SAME})


def _vanishing_points(camera: RoomCamera) -> list[float | None]:
    """x, y of where lines along the room's x, y and z axes meet; None for at infinity."""
    found: list[float | None] = []
    for axis in range(3):
        x, y, scale = camera.vanishing_point(axis)
        at_infinity = abs(scale) < 1e-9
        found += [None, None] if at_infinity else [float(x / scale), float(y / scale)]
    return found


def _horizon(camera: RoomCamera) -> list[float]:
    """y in pixels where level rays leave the photo at its left and right edge."""
    # The line through the vanishing points of both level axes.
    a, b, c = np.cross(camera.vanishing_point(0), camera.vanishing_point(2))
    return [float(-(a * x + c) / b) for x in (0.0, float(camera.width_px))]


def _floor_corners(layout: RoomLayout) -> list[float]:
    """x, y in pixels of the floor's corners: back left, back right, then the near ones.

    The near corners are where the side walls come as close as the camera still sees ahead, and
    may lie outside the photo.
    """
    near_m = layout.back_m / 2
    for candidate_m in np.linspace(0.2, layout.back_m / 2, 12):
        _, depths = layout.camera.project(
            [(layout.left_m, 0, candidate_m), (layout.right_m, 0, candidate_m)]
        )
        if depths.min() > 0.2:
            near_m = float(candidate_m)
            break
    corners = [
        (layout.left_m, 0, layout.back_m),
        (layout.right_m, 0, layout.back_m),
        (layout.right_m, 0, near_m),
        (layout.left_m, 0, near_m),
    ]
    pixels, _ = layout.camera.project(corners)
    return [float(value) for value in pixels.ravel()]
