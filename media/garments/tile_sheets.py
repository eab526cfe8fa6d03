"""Sheets that tiles of a print are drawn on, and the shapes that are drawn."""

import cv2
import numpy as np

from media.garments.curves import Points, smooth
from media.garments.folds import Floats

SIZE = 360


_FINER = 2


Tile = tuple[Floats, float]
"""Colours (n, n, 3) that repeat in both directions, and the period in units of the figure."""


class Sheet:
    """A periodic sheet that shapes are drawn on; what leaves it on one side enters on the other."""

    def __init__(self, ground: Floats) -> None:
        self._size = SIZE * _FINER
        self._drawn = np.empty((self._size, self._size, 3), np.uint8)
        self._drawn[:] = np.clip(ground, 0, 255)

    def fill(self, points: Points, ink: Floats) -> None:
        """A shape in units of the tile's pixels."""
        at = points * _FINER
        low, high = at.min(0), at.max(0)
        color = [float(part) for part in np.clip(ink, 0, 255)]
        for shift_x in (-self._size, 0, self._size):
            for shift_y in (-self._size, 0, self._size):
                if (
                    high[0] + shift_x < 0
                    or low[0] + shift_x > self._size
                    or high[1] + shift_y < 0
                    or low[1] + shift_y > self._size
                ):
                    continue
                fixed = np.round((at + np.array([shift_x, shift_y])) * 16).astype(np.int32)
                cv2.fillPoly(self._drawn, [fixed], color, cv2.LINE_AA, 4)

    def tile(self) -> Floats:
        """The sheet at its own size."""
        small = cv2.resize(self._drawn, (SIZE, SIZE), interpolation=cv2.INTER_AREA)
        return np.asarray(small, np.float32)


def scattered(rng: np.random.Generator, apart: float, tries: int = 500) -> list[Points]:
    """Places on the tile, none nearer to another than `apart`."""
    found: list[Points] = []
    for _ in range(tries):
        at = rng.random(2) * SIZE
        gaps = (np.abs(at - other) for other in found)
        if all(np.hypot(*np.minimum(gap, SIZE - gap)) > apart for gap in gaps):
            found.append(at)
    return found


def placed(
    points: "Points | list[tuple[float, float]]", turn: float, size: float, at: Points
) -> Points:
    """The points turned by an angle, made so large, and brought to a place."""
    cos, sin = np.cos(turn), np.sin(turn)
    rotated = np.asarray(points, np.float64) @ np.array([[cos, sin], [-sin, cos]])
    return np.asarray(rotated * size + at)


def disc(radius: float) -> Points:
    """A circle about 0."""
    turn = np.linspace(0, 2 * np.pi, 18, endpoint=False)
    return np.column_stack([np.cos(turn), np.sin(turn)]) * radius


def blot(rng: np.random.Generator, size: float, at: Points, long: float = 1.0) -> Points:
    """An uneven rounded shape."""
    turn = np.linspace(0, 2 * np.pi, 9, endpoint=False)
    reach = size * rng.uniform(0.72, 1.2, 9)
    ring = np.column_stack([np.cos(turn) * reach * long, np.sin(turn) * reach])
    points = [tuple(point) for point in np.vstack([ring, ring[:2]])]
    return placed(smooth(points, 5), rng.uniform(0, 6.3), 1.0, at)


def periodic_noise(rng: np.random.Generator, least: int, most: int) -> Floats:
    """Noise of unit strength that repeats, of `least` to `most` waves to the tile."""
    field = np.fft.fft2(rng.standard_normal((SIZE, SIZE)))
    across, down = np.meshgrid(np.fft.fftfreq(SIZE) * SIZE, np.fft.fftfreq(SIZE) * SIZE)
    waves = np.hypot(across * 0.8, down * 1.25)
    kept = field * np.exp(-(((waves - 0.5 * (least + most)) / (0.5 * (most - least) + 1)) ** 2))
    real = np.fft.ifft2(kept).real
    return np.asarray(real / real.std(), np.float32)
