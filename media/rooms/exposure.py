"""Exposure: dark rooms lifted as a photographer would, without losing what is bright.

The gain at a place depends on how bright its surroundings are: full in the shadows and half
tones, none at white, so a window keeps its detail and order is kept. What the surroundings are
is told by a guided filter, which stops at edges; see He and Sun, "Fast Guided Filter" (2015).
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from media.rooms.linear_light import Light, Pixels, linear_light, luma_of, srgb_levels

MAX_PUSH_EV = 2.0
"""Most that a whole picture is made brighter: more shows the noise of the sensor."""
MAX_LIFT_EV, MAX_DROP_EV = 1.8, 0.4
"""Most that shadows and half tones are lifted or dropped."""

_DARKEST = 1 / 1024
_KEY_STOPS = (-1.9, -0.6)
"""The usual brightness of rooms photographed well, in stops under white."""
_BLACK_STOPS = -8.0
"""A picture darker than this shows nothing that could be lifted."""
_CORRECTED = 0.95
_UNSEEN_EV = 0.15
_BRIGHTEST_STOPS, _BLOWN_STOPS = -0.3, -0.06
_MIN_SEEN = 0.2
_EVERY, _TRIED = 5, 23
_FULL_BELOW, _BLACK_BELOW = -3.2, -8.5
"""Stops under which a lift is whole, and under which it fades again so that black stays black."""
_FADING_STOPS = -1.6
"""Whatever its surroundings, a pixel brighter than this is changed the less the brighter it is."""
_CONTRAST = 0.12
"""How much more a place differs from its surroundings than before, where light is changed."""
_RADIUS_SHARE = 0.04
_EDGE_VARIANCE = 0.12
_BAND_ROWS = 256


@dataclass(frozen=True)
class Development:
    """How a picture is developed: gains of its channels, and its exposure place by place.

    The gain at a pixel follows from its own stops under white by a slope and an offset, which
    are small pictures that cover the whole one.
    """

    gains: NDArray[np.float64]
    exposure_ev: float
    slope: Light
    offset: Light


def plan_development(light: Light, gains: NDArray[np.float64]) -> Development:
    """How to develop a picture, from the linear light of a small copy of it."""
    stops = _stops(light * gains.astype(np.float32))
    push_ev = _push_ev(stops)
    stops = np.asarray(stops + np.float32(push_ev), np.float32)
    slope, offset = _guided(stops, _gain_curve(stops))
    # All of it is linear in the lift, so the lift can be chosen at the end.
    lift_ev = _lift_ev(stops, _gain_ev(stops, slope, offset))
    exposure_ev = push_ev + lift_ev
    surroundings_slope, surroundings_offset = _guided(stops, stops)
    contrast = _CONTRAST * min(1.0, abs(exposure_ev))
    return Development(
        gains * 2**push_ev,
        exposure_ev,
        lift_ev * slope + contrast * (1 - surroundings_slope),
        lift_ev * offset - contrast * surroundings_offset,
    )


def developed(picture: Pixels, plan: Development) -> Pixels:
    """The sRGB picture (height, width, 3) developed, band by band so that memory stays small."""
    height, width = picture.shape[:2]
    result = np.empty_like(picture)
    gains = plan.gains.astype(np.float32)
    for top in range(0, height, _BAND_ROWS):
        rows = slice(top, min(top + _BAND_ROWS, height))
        light = linear_light(picture[rows]) * gains
        slope = _band_of(plan.slope, rows, (width, height))
        offset = _band_of(plan.offset, rows, (width, height))
        light *= np.exp2(_gain_ev(_stops(light), slope, offset))[..., None]
        result[rows] = srgb_levels(light)
    return result


def _push_ev(stops: Light) -> float:
    """How much more light the whole picture takes before anything is white, if it needs any."""
    seen = stops[stops < _BLOWN_STOPS]
    if not seen.size:
        return 0.0
    room_ev = _BRIGHTEST_STOPS - float(np.percentile(stops, 99))
    needed_ev = _CORRECTED * (_goal_stops(_key_stops(seen)) - _key_stops(seen))
    push_ev = min(room_ev, needed_ev, MAX_PUSH_EV)
    return push_ev if push_ev > _UNSEEN_EV else 0.0


def _lift_ev(stops: Light, gain_per_ev: Light) -> float:
    """The lift or drop that brings the picture to its usual brightness, or near to it."""
    seen = stops < _BLOWN_STOPS
    if seen.mean() < _MIN_SEEN:
        return 0.0
    tones, gains = stops[seen][::_EVERY], gain_per_ev[seen][::_EVERY]
    tried_ev = np.linspace(-MAX_DROP_EV, MAX_LIFT_EV, _TRIED)
    keys = [_key_stops(tones + ev * gains) for ev in tried_ev]
    key = _key_stops(tones)
    goal = key + _CORRECTED * (_goal_stops(key) - key)
    wanted = float(np.interp(goal, np.maximum.accumulate(keys), tried_ev))
    return wanted if abs(wanted) > _UNSEEN_EV else 0.0


def _key_stops(tones: Light) -> float:
    """How bright a picture is as a whole: its half tones, and its walls or ceiling."""
    return float(np.percentile(tones, (40, 85)).mean())


def _goal_stops(key: float) -> float:
    return key if key < _BLACK_STOPS else float(np.clip(key, *_KEY_STOPS))


def _gain_ev(stops: Light, slope: Light, offset: Light) -> Light:
    """The gain of each pixel; bright things in dark surroundings are not lifted with these."""
    return np.asarray((slope * stops + offset) * np.clip(stops / _FADING_STOPS, 0, 1))


def _gain_curve(stops: Light) -> Light:
    """The gain of a place of so many stops: less towards white, and less in the blackest."""
    to_white = np.clip(stops / _FULL_BELOW, 0, 1)
    to_black = np.clip((stops - _BLACK_BELOW) / 3, 0.4, 1)
    return np.asarray(to_white * to_white * (3 - 2 * to_white) * to_black, np.float32)


def _guided(guide: Light, wanted: Light) -> tuple[Light, Light]:
    """Slope and offset by which the guide gives the wanted values, smoothly and edge by edge."""
    side = 2 * max(2, round(_RADIUS_SHARE * max(guide.shape))) + 1

    def mean(values: Light) -> Light:
        return np.asarray(cv2.blur(values, (side, side), borderType=cv2.BORDER_REFLECT), np.float32)

    mean_guide, mean_wanted = mean(guide), mean(wanted)
    variance = np.maximum(mean(guide * guide) - mean_guide**2, 0)
    shared = mean(guide * wanted) - mean_guide * mean_wanted
    slope = shared / (variance + np.float32(_EDGE_VARIANCE))
    offset = mean_wanted - slope * mean_guide
    return mean(slope), mean(offset)


def _stops(light: Light) -> Light:
    """Stops under white of linear light (..., 3)."""
    return np.asarray(np.log2(np.maximum(luma_of(light), np.float32(_DARKEST))), np.float32)


def _band_of(small: Light, rows: slice, size_px: tuple[int, int]) -> Light:
    """Some rows of a small picture enlarged to a size."""
    width, height = size_px
    across, down = small.shape[1] / width, small.shape[0] / height
    placed = np.array(
        [[across, 0, across / 2 - 0.5], [0, down, (rows.start + 0.5) * down - 0.5]], np.float32
    )
    enlarged = cv2.warpAffine(
        small,
        placed,
        (width, rows.stop - rows.start),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(enlarged, np.float32)
