"""Surfaces seen from above: oak boards, honed marble, linen; and the same seen across a table.

A surface is a tile of paint of TILE_PX, see `media.studio_light`; it does not repeat.
"""

import cv2
import numpy as np

from media.studio_light import Color, Easel, Field, lighten, mix, paint, smooth_noise

TILE_PX = (1024, 1536)
"""Height and width of a tile."""

_BOARDS = 5
_THREADS = (420, 620)
"""Threads of linen down and across a tile: two to three texels each."""
_FOCAL = 1.6
"""Focal length in heights of the picture: an angle of view of 35 degrees."""
_VANISHING = 0.34
"""How far above a table's far edge its lines meet, in heights of the picture."""


def oak(rng: np.random.Generator, color: Color) -> Field:
    """Boards that run across: each with its tone, its growth rings cut lengthwise, its pores."""
    rows = np.arange(TILE_PX[0], dtype=np.float32)
    position = rows * np.float32(_BOARDS / TILE_PX[0])
    board = np.minimum(position.astype(int), _BOARDS - 1)
    tone = rng.normal(0, 0.035, _BOARDS).astype(np.float32)[board][:, None]
    # Every board is another piece of the tree: another height in the trunk, other rings.
    height = rng.uniform(0, 9, _BOARDS).astype(np.float32)[board]
    bent = smooth_noise(rng, TILE_PX, (5, 3), 3)
    rings = (position * np.float32(1.7) + height)[:, None] + np.float32(0.42) * bent
    # Wood grows dark slowly within a year and starts light at once: a soft saw-tooth.
    year = np.mod(rings * np.float32(3.4), 1)
    late = np.asarray(year**3 * (1 - np.clip((year - 0.93) / 0.07, 0, 1)), np.float32)
    fibre = smooth_noise(rng, TILE_PX, (210, 4), 2)
    pores = np.clip(smooth_noise(rng, TILE_PX, (380, 36), 1) - np.float32(1.7), 0, 1)
    light = 1 + tone - np.float32(0.06) * late + np.float32(0.014) * fibre
    light -= np.float32(0.10) * pores + np.float32(0.012) * bent
    seam = np.abs(np.mod(position + np.float32(0.5), 1) - np.float32(0.5)) * (1024 / _BOARDS)
    light *= (1 - np.float32(0.5) * np.exp(-((seam / np.float32(1.6)) ** 2)))[:, None]
    return mix(paint(light, color), paint(light, (0.60, 0.42, 0.27)), np.float32(0.28) * late)


def marble(rng: np.random.Generator, color: Color) -> Field:
    """Honed stone: clouds, and veins where warped noise crosses zero."""
    clouds = smooth_noise(rng, TILE_PX, (3, 4), 5)
    veins = np.zeros(TILE_PX, np.float32)
    for cells, width, weight in ((2, 0.06, 0.20), (3, 0.035, 0.10)):
        bent = smooth_noise(rng, TILE_PX, (cells, cells + 1), 5)
        strength = np.clip(smooth_noise(rng, TILE_PX, (3, 4), 2) + np.float32(0.5), 0, 1.2)
        veins += np.float32(weight) * strength * np.exp(-np.abs(bent) / np.float32(width))
    speckle = smooth_noise(rng, TILE_PX, (500, 750), 1)
    light = 1 + np.float32(0.02) * clouds + np.float32(0.004) * speckle
    return mix(paint(light, color), (0.42, 0.40, 0.39), np.clip(veins, 0, 0.5))


def linen(rng: np.random.Generator, color: Color) -> Field:
    """Plain weave: warp and weft threads of uneven thickness, and the soft waves of cloth."""
    warp = smooth_noise(rng, TILE_PX, (9, _THREADS[1]), 1)
    weft = smooth_noise(rng, TILE_PX, (_THREADS[0], 12), 1)
    slubs = np.clip(smooth_noise(rng, TILE_PX, (_THREADS[0], 30), 1) - np.float32(1.9), 0, 1)
    waves = smooth_noise(rng, TILE_PX, (2, 5), 2)
    light = 1 + np.float32(0.016) * warp + np.float32(0.020) * weft + np.float32(0.03) * slubs
    light += np.float32(0.022) * waves
    return mix(paint(light, color), lighten(color, -0.12), np.float32(0.4) * (warp * weft > 1))


def laid_on_table(easel: Easel, tile: Field, far_edge: float) -> Field:
    """The tile in perspective as a table, for a part of a picture that starts at its far edge.

    A pinhole camera over a plane: depth is 1 / (down - vanishing line), and what is across
    spreads in proportion. The far part is blurred as by a lens that is set on the product.
    """
    down = easel.down
    depth = np.asarray(1 / (down - np.float32(far_edge - _VANISHING)), np.float32)
    near, far = float(depth[-1, 0]), float(depth[0, 0])
    # The tile is as wide as the table is at its far edge, where most of it is seen.
    texel = np.float32(tile.shape[2] / (2 * easel.half_width * far))
    columns = easel.across * depth * texel + np.float32(tile.shape[2] / 2)
    rows = tile.shape[1] - 1 - (depth - np.float32(near)) * texel * np.float32(_FOCAL)
    seen = cv2.remap(
        cv2.merge(list(tile)),
        columns,
        np.ascontiguousarray(np.broadcast_to(rows, columns.shape)),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT_101,
    )
    blurred = cv2.GaussianBlur(seen, (0, 0), max(0.6, 0.0035 * easel.height_px))
    in_focus = easel.stand.down - 0.03
    away = np.clip((in_focus - down) / max(0.02, in_focus - far_edge), 0, 1)
    return mix(_planes(seen), _planes(blurred), np.asarray(away, np.float32))


def _planes(picture: object) -> Field:
    return np.ascontiguousarray(np.moveaxis(np.asarray(picture, np.float32), 2, 0))
