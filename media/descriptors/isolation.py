"""The product of a picture brought to one place and size, so that pictures can be compared.

A descriptor of a whole picture describes its background most of all. Here the product is found,
and a square around it is drawn at a fixed size: where the product was in the frame, how large and
on what ground makes no difference any more.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from media.background_models import (
    Pixels,
    Plane,
    fit_smooth_background,
    palette_distance,
    to_lab,
)
from media.mask_refinement import Mask8, overlap, solidity, tighten
from media.product_masks import learnt_mask, smooth_mask
from media.saliency import center_prior, product_likelihood

SQUARE_PX = 128
"""Side of the square a product is drawn into."""
MARGIN = 1.12
"""Side of the square over the longer side of the product's box: outlines keep their outer side."""

_SEARCHED_PX = 224
"""Longer side of the picture a product is looked for in: the outline is described, not cut."""
_SHORTEST_PX = 32
"""Of that picture's shorter side: a strip is widened, since an outline needs rows and columns."""
_PLAUSIBLE = (0.03, 0.93)
"""Shares of a picture between which a mask is believed to be the product's."""
_SMOOTH_NOISE = 3.0
_SMOOTH_OUTLIERS = 0.25
"""Residual of the border, and share of it far off, up to which a background is surely smooth."""
_SURE = (0.05, 0.8)
"""Shares of a picture between which what differs from a smooth background is its product."""
_LEAST_SOLIDITY = 0.35
_LEAST_OVERLAP = 0.6
_NOTHING = 0.001
_CENTER = 0.35
"""Where nothing plausible is found, the middle of the frame above this prior is taken."""
_STRAY = 0.005
"""Share of a product, at each of its four ends, that does not widen its box."""


class Box(NamedTuple):
    """A part of a picture, in pixels; it may reach over the picture's edge."""

    left: int
    top: int
    width_px: int
    height_px: int


@dataclass(frozen=True)
class Product:
    """A product alone, all planes SQUARE_PX square."""

    lab: Plane
    """CIE Lab (rows, columns, 3) of what is in the square, background and all."""
    cover: Plane
    """How much of each pixel is product, 0 to 1."""
    filled: Plane
    """The same, its box stretched to the whole square."""
    aspect: float
    """Height of its box over the width."""


def isolate(rgb: Pixels, alpha: Pixels | None) -> Product:
    """Bring the product of an RGB picture of a few hundred pixels to the middle of a square.

    `alpha` is the picture's own, 0 to 255, where that tells the product from its surroundings;
    the product is looked for otherwise.
    """
    mask = _search(rgb) if alpha is None else (alpha / np.float32(255)).astype(np.float32)
    if mask is None:
        mask = (center_prior(*rgb.shape[:2]) > _CENTER).astype(np.float32)
    left, right = _span(mask.sum(axis=0))
    top, bottom = _span(mask.sum(axis=1))
    side = round(max(right - left, bottom - top) * MARGIN)
    square = Box((left + right - side) // 2, (top + bottom - side) // 2, side, side)
    seen = _drawn(rgb, square, cv2.BORDER_REPLICATE) / np.float32(255)
    return Product(
        lab=np.asarray(cv2.cvtColor(seen, cv2.COLOR_RGB2LAB), np.float32),
        cover=_drawn(mask, square, cv2.BORDER_CONSTANT),
        filled=_drawn(mask, Box(left, top, right - left, bottom - top), cv2.BORDER_CONSTANT),
        aspect=(bottom - top) / (right - left),
    )


def _search(rgb: Pixels) -> Plane | None:
    """The mask of the product, as large as the picture; None where none is plausible."""
    scale = _SEARCHED_PX / max(rgb.shape[:2])
    height, width = (max(_SHORTEST_PX, round(side * scale)) for side in rgb.shape[:2])
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(rgb, (width, height), interpolation=method)
    found = _outlined(np.asarray(small, np.uint8)).astype(np.float32)
    if not _PLAUSIBLE[0] < float(found.mean()) < _PLAUSIBLE[1]:
        return None
    mask = np.asarray(cv2.resize(found, (rgb.shape[1], rgb.shape[0])), np.float32)
    # Of a strip that is a few pixels high, what was found in the widened one may be lost.
    return mask if (mask > 0.5).any() else None


def _outlined(rgb: Pixels) -> Mask8:
    """The product by one of the two routes of `media.product_masks`, whichever applies.

    A descriptor forgives what a cutout does not, so that the second is not run to check the
    first: that is twice as fast.
    """
    lab = to_lab(rgb)
    background = fit_smooth_background(lab)
    rough = smooth_mask(lab, background)
    is_smooth = background.noise < _SMOOTH_NOISE and background.outliers < _SMOOTH_OUTLIERS
    if is_smooth and rough.mean() < _NOTHING:
        return np.zeros_like(rough)
    if is_smooth and _SURE[0] < rough.mean() < _SURE[1] and solidity(rough) > _LEAST_SOLIDITY:
        tight = tighten(lab, rough, background)
        # A collapse says that product and background share colours: the geometry knows better.
        return tight if overlap(rough, tight) > _LEAST_OVERLAP else rough
    palette = palette_distance(lab)
    return learnt_mask(product_likelihood(rgb, lab, background, palette), lab, palette)


def _span(profile: Plane) -> tuple[int, int]:
    """First and last (exclusive) of the rows or columns that hold a product, strays left out."""
    share = np.cumsum(profile) / max(float(profile.sum()), 1e-6)
    first, last = np.searchsorted(share, [_STRAY, 1 - _STRAY])
    return int(first), min(len(profile), int(last) + 1)


def _drawn(plane: NDArray[Any], box: Box, border: int) -> Plane:
    """What is in the box, which may reach over the picture's edge, drawn SQUARE_PX square."""
    height, width = plane.shape[:2]
    right, bottom = box.left + box.width_px, box.top + box.height_px
    inside = plane[max(0, box.top) : bottom, max(0, box.left) : right]
    beyond = (max(0, -box.top), max(0, bottom - height), max(0, -box.left), max(0, right - width))
    whole = cv2.copyMakeBorder(inside.astype(np.float32), *beyond, border)
    shrinks = max(box.width_px, box.height_px) > SQUARE_PX
    method = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(whole, (SQUARE_PX, SQUARE_PX), interpolation=method), np.float32)
