"""Drawing a garment: a fashion flat with light, print and ink, on a studio ground."""

import numpy as np
from numpy.typing import NDArray

from media.garments.assembly import laid_out
from media.garments.frame import Box, Frame
from media.garments.ground import studio_ground, throw_shadow
from media.garments.painting import paint_dots, paint_panel
from media.garments.palette import Palette
from media.garments.spec import GarmentSpec

_LEAST_PX = 64


def draw_garment(
    spec: GarmentSpec, seed: int, width_px: int = 768, height_px: int = 1024
) -> NDArray[np.uint8]:
    """The garment as (height, width, 3) sRGB; the same arguments give the same pixels.

    The garment fills the canvas up to its margins and touches no edge. Raises ValueError for a
    canvas under 64 pixels.
    """
    if min(width_px, height_px) < _LEAST_PX:
        raise ValueError(f"A canvas has at least {_LEAST_PX} pixels each way.")
    layout = laid_out(spec, seed)
    frame = Frame.around(layout.bounds(), width_px, height_px)
    rng = np.random.default_rng([seed, 1])
    canvas = studio_ground(width_px, height_px, spec.colors[0], rng)
    whole = Box(frame, 0, 0, width_px, height_px)
    cover = whole.coverage([panel.outline for panel in layout.panels if panel.opacity])
    throw_shadow(canvas, cover, frame.scale)
    palettes = [
        Palette.of(piece, layout.bounds_of(number), rng)
        for number, piece in enumerate(spec.pieces or (spec,))
    ]
    for panel in layout.panels:
        paint_panel(canvas, cover, frame, panel, palettes[panel.piece], rng)
    for number, palette in enumerate(palettes):
        paint_dots(canvas, frame, [dot for dot in layout.dots if dot.piece == number], palette)
    return np.asarray(np.clip(canvas + 0.5, 0, 255), np.uint8)
