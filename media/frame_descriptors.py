"""What a frame looks like, in numbers that tell one side of a product from another.

The product is found as what differs from a smooth background, which works on the plain
backgrounds and turntables that product clips are made on. Where nothing plausible is found,
the frame is described as a whole and says so: `silhouette` is None.
"""

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from media.errors import CorruptMedia

Field = NDArray[np.float32]
Mask = NDArray[np.bool_]

SIDE_PX = 256
"""Longest side a frame is described at."""

_BAND = 0.05
"""Width of the border taken for background, as a share of the longest side."""
_REFITS = 8
_MIN_RESIDUAL = 6.0
"""Least difference from the background in Lab units that counts: twice a visible step."""
_RESIDUAL_TO_NOISE = 3.2
_MAX_NOISE = 6.0
"""A border noisier than this in Lab is no smooth background."""
_DEEPEST_SHADOW = 28.0
"""How much darker in L than the background a shadow may be."""
_SHADOW_EDGE = 2.5
"""L per pixel; a product's edge is steeper than that of a soft shadow."""
_AREA = (0.01, 0.85)
"""A product's plausible share of the frame."""
_KEPT_PART = 0.12
"""Parts smaller than this share of the largest are dirt."""
_GRID = 8
_ORIENTATIONS = 6
_COLOR_BINS = (4, 6, 6)
_UNCERTAIN = 0.75
_SAME_COLOR = 12.0
"""Lab distance at which two cells of the colour layout count as half different."""


class Box(NamedTuple):
    """Left, top, right, bottom in pixels; right and bottom outside."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class FrameDescriptor:
    """A frame at SIDE_PX, and what can be compared of it."""

    lab: Field
    """Shape (height, width, 3); L 0 to 100."""
    background: Field
    """The background without the product, fitted; same shape."""
    silhouette: Mask | None
    """Where the product is; None where it cannot be told from its background."""
    outline: Field
    """Shape of the product: how much of each cell of its square is covered, 0 to 1."""
    colors: Field
    """Lab of each cell, shape (cells, 3)."""
    gradients: Field
    """Orientation histograms of the cells, one vector of length 1 or of zeros."""
    palette: Field
    """Histogram of the product's colours, sum 1."""

    @property
    def area(self) -> float:
        """The product's share of the frame; 0 where it is unknown."""
        return 0.0 if self.silhouette is None else float(self.silhouette.mean())


def describe_frame(data: bytes) -> FrameDescriptor:
    """Describe a JPEG. Raises CorruptMedia for bytes that are no picture."""
    encoded = np.frombuffer(data, np.uint8)
    picture = cv2.imdecode(encoded, cv2.IMREAD_COLOR) if encoded.size else None
    if picture is None:
        raise CorruptMedia("A frame of the clip cannot be decoded.")
    scale = min(1.0, SIDE_PX / max(picture.shape[:2]))
    height, width = (max(16, round(side * scale)) for side in picture.shape[:2])
    small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    scaled = small.astype(np.float32) / np.float32(255)
    lab = np.asarray(cv2.cvtColor(scaled, cv2.COLOR_BGR2Lab), np.float32)
    background, noise = _fit_background(lab)
    silhouette = _silhouette(lab, background, noise)
    box = _box_of(silhouette) if silhouette is not None else Box(0, 0, width, height)
    seen = silhouette if silhouette is not None else np.ones((height, width), np.bool_)
    cover, colors, gradients = _layout(lab, seen, box)
    return FrameDescriptor(
        lab, background, silhouette, cover, colors, gradients, _palette(lab, seen)
    )


def distance(one: FrameDescriptor, other: FrameDescriptor) -> float:
    """How different two frames look, 0 to 1.

    A weighted mean of the differences in outline, colour layout and edges; each is 0 for the
    same picture and near 1 for pictures with nothing in common. Less is made of it where a
    product was not found, for there hands and whatever moves behind are compared too.
    """
    both = np.minimum(one.outline, other.outline)
    either = np.maximum(one.outline, other.outline)
    outline = 1 - float(both.sum() / max(float(either.sum()), 1e-6))
    apart = np.linalg.norm(one.colors - other.colors, axis=1)
    shared = both.ravel()
    weight = float(shared.sum())
    colors = float((shared * (1 - np.exp(-apart / _SAME_COLOR))).sum() / max(weight, 1e-6))
    edges = 1 - float(one.gradients @ other.gradients)
    apart_by = 0.40 * outline + 0.35 * colors + 0.25 * edges
    both_found = one.silhouette is not None and other.silhouette is not None
    return apart_by if both_found else _UNCERTAIN * apart_by


def shared_colors(one: FrameDescriptor, other: FrameDescriptor) -> float:
    """How much of the two products' colours is the same: histogram intersection, 0 to 1."""
    return float(np.minimum(one.palette, other.palette).sum())


def _fit_background(lab: Field) -> tuple[Field, float]:
    """A quadratic surface through the border's colours, and how far the border is from it.

    Robust least squares with Cauchy weights: a product or hand that reaches the border does
    not bend the surface. The noise is the 70th percentile of the residuals.
    """
    height, width = lab.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    basis = np.stack([np.ones_like(x), x, y, x * x, y * y, x * y], axis=-1)
    edge = max(3, round(_BAND * max(height, width)))
    band = np.ones((height, width), np.bool_)
    band[edge:-edge, edge:-edge] = False
    known, wanted = basis[band], lab[band]
    weight = np.ones(len(known), np.float32)
    residual = weight
    surface = np.zeros((6, 3), np.float32)
    for _ in range(_REFITS):
        surface = np.linalg.lstsq(known * weight[:, None], wanted * weight[:, None], rcond=None)[0]
        residual = np.linalg.norm(wanted - known @ surface, axis=1)
        spread = 1.48 * float(np.median(residual)) + 0.5
        weight = (1 / np.sqrt(1 + (residual / (2 * spread)) ** 2)).astype(np.float32)
    return (basis @ surface).astype(np.float32), float(np.percentile(residual, 70))


def _silhouette(lab: Field, background: Field, noise: float) -> Mask | None:
    if noise > _MAX_NOISE:
        return None
    smooth = np.asarray(cv2.GaussianBlur(lab, (3, 3), 0), np.float32)
    residual = np.linalg.norm(smooth - background, axis=2)
    found = residual > max(_MIN_RESIDUAL, _RESIDUAL_TO_NOISE * noise)
    different = (found & ~_soft_shadow(smooth, background)).astype(np.uint8)
    different = cv2.morphologyEx(different, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    different = cv2.morphologyEx(different, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    contours, _ = cv2.findContours(different, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    areas = [cv2.contourArea(contour) for contour in contours]
    filled = np.zeros(different.shape, np.uint8)
    for contour, area in zip(contours, areas, strict=True):
        if area >= _KEPT_PART * max(areas):
            cv2.drawContours(filled, [contour], -1, 1, cv2.FILLED)
    if not _AREA[0] <= float(filled.mean()) <= _AREA[1]:
        return None
    return filled.astype(np.bool_)


def _soft_shadow(lab: Field, background: Field) -> Mask:
    """Where the background is only darker, in its own hue, with no edge nearby."""
    darker = lab[..., 0] - background[..., 0]
    tinted = np.linalg.norm(lab[..., 1:] - background[..., 1:], axis=2)
    dx = cv2.Sobel(lab[..., 0], cv2.CV_32F, 1, 0, scale=1 / 8)
    dy = cv2.Sobel(lab[..., 0], cv2.CV_32F, 0, 1, scale=1 / 8)
    steep = cv2.dilate(np.hypot(dx, dy), np.ones((3, 3), np.uint8))
    soft = (darker < 0) & (darker > -_DEEPEST_SHADOW) & (tinted < 0.15 * -darker + 4)
    return np.asarray(soft & (steep < _SHADOW_EDGE), np.bool_)


def _box_of(mask: Mask) -> Box:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def _layout(lab: Field, seen: Mask, box: Box) -> tuple[Field, Field, Field]:
    """Cover, colours and gradients on a grid over the square around the product's box.

    A square, so that a thin side stays thin; centred on the product, so that where it is in
    the frame makes no difference.
    """
    side = max(box.right - box.left, box.bottom - box.top)
    scale = _GRID * 8 / side
    move = np.asarray(
        [
            [scale, 0, _GRID * 4 - scale * (box.left + box.right) / 2],
            [0, scale, _GRID * 4 - scale * (box.top + box.bottom) / 2],
        ],
        np.float32,
    )
    size = (_GRID * 8, _GRID * 8)
    cover = np.asarray(cv2.warpAffine(seen.astype(np.float32), move, size), np.float32)
    moved = cv2.warpAffine(lab, move, size, borderMode=cv2.BORDER_REPLICATE)
    picture = np.asarray(moved, np.float32)
    cells = np.asarray(cv2.resize(cover, (_GRID, _GRID), interpolation=cv2.INTER_AREA), np.float32)
    summed = cv2.resize(picture * cover[..., None], (_GRID, _GRID), interpolation=cv2.INTER_AREA)
    colors = summed / np.maximum(cells, 1e-3)[..., None]
    gradients = _gradients(picture[..., 0], cover)
    return cells, colors.reshape(-1, 3).astype(np.float32), gradients


def _gradients(lightness: Field, cover: Field) -> Field:
    """Histograms of unsigned gradient orientation per cell (Dalal and Triggs, 2005), as roots.

    The square root tames the few strongest edges; one norm over the whole vector, because a
    cell without edges must not be inflated to noise.
    """
    blurred = cv2.GaussianBlur(lightness, (0, 0), 1.0)
    dx = cv2.Sobel(blurred, cv2.CV_32F, 1, 0)
    dy = cv2.Sobel(blurred, cv2.CV_32F, 0, 1)
    strength = np.hypot(dx, dy) * cover
    angle = np.mod(np.arctan2(dy, dx), np.pi) * (_ORIENTATIONS / np.pi)
    planes = [
        cv2.resize(
            strength * ((angle.astype(int) % _ORIENTATIONS) == bin_number),
            (_GRID, _GRID),
            interpolation=cv2.INTER_AREA,
        )
        for bin_number in range(_ORIENTATIONS)
    ]
    vector = np.sqrt(np.stack(planes).ravel())
    norm = float(np.linalg.norm(vector))
    return np.asarray(vector / norm if norm > 1e-6 else vector, np.float32)


def _palette(lab: Field, seen: Mask) -> Field:
    pixels = lab[seen]
    edges = [(0.0, 100.0), (-60.0, 60.0), (-60.0, 60.0)]
    low = np.asarray([edge[0] for edge in edges], np.float32)
    high = np.asarray([edge[1] for edge in edges], np.float32)
    clipped = np.clip(pixels, low, high - np.float32(1e-3))
    counts, _ = np.histogramdd(clipped, bins=_COLOR_BINS, range=edges)
    return (counts / max(1, len(pixels))).astype(np.float32)
