"""Colours at the edge of a cutout, freed from the background that shone through.

An edge pixel of a photo is a mixture of product and background. Laid on another background it
shows as a halo, unless the product's own colour is put in its place.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from media.background_models import Mask, Pixels, Plane
from media.mask_refinement import disc

_ESTIMATE_PX = 480
_REACH_PX = 6
_SURE_PX = 2
_STRIP_ROWS = 256
_RIM = 0.002
"""How far inside the edge mixtures are looked for, as a share of the longer side."""
_RIM_PX = 2
"""And at least so far: JPEG keeps colours at half size, so they run over by two pixels."""
_MOST_LEFT = (0.8, 0.5)
"""Share of the background that may be left in the outermost opaque pixels, and behind them."""
_SAME_COLOR = 12.0**2
"""Squared distance in levels below which product and background cannot be told apart."""


def with_clean_edges(rgb: Pixels, alpha: Pixels) -> Pixels:
    """Return height x width x 4 levels, straight alpha: `rgb` unmixed at the edge, 0 outside.

    For each pixel near the edge the colours of product and background are estimated from their
    sure pixels around it. A pixel between the two on the line that joins them is moved along it
    to the product's end; what lies beside the line is texture and is kept.
    """
    height, width = alpha.shape
    scale = min(1.0, _ESTIMATE_PX / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.float32)
    share = np.asarray(cv2.resize(alpha, size, interpolation=cv2.INTER_AREA), np.float32)
    share /= 255
    front, back = _around(small, share), _around(small, 1 - share)
    rgba = np.dstack([rgb, alpha])
    reach = _RIM_PX + round(_RIM * max(height, width))
    for top in range(0, height, _STRIP_ROWS):
        part = slice(top, top + _STRIP_ROWS)
        rows, columns = np.nonzero(_edge_in(alpha, part, reach))
        is_outermost = _edge_in(alpha, part, 1)
        at = (rows + top, columns)
        where = (at[0] * (size[1] / height), at[1] * (size[0] / width))
        color = rgba[at][:, :3].astype(np.float32)
        between = _sampled(front, *where), _sampled(back, *where)
        most = np.where(is_outermost[at[0] - top, at[1]], *_MOST_LEFT)
        most[alpha[at] < 255] = 1
        unmixed = _unmixed(color, *between, most)
        rgba[at[0], at[1], :3] = np.clip(unmixed, 0, 255).astype(np.uint8)
        strip = rgba[part]
        strip[strip[..., 3] == 0] = 0
    return rgba


def _edge_in(alpha: Pixels, rows: slice, reach_px: int) -> Mask:
    """Return which pixels of these rows are seen and lie within reach of one not opaque."""
    above = min(rows.start, reach_px)
    part = alpha[rows.start - above : rows.stop + reach_px]
    eroded = cv2.erode(part, disc(2 * reach_px + 1))
    height = min(rows.stop, len(alpha)) - rows.start
    near, seen = eroded[above : above + height] < 255, alpha[rows] > 0
    return np.asarray(near & seen, np.bool_)


def _around(color: Plane, share: Plane) -> Plane:
    """Return the mean colour, around each pixel, of what belongs to one side for sure."""
    sure = cv2.erode((share > 0.97).astype(np.uint8), disc(2 * _SURE_PX + 1)).astype(np.float32)
    mean = np.zeros_like(color)
    known = np.zeros(share.shape, bool)
    # Thin parts have no sure pixel, and far from the edge none is near: then ask more widely.
    for weight, reach in ((sure, 1), (share, 1), (sure, 4), (share, 16)):
        side = 2 * _REACH_PX * reach + 1
        total = cv2.blur(weight, (side, side))
        summed = cv2.blur(color * weight[..., None], (side, side))
        new: Mask = ~known & (total > 0.02)
        mean[new] = summed[new] / total[new][:, None]
        known |= new
    return mean


def _unmixed(color: Plane, front: Plane, back: Plane, most: NDArray[np.float64]) -> Plane:
    """Return colours with the background's share taken out; each N x 3.

    What lacks more than `most` of the product's colour is taken for a highlight of its own.
    """
    across = front - back
    length = np.square(across).sum(1)
    share = ((color - back) * across).sum(1) / np.maximum(length, 1)
    lacking = 1 - np.clip(share, 0, 1)
    is_mixed = (length > _SAME_COLOR) & (lacking <= most)
    return np.asarray(color + np.where(is_mixed, lacking, 0)[:, None] * across, np.float32)


def _sampled(plane: Plane, y: NDArray[np.float64], x: NDArray[np.float64]) -> Plane:
    """Return the plane's values at fractional places, bilinear."""
    top = np.clip(y.astype(int), 0, plane.shape[0] - 1)
    left = np.clip(x.astype(int), 0, plane.shape[1] - 1)
    below = np.minimum(top + 1, plane.shape[0] - 1)
    right = np.minimum(left + 1, plane.shape[1] - 1)
    down, across = (y - top).clip(0, 1)[:, None], (x - left).clip(0, 1)[:, None]
    upper = plane[top, left] * (1 - across) + plane[top, right] * across
    lower = plane[below, left] * (1 - across) + plane[below, right] * across
    return np.asarray(upper * (1 - down) + lower * down, np.float32)
