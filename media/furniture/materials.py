"""What surfaces look like before light falls on them: weave, grain, patterns, veins.

Colours are linear light, places on a material in metres (`Mesh.texture`, first along the grain).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from media.furniture.patterns import art_colors, color_of, rug_colors, speckle
from media.furniture.pieces import Material, Paint

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Gloss:
    """How a material mirrors: head-on share, how narrow the highlight is, and how strong."""

    mirror: float
    narrowness: float
    highlight: float


GLOSS: dict[Material, Gloss] = {
    "fabric": Gloss(0.0, 4, 0.0),
    "leather": Gloss(0.035, 18, 0.10),
    "wood": Gloss(0.03, 26, 0.07),
    "lacquer": Gloss(0.04, 40, 0.08),
    "metal": Gloss(0.28, 50, 0.35),
    "ceramic": Gloss(0.05, 60, 0.20),
    "stone": Gloss(0.05, 50, 0.12),
    "wicker": Gloss(0.0, 8, 0.0),
    "leaf": Gloss(0.03, 14, 0.06),
    "rug": Gloss(0.0, 4, 0.0),
    "art": Gloss(0.0, 8, 0.0),
    "mirror": Gloss(0.9, 200, 0.0),
    "shade": Gloss(0.0, 4, 0.0),
    "screen": Gloss(0.07, 90, 0.10),
    "books": Gloss(0.0, 10, 0.02),
}


def albedo(paint: Paint, texture: Floats, half_m: Floats) -> Floats:
    """The colour (n, 3) of a paint at places (n, 3); `half_m` (3,) is half of the part's size."""
    base = color_of(paint.color)
    special: dict[str, Callable[[Paint, Floats, Floats], Floats]] = {
        "rug": rug_colors,
        "art": art_colors,
    }
    if paint.material in special:
        return special[paint.material](paint, texture, half_m)
    tone = _TONES.get(paint.material, _plain)(texture, paint.pattern)
    return np.asarray(base * tone[:, None], np.float32)


def _plain(texture: Floats, pattern: int) -> Floats:
    return np.ones(len(texture), np.float32)


def _fabric(texture: Floats, pattern: int) -> Floats:
    u, v, w = texture.T
    weave = speckle(u * 330 + w * 170, v * 330 + w * 90)
    worn = speckle(u * 22 + w * 15, v * 22 - w * 11)
    tone = 1 + 0.055 * weave + 0.012 * worn
    if pattern == 1:
        tone -= 0.16 * (np.abs((u * 14) % 1 - 0.5) < 0.10)
    elif pattern == 2:
        tone += 0.07 * np.sin(u * (2 * np.pi / 0.028)) + 0.03 * np.sin(v * (2 * np.pi / 0.02))
    return np.asarray(tone, np.float32)


def _leather(texture: Floats, pattern: int) -> Floats:
    u, v, w = texture.T
    worn = speckle(u * 14 + w * 9, v * 14 - w * 7)
    fine = speckle(u * 140 + w * 60, v * 140)
    return np.asarray(1 + 0.07 * worn + 0.03 * fine, np.float32)


def _wood(texture: Floats, pattern: int) -> Floats:
    along, v, w = texture.T
    across = v + np.float32(0.73) * w
    wander = speckle(along * 3 + 40, across * 9)
    rings = np.sin(across * 150 + 1.6 * wander + 2.2 * np.sin(along * 2.3))
    streaks = speckle(along * 12, across * 260)
    return np.asarray(1 + 0.045 * rings + 0.07 * streaks + 0.04 * wander, np.float32)


def _wicker(texture: Floats, pattern: int) -> Floats:
    u, v, w = texture.T
    strands = np.sin(u * (2 * np.pi / 0.026)) * np.sin((v + w) * (2 * np.pi / 0.04))
    return np.asarray(1 + 0.22 * strands + 0.05 * speckle(u * 200, v * 200), np.float32)


def _stone(texture: Floats, pattern: int) -> Floats:
    u, v, w = texture.T
    cloud = speckle(u * 9 + w * 3, v * 9) + 0.5 * speckle(u * 31, v * 31 + w * 17)
    vein = np.exp(-((speckle(u * 5 + 0.8 * cloud, v * 5 + w * 4) / 0.12) ** 2))
    return np.asarray(1 + 0.02 * cloud - 0.10 * vein, np.float32)


def _leaf(texture: Floats, pattern: int) -> Floats:
    u, v, w = texture.T
    patchy = speckle(u * 19 + w * 13, v * 19 - w * 7)
    return np.asarray(np.clip(1 + 0.20 * patchy, 0.5, 1.7), np.float32)


_TONES: dict[str, Callable[[Floats, int], Floats]] = {
    "fabric": _fabric,
    "leather": _leather,
    "wood": _wood,
    "wicker": _wicker,
    "stone": _stone,
    "leaf": _leaf,
}
