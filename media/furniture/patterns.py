"""Patterns: of rugs, of pictures, and the noise that all surfaces are made lively with.

Colours are linear light; places on a material are in metres.
"""

from collections.abc import Callable
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from media.furniture.daylight import linear
from media.furniture.looks import RUG_PATTERNS
from media.furniture.pieces import Paint, Rgb

Floats = NDArray[np.float32]

_TILE = 256
_GREYED = 0.13


def color_of(color: Rgb) -> Floats:
    """A paint's colour (3,) as linear light, a little greyer: lit colours look purer than paint."""
    found = linear(np.asarray(color, np.float32) * 255)
    return np.asarray(found + _GREYED * (found.mean() - found), np.float32)


def speckle(u: Floats, v: Floats) -> Floats:
    """Smooth noise (n,) with mean 0 and deviation 1 at places given in cells of a tile."""
    tile = _noise_tile()
    return np.asarray(tile[v.astype(np.int32) & (_TILE - 1), u.astype(np.int32) & (_TILE - 1)])


@cache
def _noise_tile() -> Floats:
    rng = np.random.default_rng(20)
    raw = rng.normal(0, 1, (_TILE, _TILE)).astype(np.float32)
    wrapped = np.pad(raw, 4, mode="wrap")
    soft = cv2.GaussianBlur(wrapped, (0, 0), 0.8)[4:-4, 4:-4]
    return np.asarray(soft / soft.std(), np.float32)


def rug_colors(paint: Paint, texture: Floats, half_m: Floats) -> Floats:
    """Ground and ink by the pattern; both speckled like pile."""
    u, v = texture[:, 0], texture[:, 1]
    edge = np.minimum(half_m[0] - np.abs(u), half_m[1] - np.abs(v))
    ink = _RUGS[RUG_PATTERNS[paint.pattern]](u, v, edge, half_m)
    pile = 1 + 0.07 * speckle(u * 260, v * 260) + 0.03 * speckle(u * 17, v * 17)
    ground, drawn = color_of(paint.color), color_of(paint.second)
    mixed = ground + np.clip(ink, 0, 1)[:, None] * (drawn - ground)
    return np.asarray(mixed * pile[:, None], np.float32)


def _band(value: Floats, low: float, high: float) -> Floats:
    return np.asarray((value > low) & (value < high), np.float32)


def _plain_rug(u: Floats, v: Floats, edge: Floats, half_m: Floats) -> Floats:
    ribs = 0.5 + 0.5 * np.sin(v * (2 * np.pi / 0.045))
    return np.asarray(0.22 * ribs + 0.5 * _band(edge, 0.0, 0.02), np.float32)


def _border_rug(u: Floats, v: Floats, edge: Floats, half_m: Floats) -> Floats:
    return np.asarray(0.85 * _band(edge, 0.07, 0.13) + 0.5 * _band(edge, 0.0, 0.02), np.float32)


def _diamond_rug(u: Floats, v: Floats, edge: Floats, half_m: Floats) -> Floats:
    cell = 0.36
    first, second = (u + v) / cell, (u - v) / cell
    line = np.minimum(np.abs(first % 1 - 0.5), np.abs(second % 1 - 0.5))
    wobble = 0.012 * speckle(u * 40, v * 40)
    return np.asarray(0.9 * (line + wobble < 0.045) * (edge > 0.04), np.float32)


def _striped_rug(u: Floats, v: Floats, edge: Floats, half_m: Floats) -> Floats:
    share = (u / 0.42) % 1
    broad, fine = np.abs(share - 0.5) < 0.10, np.abs(share - 0.72) < 0.02
    return np.asarray(0.75 * (broad | fine) * (edge > 0.03), np.float32)


def _medallion_rug(u: Floats, v: Floats, edge: Floats, half_m: Floats) -> Floats:
    """Borders, a field of small flowers, and a lobed medallion in the middle."""
    borders = 0.9 * _band(edge, 0.05, 0.07) + 0.9 * _band(edge, 0.21, 0.23)
    chain = np.cos(u * 40) * np.cos(v * 40)
    in_border = _band(edge, 0.07, 0.21)
    turn = np.arctan2(v / half_m[1], u / half_m[0])
    far = np.hypot(u / half_m[0], v / half_m[1]) * (1 + 0.06 * np.cos(8 * turn))
    medal = 0.8 * _band(far, 0.40, 0.44) + 0.55 * _band(far, 0.20, 0.36) + 0.9 * (far < 0.10)
    petals = 0.45 * _band(far, 0.20, 0.36) * (np.cos(16 * turn) > 0.2)
    flowers = ((np.sin(u * 52) * np.sin(v * 52) > 0.62) & (far > 0.47)).astype(np.float32)
    field = (medal - petals + 0.6 * flowers) * (edge > 0.23)
    return np.asarray(borders + in_border * 0.75 * (chain > 0.25) + field, np.float32)


def _worn_rug(u: Floats, v: Floats, edge: Floats, half_m: Floats) -> Floats:
    """A medallion nearly rubbed away."""
    drawn = _medallion_rug(u, v, edge, half_m)
    rubbed = 0.55 + 0.25 * speckle(u * 6, v * 6) + 0.25 * speckle(u * 45, v * 45)
    return np.asarray(0.55 * drawn * np.clip(rubbed, 0, 1), np.float32)


_RUGS: dict[str, Callable[[Floats, Floats, Floats, Floats], Floats]] = {
    "plain": _plain_rug,
    "border": _border_rug,
    "diamonds": _diamond_rug,
    "stripes": _striped_rug,
    "medallion": _medallion_rug,
    "worn": _worn_rug,
}


def art_colors(paint: Paint, texture: Floats, half_m: Floats) -> Floats:
    """An abstract picture of two colours, cream and ink: hills, or discs, or fields."""
    rng = np.random.default_rng(paint.pattern)
    u, v = texture[:, 0] / half_m[0], texture[:, 1] / half_m[1]
    cream, dark = color_of((0.94, 0.91, 0.85)), color_of((0.18, 0.20, 0.22))
    tones = [color_of(paint.color), color_of(paint.second), dark, cream]
    seen = np.broadcast_to(cream, (len(u), 3)).copy()
    kind = paint.pattern % 3
    for number in range(4):
        a, b, c = rng.uniform(-1, 1, 3)
        tone = tones[number if kind else (0, 1, 3, 2)[number]]
        if kind == 0:
            inside = v < 0.5 - 0.38 * number + 0.16 * np.sin(2.2 * u + 3 * a) + 0.07 * np.sin(
                5 * u + b
            )
        elif kind == 1:
            inside = np.hypot(
                (u - 0.55 * a) * half_m[0] / half_m[1], v - 0.5 * b
            ) < 0.28 + 0.22 * abs(c)
        else:
            inside = (np.abs(u - 0.6 * a) < 0.2 + 0.3 * abs(c)) & (np.abs(v - 0.5 * b) < 0.45)
        share = 0.92 if kind != 1 else 0.85
        seen[inside] += share * (tone - seen[inside])
    brushed = 1 + 0.05 * speckle(u * 60, v * 14)
    return np.asarray(seen * brushed[:, None], np.float32)
