"""Sleeves, hanging a little away from the body."""

import numpy as np

from media.garments.arms import Arm
from media.garments.cuffs import cuff_panels
from media.garments.curves import (
    Points,
    joined,
    smooth,
)
from media.garments.cutting import Cut
from media.garments.folds import Crease, Drape
from media.garments.full_sleeves import FULL_SLEEVES, full_sleeve
from media.garments.panels import Line, Panel

_REACH = {"cap": 40, "short": 118, "three-quarter": 292, "long": 420, "raglan": 420}


def sleeves(cut: Cut, armhole: Points) -> list[Panel]:
    """Both sleeves with their cuffs, to be laid under the bodice."""
    if cut.spec.sleeve == "sleeveless":
        return []
    made: list[Panel] = []
    for turn in (1, -1):
        made += _sleeve(cut, armhole, turn)
    return made


def _sleeve(cut: Cut, armhole: Points, turn: int) -> list[Panel]:
    name = cut.spec.sleeve
    if name in FULL_SLEEVES:
        return full_sleeve(cut, FULL_SLEEVES[name], (armhole[0], armhole[-1]), turn)
    arm = Arm(armhole[0], armhole[-1], {"cap": 34.0, "short": 25.0}.get(name, 15.5), turn)
    axis, side = arm.axis, arm.side
    reach = _REACH.get(name, 420.0)
    width = {"cap": 62.0, "short": 62.0, "three-quarter": 44.0}.get(name, 34.0) * cut.ease**1.5
    start = arm.top + np.array([-6.0, 0.0])
    outer_end = start + axis * reach + side * 2
    inner_end = outer_end - side * width
    elbow = start + axis * reach * 0.48
    is_long = reach > 250
    outer = smooth(
        [
            arm.top + np.array([-10.0, -2.0]),
            arm.top + np.array([5.0, 7.0]) + side * 2,
            start + axis * min(70, reach * 0.4) + side * 10,
            *([elbow + side * (10 + 5 * cut.ease)] if is_long else []),
            outer_end,
        ],
        8,
    )
    inner = smooth(
        [
            inner_end,
            *([elbow - side * (44 * cut.ease)] if is_long else []),
            arm.under + np.array([2.0, 14.0]),
            arm.under + np.array([-14.0, -2.0]),
        ],
        8,
    )
    hem = smooth([outer_end, 0.5 * (outer_end + inner_end) + axis * 3, inner_end], 6)
    outline = joined(outer, hem, inner, armhole[::-1] - np.array([18.0, 0.0]))
    lines = (Line(joined(outer, hem, inner[:-8]), 1.8, "edge"),)
    creases = _arm_creases(cut, arm, reach, width) if is_long else _cap_creases(cut, arm, reach)
    drape = Drape((), tuple(creases), relief=cut.relief)
    sleeve = arm.panel(outline, drape, lines, 0.0)
    return [sleeve, *cuff_panels(cut, arm, (outer_end, inner_end))]


def _cap_creases(cut: Cut, arm: Arm, reach: float) -> list[Crease]:
    """Cloth of a short sleeve bends once, towards the underarm."""
    rng, axis, side = cut.rng, arm.axis, arm.side
    creases = []
    for number in range(3):
        at = arm.top + axis * (reach * (0.35 + 0.2 * number)) - side * rng.uniform(20, 44)
        line = smooth([at, at + axis * 16 + side * 24, at + axis * 20 + side * 46], 6)
        creases.append(Crease(line, 9, rng.uniform(0.8, 1.8)))
    return creases


def _arm_creases(cut: Cut, arm: Arm, reach: float, width: float) -> list[Crease]:
    """Cloth breaks at the elbow and gathers over the wrist."""
    rng, axis, side = cut.rng, arm.axis, arm.side
    start = arm.top + np.array([-6.0, 0.0])
    creases = []
    for number in range(7):
        along = reach * (0.16 + 0.115 * number + rng.uniform(-0.02, 0.02))
        half = 0.5 * (width + (52 - width) * max(0.0, 1 - along / reach))
        centre = start + axis * along - side * (half - 6)
        rise = rng.uniform(12, 30) * (1 if number % 2 else -1)
        first = centre - side * half * 0.95 - axis * rise * 0.5
        last = centre + side * half * 0.5 + axis * rise * 0.5
        strength = 1.9 if 2 <= number <= 4 or number == 6 else 1.0
        height = strength * rng.uniform(0.8, 1.4) * cut.cloth.softness**0.5
        line = smooth([first, centre + axis * 4, last], 6)
        creases.append(Crease(line, rng.uniform(9, 13), height))
    return creases
