"""The colour vector: how much of a product has which colour, and where from top to bottom.

A soft histogram: each pixel is shared among fixed colours by how near it is to them in CIE Lab, so
that a little more light moves a little of the histogram and not all of it. The colours are greys,
and hues at even steps, so that what tells products apart, the hue, has most of the numbers.
"""

import math
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from media.background_models import Plane
from media.descriptors.isolation import Product
from media.embeddings import VectorPart, joined

_PIECES = (
    VectorPart("whole", 108, 0.6),
    VectorPart("top", 28, 0.4 / 3),
    VectorPart("middle", 28, 0.4 / 3),
    VectorPart("bottom", 28, 0.4 / 3),
)
_COUNTED_PX = 64
_LIGHTNESS = (25.0, 50.0, 75.0)
_BORDER = np.ones((5, 5), np.uint8)
"""What is left off along the outline, where product and background mix."""


class _Palette(NamedTuple):
    greys: int
    hues: int
    chromas: tuple[float, ...]
    """At each hue and each of `_LIGHTNESS`."""
    spread: float
    """In Lab units: how far a pixel counts."""


_FINE = _Palette(12, 16, (25.0, 55.0), 12.0)
_COARSE = _Palette(4, 8, (35.0,), 18.0)


def color_vector(product: Product) -> Plane:
    """Shape (192,), length 1; the roots of shares.

    A dot product is thus a Bhattacharyya coefficient ("On a measure of divergence between two
    multinomial populations", Sankhya 1946): 1 for the same colours, 0 for none in common.
    """
    size = (_COUNTED_PX, _COUNTED_PX)
    lab = np.asarray(cv2.resize(product.lab, size, interpolation=cv2.INTER_AREA), np.float32)
    inner = cv2.erode(product.cover, _BORDER)
    counted = inner if float(inner.max()) > 0.5 else product.cover
    weight = np.asarray(cv2.resize(counted, size, interpolation=cv2.INTER_AREA), np.float32)
    held = np.flatnonzero(weight.max(axis=1) > 0.5)
    first, beyond = (int(held[0]), int(held[-1]) + 1) if held.size else (0, _COUNTED_PX)
    edges = np.linspace(first, beyond, 4).round().astype(int)
    shares = [
        _shares(lab, weight, _FINE),
        *(_shares(lab[start:end], weight[start:end], _COARSE) for start, end in pairwise(edges)),
    ]
    vector = joined(_PIECES, [np.sqrt(share) for share in shares])
    # A third that holds none of the product has no colour, and its piece no length.
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


def _shares(lab: Plane, weight: Plane, palette: _Palette) -> Plane:
    """How much of each of the palette's colours there is, 1 together; 0 where nothing counts."""
    colors = _colors(palette)
    counts = weight.ravel() > 0
    pixels, weights = lab.reshape(-1, 3)[counts], weight.ravel()[counts]
    squares = np.square(pixels).sum(axis=1)[:, None] + np.square(colors).sum(axis=1)
    apart = squares - 2 * pixels @ colors.T
    # Relative to the nearest colour: what is vivid beyond all of them still counts as one.
    nearest = apart.min(axis=1, keepdims=True, initial=np.inf)
    near = np.exp((nearest - apart) / np.float32(2 * palette.spread**2))
    near /= near.sum(axis=1, keepdims=True)
    total = max(float(weights.sum()), 1e-6)
    return np.asarray(weights @ near / total, np.float32)


def _colors(palette: _Palette) -> Plane:
    """Lab of each of the palette's colours: greys from dark to light, then hue by hue."""
    greys = [(100 * (step + 0.5) / palette.greys, 0.0, 0.0) for step in range(palette.greys)]
    turns = [2 * math.pi * step / palette.hues for step in range(palette.hues)]
    vivid = [
        (lightness, chroma * math.cos(turn), chroma * math.sin(turn))
        for turn in turns
        for chroma in palette.chromas
        for lightness in _LIGHTNESS
    ]
    return np.asarray([*greys, *vivid], np.float32)
