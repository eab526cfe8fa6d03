"""The camera of a room photo: a pinhole in a room whose walls stand at right angles.

Room coordinates are metres: x to the right, y up, z away from the camera; the floor is y = 0 and
the camera stands above the origin. Pixels have their centres at whole numbers and a half, the
origin in the upper left corner.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

EYE_HEIGHT_M = 1.45
"""How high a camera is taken to be: a photo does not tell its own scale."""
NEAREST_M = 1e-3


@dataclass(frozen=True)
class RoomCamera:
    """Where a photo was taken from and where it looks; angles in radians.

    Positive yaw looks to the right, positive pitch down, positive roll leans the camera
    clockwise.
    """

    width_px: int
    height_px: int
    focal_px: float
    yaw_rad: float = 0.0
    pitch_rad: float = 0.0
    roll_rad: float = 0.0
    height_m: float = EYE_HEIGHT_M

    @cached_property
    def rotation(self) -> Floats:
        """3 x 3, from room directions to the camera's: x right, y down, z into the picture."""
        cos_y, sin_y = np.cos(self.yaw_rad), np.sin(self.yaw_rad)
        cos_p, sin_p = np.cos(self.pitch_rad), np.sin(self.pitch_rad)
        cos_r, sin_r = np.cos(self.roll_rad), np.sin(self.roll_rad)
        yaw = np.array([[cos_y, 0, -sin_y], [0, 1, 0], [sin_y, 0, cos_y]])
        pitch = np.array([[1, 0, 0], [0, cos_p, sin_p], [0, -sin_p, cos_p]])
        roll = np.array([[cos_r, -sin_r, 0], [sin_r, cos_r, 0], [0, 0, 1]])
        found: Floats = np.diag([1.0, -1.0, 1.0]) @ roll @ pitch @ yaw
        return found

    @property
    def position_m(self) -> Floats:
        """Where the camera is, in room coordinates."""
        return np.array([0.0, self.height_m, 0.0])

    def project(self, points_m: ArrayLike) -> tuple[Floats, Floats]:
        """Pixels (..., 2) and depth in metres (...) of points (..., 3).

        A point beside or behind the camera has a depth of zero or less, and no meaningful pixel.
        """
        seen = (np.asarray(points_m, dtype=float) - self.position_m) @ self.rotation.T
        depth = seen[..., 2]
        ahead = np.maximum(depth, NEAREST_M)
        x_px = self.focal_px * seen[..., 0] / ahead + self.width_px / 2
        y_px = self.focal_px * seen[..., 1] / ahead + self.height_px / 2
        return np.stack([x_px, y_px], axis=-1), depth

    def rays(self, step_px: int = 1) -> Floats:
        """Directions (rows, columns, 3) in the room of every `step_px`-th pixel, unnormalised.

        Their component into the picture is 1, so that a ray times a depth is a point.
        """
        y_px, x_px = np.mgrid[0 : self.height_px : step_px, 0 : self.width_px : step_px]
        directions = np.stack(
            [
                (x_px + 0.5 - self.width_px / 2) / self.focal_px,
                (y_px + 0.5 - self.height_px / 2) / self.focal_px,
                np.ones_like(x_px, dtype=float),
            ],
            axis=-1,
        )
        found: Floats = directions @ self.rotation
        return found

    def vanishing_point(self, axis: int) -> Floats:
        """Homogeneous pixel (3,) where lines along a room axis (0 x, 1 y, 2 z) meet."""
        direction = self.rotation[:, axis]
        x, y, z = direction
        return np.array(
            [
                self.focal_px * x + z * self.width_px / 2,
                self.focal_px * y + z * self.height_px / 2,
                z,
            ]
        )

    def scaled_to(self, width_px: int, height_px: int) -> "RoomCamera":
        """The same camera for the same photo in another size."""
        factor = width_px / self.width_px
        return replace(
            self, width_px=width_px, height_px=height_px, focal_px=self.focal_px * factor
        )
