"""An oak floor laid in a herringbone."""

import numpy as np
from film import Array, color, smooth, vector

_PLANK_M, _PLANKS_LONG = 0.1, 6
_GRAIN = np.random.default_rng(7).random((256, 256)).astype(np.float32)


def herringbone(points: Array) -> tuple[Array, Array]:
    """Return the colour of the floor at points (3, n), shape (3, n), and how it shines, 0 to 1."""
    u, v = (points[0] + points[2]) / _PLANK_M / 1.414, (points[2] - points[0]) / _PLANK_M / 1.414
    column, row = np.floor(u).astype(int), np.floor(v).astype(int)
    step = (column - row) % (2 * _PLANKS_LONG)
    lying = step < _PLANKS_LONG
    across = np.where(lying, v - row, u - column)
    along = np.where(lying, u - column + step, v - row + 2 * _PLANKS_LONG - 1 - step)
    first = np.where(lying, column - step, column)
    second = np.where(lying, row, row + step)
    chance = _GRAIN[first % 251, second % 241]
    grain = _GRAIN[
        (across * 23 + chance * 997).astype(int) % 256,
        (along * 1.7 + chance * 613).astype(int) % 256,
    ]
    seam = np.minimum(np.minimum(across, 1 - across), np.minimum(along, _PLANKS_LONG - along))
    tone = color("#ab8059") * (0.72 + 0.45 * chance + 0.1 * grain)
    tone = tone * vector(1, 0.98, 0.95) ** (chance * 3)
    joint = smooth(0.0, 0.045, seam)
    return tone * (0.45 + 0.55 * joint), 0.5 + 0.5 * joint
