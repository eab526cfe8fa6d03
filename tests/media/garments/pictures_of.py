"""Drawings of briefs, and what can be measured on them."""

import cv2
import numpy as np
from numpy.typing import NDArray

from media.designs.brief import Brief
from media.garments.drawing import draw_garment
from media.garments.spec import garment_spec

Picture = NDArray[np.uint8]


def drawing_of(prompt: str, seed: int = 5, width_px: int = 384, height_px: int = 512) -> Picture:
    """The drawing of a prompt, at half the usual size."""
    return draw_garment(garment_spec(Brief(prompt), seed), seed, width_px, height_px)


def lab_of(picture: Picture) -> NDArray[np.float32]:
    """CIE L*a*b* of a picture, (h, w, 3)."""
    return np.asarray(cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2Lab), np.float32)


def garment_mask(picture: Picture) -> NDArray[np.bool_]:
    """Where the garment lies: all that the ink encloses against the smooth ground."""
    lab = lab_of(picture)
    height, width = lab.shape[:2]
    step_x = np.abs(np.diff(lab, axis=1, prepend=lab[:, :1])).sum(-1)
    step_y = np.abs(np.diff(lab, axis=0, prepend=lab[:1])).sum(-1)
    edges = ((step_x > 14) | (step_y > 14)).astype(np.uint8)
    # The label in the foot is no garment.
    edges[int(height * 0.955) :, int(width * 0.7) :] = 0
    edges = np.asarray(cv2.dilate(edges, np.ones((3, 3), np.uint8)))
    outside = np.pad(edges, 1)
    cv2.floodFill(outside, None, (0, 0), (2,))
    return np.asarray(outside[1:-1, 1:-1] != 2)


def main_color(picture: Picture) -> NDArray[np.float32]:
    """The CIE L*a*b* that the middle of the garment has, ink and light averaged out."""
    inside = cv2.erode(garment_mask(picture).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    return np.asarray(np.median(lab_of(picture)[inside], axis=0), np.float32)
