"""Where edges of which direction are: histograms of oriented gradients, few numbers of them.

The histograms are Dalal and Triggs's ("Histograms of Oriented Gradients for Human Detection",
CVPR 2005): cells of a square, each with the strength of its edges by direction, and each set in
relation to its neighbours so that a faint picture counts like a strong one.

A grid is a float array (cells, cells, DIRECTIONS). Direction 0 is an upright edge, and direction
d leans as much to one side as DIRECTIONS - d leans to the other.
"""

import cv2
import numpy as np

from media.background_models import Plane

DIRECTIONS = 9

_SMOOTHED = 0.35
"""Spread, in cells, over which an edge is shared with the neighbouring cells."""
_FAINT = 0.02
"""Share of the strongest block's energy that is added to every block: noise is not inflated."""
_MOST = 0.25
"""Most that one direction of a cell may have of its block."""


def edge_grid(picture: Plane, cells: int) -> Plane:
    """Strength of the edges of a square picture, of one channel or several, by cell and direction.

    Of several channels, the one with the strongest edge counts at each pixel.
    """
    planes = picture if picture.ndim == 3 else picture[..., None]
    across = _gradient(planes, 1, 0)
    down = _gradient(planes, 0, 1)
    strength = np.hypot(across, down)
    strongest = strength.argmax(axis=-1)[..., None]
    across, down, strength = (
        np.take_along_axis(plane, strongest, -1)[..., 0] for plane in (across, down, strength)
    )
    turn = np.mod(np.arctan2(down, across), np.pi) * (DIRECTIONS / np.pi)
    lower = np.minimum(turn.astype(np.intp), DIRECTIONS - 1)
    beyond = turn - lower
    rows, columns = np.indices(strength.shape)
    grid = np.zeros((*strength.shape, DIRECTIONS), np.float32)
    grid[rows, columns, lower] = strength * (1 - beyond)
    grid[rows, columns, (lower + 1) % DIRECTIONS] += strength * beyond
    grid = np.asarray(cv2.GaussianBlur(grid, (0, 0), _SMOOTHED * len(picture) / cells), np.float32)
    each = len(picture) // cells
    means = grid.reshape(cells, each, cells, each, DIRECTIONS).mean(axis=(1, 3))
    return np.asarray(means, np.float32)


def even_grid(grid: Plane) -> Plane:
    """The grid with each cell in relation to the four blocks of 2 x 2 cells it is part of.

    The mean over the blocks, as Felzenszwalb, Girshick, McAllester and Ramanan sum it up ("Object
    Detection with Discriminatively Trained Part-Based Models", PAMI 2010), not all four.
    """
    cells = len(grid)
    energy = np.pad(np.square(grid).sum(axis=-1), 1)
    blocks = energy[:-1, :-1] + energy[1:, :-1] + energy[:-1, 1:] + energy[1:, 1:]
    length = np.sqrt(blocks + _FAINT * blocks.max() + 1e-8)[..., None]
    related = [
        np.minimum(grid / length[row : row + cells, column : column + cells], _MOST)
        for row in (0, 1)
        for column in (0, 1)
    ]
    return np.asarray(sum(related) / np.float32(4), np.float32)


def mirrorless(grid: Plane) -> Plane:
    """The root mean square of the grid and its mirror image: the same for a mirrored picture."""
    mirrored = np.roll(grid[:, ::-1, ::-1], 1, axis=-1)
    return np.sqrt((np.square(grid) + np.square(mirrored)) / 2)


def coarse_waves(grid: Plane, finest: int) -> Plane:
    """A mirrorless grid as its cosine waves whose numbers across and down are under `finest`
    together, what its other half repeats left out; dot products are kept but for finer waves.
    """
    waves = np.stack(
        [cv2.dct(np.ascontiguousarray(grid[..., way])) for way in range(DIRECTIONS)], -1
    )
    down, across = np.indices(waves.shape[:2])
    is_coarse = down + across < finest
    # Directions 5 to 8 mirror 4 to 1, so that each of those counts twice; 0 mirrors itself, so
    # that it has no odd waves across.
    twice = waves[is_coarse][:, 1 : DIRECTIONS // 2 + 1] * np.float32(2**0.5)
    once = waves[is_coarse & (across % 2 == 0)][:, 0]
    return np.concatenate([twice.ravel(), once]).astype(np.float32)


def _gradient(planes: Plane, dx: int, dy: int) -> Plane:
    found = cv2.Sobel(planes, cv2.CV_32F, dx, dy, ksize=1)
    return np.asarray(found, np.float32).reshape(planes.shape)
