"""Panels: the pieces of cloth that a drawing is laid together from, back to front."""

from dataclasses import dataclass, field

import numpy as np

from media.garments.curves import Points
from media.garments.folds import Drape


@dataclass(frozen=True)
class Line:
    """A line drawn on a panel."""

    points: Points
    width: float = 1.6
    kind: str = "seam"
    """`edge` (an outline), `seam`, `stitch` (dashed), or `piping` in the colour of the trim."""


@dataclass(frozen=True)
class Panel:
    """One piece of cloth, in units of the figure."""

    outline: Points
    """Closed, (n, 2)."""
    part: str = "body"
    """What it is; a colour said of such a part is its own: body, sleeve, collar, belt, lining."""
    drape: Drape = field(default_factory=Drape)
    lines: tuple[Line, ...] = ()
    tilt: float = 0.0
    """Degrees from hanging straight; positive swings out to the right."""
    flare: float = 0.0
    """Width that the print is as wide as, half; 0 for a print on the straight grain."""
    surface: str = "cloth"
    """`cloth`, `rib`, `lining`, `plain` (no print), `lace`, `metal` or `sheer`."""
    lift: float = 1.0
    """How much of a shadow it casts on what lies below; 0 for none."""
    opacity: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)
    """Where the print starts."""
    piece: int = 0
    """Which garment of a look it belongs to."""


@dataclass(frozen=True)
class Dot:
    """A round thing sewn on: a button or a bead."""

    x: float
    y: float
    radius: float
    kind: str = "button"
    """`button` or `bead`."""
    piece: int = 0


@dataclass(frozen=True)
class Layout:
    """A garment laid out: its panels from back to front, and what is sewn on."""

    panels: tuple[Panel, ...]
    dots: tuple[Dot, ...] = ()

    def bounds_of(self, piece: int) -> tuple[float, float, float, float]:
        """The bounds of one garment of a look."""
        return Layout(tuple(panel for panel in self.panels if panel.piece == piece)).bounds()

    def bounds(self) -> tuple[float, float, float, float]:
        """Least x and y, greatest x and y."""
        points = np.vstack([panel.outline for panel in self.panels])
        return (*points.min(0).tolist(), *points.max(0).tolist())
