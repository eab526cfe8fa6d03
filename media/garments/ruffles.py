"""Ruffles: gathered strips whose free edge falls in waves."""

import numpy as np

from media.garments.curves import (
    Points,
    joined,
    length_of,
    resampled,
)
from media.garments.cutting import Cut
from media.garments.folds import Drape, Falling, ridges
from media.garments.panels import Line, Panel


def flounce(cut: Cut, edge: Points, depth: float, part: str = "ruffle") -> Panel:
    """A gathered strip that hangs from a line, its free edge in waves."""
    count = max(40, int(length_of(edge) / 4))
    line = resampled(edge, count)
    profile = ridges(cut.rng, cut.folds(max(3.0, length_of(edge) / 24)), 0.5)
    wave = np.interp(np.linspace(0, 1, count), np.linspace(0, 1, len(profile)), profile)
    spread = np.linspace(-1, 1, count)
    free = line + np.column_stack([spread * depth * 0.12, depth + 0.2 * depth * (wave - 0.5)])
    outline = joined(line, free[::-1])
    lines = (
        Line(free, 1.6, "edge"),
        Line(joined(line[:1], free[:1]), 1.4, "edge"),
        Line(joined(line[-1:], free[-1:]), 1.4, "edge"),
        Line(line, 1.0, "seam"),
    )
    drape = Drape(
        (Falling(profile, 5.5, 0.0, 0.5), Falling(ridges(cut.rng, count / 5, 0.6), 2.5, 0, -2)),
        roundness=0.15,
    )
    return Panel(outline, part, drape, lines, flare=0.5 * length_of(edge), lift=0.9)
