"""How likely each pixel of a small picture is to belong to its product, where colour is no help.

Three hints that need no model of the background, and a bet on the middle of the frame. None is
good alone; their sum is a start for a segmentation that learns colours from it.
"""

import cv2
import numpy as np

from media.background_models import Pixels, Plane, SmoothBackground, to_unit

_SPECTRUM_PX = 64
_BARRIER_PX = 180
_BARRIER_SWEEPS = 2
_CENTER_SPREAD = 0.5
_CENTER_TRUST = 0.65


def product_likelihood(
    rgb: Pixels, lab: Plane, background: SmoothBackground, palette: Plane
) -> Plane:
    """Return the fused hints, 0 to 1, for an RGB picture of a few hundred pixels.

    `palette` is the picture's `background_models.palette_distance`.
    """
    hints = (
        palette
        + _enlarged(barrier_distance(lab), lab.shape)
        + 0.5 * _enlarged(spectral_residual(rgb), lab.shape)
        + 0.5 * to_unit(background.residual)
    )
    hints *= 1 - _CENTER_TRUST + _CENTER_TRUST * center_prior(*lab.shape[:2])
    hints = cv2.GaussianBlur(hints, (0, 0), 1.5)
    low, high = float(hints.min()), float(hints.max())
    return np.asarray((hints - low) / (high - low + 1e-6), dtype=np.float32)


def center_prior(height: int, width: int) -> Plane:
    """Return a bell over the middle of the frame, 1 there."""
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None]
    return np.asarray(np.exp(-(x * x + y * y) / (2 * _CENTER_SPREAD)), dtype=np.float32)


def spectral_residual(rgb: Pixels) -> Plane:
    """Return what is unusual in the spectrum, 64 x 64, 0 to 1.

    Hou and Zhang, "Saliency Detection: A Spectral Residual Approach", CVPR 2007.
    """
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    grey = cv2.resize(grey, (_SPECTRUM_PX, _SPECTRUM_PX), interpolation=cv2.INTER_AREA)
    spectrum = np.fft.fft2(grey.astype(np.float32))
    log = np.log(np.abs(spectrum) + 1e-6).astype(np.float32)
    residual = log - cv2.blur(log, (3, 3))
    unusual = np.abs(np.fft.ifft2(np.exp(residual + 1j * np.angle(spectrum)))) ** 2
    smooth = cv2.GaussianBlur(unusual.astype(np.float32), (0, 0), 2.5)
    return to_unit(np.asarray(smooth, np.float32))


def barrier_distance(lab: Plane) -> Plane:
    """Return how much colour must change on the way to the border, 0 to 1, at most 180 px large.

    The minimum barrier distance by raster sweeps: Zhang et al., "Minimum Barrier Salient
    Object Detection at 80 FPS", ICCV 2015. A sweep here goes over whole rows and columns at
    once, so each step looks back at one neighbour rather than two.
    """
    scale = min(1.0, _BARRIER_PX / max(lab.shape))
    height, width = (max(1, round(side * scale)) for side in lab.shape[:2])
    reduced = cv2.resize(lab, (width, height), interpolation=cv2.INTER_AREA)
    levels = np.asarray(reduced, np.float32)
    distance = np.full_like(levels, 1e6)
    distance[[0, -1]] = 0
    distance[:, [0, -1]] = 0
    highest, lowest = levels.copy(), levels.copy()
    turned = tuple(a.swapaxes(0, 1) for a in (levels, distance, highest, lowest))
    for _ in range(_BARRIER_SWEEPS):
        _sweep(levels, distance, highest, lowest)
        _sweep(*(a[::-1] for a in (levels, distance, highest, lowest)))
        _sweep(*turned)
        _sweep(*(a[::-1] for a in turned))
    return to_unit(distance.sum(-1))


def _sweep(levels: Plane, distance: Plane, highest: Plane, lowest: Plane) -> None:
    """Go down the rows and take the way through the row above where it is cheaper; in place."""
    for row in range(1, len(levels)):
        up = np.maximum(highest[row - 1], levels[row])
        down = np.minimum(lowest[row - 1], levels[row])
        better = up - down < distance[row]
        np.copyto(distance[row], up - down, where=better)
        np.copyto(highest[row], up, where=better)
        np.copyto(lowest[row], down, where=better)


def _enlarged(plane: Plane, shape: tuple[int, ...]) -> Plane:
    return np.asarray(cv2.resize(plane, (shape[1], shape[0])), dtype=np.float32)
