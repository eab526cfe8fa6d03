"""Cutouts: a product without its background."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cutout:
    """An RGBA picture as large as the one it was cut from, and how far its mask can be trusted."""

    name: str
    data: bytes
    """PNG, straight (not premultiplied) alpha; transparent pixels keep no foreign colour."""
    format: str
    width_px: int
    height_px: int
    mask_quality: float
    """0 to 1; see `media.mask_quality`."""
    review: str | None
    """Why a person should look at the mask before it is published; None when none need."""
