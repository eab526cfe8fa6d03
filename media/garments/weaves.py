"""Weaves: the fine surface of a fabric, as factors of its colour."""

from collections.abc import Callable

import cv2
import numpy as np

from media.garments.cloth import Cloth
from media.garments.folds import Floats
from media.garments.prints import Place


def weave_of(cloth: Cloth, place: Place, rng: np.random.Generator, surface: str) -> Floats:
    """Factors (h, w) around 1 for a cloth at places; ribs wherever the surface is a rib."""
    if surface == "rib":
        return _rib(place, rng, 0.2)
    if surface == "lace":
        return _WEAVES["lace"](place, rng, 0.3)
    return _WEAVES[cloth.weave](place, rng, cloth.grain)


def _noise(rng: np.random.Generator, shape: tuple[int, ...], wide: float, tall: float) -> Floats:
    """Noise of unit strength, of specks so many pixels wide and tall."""
    rows, columns = int(shape[0] / tall) + 2, int(shape[1] / wide) + 2
    specks = rng.standard_normal((rows, columns), np.float32)
    return np.asarray(
        cv2.resize(specks, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR) * 1.3, np.float32
    )


def _fine(place: Place, rng: np.random.Generator, grain: float) -> Floats:
    return np.asarray(1 + grain * _noise(rng, place.u.shape, 1.2, 1.2), np.float32)


def _slub(place: Place, rng: np.random.Generator, grain: float) -> Floats:
    shape = place.u.shape
    threads = 0.6 * _noise(rng, shape, 16, 1.1) + 0.6 * _noise(rng, shape, 1.1, 16)
    return np.asarray(1 + grain * threads, np.float32)


def _twill(place: Place, rng: np.random.Generator, grain: float) -> Floats:
    lines = np.sin((place.u + place.v) * 2.1)
    worn = _noise(rng, place.u.shape, 34, 46)
    return np.asarray(
        1 + grain * (0.55 * lines + 0.5 * _noise(rng, place.u.shape, 1.3, 2.6) + 0.45 * worn),
        np.float32,
    )


def _rib(place: Place, rng: np.random.Generator, grain: float) -> Floats:
    column = np.sin(place.u * (2 * np.pi / 8.0))
    return np.asarray(
        1 + grain * (0.75 * column - 0.1) + 0.02 * _noise(rng, place.u.shape, 1.5, 1.5), np.float32
    )


def _knit(place: Place, rng: np.random.Generator, grain: float) -> Floats:
    """Stocking stitch: columns of small Vs."""
    lane = place.u / 5.6
    lean = np.abs(lane - np.floor(lane) - 0.5) * 2
    stitch = np.sin(2 * np.pi * (place.v / 5.2 - 0.55 * lean))
    gap = np.cos(2 * np.pi * lane)
    return np.asarray(
        1 + grain * (0.42 * stitch + 0.34 * gap) + 0.025 * _noise(rng, place.u.shape, 1.6, 1.6),
        np.float32,
    )


def _wool(place: Place, rng: np.random.Generator, grain: float) -> Floats:
    shape = place.u.shape
    return np.asarray(
        1 + grain * (0.7 * _noise(rng, shape, 1.6, 1.6) + 0.6 * _noise(rng, shape, 4, 4)),
        np.float32,
    )


def _tweed(place: Place, rng: np.random.Generator, grain: float) -> Floats:
    shape = place.u.shape
    thread = np.sign(np.sin(place.u * 1.5)) * np.sign(np.sin(place.v * 1.5))
    flecks = np.clip(_noise(rng, shape, 2.2, 2.2) - 1.5, 0, 1)
    return np.asarray(
        1 + grain * (0.35 * thread + 0.55 * _noise(rng, shape, 2.4, 2.4) + flecks), np.float32
    )


def _pebble(place: Place, rng: np.random.Generator, grain: float) -> Floats:
    return np.asarray(1 + grain * _noise(rng, place.u.shape, 2.3, 2.3), np.float32)


def _wale(place: Place, rng: np.random.Generator, grain: float) -> Floats:
    cord = np.cos(place.u * (2 * np.pi / 6.4))
    return np.asarray(
        1 + grain * (0.8 * cord - 0.05) + 0.03 * _noise(rng, place.u.shape, 1.4, 3), np.float32
    )


def _sequin(place: Place, rng: np.random.Generator, grain: float) -> Floats:
    """Discs in rows, each tilted its own way; a few catch the lamp."""
    pitch = 6.2
    row = np.floor(place.v / (pitch * 0.8))
    column = np.floor(place.u / pitch + 0.5 * (row % 2))
    x = place.u / pitch + 0.5 * (row % 2) - column - 0.5
    y = place.v / (pitch * 0.8) - row - 0.5
    luck = np.abs(np.sin(column * 12.9898 + row * 78.233) * 43758.5453) % 1
    tilt = np.abs(np.sin(column * 39.346 + row * 11.135) * 24634.6345) % 1
    disc = np.clip(1.25 - 2.1 * np.hypot(x, y), 0, 1)
    glint = np.where(luck > 0.9, 2.4 * disc, 0.0)
    sheen = (tilt - 0.5) * 1.1 + 0.7 * (-x - y) * (tilt > 0.35)
    del rng
    return np.asarray(0.86 + grain * (sheen + glint) + 0.16 * disc, np.float32)


def _lace(place: Place, rng: np.random.Generator, grain: float) -> Floats:
    """Flowers of dense thread on a net that shows the lining through."""
    del rng
    pitch = 40.0
    row = np.round(place.v / (pitch * 0.82))
    x = place.u / pitch + 0.5 * (row % 2)
    x = (x - np.round(x)) * pitch
    y = place.v - row * pitch * 0.82
    radius, turn = np.hypot(x, y), np.arctan2(y, x)
    flower = np.clip((13.5 * (0.66 + 0.34 * np.cos(6 * turn)) - radius) / 1.6 + 0.5, 0, 1)
    ring = np.clip((1.6 - np.abs(radius - 17.0)) / 1.0 + 0.4, 0, 1)
    eye = np.clip((3.0 - radius) / 1.0 + 0.5, 0, 1)
    net = 0.5 + 0.5 * np.sign(
        np.sin((place.u + place.v) * 1.15) * np.sin((place.u - place.v) * 1.15)
    )
    dense = np.maximum(np.maximum(flower - 0.75 * eye, ring), 0.36 * net)
    return np.asarray(1 + grain * (1.15 * dense - 0.55), np.float32)


def _net(place: Place, rng: np.random.Generator, grain: float) -> Floats:
    mesh = np.sin((place.u + place.v) * 1.7) * np.sin((place.u - place.v) * 1.7)
    return np.asarray(1 + grain * (mesh + 0.4 * _noise(rng, place.u.shape, 1.5, 8)), np.float32)


_WEAVES: dict[str, Callable[[Place, np.random.Generator, float], Floats]] = {
    "fine": _fine,
    "slub": _slub,
    "twill": _twill,
    "rib": _knit,
    "wool": _wool,
    "tweed": _tweed,
    "pebble": _pebble,
    "pile": _fine,
    "wale": _wale,
    "sequin": _sequin,
    "lace": _lace,
    "net": _net,
}
