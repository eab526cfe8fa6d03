"""What every studio set is painted with: coordinates, soft edges, noise, light, grain.

Sets are painted in display (sRGB-encoded) values from 0 to 1. Light that dims or brightens a
surface is a factor, and a factor on light is nearly one on display values too (its power
1/2.2), so little is lost against painting in linear light, and a hex colour means itself.

A field is float32 of shape (height, width), or of one that broadcasts to it; paint is three
such planes, shape (3, height, width). Lengths are in heights of the picture: `across` is 0 in
the middle, `down` is 0 at the top and 1 at the bottom.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Field = NDArray[np.float32]
Color = tuple[float, float, float]

_GRAIN_TILE_PX = 512
_GRAIN_LEVELS = 0.7
"""Standard deviation of the grain in 8-bit levels: hides banding, is not seen."""


@dataclass(frozen=True)
class Stand:
    """Where a product will touch the floor: its height in the picture and how wide it is.

    Both are shares of the picture: `down` of its height from the top, `width` of its width.
    """

    down: float = 0.82
    width: float = 0.5


@dataclass(frozen=True)
class Easel:
    """A picture to be painted: its size, where the product stands, and chance.

    `first_row` is not 0 where only the part from that row on is painted.
    """

    width_px: int
    height_px: int
    stand: Stand
    rng: np.random.Generator
    first_row: int = 0

    @property
    def across(self) -> Field:
        """Shape (1, width)."""
        pixels = np.arange(self.width_px, dtype=np.float32) + 0.5 - self.width_px / 2
        return np.asarray(pixels / self.height_px, np.float32)[None, :]

    @property
    def down(self) -> Field:
        """Shape (rows painted, 1)."""
        pixels = np.arange(self.first_row, self.height_px, dtype=np.float32) + 0.5
        return np.asarray(pixels / self.height_px, np.float32)[:, None]

    @property
    def half_width(self) -> float:
        """From the middle to the right edge."""
        return self.width_px / self.height_px / 2

    @property
    def stand_half_width(self) -> float:
        """From the middle of the product to its side."""
        return self.stand.width * self.half_width

    def below(self, down: float) -> "Easel":
        """The part of this picture from so far down on."""
        row = min(self.height_px - 1, max(0, int(down * self.height_px)))
        return replace(self, first_row=row)

    def soft(self, distance: Field, softness: float) -> Field:
        """1 where `distance` is negative, 0 where positive; an edge so wide, anti-aliased.

        The edge is the smoothstep 3t^2 - 2t^3.
        """
        wide = np.float32(max(softness, 1.5 / self.height_px))
        t = np.clip(np.float32(0.5) - distance / wide, 0, 1)
        return np.asarray(t * t * (3 - 2 * t), np.float32)

    def pool(self, at: tuple[float, float], radius: tuple[float, float]) -> Field:
        """A Gaussian pool of light: 1 at its middle, 0.37 at its radius."""
        dx = (self.across - at[0]) / radius[0]
        dy = (self.down - at[1]) / radius[1]
        return np.asarray(np.exp(-dx * dx) * np.exp(-dy * dy), np.float32)

    def clouds(self, cells: int, octaves: int = 3) -> Field:
        """Smooth noise over the picture, see `smooth_noise`."""
        shape = (self.height_px - self.first_row, self.width_px)
        return smooth_noise(self.rng, shape, (cells, cells), octaves)


def smooth_noise(
    rng: np.random.Generator, shape: tuple[int, int], cells: tuple[int, int], octaves: int = 3
) -> Field:
    """Fractal value noise of about mean 0 and deviation 1: octaves of halved weight and scale.

    `cells` is how many there are down and across in the coarsest octave.
    """
    total = np.zeros(shape, np.float32)
    weight, weights = 1.0, 0.0
    for octave in range(octaves):
        rows = max(2, min(shape[0], cells[0] << octave))
        columns = max(2, min(shape[1], cells[1] << octave))
        coarse = rng.standard_normal((rows, columns), np.float32)
        fine = cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
        total += np.asarray(fine * np.float32(weight), np.float32)
        weights += weight * weight
        weight /= 2
    total /= np.float32(0.7 * np.sqrt(weights))
    return total


def paint(field: Field, color: Color) -> Field:
    """The colour times a field."""
    return np.asarray(np.asarray(color, np.float32)[:, None, None] * field, np.float32)


def mix(below: Field, above: Field | Color, cover: Field) -> Field:
    """Paint laid over paint where `cover` is 1."""
    top = np.asarray(above, np.float32)
    mixed = (top[:, None, None] if top.ndim == 1 else top) - below
    mixed *= cover
    mixed += below
    return mixed


def lighten(color: Color, amount: float) -> Color:
    """The colour moved towards white, or towards black by a negative amount."""
    goal = 1.0 if amount > 0 else 0.0
    red, green, blue = (channel + (goal - channel) * abs(amount) for channel in color)
    return red, green, blue


def finish(easel: Easel, picture: Field, vignette: float) -> Image.Image:
    """Darken the corners, add grain, and return the picture in 8 bits.

    The vignette falls with the square of the distance from the middle, as cos^4 does to
    second order, and reaches `vignette` in the corners.
    """
    reach = easel.half_width**2 + 0.25
    corner = (easel.across**2 + (easel.down - 0.5) ** 2) / np.float32(reach)
    tile = easel.rng.standard_normal((_GRAIN_TILE_PX, _GRAIN_TILE_PX), np.float32)
    repeats = (-(-easel.height_px // _GRAIN_TILE_PX), -(-easel.width_px // _GRAIN_TILE_PX))
    grain = np.tile(tile, repeats)[: easel.height_px, : easel.width_px]
    levels = picture * ((1 - np.float32(vignette) * corner) * np.float32(255))
    levels += np.float32(_GRAIN_LEVELS) * grain + np.float32(0.5)
    np.clip(levels, 0, 255, out=levels)
    return Image.fromarray(cv2.merge(list(levels.astype(np.uint8))), "RGB")
