"""Sleeves with more cloth than arm: gathered into a cuff, or falling free."""

from dataclasses import dataclass

import numpy as np

from media.garments.arms import Arm
from media.garments.cuffs import cuff_panels
from media.garments.curves import Points, joined, smooth
from media.garments.cutting import Cut
from media.garments.folds import Drape, Falling, ridges
from media.garments.panels import Line, Panel


@dataclass(frozen=True)
class Fullness:
    """How a full sleeve is cut."""

    tilt: float
    reach: float
    half: float
    """Half the width of its cuff, or of its free edge."""
    bulge: float
    """How far it stands out beyond the arm."""
    fullest: float
    """Share of its length where it does."""
    is_gathered: bool


FULL_SLEEVES = {
    "puff": Fullness(27.0, 138, 29, 37, 0.52, True),
    "balloon": Fullness(16.0, 414, 20, 29, 0.78, True),
    "bell": Fullness(19.0, 384, 62, 12, 0.55, False),
    "flutter": Fullness(32.0, 96, 60, 34, 0.4, False),
}


def full_sleeve(
    cut: Cut, fullness: Fullness, ends: tuple[Points, Points], turn: int
) -> list[Panel]:
    """A full sleeve between the top of its armhole and the underarm, on its side of the body."""
    arm = Arm(*ends, fullness.tilt, turn)
    end = arm.top + np.array([-12.0, 0.0]) + arm.axis * fullness.reach - arm.side * 24
    if fullness.is_gathered:
        return _gathered(cut, fullness, arm, end)
    return _free(cut, fullness, arm, end)


def _gathered(cut: Cut, full: Fullness, arm: Arm, end: Points) -> list[Panel]:
    """Gathered at the shoulder and into a cuff."""
    axis, side, top, reach = arm.axis, arm.side, arm.top, full.reach
    is_short = reach < 200
    outer = smooth(
        [
            top + np.array([-16.0, 0.0]),
            top + side * (24 if is_short else 8) + axis * 4,
            top + axis * reach * full.fullest * 0.62 + side * full.bulge,
            top + axis * reach * (full.fullest + 0.2) + side * full.bulge,
            end + side * (full.half + 6) - axis * 6,
            end + side * full.half,
        ],
        8,
    )
    hanging = [] if is_short else [end - side * (full.half + 22) - axis * reach * 0.3]
    inner = smooth(
        [
            end - side * full.half,
            end - side * (full.half + (6 if is_short else 18)) - axis * 14,
            *hanging,
            arm.under + np.array([4.0, 12.0]),
            arm.under + np.array([-14.0, -2.0]),
        ],
        8,
    )
    wrist = (end + side * full.half, end - side * full.half)
    hem = joined([wrist[0], end + axis * 2, wrist[1]])
    gathers = (
        Falling(ridges(cut.rng, cut.folds(9), 0.6), 7.5, 0.0, -2.6),
        Falling(ridges(cut.rng, cut.folds(10), 0.6), 8.0, 0.35, 1.6),
        Falling(ridges(cut.rng, cut.folds(4), 0.8), 5.0, 0.0, 0.0, 0.1),
    )
    lines = (Line(joined(outer, hem, inner[:-8]), 1.8, "edge"),)
    panel = arm.panel(joined(outer, hem, inner), Drape(gathers, roundness=1.5), lines, 52)
    return [panel, *cuff_panels(cut, arm, wrist, is_gathered=True)]


def _free(cut: Cut, full: Fullness, arm: Arm, end: Points) -> list[Panel]:
    """Falling in folds to a free edge, the lining seen inside."""
    axis, side = arm.axis, arm.side
    is_short = full.reach < 200
    profile = ridges(cut.rng, cut.folds(6 if is_short else 5), 0.5)
    across = np.linspace(1, -1, 60)
    wave = np.interp(across, np.linspace(-1, 1, len(profile)), profile)
    hem = (
        end
        + np.outer(across * full.half, side)
        + np.outer(14 * (1 - across**2) + 10 * (wave - 0.5), axis)
    )
    outer = smooth(
        [
            arm.top + np.array([-14.0, -1.0]),
            arm.top + side * 6 + axis * 10,
            arm.top + axis * full.reach * full.fullest + side * full.bulge,
            hem[0],
        ],
        10,
    )
    inner = smooth(
        [
            hem[-1],
            arm.under + axis * full.reach * (0.08 if is_short else 0.32) - side * 2,
            arm.under + np.array([-12.0, -2.0]),
        ],
        10,
    )
    gathers = Falling(ridges(cut.rng, cut.folds(8), 0.7), 3.0, 0.0, -2.0)
    drape = Drape((Falling(profile, 9.0, 0.2, 1.1), gathers))
    lines = (Line(joined(outer, hem, inner[:-8]), 1.8, "edge"),)
    far = joined(hem - axis * 2 + side * 3, (hem - axis * 26 + side * 3)[::-1])
    lining = arm.turned(Panel(far, "lining", Drape(), surface="lining", lift=0))
    return [lining, arm.panel(joined(outer, hem, inner), drape, lines, 50)]
