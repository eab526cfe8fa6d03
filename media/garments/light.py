"""Light on cloth: a large soft lamp from the upper left, and the bright room."""

from dataclasses import dataclass

import numpy as np

from media.garments.cloth import Cloth
from media.garments.folds import Floats
from media.garments.shaping import Shape

_TOWARDS = np.array([-0.46, -0.52, 0.72])
# Plain floats: a numpy scalar of double precision would double every field it meets.
_LAMP = [float(part) for part in _TOWARDS / np.linalg.norm(_TOWARDS)]
_BETWEEN = np.array([_LAMP[0], _LAMP[1], _LAMP[2] + 1])
_HALF = [float(part) for part in _BETWEEN / np.linalg.norm(_BETWEEN)]
_AMBIENT = 0.42


@dataclass(frozen=True)
class Lit:
    """Light over a box at half its size."""

    shade: Floats
    """Of the cloth's own colour; 1 on average."""
    gloss: Floats
    """Of the lamp's colour, 0 to 1."""


def lit(shape: Shape, cloth: Cloth, inside: Floats) -> Lit:
    """The light that a shape gives back; `inside` says which places count for the average."""
    length = 1 / np.sqrt(1 + shape.slope_x**2 + shape.slope_y**2)
    facing = (-shape.slope_x * _LAMP[0] - shape.slope_y * _LAMP[1] + _LAMP[2]) * length / _LAMP[2]
    shade = _AMBIENT + (1 - _AMBIENT) * np.clip(facing, 0, 1.5)
    # Valleys see less of the room.
    shade *= 1 - np.clip(0.075 * shape.hollow, -0.12, 0.5)
    gloss = np.zeros_like(shade)
    if cloth.shine:
        half = (-shape.slope_x * _HALF[0] - shape.slope_y * _HALF[1] + _HALF[2]) * length
        flat = _HALF[2] ** cloth.polish
        gloss = (
            cloth.shine
            * np.clip(np.clip(half, 0, 1) ** cloth.polish - flat, 0, 1)
            / (1 - flat + 0.05)
        )
        gloss += 0.25 * cloth.shine * np.clip(-shape.hollow * 0.12, 0, 0.6)
    if cloth.nap:
        grazing = np.clip(1 - length, 0, 1) ** 0.8
        shade = shade * (1 - 0.2 * cloth.nap) + cloth.nap * 1.5 * grazing
    weight = float(inside.sum())
    mean = float((shade * inside).sum()) / weight if weight > 1 else 1.0
    return Lit((shade / max(0.3, mean**0.85)).astype(np.float32), gloss.astype(np.float32))
