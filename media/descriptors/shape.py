"""The shape vector: what a product's outline and its inner edges are like, whatever its colour."""

import math
from functools import cache

import cv2
import numpy as np

from media.background_models import Mask, Plane
from media.descriptors.gradients import coarse_waves, edge_grid, even_grid, mirrorless
from media.descriptors.isolation import SQUARE_PX, Product
from media.descriptors.plain_outlines import plain_products
from media.embeddings import VectorPart, joined

_PIECES = (
    VectorPart("outline", 128, 0.4),
    VectorPart("edges", 69, 0.2),
    VectorPart("coarse_edges", 72, 0.15),
    VectorPart("proportions", 39, 0.15),
    VectorPart("cover", 12, 0.1),
)
"""Weighed by reasoning: the outline says most of what a thing is, and what is printed or sewn on
it least."""
_TAKEN_OFF = 0.7
"""Of what is expected; with all of it, a product near the expected would be told by its noise."""
_CELLS, _COARSE_CELLS = 8, 4
_SMOOTHED_PX = 2.0
_GROUND = np.array([50, 0, 0], np.float32)
"""Lab of the mid grey that stands for every background."""
_CHROMA = np.array([1, 1.3, 1.3], np.float32)
"""Hue parts the pieces of a product whose lightness is one."""
_ROWS, _COLUMNS, _CROSSINGS = 16, 8, 12
_COVER_CELLS, _FINEST_COVER = 16, 6


def shape_vector(product: Product) -> Plane:
    """Shape (320,), length 1; the same for a mirrored picture.

    Any two products have much in common: they are in the middle, and closed. Most of that is
    taken off, so that cosines are spread over more than their upper third.
    """
    pieces = [
        piece - _TAKEN_OFF * expected
        for piece, expected in zip(_pieces(product), _expected(), strict=True)
    ]
    vector = joined(_PIECES, pieces)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


@cache
def _expected() -> list[Plane]:
    """Each piece, on average, of products that are nothing but an outline."""
    plain = [_pieces(product) for product in plain_products()]
    return [np.mean(alike, axis=0) for alike in zip(*plain, strict=True)]


def _pieces(product: Product) -> list[Plane]:
    """The vectors of `_PIECES`, each of length 1; 0 where there is no edge."""
    cover = _smoothed(product.cover)
    # On one grey, a product has the same inner edges and outline whatever it lay on.
    seen = cover[..., None]
    alone = product.lab * _CHROMA * seen + (1 - seen) * _GROUND
    outline = edge_grid(_smoothed(cover * 100), _CELLS)
    edges = edge_grid(alone, _CELLS)
    coarse_edges = edge_grid(_smoothed(alone), _COARSE_CELLS)
    pieces = [
        coarse_waves(_comparable(outline), 7),
        coarse_waves(_comparable(edges), 5),
        coarse_waves(_comparable(coarse_edges), 8),
        _proportions(product),
        _coarse_cover(product.cover),
    ]
    return [piece / max(float(np.linalg.norm(piece)), 1e-6) for piece in pieces]


def _comparable(grid: Plane) -> Plane:
    return mirrorless(even_grid(grid))


def _proportions(product: Product) -> Plane:
    """Profiles of the outline in its box, how often its rows are crossed, and three ratios.

    The factors bring what each says to about the same spread.
    """
    filled = product.filled
    is_filled = filled > 0.5
    crossings = np.abs(np.diff(is_filled.astype(np.float32), axis=1)).sum(axis=1) / 2
    mirrored = (filled.mean(axis=0) + filled.mean(axis=0)[::-1])[: SQUARE_PX // 2] / 2
    solidity, roundness = _compactness(product.cover > 0.5)
    ratios = [2.5 * math.log(product.aspect), 2 * solidity, 1.5 * roundness]
    return np.concatenate(
        [
            (_means(filled.mean(axis=1), _ROWS) - 0.5) * 0.73,
            (_means(mirrored, _COLUMNS) - 0.5) * 1.04,
            _means(crossings, _CROSSINGS) * 0.5,
            ratios,
        ]
    ).astype(np.float32)


def _compactness(mask: Mask) -> tuple[float, float]:
    """Area over that of the convex hull, and over that of a circle of the same circumference."""
    outlines, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return 0.0, 0.0
    largest = max(outlines, key=cv2.contourArea)
    area = cv2.contourArea(largest) + 1
    hull = cv2.contourArea(cv2.convexHull(largest)) + 1
    return area / hull, 4 * math.pi * area / (cv2.arcLength(largest, closed=True) + 1) ** 2


def _coarse_cover(cover: Plane) -> Plane:
    """The cover as its coarsest even cosine waves; the odd ones across say what is mirrored."""
    cells = cv2.resize(cover, (_COVER_CELLS, _COVER_CELLS), interpolation=cv2.INTER_AREA)
    waves = np.asarray(cv2.dct(cells), np.float32)
    down, across = np.indices(waves.shape)
    return np.asarray(waves[(down + across < _FINEST_COVER) & (across % 2 == 0)], np.float32)


def _means(profile: Plane, count: int) -> Plane:
    return np.asarray([part.mean() for part in np.array_split(profile, count)], np.float32)


def _smoothed(plane: Plane) -> Plane:
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), _SMOOTHED_PX), np.float32)
