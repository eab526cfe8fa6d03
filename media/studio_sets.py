"""Studio sets that look like a place: seamless paper, and tables before a softly lit wall.

The light always comes from the upper left, as the shadows of `media.contact_shadows` assume.
"""

from collections.abc import Callable

import numpy as np
from PIL import Image

from media.studio_light import Color, Easel, Field, finish, lighten, mix, paint
from media.surfaces import laid_on_table, linen, marble, oak

_PAPERS: tuple[Color, ...] = (
    (0.945, 0.938, 0.925),
    (0.885, 0.892, 0.898),
    (0.925, 0.892, 0.855),
    (0.842, 0.866, 0.852),
)
_WALLS: tuple[Color, ...] = (
    (0.905, 0.888, 0.862),
    (0.872, 0.866, 0.856),
    (0.888, 0.842, 0.796),
    (0.788, 0.812, 0.798),
)
_TABLE_DEPTH = 0.16
"""How far above the product's foot a table ends, in heights of the picture."""


def paper_sweep(easel: Easel, color: Color | None) -> Image.Image:
    """A roll of paper hung behind and drawn over the floor: a curve instead of a corner."""
    paper = color or _chosen(easel, _PAPERS)
    bend = easel.stand.down - 0.17
    # The curve of the paper turns away from the light above before it reaches the floor.
    turn = np.exp(-(((easel.down - bend) / 0.085) ** 2))
    floor = easel.soft(bend - easel.down, 0.22)
    wall_light = 0.90 + 0.13 * easel.pool((-0.12, bend - 0.28), (0.62, 0.46))
    floor_light = 0.97 + 0.07 * easel.pool((-0.10, easel.stand.down), (0.55, 0.16))
    light = wall_light + (floor_light - wall_light) * floor - 0.055 * turn
    light += 0.0025 * easel.clouds(5, 2) - 0.05 * easel.across
    return finish(easel, paint(np.asarray(light, np.float32), paper), vignette=0.14)


def oak_table(easel: Easel, color: Color | None) -> Image.Image:
    """Oak boards before a plaster wall."""
    return _table(easel, color, oak(easel.rng, (0.83, 0.69, 0.53)))


def marble_table(easel: Easel, color: Color | None) -> Image.Image:
    """A slab of light stone before a plaster wall."""
    return _table(easel, color, marble(easel.rng, (0.925, 0.918, 0.908)))


def linen_table(easel: Easel, color: Color | None) -> Image.Image:
    """A linen cloth before a plaster wall."""
    return _table(easel, color, linen(easel.rng, (0.890, 0.858, 0.808)))


def _table(easel: Easel, color: Color | None, tile: Field) -> Image.Image:
    wall = color or _chosen(easel, _WALLS)
    far_edge = easel.stand.down - _TABLE_DEPTH
    picture = _plaster(easel, wall, far_edge)
    part = easel.below(far_edge - 0.004)
    table = laid_on_table(part, tile, far_edge)
    light = 0.93 + 0.11 * part.pool((-0.18, easel.stand.down - 0.02), (0.55, 0.22))
    table *= np.asarray(light - 0.10 * part.across, np.float32)
    # Light from the wall lies along the far edge, seen at a flat angle.
    beyond = np.maximum(part.down - far_edge, 0)
    haze = np.asarray(0.24 * np.exp(-beyond / 0.07), np.float32)
    table = mix(table, lighten(wall, 0.25), haze)
    cover = part.soft(np.asarray(far_edge - part.down, np.float32), 0.006)
    picture[:, part.first_row :] = mix(picture[:, part.first_row :], table, cover)
    return finish(easel, picture, vignette=0.16)


def _plaster(easel: Easel, wall: Color, far_edge: float) -> Field:
    """A wall out of focus: mottled, with the soft light of a window from the upper left."""
    light = 0.86 + 0.14 * easel.pool((-0.30, far_edge - 0.42), (0.60, 0.50))
    light += 0.010 * easel.clouds(4, 4) - 0.07 * easel.across
    light += 0.085 * _window(easel, far_edge)
    # The table keeps light from the lowest part of the wall.
    light -= 0.05 * np.exp(-np.abs(far_edge - easel.down) / 0.045)
    return paint(np.asarray(light, np.float32), wall)


def _window(easel: Easel, far_edge: float) -> Field:
    """Two panes of sun on the wall, slanted and blurred by the distance of the window."""
    slant = np.asarray(easel.across + 0.42 * (easel.down - far_edge + 0.35), np.float32)
    panes = np.zeros(slant.shape, np.float32)
    for left in (-0.33, -0.055):
        panes += easel.soft(left - slant, 0.05) * easel.soft(slant - (left + 0.235), 0.05)
    above, below = far_edge - 0.62, far_edge - 0.10
    height = easel.soft(above - easel.down, 0.12) * easel.soft(easel.down - below, 0.12)
    return np.asarray(panes * height, np.float32)


def _chosen(easel: Easel, colors: tuple[Color, ...]) -> Color:
    return colors[int(easel.rng.integers(len(colors)))]


REAL_SETS: tuple[tuple[str, Callable[[Easel, Color | None], Image.Image]], ...] = (
    ("oak table before a plaster wall", oak_table),
    ("seamless paper sweep", paper_sweep),
    ("marble table before a plaster wall", marble_table),
    ("linen cloth before a plaster wall", linen_table),
)
"""What each is, in words, and how it is painted."""
