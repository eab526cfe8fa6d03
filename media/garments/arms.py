"""Arms that sleeves hang on, a little away from the body."""

import math
from dataclasses import dataclass, replace

import numpy as np

from media.garments.curves import Points, mirrored, sided
from media.garments.folds import Crease, Drape
from media.garments.panels import Line, Panel


@dataclass(frozen=True)
class Arm:
    """The right arm of a sleeve about to be cut; `turned` brings its panels to their side."""

    top: Points
    """Where the sleeve begins at the shoulder."""
    under: Points
    """Where it begins at the underarm."""
    tilt: float
    """Degrees from hanging straight."""
    turn: int
    """1 for the right of the picture, -1 for its left."""

    @property
    def axis(self) -> Points:
        """Unit vector down the arm."""
        return np.array([math.sin(math.radians(self.tilt)), math.cos(math.radians(self.tilt))])

    @property
    def side(self) -> Points:
        """Unit vector across the arm, outwards."""
        return np.array([self.axis[1], -self.axis[0]])

    def panel(self, outline: Points, drape: Drape, lines: tuple[Line, ...], flare: float) -> Panel:
        """A sleeve's own cloth, on the arm's side of the body."""
        return self.turned(Panel(outline, "sleeve", drape, lines, -self.tilt, flare))

    def turned(self, panel: Panel) -> Panel:
        """The panel on the arm's side of the body."""
        if self.turn > 0:
            return panel
        creases = tuple(
            Crease(mirrored(each.points), each.width, each.height) for each in panel.drape.creases
        )
        return replace(
            panel,
            outline=mirrored(panel.outline),
            drape=replace(panel.drape, creases=creases),
            lines=tuple(replace(each, points=sided(each.points, -1)) for each in panel.lines),
            tilt=-panel.tilt,
        )
