"""Cuffs: where a sleeve ends."""

import numpy as np

from media.garments.arms import Arm
from media.garments.curves import Points, joined, ribbon, smooth
from media.garments.cutting import Cut
from media.garments.folds import Drape
from media.garments.panels import Line, Panel

_SHORT = frozenset({"short", "cap", "puff"})


def cuff_panels(
    cut: Cut, arm: Arm, ends: tuple[Points, Points], is_gathered: bool = False
) -> list[Panel]:
    """The cuff that the cloth and the garment call for, between a sleeve's outer and inner end."""
    garment = cut.spec.garment
    is_ribbed = cut.spec.fabric == "knit" or garment == "hoodie" or cut.has("rib trims")
    is_tailored = garment in ("shirt", "blouse") and cut.spec.sleeve in ("long", "three-quarter")
    if not (is_ribbed or is_tailored or is_gathered):
        return [_hemmed(arm, ends)]
    depth = 30.0 if is_ribbed else 26.0 if is_tailored else 13.0
    if cut.spec.sleeve in _SHORT:
        depth = 12.0
    grow = -1.0 if is_ribbed else 2.0
    outer, inner = ends
    side = (outer - inner) / max(1e-6, float(np.hypot(*(outer - inner))))
    start, down = -arm.axis * (depth * (0.15 if is_gathered else 0.9)), arm.axis * depth
    high = (inner + start - side * grow, outer + start + side * grow)
    low = (outer + start + down + side * (grow - 1), inner + start + down - side * (grow - 1))
    outline = joined(_sagging(low, arm), _sagging(high, arm))
    lines = (Line(joined(outline, outline[:1]), 1.5, "edge"),)
    surface = "rib" if is_ribbed else "cloth"
    band = Panel(outline, "cuff", Drape(roundness=0.9), lines, -arm.tilt, surface=surface, lift=0.5)
    return [arm.turned(band)]


def _sagging(ends: tuple[Points, Points], arm: Arm) -> Points:
    """A line around the arm, seen from a little above."""
    return smooth([ends[0], 0.5 * (ends[0] + ends[1]) + 3 * arm.axis, ends[1]], 6)


def _hemmed(arm: Arm, ends: tuple[Points, Points]) -> Panel:
    """The row of stitches of a plain hem."""
    outer, inner = ends
    inset = -9.0 * arm.axis
    line = Line(_sagging((outer + inset, inner + inset), arm), 1.0, "stitch")
    edge = smooth([outer - arm.axis, 0.5 * (outer + inner), inner - arm.axis], 4)
    sliver = ribbon(edge, (2.0, 2.0))
    return arm.turned(Panel(sliver, "sleeve", Drape(roundness=0), (line,), lift=0))
