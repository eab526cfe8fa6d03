"""The shape of a panel's cloth: places across and along it, slopes, and how deep it lies."""

from dataclasses import dataclass

import cv2
import numpy as np

from media.garments.cloth import Cloth
from media.garments.curves import Points, resampled, tapered
from media.garments.folds import Crease, Floats, falling_height
from media.garments.frame import Box
from media.garments.panels import Panel

_STEP = 2.0
_HOLD = 0.9
"""Share of a flared panel's length from which its sides are continued straight: below, the waves
of its hem would be taken for its sides."""


@dataclass(frozen=True)
class Shape:
    """Fields over a box at half its size."""

    s: Floats
    """Across, -1 to 1 from side to side."""
    t: Floats
    """Along, 0 to 1."""
    u: Floats
    """Across the grain of the print, units of the figure."""
    v: Floats
    """Along the grain."""
    slope_x: Floats
    slope_y: Floats
    hollow: Floats
    """How far below its surroundings, units; negative on ridges."""


def shape_of(panel: Panel, box: Box, cloth: Cloth, rng: np.random.Generator) -> Shape:
    """The shape of a panel in its box."""
    x, y = box.half_grid()
    turn = np.radians(panel.tilt)
    cos, sin = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    origin = panel.outline.mean(0)
    a = (x - origin[0]) * cos + (y - origin[1]) * sin
    d = -(x - origin[0]) * sin + (y - origin[1]) * cos
    sides = _sides(panel, origin, turn)
    low = np.interp(d, sides[:, 0], sides[:, 1]).astype(np.float32)
    high = np.interp(d, sides[:, 0], sides[:, 2]).astype(np.float32)
    half = np.maximum(0.5 * (high - low), 1.0)
    s = np.clip((a - 0.5 * (low + high)) / half, -1.2, 1.2)
    t = np.clip((d - sides[0, 0]) / max(1.0, sides[-1, 0] - sides[0, 0]), 0, 1).astype(np.float32)
    height = _height(panel, box, cloth, s, t, rng)
    unit = np.float32(box.frame.scale / 2)
    rise_y, rise_x = (each * unit for each in np.gradient(height))
    body = np.float32(0.62 * panel.drape.roundness) * np.sign(s) * np.abs(np.clip(s, -1, 1)) ** 2.6
    depth = np.float32(cloth.depth)
    hollow = cv2.GaussianBlur(height, (0, 0), 5.5) - height
    # The grain runs down the panel; on a flared one it fans out with the cloth.
    u = s * np.float32(panel.flare) if panel.flare else a
    return Shape(
        s,
        t,
        (u + panel.shift[0]).astype(np.float32),
        (d + panel.shift[1]).astype(np.float32),
        (depth * rise_x - body * cos).astype(np.float32),
        (depth * rise_y - body * sin).astype(np.float32),
        np.asarray(hollow * depth, np.float32),
    )


def _sides(panel: Panel, origin: Points, turn: float) -> "Points":
    """Rows of the way along, the least and the greatest place across."""
    outline = np.vstack([panel.outline, panel.outline[:1]])
    length = float(np.hypot(*np.diff(outline, axis=0).T).sum())
    dense = resampled(outline, max(80, int(length / 1.5))) - origin
    cos, sin = np.cos(turn), np.sin(turn)
    across = dense[:, 0] * cos + dense[:, 1] * sin
    along = -dense[:, 0] * sin + dense[:, 1] * cos
    first, last = along.min(), along.max()
    count = max(4, int((last - first) / _STEP))
    row = np.clip(((along - first) / max(1e-6, last - first) * count).astype(int), 0, count - 1)
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(low, row, across)
    np.maximum.at(high, row, across)
    known = np.isfinite(low) & (high > low + 0.5)
    at = first + (np.arange(count) + 0.5) / count * (last - first)
    if known.sum() < 2:
        return np.array([[first, -1.0, 1.0], [last, -1.0, 1.0]])
    low, high = np.interp(at, at[known], low[known]), np.interp(at, at[known], high[known])
    if panel.flare:
        hold, since = int(count * _HOLD), int(count * (_HOLD - 0.12))
        steps = np.arange(count - hold)
        for edge in (low, high):
            edge[hold:] = edge[hold] + (edge[hold] - edge[since]) / max(1, hold - since) * steps
    kernel = np.ones(5) / 5
    low, high = (np.convolve(np.pad(each, 2, "edge"), kernel, "valid") for each in (low, high))
    return np.column_stack([at, low, high])


def _height(
    panel: Panel, box: Box, cloth: Cloth, s: Floats, t: Floats, rng: np.random.Generator
) -> Floats:
    """Folds, creases and what the cloth does at random, in units of the figure."""
    drape = panel.drape
    height = np.zeros(s.shape, np.float32)
    if drape.falling:
        bent = np.clip(s + 0.022 * _noise(rng, s.shape, 30, 95) * t, -1, 1)
        for falling in drape.falling:
            height += falling_height(falling, bent, t)
    for sign in (1, -1):
        creases = [each for each in drape.creases if each.height * sign > 0]
        if creases:
            height += sign * _pressed(creases, box, s.shape)
    if drape.softness and min(s.shape) > 12:
        loose = np.float32(0.42 * drape.softness * cloth.softness)
        height += loose * _noise(rng, s.shape, 10, 27)
    if drape.relief:
        height += _relief(drape.relief, box)
    return np.asarray(cv2.GaussianBlur(height, (0, 0), 1.1), np.float32)


def _pressed(creases: list[Crease], box: Box, shape: tuple[int, int]) -> Floats:
    """Strokes as soft ridges; those of a width are blurred together."""
    height = np.zeros(shape, np.float32)
    scale = box.frame.scale / 2
    for least, most in ((0.0, 12.0), (12.0, 99.0)):
        group = [each for each in creases if least <= each.width < most]
        if not group:
            continue
        drawn = np.zeros(shape, np.float32)
        for each in group:
            at = (box.frame.to_px(tapered(each.points, each.width)) - (box.x0, box.y0)) / 2
            fixed = np.round((at - 0.5) * 16).astype(np.int32)
            cv2.fillPoly(drawn, [fixed], abs(each.height), cv2.LINE_8, 4)
        width = float(np.mean([each.width for each in group]))
        height += cv2.GaussianBlur(drawn, (0, 0), max(0.8, 0.4 * width * scale)) * 1.5
    return height


def _noise(
    rng: np.random.Generator, shape: tuple[int, ...], size_px: float, tall_px: float = 0.0
) -> Floats:
    """Smooth noise of about unit strength, of blots so many half pixels wide and tall."""
    rows = max(2, int(shape[0] / (tall_px or size_px)) + 2)
    columns = max(2, int(shape[1] / size_px) + 2)
    coarse = rng.standard_normal((rows, columns), np.float32)
    grown = cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(grown, np.float32)


def _relief(name: str, box: Box) -> Floats:
    """A relief worked into the cloth all over."""
    x, y = box.half_grid()
    if name == "quilted":
        row = np.abs(((y / 34) % 1) - 0.5) * 2
        return np.asarray(5.5 * (1 - row**2.2), np.float32)
    lane = (x / 58 + 0.5) % 1
    twist = np.abs(lane - 0.5)
    strand = np.sin(np.pi * (y / 17) + np.where(lane > 0.5, np.pi, 0)) * np.sin(2 * np.pi * lane)
    inside = np.clip((0.26 - twist) / 0.06, 0, 1)
    return np.asarray(inside * (1.6 + 1.5 * strand), np.float32)
