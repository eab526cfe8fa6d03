"""Which pixels of a room photo look like its floor."""

import cv2
import numpy as np
from numpy.typing import NDArray

from media.rooms.camera import RoomCamera

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

_LEVELS = (24, 24, 24)
"""Bins of lightness, a and b; lightness spans 0 to 100, the others the middle 96 of their range."""
_BLUR, _BLUR_TAPS = (2.2, 0.9, 0.9), 13
_FLOOR_ROWS, _FLOOR_COLUMNS = 0.12, 0.7
_FLOOR_DOUBT, _OTHER_DOUBT = 1e-4, 1e-3
"""Added to the shares, so that a colour seen in neither place is rather not the floor's."""


def below_horizon(camera: RoomCamera) -> tuple[Mask, Floats, Floats]:
    """Which pixels look down, and the x and z in metres of the floor there (0 elsewhere)."""
    rays = camera.rays()
    down = rays[..., 1] < -1e-3
    reach = np.where(down, camera.height_m / np.maximum(-rays[..., 1], 1e-3), 0)
    x_m, z_m = rays[..., 0] * reach, rays[..., 2] * reach
    return down, x_m.astype(np.float32), z_m.astype(np.float32)


def first_floor_seed(shape: tuple[int, int]) -> Mask:
    """The middle of the lowest rows: where a photo of a room has its floor, if anywhere."""
    height, width = shape
    seed = np.zeros(shape, np.bool_)
    margin = round(width * (1 - _FLOOR_COLUMNS) / 2)
    seed[height - max(1, round(height * _FLOOR_ROWS)) :, margin : width - margin] = True
    return seed


def floor_likeness(lab: Floats, floor: Mask, other: Mask) -> Floats:
    """How much more each pixel's colour is the floor's than the rest's, 0 to 1; 0.5 is undecided.

    `lab` is CIE Lab (height, width, 3); the two masks say where colours of each kind are taken
    from, and by Bayes' rule both kinds are as likely beforehand.
    """
    bins = _bins(lab)
    shares = [_shares(bins[mask]) for mask in (floor, other)]
    of_floor, of_other = shares[0][bins] + _FLOOR_DOUBT, shares[1][bins] + _OTHER_DOUBT
    return np.asarray(of_floor / (of_floor + of_other), np.float32)


def _bins(lab: Floats) -> NDArray[np.int64]:
    lightness = lab[..., 0] / 100 * _LEVELS[0]
    a, b = ((lab[..., axis] + 48) / 96 * _LEVELS[axis] for axis in (1, 2))
    index = [
        np.clip(values, 0, count - 1).astype(np.int64)
        for values, count in zip((lightness, a, b), _LEVELS, strict=True)
    ]
    return np.ravel_multi_index(tuple(index), _LEVELS)


def _shares(bins: NDArray[np.int64]) -> Floats:
    """Smoothed share of pixels a bin."""
    counts = np.bincount(bins.ravel(), minlength=int(np.prod(_LEVELS)))
    cube = counts.reshape(_LEVELS).astype(np.float32)
    for axis, blur in enumerate(_BLUR):
        line = np.moveaxis(cube, axis, 0)
        smooth = cv2.GaussianBlur(
            line.reshape(len(line), -1), (1, _BLUR_TAPS), sigmaX=0, sigmaY=blur
        )
        cube = np.moveaxis(smooth.reshape(line.shape).astype(np.float32), 0, axis)
    return np.asarray(cube.ravel() / max(float(cube.sum()), 1.0), np.float32)
