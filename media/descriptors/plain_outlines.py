"""Products that are nothing but an outline: what all have in common with them says little."""

import cv2
import numpy as np

from media.background_models import Plane
from media.descriptors.isolation import MARGIN, SQUARE_PX, Product

_ANGULAR = (
    ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    ((-0.6, -1), (0.6, -1), (1, 1), (-1, 1)),
    ((-1, -1), (1, -1), (0.6, 1), (-0.6, 1)),
)
"""Square, wider below and wider above; x and y from the middle."""
_CORNERS = 60
"""Of what is round."""
_ASPECTS = (0.5, 1.0, 2.0)
_LIGHT_GREY = (70, 0, 0)
"""Lab."""


def plain_products() -> list[Product]:
    """Each outline flat, square and tall, in one light grey, as `isolate` would bring it."""
    turns = np.linspace(0, 2 * np.pi, _CORNERS, endpoint=False)
    round_one = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    outlines = [np.asarray(outline, np.float32) for outline in (round_one, *_ANGULAR)]
    return [_product(outline, aspect) for outline in outlines for aspect in _ASPECTS]


def _product(outline: Plane, aspect: float) -> Product:
    across, down = np.asarray([min(1, 1 / aspect), min(1, aspect)]) * (SQUARE_PX / MARGIN)
    lab = np.full((SQUARE_PX, SQUARE_PX, 3), _LIGHT_GREY, np.float32)
    cover = _filled(outline, across, down)
    return Product(lab, cover, _filled(outline, SQUARE_PX, SQUARE_PX), aspect)


def _filled(outline: Plane, width_px: float, height_px: float) -> Plane:
    """The outline so large in the middle of the square, 1 inside."""
    size = np.asarray([width_px, height_px], np.float32)
    corners = outline * size / 2 + np.float32(SQUARE_PX / 2)
    plane = np.zeros((SQUARE_PX, SQUARE_PX), np.float32)
    cv2.fillPoly(plane, [corners.round().astype(np.int32)], 1.0)
    return plane
