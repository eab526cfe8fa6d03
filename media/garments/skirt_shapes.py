"""How skirts of each silhouette fall: their sides, hems and folds."""

from dataclasses import dataclass

import numpy as np

from media.garments.curves import Points, sided, smooth
from media.garments.cutting import Cut
from media.garments.folds import Crease, Drape, Falling, Floats, ridges

_HEM_Y = {"mini": 505.0, "knee": 630.0, "midi": 752.0, "maxi": 896.0, "cropped": 505.0}


@dataclass(frozen=True)
class SkirtShape:
    """How a silhouette falls."""

    hem_half: float
    """At midi length."""
    folds: float
    depth: float
    waves: float
    """Height of the waves of the hem."""
    bend: float
    """Exponent of the side: above 1 it widens late, below 1 early."""


SHAPES = {
    "fitted": SkirtShape(84, 2, 1.2, 0.0, 1.0),
    "straight": SkirtShape(110, 3, 2.6, 1.5, 0.8),
    "oversized": SkirtShape(140, 5, 5.0, 4.0, 0.8),
    "wrap": SkirtShape(150, 5, 6.0, 5.0, 1.0),
    "a-line": SkirtShape(196, 6, 8.5, 9.0, 1.0),
    "empire": SkirtShape(166, 7, 8.0, 8.0, 0.85),
    "flared": SkirtShape(236, 8, 11.0, 13.0, 1.06),
    "ball-gown": SkirtShape(318, 9, 15.0, 15.0, 0.72),
    "mermaid": SkirtShape(188, 8, 11.0, 12.0, 3.6),
}


def hem_of(cut: Cut) -> float:
    """y of the hem."""
    figure = cut.figure
    usual = _HEM_Y.get(cut.spec.length, 752.0)
    # The croquis's own legs were measured for a knee at 612.
    return figure.waist_y + (usual - 248) * (figure.ankle_y - figure.waist_y) / (862 - 248)


def hem_half(cut: Cut, shape: SkirtShape, top_half: float, top_y: float, hem_y: float) -> float:
    """Half the width of the hem: shorter skirts are narrower."""
    share = (hem_y - top_y) / (752.0 - 248.0)
    widest = shape.hem_half * (cut.figure.hip / 99)
    return max(top_half * 1.02, top_half + (widest - top_half) * (0.34 + 0.66 * min(1.3, share)))


def drape_of(cut: Cut, shape: SkirtShape, profile: Floats, top: tuple[float, float]) -> Drape:
    """How the skirt's cloth falls, and how it pulls over the hip where it is narrow."""
    rng = cut.rng
    if cut.has("pleats"):
        return Drape((Falling(profile, 5.5, 0.0, 0.35),), roundness=0.9, softness=0.3)
    falling = [Falling(profile, shape.depth, 0.04, 0.75, rng.uniform(-0.05, 0.05))]
    if shape.folds >= 5:
        falling.append(Falling(ridges(rng, cut.folds(2.3 * shape.folds), 0.8), 3.6, 0.0, -4.5))
        falling.append(
            Falling(ridges(rng, cut.folds(1.7 * shape.folds), 0.9), shape.depth * 0.22, 0.2, 0.8)
        )
    creases = []
    if shape.hem_half < 130:
        y, half = top
        for turn in (1, -1):
            for number in range(4):
                reach = rng.uniform(0.4, 0.9) * half
                level = y + 100 + 34 * number + rng.uniform(-8, 8)
                line = smooth(
                    [
                        (half * 1.34, level + 10),
                        (half * 1.1, level + 4),
                        (half * 1.34 - reach, level - 9),
                    ],
                    6,
                )
                creases.append(Crease(sided(line, turn), 13, rng.uniform(0.5, 1.0)))
    return Drape(tuple(falling), tuple(creases))


def side_of(
    cut: Cut, shape: SkirtShape, top: tuple[float, float], hem: tuple[float, float]
) -> Points:
    """The right side, over the hip where the skirt is narrow."""
    (top_y, top_half), (hem_y, half) = top, hem
    along = np.linspace(0, 1, 40)
    y = top_y + (hem_y - top_y) * along
    x = top_half + (half - top_half) * along**shape.bend
    figure = cut.figure
    over_hip = top_half + (figure.hip * 1.02 - top_half) * np.clip(
        np.sin(np.clip((y - top_y) / max(1.0, figure.hip_y - figure.waist_y), 0, 1) * np.pi / 2),
        0,
        1,
    )
    if shape.bend > 3:
        below = np.clip((y - figure.hip_y) / max(1.0, hem_y - figure.hip_y), 0, 1)
        knees = over_hip - 12 * np.sin(np.pi * np.clip(below / 0.65, 0, 1))
        return np.column_stack([knees + (half - figure.hip) * below**shape.bend, y])
    if shape.hem_half < 130:
        below = np.clip((y - figure.hip_y) / max(1.0, hem_y - figure.hip_y), 0, 1)
        end = figure.hip * (0.88 if shape.hem_half < 100 else 1.06)
        return np.column_stack([over_hip + (end - figure.hip * 1.02) * below, y])
    hips = np.where(y < figure.hip_y + 60, over_hip * 0.985, 0.0)
    wide = np.maximum(x, hips if top_y > 200 else 0)
    padded = np.pad(wide, 4, mode="reflect", reflect_type="odd")
    return np.column_stack([np.convolve(padded, np.full(9, 1 / 9), "valid"), y])


def hem_line(profile: Floats, shape: SkirtShape, half: float, hem_y: float) -> Points:
    """The hem from right to left: rounded towards the viewer, in waves where it is wide."""
    s = np.linspace(1, -1, 160)
    wave = np.interp(s, np.linspace(-1, 1, len(profile)), profile)
    round_px = min(30.0, 0.1 * half) if shape.hem_half > 100 else 5.0
    y = (
        hem_y
        + round_px * (1 - s**2)
        + shape.waves * (wave - 0.5) * np.minimum(1, 3 * (1 - abs(s)) + 0.3)
    )
    lean = np.gradient(wave) * shape.waves * 1.4
    return np.column_stack([s * half + lean * (1 - s**2), y])
