"""Putting a cut-out product on a background: where, how large, and mixed as light mixes.

Half a pixel of product over half a pixel of background is the mean of their light, not of
their encoded levels, so edges and shadows are mixed in linear light (IEC 61966-2-1). Where the
product is opaque its levels are kept exactly.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from media.contact_shadows import contact_shadow
from media.errors import EmptyMask
from media.studio_light import Stand

MAX_ENLARGEMENT = 2.0
"""A small product stays small rather than becoming a blur."""
STANDING_FOOT = 0.78
"""In a scene, the highest a product's foot may be, as a share of the height from the top."""

_TRACE = 8
"""Alpha up to this is a trace left by the cutting, not product."""
_STRIP_PX = 256
"""Rows mixed at a time, so that light in floats is never held for the whole picture."""
_LIGHT_LEVELS = 65_535


@dataclass(frozen=True)
class Placement:
    """Where a product goes on a canvas, in pixels."""

    left_px: int
    top_px: int
    width_px: int
    height_px: int


def trim_to_product(cutout: Image.Image) -> Image.Image:
    """Return an `RGBA` picture cut to what is not transparent.

    Raises EmptyMask where everything is.
    """
    box = cutout.getchannel("A").point(lambda level: 255 if level > _TRACE else 0).getbbox()
    if box is None:
        raise EmptyMask(
            "Nothing is left of the product after cutting it out; photograph it on a plain "
            "background of another colour."
        )
    return cutout.crop(box)


def plan_placement(
    product_px: tuple[int, int], canvas_px: tuple[int, int], padding: float, standing: bool
) -> Placement:
    """Return where a trimmed product of this width and height goes.

    As large as fits inside `padding` (a share of the canvas, kept free on each side), never
    enlarged beyond MAX_ENLARGEMENT, centred. A `standing` one that is low is set down until
    its foot is at STANDING_FOOT, where a scene has its floor.
    """
    room = [side * (1 - 2 * padding) for side in canvas_px]
    fits = min(room[0] / product_px[0], room[1] / product_px[1])
    scale = min(fits, MAX_ENLARGEMENT)
    width, height = (max(1, round(side * scale)) for side in product_px)
    top = (canvas_px[1] - height) // 2
    if standing:
        foot = min(STANDING_FOOT, 1 - padding)
        top = max(top, round(foot * canvas_px[1]) - height)
    return Placement((canvas_px[0] - width) // 2, top, width, height)


def stand_of(placement: Placement, canvas_px: tuple[int, int]) -> Stand:
    """Return where the placed product touches the floor, for a set to be built around it."""
    return Stand(
        (placement.top_px + placement.height_px) / canvas_px[1], placement.width_px / canvas_px[0]
    )


def fit_product(
    trimmed: Image.Image, placement: Placement, canvas_px: tuple[int, int]
) -> Image.Image:
    """Return a transparent `RGBA` canvas with the trimmed product resampled into its place."""
    canvas = Image.new("RGBA", canvas_px, (0, 0, 0, 0))
    size = (placement.width_px, placement.height_px)
    # Pillow resamples RGBA with premultiplied colours, so no foreign colour enters the edge.
    product = trimmed.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    canvas.paste(product, (placement.left_px, placement.top_px))
    return canvas


def place_on(
    background: Image.Image,
    cutout: Image.Image,
    padding: float,
    shadow: bool,
    standing: bool = False,
) -> Image.Image:
    """Return a product on a background as large as the background, `RGB`.

    `cutout` is `RGBA` with straight alpha, trimmed or not; `padding`, `standing` as in
    `plan_placement`. Raises EmptyMask.
    """
    trimmed = trim_to_product(cutout)
    placement = plan_placement(trimmed.size, background.size, padding, standing)
    return lay_over(background, fit_product(trimmed, placement, background.size), shadow)


def lay_over(background: Image.Image, canvas: Image.Image, shadow: bool) -> Image.Image:
    """Return an `RGBA` canvas over an `RGB` background of the same size, with its shadow."""
    below = np.array(background.convert("RGB"))
    product = np.asarray(canvas)
    kept_off = contact_shadow(product[..., 3]) if shadow else None
    for top in range(0, below.shape[0], _STRIP_PX):
        rows = slice(top, top + _STRIP_PX)
        dimming = None if kept_off is None else kept_off[rows]
        _mix_strip(below[rows], product[rows], dimming)
    return Image.fromarray(below, "RGB")


def _mix_strip(
    below: NDArray[np.uint8], product: NDArray[np.uint8], kept_off: NDArray[np.float32] | None
) -> None:
    """Mix product and shadow into a strip of background, in place, only where they are."""
    cover = product[..., 3]
    touched = cover > 0
    if kept_off is not None:
        touched = touched | (kept_off > 1 / 512)
    if not touched.any():
        return
    to_light, to_level = _tables()
    light = to_light[below[touched]]
    if kept_off is not None:
        light *= 1 - kept_off[touched][:, None]
    alpha = cover[touched].astype(np.float32)[:, None] / 255
    light += (to_light[product[..., :3][touched]] - light) * alpha
    below[touched] = to_level[(light + np.float32(0.5)).astype(np.uint16)]


@cache
def _tables() -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Level to light of 0 to 65535, and back: the sRGB curve of IEC 61966-2-1.

    The steps of light are fine enough that every level comes back as itself.
    """
    levels = np.arange(256) / 255
    light = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
    steps = np.arange(_LIGHT_LEVELS + 1) / _LIGHT_LEVELS
    encoded = np.where(steps <= 0.0031308, steps * 12.92, 1.055 * steps ** (1 / 2.4) - 0.055)
    return (
        (light * _LIGHT_LEVELS).astype(np.float32),
        np.rint(encoded * 255).astype(np.uint8),
    )
