"""What tells copies of a picture from one another: its size, its look, its sharpness."""

from dataclasses import dataclass

import cv2
import numpy as np

from media.chroma_layout import chroma_layout
from media.color import flatten
from media.frame_scores import Grey, sharpness
from media.hashing import perceptual_hash
from media.images import load_still
from media.limits import MediaLimits

SHARPNESS_SIDE_PX = 1024
"""Longer side that a picture is brought to before its sharpness is measured."""

_WHITE = (255, 255, 255)


@dataclass(frozen=True)
class PictureFacts:
    """What was measured on one picture."""

    width_px: int
    height_px: int
    """Upright, of the source."""
    perceptual_hash: str
    """As `media.hashing.perceptual_hash`."""
    chroma_layout: str
    """As `media.chroma_layout.chroma_layout`."""
    sharpness: float
    """As `media.frame_scores.sharpness`, at `SHARPNESS_SIDE_PX`; 0 is a flat field."""


def picture_facts(data: bytes, limits: MediaLimits) -> PictureFacts:
    """Measure an encoded picture; of an animation its first; for a media worker.

    Sharpness is comparable between copies of different sizes: every picture is brought to the
    same longer side, small ones are enlarged, so a copy that lost detail, by being reduced or
    blurred, has less. What lies beyond `SHARPNESS_SIDE_PX` does not count; of copies that are
    all larger than that, the number of pixels tells. Transparency counts as white. Raises the
    refusals of `media.images.open_image`.
    """
    still = load_still(data, limits, lambda size_px: min(1.0, SHARPNESS_SIDE_PX / max(size_px)))
    width_px, height_px = still.size_px
    luma = flatten(still.image, _WHITE).convert("L")
    return PictureFacts(
        width_px,
        height_px,
        perceptual_hash(still.image),
        chroma_layout(still.image),
        sharpness(_enlarged(np.asarray(luma, np.uint8))),
    )


def _enlarged(luma: Grey) -> Grey:
    """The picture with `SHARPNESS_SIDE_PX` as its longer side, unless it has it already."""
    height_px, width_px = luma.shape
    factor = SHARPNESS_SIDE_PX / max(height_px, width_px)
    if factor <= 1:
        return luma
    size_px = max(1, round(width_px * factor)), max(1, round(height_px * factor))
    return np.asarray(cv2.resize(luma, size_px, interpolation=cv2.INTER_CUBIC), np.uint8)
