"""Prints: the colour of cloth at each place of its grain."""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from media.garments.colors import GarmentColor, companion_color
from media.garments.folds import Floats
from media.garments.print_tiles import TILES

_SOFT = 0.7
"""Units over which an edge of a print passes from one colour to the other."""


@dataclass(frozen=True)
class Place:
    """Where pixels lie: on the grain in units of the figure, and down the whole garment."""

    u: Floats
    v: Floats
    down: Floats
    """0 at the garment's top to 1 at its foot."""
    across: Floats
    """x of the figure, 0 at the centre."""


Print = Callable[[Place], Floats]
"""Colours (h, w, 3), 0 to 255, at places."""


def print_of(motif: str, colors: tuple[GarmentColor, ...], rng: np.random.Generator) -> Print:
    """The print of a motif in colours, the main one first; made once for a garment."""
    inks = [np.array(color.rgb, np.float32) for color in colors]
    if len(inks) == 1:
        inks.append(np.array(companion_color(colors[0]).rgb, np.float32))
    if motif in TILES:
        tile, period = TILES[motif](inks, rng)
        return lambda place: _tiled(tile, period, place)
    if motif in _FIELDS:
        drawn = _FIELDS[motif]
        drift = rng.uniform(0, 100, 4)
        return lambda place: drawn(inks, place, drift)
    main = inks[0]
    return lambda place: np.broadcast_to(main, (*place.u.shape, 3)).astype(np.float32)


def _tiled(tile: Floats, period: float, place: Place) -> Floats:
    size = np.float32(len(tile) / period)
    x, y = place.u * size, place.v * size
    x -= np.floor(x / len(tile)) * len(tile)
    y -= np.floor(y / len(tile)) * len(tile)
    return np.asarray(
        cv2.remap(tile, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP), np.float32
    )


def _mixed(first: Floats, second: Floats, share: Floats) -> Floats:
    return np.asarray(first + (second - first) * share[..., None], np.float32)


def _bars(at: Floats, period: float, duty: float) -> Floats:
    """1 inside stripes, 0 between them, soft at their edges; a stripe is centred on 0."""
    distance = np.abs(at / period - np.round(at / period)) * period
    return np.asarray(np.clip((0.5 * duty * period - distance) / _SOFT + 0.5, 0, 1))


def _stripes(inks: list[Floats], place: Place, drift: Floats) -> Floats:
    del drift
    cloth = _mixed(inks[0], inks[1], _bars(place.u, 25, 0.46))
    if len(inks) > 2:
        cloth = _mixed(cloth, inks[2], _bars(place.u + 12.5, 25, 0.14))
    return cloth


def _horizontal(inks: list[Floats], place: Place, drift: Floats) -> Floats:
    del drift
    cloth = _mixed(inks[0], inks[1], _bars(place.v, 27, 0.4))
    if len(inks) > 2:
        cloth = _mixed(cloth, inks[2], _bars(place.v + 13.5, 54, 0.1))
    return cloth


def _pinstripes(inks: list[Floats], place: Place, drift: Floats) -> Floats:
    del drift
    return _mixed(inks[0], inks[1], 0.85 * _bars(place.u, 19, 0.085))


def _dots(inks: list[Floats], place: Place, drift: Floats) -> Floats:
    del drift
    pitch = 31.0
    row = np.round(place.v / (pitch * 0.866))
    x = place.u / pitch + 0.5 * (row % 2)
    x = (x - np.round(x)) * pitch
    y = place.v - row * pitch * 0.866
    return _mixed(inks[0], inks[1], np.clip((7.6 - np.hypot(x, y)) / _SOFT + 0.5, 0, 1))


def _gingham(inks: list[Floats], place: Place, drift: Floats) -> Floats:
    del drift
    woven = 0.5 * (_bars(place.u, 26, 0.5) + _bars(place.v, 26, 0.5))
    light, dark = sorted(inks[:2], key=lambda ink: -float(ink.sum()))
    return _mixed(light, dark, woven)


def _checks(inks: list[Floats], place: Place, drift: Floats) -> Floats:
    del drift
    pane = np.maximum(_bars(place.u, 44, 0.07), _bars(place.v, 44, 0.07))
    double = np.maximum(_bars(place.u + 9, 44, 0.04), _bars(place.v + 9, 44, 0.04))
    ground = _mixed(
        inks[0], inks[0] * 0.86, 0.5 * (_bars(place.u + 22, 44, 0.5) + _bars(place.v + 22, 44, 0.5))
    )
    cloth = _mixed(ground, inks[1], 0.9 * pane)
    return _mixed(cloth, inks[2 % len(inks)] if len(inks) > 2 else inks[1], 0.6 * double)


def _plaid(inks: list[Floats], place: Place, drift: Floats) -> Floats:
    del drift
    third = inks[2] if len(inks) > 2 else 0.5 * inks[0] * 0.6 + 0.1 * inks[1]
    bright = inks[3] if len(inks) > 3 else np.array([236, 222, 180], np.float32)
    cloth = np.broadcast_to(inks[0], (*place.u.shape, 3))
    for at in (place.u, place.v):
        cloth = _mixed(cloth, third, 0.5 * _bars(at, 84, 0.36))
        cloth = _mixed(cloth, inks[1], 0.55 * _bars(at + 42, 84, 0.12))
        cloth = _mixed(cloth, bright, 0.5 * _bars(at + 20, 84, 0.028))
    twill = 0.5 + 0.5 * np.sign(np.sin((place.u + place.v) * 1.9))
    return np.asarray(cloth * (0.985 + 0.03 * twill[..., None]), np.float32)


def _houndstooth(inks: list[Floats], place: Place, drift: Floats) -> Floats:
    """Two-up, two-down twill of four dark and four light threads each way."""
    del drift
    thread = 3.1
    column, row = np.floor(place.u / thread), np.floor(place.v / thread)
    warp_over = ((column + row) % 4) < 2
    warp_dark, weft_dark = (column % 8) < 4, (row % 8) < 4
    dark = np.where(warp_over, warp_dark, weft_dark).astype(np.float32)
    return _mixed(inks[1], inks[0], cv2.GaussianBlur(dark, (0, 0), 0.6))


def _tie_dye(inks: list[Floats], place: Place, drift: Floats) -> Floats:
    """Rings of dye around knots, bleeding along the folds the cloth was bound in."""
    cloth = np.broadcast_to(inks[0], (*place.u.shape, 3))
    x, y = place.across, 620 * (place.down - 0.3)
    turn = np.arctan2(y, x)
    radius = np.hypot(x, y)
    bleed = (
        9 * np.sin(7 * turn + drift[0]) + 6 * np.sin(13 * turn + drift[1]) + 8 * np.sin(radius / 17)
    )
    swirl = (radius + bleed) / 40 + turn / np.pi
    pale = np.array([246, 242, 232], np.float32)
    for number, ink in enumerate([*inks[1:4], pale]):
        wave = 0.5 + 0.5 * np.sin(2 * np.pi * (swirl / 2 + number / 3.3) + drift[2])
        cloth = _mixed(cloth, ink, np.clip((wave - 0.6) * 3.0, 0, 0.94))
    return np.asarray(cloth, np.float32)


def _color_block(inks: list[Floats], place: Place, drift: Floats) -> Floats:
    del drift
    cloth = np.broadcast_to(inks[0], (*place.u.shape, 3))
    count = min(3, len(inks)) if len(inks) > 2 else 2
    for number in range(1, count):
        edge = number / count + (0.06 if count == 2 else 0.02)
        cloth = _mixed(cloth, inks[number], np.clip((place.down - edge) * 420 + 0.5, 0, 1))
    return np.asarray(cloth, np.float32)


def _ombre(inks: list[Floats], place: Place, drift: Floats) -> Floats:
    del drift
    share = np.clip((place.down - 0.12) / 0.8, 0, 1) * (len(inks[:3]) - 1)
    cloth = np.broadcast_to(inks[0], (*place.u.shape, 3))
    for number in range(1, len(inks[:3])):
        step = np.clip(share - (number - 1), 0, 1)
        cloth = _mixed(cloth, inks[number], step * step * (3 - 2 * step))
    return np.asarray(cloth, np.float32)


_FIELDS: dict[str, Callable[[list[Floats], Place, Floats], Floats]] = {
    "stripes": _stripes,
    "horizontal stripes": _horizontal,
    "pinstripes": _pinstripes,
    "polka dots": _dots,
    "gingham": _gingham,
    "checks": _checks,
    "plaid": _plaid,
    "houndstooth": _houndstooth,
    "tie-dye": _tie_dye,
    "color block": _color_block,
    "ombre": _ombre,
}
