"""Masks: which pixels of a photo a model may change, as a picture that models take."""

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from media.rooms.areas import parse_area
from media.rooms.layout import RoomLayout

FURNISHED_HEIGHT_M = 1.3
"""How high above the floor furniture may reach in the area `floor`."""


def area_mask(text: str, layout: RoomLayout) -> bytes:
    """PNG (`L`) of the size of the layout's photo, white inside the area."""
    area = parse_area(text)
    camera = layout.camera
    if area.box is None:
        white = _above_floor(layout)
    else:
        left, top, right, bottom = area.box
        x = (np.arange(camera.width_px) + 0.5) / camera.width_px
        y = (np.arange(camera.height_px) + 0.5) / camera.height_px
        white = ((y >= top) & (y < bottom))[:, None] & ((x >= left) & (x < right))
    output = BytesIO()
    Image.fromarray(white.astype(np.uint8) * 255).save(output, "PNG", compress_level=1)
    return output.getvalue()


def _above_floor(layout: RoomLayout) -> NDArray[np.bool_]:
    """The floor, and the walls up to where furniture reaches.

    A ray from the camera leaves the room through its first wall; whether furniture could be
    seen there depends on how high it is then.
    """
    rays = layout.camera.rays()
    sides_m = np.where(rays[..., 0] < 0, layout.left_m, layout.right_m)
    with np.errstate(divide="ignore", invalid="ignore"):
        to_side = np.where(rays[..., 0] == 0, np.inf, sides_m / rays[..., 0])
        to_back = np.where(rays[..., 2] > 0, layout.back_m / rays[..., 2], np.inf)
    reach = np.minimum(to_side, to_back)
    leaves_at_m = layout.camera.height_m + rays[..., 1] * reach
    found: NDArray[np.bool_] = leaves_at_m < FURNISHED_HEIGHT_M
    return found
