"""Colour and vectors: light in, levels out.

Points and directions are arrays of shape (3, n) in metres: x to the right, y up, z away from
the viewer. Colours are linear light.
"""

from collections.abc import Callable

import numpy as np
from PIL import ImageColor

Array = np.ndarray
Paint = Callable[[Array, Array], Array]


def color(text: str) -> Array:
    """Return a CSS colour as linear light, shape (3, 1)."""
    levels = np.array(ImageColor.getrgb(text)[:3], np.float32)[:, None] / 255
    return np.where(levels > 0.04045, ((levels + 0.055) / 1.055) ** 2.4, levels / 12.92)


def plain(text: str) -> Paint:
    """Paint of one colour."""
    tone = color(text)
    return lambda points, _: np.broadcast_to(tone, points.shape)


def unit(vectors: Array) -> Array:
    """Return vectors of length 1."""
    return vectors / np.maximum(np.sqrt((vectors * vectors).sum(0)), 1e-9)


def vector(*xyz: float) -> Array:
    """Return one point or direction, shape (3, 1)."""
    return np.array(xyz, np.float32)[:, None]


def smooth(low: float, high: float, values: Array) -> Array:
    """Return 0 below `low`, 1 above `high` and an S-curve between."""
    share = np.clip((values - low) / (high - low), 0, 1)
    return share * share * (3 - 2 * share)


def develop_light(seen: Array) -> Array:
    """Return linear light as sRGB levels 0 to 1 by a film curve (Narkowicz 2015).

    Channels are on the first axis of flat values and on the last of a picture; those after
    the third pass unchanged.
    """
    light = seen[:3] if seen.ndim == 2 else seen[..., :3]
    light = light + 0.14 * (light.mean(0 if seen.ndim == 2 else -1, keepdims=True) - light)
    film = np.clip(light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14), 0, 1)
    levels = np.where(film > 0.0031308, 1.055 * film ** (1 / 2.4) - 0.055, film * 12.92)
    axis = 0 if seen.ndim == 2 else -1
    return np.concatenate([levels, seen[3:] if seen.ndim == 2 else seen[..., 3:]], axis)
