"""Cutouts: a product without its background."""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from media.color import flatten
from media.errors import EmptyMask
from media.images import load_still
from media.limits import MediaLimits
from media.mask_quality import MaskJudgement, judge_mask

_WHITE = (255, 255, 255)
_FAST = 1
"""PNG compression level: a cutout is a step on the way, and is read once or twice."""
_SMALLEST_PX = 8
_SHORT_SIDE_PX = 32
_MOST_OPAQUE = 0.99
"""A picture that is opaque on more than this has rounded corners or a smudge, not a cutout."""
_LEAST_SHARE = 0.002

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class CutoutOptions:
    """How a product is looked for."""

    work_px: int = 360
    """Longer side of the picture it is looked for in; more is slower and seldom better."""

    def __post_init__(self) -> None:
        """Refuse sizes the constants of the search are not made for."""
        if not 64 <= self.work_px <= 1024:
            raise ValueError(f"work_px is {self.work_px}; 64 to 1024 are taken.")


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


def cut_out(data: bytes, options: CutoutOptions, limits: MediaLimits) -> list[Cutout]:
    """Return the product of a picture without its background, as a list of one.

    Classical: a model of the background and learnt colours, no weights; the same bytes give the
    same cutout. A picture that comes with an alpha of its own keeps it. Raises EmptyMask where
    nothing is found, and what `media.images.open_image` raises.
    """
    levels, own_alpha = _decode(data, limits)
    if own_alpha is None:
        rgba, judgement = _search(levels, options)
    else:
        rgba, judgement = np.dstack([levels, own_alpha]), MaskJudgement(1.0, None)
        rgba[own_alpha == 0] = 0
    del levels
    output = BytesIO()
    Image.fromarray(rgba).save(output, "PNG", compress_level=_FAST)
    return [
        Cutout(
            name="cutout",
            data=output.getvalue(),
            format="png",
            width_px=rgba.shape[1],
            height_px=rgba.shape[0],
            mask_quality=judgement.quality,
            review=judgement.review,
        )
    ]


def _decode(data: bytes, limits: MediaLimits) -> tuple[Pixels, Pixels | None]:
    """Return a picture as RGB, and its alpha where that tells a product from its surroundings.

    The decoded picture is gone after this: of a large photo there is room for few copies.
    """
    image = load_still(data, limits, lambda _: 1.0).image
    alpha = _own_alpha(image)
    plain = flatten(image, _WHITE) if alpha is None else image.convert("RGB")
    return np.asarray(plain), alpha


def _own_alpha(image: Image.Image) -> NDArray[np.uint8] | None:
    """Return the picture's alpha where it tells a product from its surroundings, else None.

    Raises EmptyMask for a picture that is transparent everywhere.
    """
    if image.mode != "RGBA":
        return None
    alpha = np.asarray(image.getchannel("A"))
    seen = float((alpha > 127).mean())
    if seen == 0:
        raise EmptyMask("The picture is transparent everywhere.")
    return alpha if seen < _MOST_OPAQUE else None


def _search(rgb: Pixels, options: CutoutOptions) -> tuple[Pixels, MaskJudgement]:
    """Return the product as RGBA, and what is to be thought of its mask."""
    import cv2

    from media.edge_colors import with_clean_edges
    from media.mask_refinement import enlarge_mask
    from media.product_masks import find_product

    if min(rgb.shape[:2]) < _SMALLEST_PX:
        raise EmptyMask(f"The picture is less than {_SMALLEST_PX} pixels high or wide.")
    small = cv2.resize(rgb, _work_size(rgb.shape, options.work_px), interpolation=cv2.INTER_AREA)
    found = find_product(np.asarray(small, np.uint8))
    if found.mask.mean() < _LEAST_SHARE:
        raise EmptyMask("Nothing in the picture stands out from its background.")
    alpha = enlarge_mask(rgb, found.mask)
    return with_clean_edges(rgb, alpha), judge_mask(rgb, alpha, found.agreement)


def _work_size(shape: tuple[int, ...], work_px: int) -> tuple[int, int]:
    """Return the width and height to search at: long strips keep some of their short side."""
    height, width = shape[:2]
    scale = min(1.0, work_px / max(height, width))
    shortest = min(_SHORT_SIDE_PX, height, width)
    return max(shortest, round(width * scale)), max(shortest, round(height * scale))
