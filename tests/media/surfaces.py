"""Drawn surfaces: what products are made of, and what they lie on."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Plane = NDArray[np.float32]
Surface = NDArray[np.float64]

BACKGROUNDS = ("plain", "gradient", "fabric", "clutter")


def draw_background(kind: str, seed: int, size_px: tuple[int, int] = (1000, 1000)) -> Pixels:
    """Return a background of one of BACKGROUNDS, width by height."""
    rng = np.random.default_rng([seed, *kind.encode()])
    width, height = size_px
    side = max(size_px)
    if kind == "plain":
        surface = np.ones((side, side, 3)) * _studio_color(rng)
    elif kind == "gradient":
        surface = _gradient(rng, side)
    elif kind == "fabric":
        surface = _fabric(rng, side)
    else:
        surface = _clutter(rng, side)
    return to_levels(surface[:height, :width])


def to_levels(surface: NDArray[np.floating]) -> Pixels:
    """Return 8-bit levels."""
    return np.asarray(np.clip(surface, 0, 255), np.uint8)


def clouds(rng: np.random.Generator, size_px: int, cells: int) -> Surface:
    """Return smooth noise with this many bumps a side, about -1 to 1."""
    coarse = rng.normal(0, 1, (cells, cells)).astype(np.float32)
    smooth = cv2.resize(coarse, (size_px, size_px), interpolation=cv2.INTER_CUBIC)
    return np.asarray(smooth, np.float64)


def _any_color(rng: np.random.Generator) -> Surface:
    """Anything, or two times in five a shade of grey from black to white."""
    if rng.random() < 0.4:
        return rng.uniform(15, 240) + rng.uniform(-10, 10, 3)
    return rng.uniform(15, 240, 3)


def _studio_color(rng: np.random.Generator) -> Surface:
    """White to light grey half the time, else anything."""
    if rng.random() < 0.5:
        return rng.uniform(195, 252) + rng.uniform(-7, 7, 3)
    return rng.uniform(30, 250, 3)


def patterned(rng: np.random.Generator, size_px: int) -> Surface:
    """Return a plain, striped, checked, printed or knitted surface."""
    ground, ink = _any_color(rng), _any_color(rng)
    pattern = rng.integers(5)
    y, x = np.mgrid[:size_px, :size_px] / size_px
    share = np.zeros((size_px, size_px))
    if pattern == 1:
        share = (np.sin(x * rng.uniform(30, 90) + y * rng.uniform(-20, 20)) > 0.3).astype(float)
    elif pattern == 2:
        lines = rng.uniform(25, 60)
        share = 0.5 * (np.sin(x * lines) > 0) + 0.5 * (np.sin(y * lines) > 0)
    elif pattern == 3:
        reach = (abs(x - 0.5) < rng.uniform(0.06, 0.12)) & (abs(y - 0.5) < rng.uniform(0.05, 0.12))
        share = reach.astype(float)
    knit = rng.uniform(0, 8) * cv2.GaussianBlur(rng.normal(0, 1, (size_px, size_px)), (0, 0), 1.2)
    mixed = ground * (1 - share[..., None]) + ink * share[..., None] + knit[..., None] * 2
    return np.asarray(mixed, np.float64)


def _gradient(rng: np.random.Generator, size_px: int) -> Surface:
    first, last = _studio_color(rng), _studio_color(rng)
    turn = rng.uniform(0, 2 * math.pi)
    y, x = np.mgrid[:size_px, :size_px] / size_px - 0.5
    share = np.clip(0.5 + 0.9 * (x * math.cos(turn) + y * math.sin(turn)), 0, 1)[..., None]
    falloff = 1 - 0.25 * ((x - rng.uniform(-0.3, 0.3)) ** 2 + (y - rng.uniform(-0.3, 0.3)) ** 2)
    mixed = (first * (1 - share) + last * share) * falloff[..., None]
    return np.asarray(mixed, np.float64)


def _fabric(rng: np.random.Generator, size_px: int) -> Surface:
    """A weave with folds, some striped."""
    y, x = np.mgrid[:size_px, :size_px] / size_px
    threads = rng.uniform(300, 700)
    weave = np.sin(x * threads) * np.sin(y * threads) * rng.uniform(3, 9)
    slubs = cv2.GaussianBlur(rng.normal(0, 1, (size_px, size_px)), (0, 0), 2) * 12
    turn = rng.uniform(0, math.pi)
    phase = (x * math.cos(turn) + y * math.sin(turn)) * rng.uniform(15, 40)
    folds = np.sin(phase + clouds(rng, size_px, 5) * 1.5) * rng.uniform(0.02, 0.09)
    base = _studio_color(rng)
    surface = base + (weave + slubs)[..., None]
    if rng.random() < 0.3:
        stripe = np.sin((x + 0.3 * y) * rng.uniform(40, 120)) > 0.6
        surface = surface + stripe[..., None] * rng.uniform(-25, 25, 3)
    light = 1 + folds + 0.06 * clouds(rng, size_px, 4)
    return np.asarray(surface * light[..., None], np.float64)


def _clutter(rng: np.random.Generator, size_px: int) -> Surface:
    """A wall and a floor with things standing about."""
    y = np.mgrid[:size_px, :size_px][0] / size_px
    horizon = rng.uniform(0.3, 0.7)
    wall, floor = _any_color(rng), _any_color(rng)
    surface = np.where((y < horizon)[..., None], wall, floor).astype(np.float32)
    for _ in range(int(rng.integers(18, 40))):
        middle, reach = rng.uniform(0, size_px, 2), rng.uniform(0.05, 0.22) * size_px
        corners = int(rng.integers(3, 9))
        turns = np.sort(rng.uniform(0, 2 * math.pi, corners))
        points = middle + reach * np.stack([np.cos(turns), np.sin(turns)], 1)
        cv2.fillPoly(surface, [points.round().astype(np.int32)], _any_color(rng).tolist())
    light = 1 + 0.12 * clouds(rng, size_px, 5) + 0.04 * clouds(rng, size_px, 90)
    blurred = cv2.GaussianBlur(surface * light[..., None], (0, 0), rng.uniform(0.8, 3))
    return np.asarray(blurred, np.float64)
