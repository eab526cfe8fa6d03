"""Folds: how cloth that hangs is shaped, as a height over the picture.

Folds across a panel are one-dimensional profiles: rounded ridges between sharp valleys, as cloth
that is gathered or flared falls. Creases are strokes where cloth is pulled or gives way.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from media.garments.curves import Points

Floats = NDArray[np.floating[Any]]
_SAMPLES = 721


@dataclass(frozen=True)
class Crease:
    """A stroke that stands out of the cloth, or lies in it where `height` is negative."""

    points: Points
    width: float = 9.0
    height: float = 1.0


@dataclass(frozen=True)
class Falling:
    """Folds that run down a panel."""

    profile: Floats
    """Heights 0 to 1 over the panel's width."""
    height: float
    """Units of the figure."""
    start: float = 0.0
    """Share of the panel's length where they begin."""
    growth: float = 1.0
    """1 grows evenly from the start to the end; negative fades from the start."""
    sway: float = 0.0
    """How far they drift sideways on their way, as share of half the width."""


@dataclass(frozen=True)
class Drape:
    """The shape of a panel's cloth."""

    falling: tuple[Falling, ...] = ()
    creases: tuple[Crease, ...] = ()
    roundness: float = 1.0
    """How round the body inside is: 0 for a flat panel."""
    softness: float = 1.0
    """How much the cloth gives way at random."""
    relief: str = ""
    """`quilted` or `cable`: a relief worked into the cloth."""


def ridges(rng: np.random.Generator, count: float, roughness: float = 0.5) -> Floats:
    """A profile of about `count` folds; with `roughness` they differ in width and height."""
    number = max(1, round(count))
    widths = 1 + roughness * rng.uniform(-0.6, 0.6, number)
    edges = np.concatenate([[0.0], np.cumsum(widths) / widths.sum()])
    peaks = 1 - roughness * rng.uniform(0, 0.7, number)
    lean = rng.uniform(-0.35, 0.35, number) * roughness
    at = np.linspace(0, 1, _SAMPLES)
    which = np.clip(np.searchsorted(edges, at, side="right") - 1, 0, number - 1)
    inside = (at - edges[which]) / (edges[which + 1] - edges[which])
    inside = np.clip(inside + lean[which] * inside * (1 - inside) * 2, 0, 1)
    profile = peaks[which] * np.sin(np.pi * inside) ** 0.85
    return _smoothed(profile, 2)


def pressed_pleats(count: int) -> Floats:
    """A profile of knife pleats: each rises evenly and falls at once."""
    at = np.linspace(0, 1, _SAMPLES) * count
    return _smoothed(at % 1, 2)


def across(profile: Floats, s: Floats) -> Floats:
    """The profile at places from -1 to 1."""
    index = np.clip((s + 1) * (0.5 * (_SAMPLES - 1)), 0, _SAMPLES - 1.001)
    low = index.astype(np.int32)
    part = index - low
    return np.asarray(profile[low] * (1 - part) + profile[low + 1] * part, np.float32)


def falling_height(falling: Falling, s: Floats, t: Floats) -> Floats:
    """The height of folds at places across (-1 to 1) and along (0 to 1) a panel."""
    run = np.clip((t - falling.start) / max(1e-3, 1 - falling.start), 0, 1)
    if falling.growth >= 0:
        strength = run**falling.growth if falling.growth else np.ones_like(run)
    else:
        strength = np.exp(falling.growth * run) * (t >= falling.start)
    swayed = s + falling.sway * np.sin(2.2 * t + 0.6) * t if falling.sway else s
    return np.asarray(falling.height * strength * across(falling.profile, swayed), np.float32)


def _smoothed(profile: NDArray[np.float64], reach: int) -> Floats:
    kernel = np.hanning(2 * reach + 3)[1:-1]
    padded = np.pad(profile, reach, mode="edge")
    return np.asarray(np.convolve(padded, kernel / kernel.sum(), "valid"), np.float32)
