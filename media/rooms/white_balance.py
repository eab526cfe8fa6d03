"""White balance: what colour the light of a room had, and the gains that make it neutral.

Paint, wood and light cannot be told apart for certain, so two witnesses are asked: the brightest
surfaces, which in rooms are mostly white (ceilings, frames, linen), and the quiet upper part,
which is ceiling and wall. Only what both say is corrected, and not all of it: a warm room should
stay a little warm.
"""

import numpy as np
from numpy.typing import NDArray

from media.rooms.linear_light import LUMA_WEIGHTS, Light, luma_of

Floats = NDArray[np.float64]

MAX_WARMTH_STOPS = 1.2
"""Most that the ratio of red to blue is changed, in stops."""
MAX_TINT_STOPS = 0.2
"""Most that green is changed against the two: lamps and daylight differ little in this."""

_UNSEEN_STOPS = 0.08
"""A cast of this size is left alone, and so much of every cast."""
_UNSEEN_CHANGE = 0.03
_CORRECTED = 0.8
_CLIPPED, _DARK = 0.96, 0.02
_MOST_STOPS = 3.5
"""Red to blue beyond this is the colour of a thing, not of a light."""
_BRIGHT_PERCENT = 8.0
_UPPER = 0.4
_MIN_WITNESSES = 50


def neutral_gains(light: Light) -> Floats:
    """Gains (3,) of red, green and blue, in linear light (height, width, 3) of 0 to 1.

    They keep the luminance of grey, and are all 1 where no cast was found.
    """
    luma = luma_of(light)
    usable = (light.max(axis=-1) < _CLIPPED) & (luma > _DARK)
    stops = np.log2(np.maximum(light, np.float32(1e-4)))
    warmth = stops[..., 0] - stops[..., 2]
    tint = stops[..., 1] - (stops[..., 0] + stops[..., 2]) / 2
    usable &= np.abs(warmth) < _MOST_STOPS
    witnesses = (_brightest(luma, usable), _quiet_upper(luma, usable))
    if min(int(each.sum()) for each in witnesses) < _MIN_WITNESSES:
        return np.ones(3)
    red_blue = _agreed([float(np.median(warmth[each])) for each in witnesses])
    green = _agreed([float(np.median(tint[each])) for each in witnesses])
    red_blue = float(np.clip(_corrected(red_blue), -MAX_WARMTH_STOPS, MAX_WARMTH_STOPS))
    green = float(np.clip(_corrected(green), -MAX_TINT_STOPS, MAX_TINT_STOPS))
    if max(abs(red_blue), abs(green)) < _UNSEEN_CHANGE:
        return np.ones(3)
    gains = np.exp2([-red_blue / 2 + green / 3, -2 * green / 3, red_blue / 2 + green / 3])
    found: Floats = gains / (gains @ LUMA_WEIGHTS)
    return found


def warmth_stops(gains: Floats) -> float:
    """How much warmer gains make a picture, in stops of red against blue."""
    return float(np.log2(gains[0] / gains[2]))


def _brightest(luma: Light, usable: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The brightest part of what is not clipped; all False where nothing is usable."""
    if not usable.any():
        return usable
    limit = np.percentile(luma[usable], 100 - _BRIGHT_PERCENT)
    return np.asarray(usable & (luma >= limit))


def _quiet_upper(luma: Light, usable: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The smoother, brighter half of the upper part: ceiling and walls."""
    upper = usable.copy()
    upper[max(2, round(_UPPER * len(luma))) :] = False
    if not upper.any() or min(luma.shape) < 2:
        return np.zeros_like(upper)
    stops = np.log2(np.maximum(luma, np.float32(1e-4)))
    change = np.abs(np.gradient(stops, axis=0)) + np.abs(np.gradient(stops, axis=1))
    quiet = change <= np.median(change[upper])
    return np.asarray(upper & quiet & (luma >= np.median(luma[upper])))


def _agreed(casts: list[float]) -> float:
    """What all witnesses say at least; 0 where they contradict each other."""
    if min(casts) > 0:
        return min(casts)
    return max(casts) if max(casts) < 0 else 0.0


def _corrected(cast_stops: float) -> float:
    beyond = max(0.0, abs(cast_stops) - _UNSEEN_STOPS)
    return float(np.sign(cast_stops)) * _CORRECTED * beyond
