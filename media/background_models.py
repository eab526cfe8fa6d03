"""What the background of a picture looks like, told from the pixels along its border.

Two models. The smooth one, a quadratic surface in CIE Lab, fits a wall, a table or a studio
sweep lit from one side. The palette fits what has texture: a handful of colours with their
spread. Both take a picture reduced to a few hundred pixels and say, for each pixel, how far it
is from being background.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Plane = NDArray[np.float32]

_BAND = 0.05
"""Width of the border that is looked at, as a share of the longer side."""
_ROUNDS = 8
_FLOOR = 4.5
_ABOVE_NOISE = 3.2
_CHROMA_WEIGHT = 1.5
"""Light changes lightness more than hue, so a difference of hue says more."""
_SHADOW_DEPTH = 28.0
_SHADOW_STRENGTH = 26.0
_SHADOW_SLOPE = 28.0
_DARKEST_SHADOW = 0.4
_SHADOW_HUE = 9.0
_PALETTE_BAND = 0.03
_PALETTE_SPREAD = (30.0, 6.0, 6.0)
"""Variance of L, a and b added to each colour of the palette: light falls off, hue stays."""
_RARE = 0.04


def to_lab(rgb: Pixels) -> Plane:
    """Return 8-bit sRGB as CIE Lab with L from 0 to 100, blurred over 3 pixels against noise."""
    blurred = cv2.GaussianBlur(rgb, (3, 3), 0)
    lab = cv2.cvtColor(blurred.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    return lab.astype(np.float32)


def lab_levels(lab: Plane) -> Plane:
    """Return Lab stretched to about 0 to 255 a channel, the span of colours of real things."""
    stretch = np.array([2.55, 1.6, 1.6], np.float32)
    return np.asarray(lab * stretch + np.array([0, 128, 128], np.float32), np.float32)


def border_band(shape: tuple[int, ...], share: float) -> Mask:
    """Return which pixels lie within `share` of the longer side from the border, 3 at least."""
    height, width = shape[:2]
    deep = max(3, int(share * max(height, width)))
    band = np.ones((height, width), bool)
    band[deep : height - deep, deep : width - deep] = False
    return band


@dataclass(frozen=True)
class SmoothBackground:
    """A quadratic background surface and how the picture differs from it."""

    residual: Plane
    """Lab distance from the surface, hue counted half as much again as lightness."""
    noise: float
    """70th percentile of the residual along the border: what still passes for background."""
    outliers: float
    """Share of the border that is further off than four times the noise."""
    is_shadow: Mask
    """Darker than the surface, of its hue, without an edge near."""
    may_be_shadow: Mask
    """As dark as a hard shadow is, and of the surface's hue: a grey product may be as well."""

    @property
    def threshold(self) -> float:
        """The residual above which a pixel is no background."""
        return max(_FLOOR, _ABOVE_NOISE * self.noise)


def fit_smooth_background(lab: Plane) -> SmoothBackground:
    """Fit a quadratic in x and y to the border, doubting what does not agree with the rest.

    Iteratively reweighted least squares with Cauchy weights (Holland and Welsch, "Robust
    regression using iteratively reweighted least-squares", 1977), so that a product which
    goes over the border does not bend the surface.
    """
    height, width = lab.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    terms = np.stack([np.ones_like(x), x, y, x * x, y * y, x * y], axis=-1)
    band = border_band(lab.shape, _BAND)
    known, seen = terms[band], lab[band]
    weight = np.ones((len(seen), 1), np.float32)
    away = np.zeros(len(seen), np.float32)
    surface = np.zeros((terms.shape[-1], 3), np.float32)
    for _ in range(_ROUNDS):
        # The normal equations: six unknowns, and terms between -1 and 1, lose nothing by them.
        weighted = (known * weight**2).T
        surface = np.linalg.lstsq(weighted @ known, weighted @ seen, rcond=None)[0]
        away = np.linalg.norm(seen - known @ surface, axis=1)
        spread = 1.48 * float(np.median(away)) + 0.5
        weight = np.sqrt(1 / (1 + (away / (2 * spread)) ** 2))[:, None]
    noise = float(np.percentile(away, 70))
    fitted = terms @ surface
    difference = lab - fitted
    darker = difference[..., 0]
    hue = np.linalg.norm(difference[..., 1:], axis=-1)
    residual = np.hypot(darker, _CHROMA_WEIGHT * hue).astype(np.float32)
    return SmoothBackground(
        residual=residual,
        noise=noise,
        outliers=float((away > 4 * max(noise, 0.5)).mean()),
        is_shadow=_soft_shadow(lab, darker, hue, residual),
        may_be_shadow=_dimmed(lab, fitted),
    )


def _dimmed(lab: Plane, surface: Plane) -> Mask:
    """Return where less light would turn the surface into what is seen: chroma falls with L."""
    share = np.clip(lab[..., 0] / np.maximum(surface[..., 0], 1), 0, 1)
    hue = np.linalg.norm(lab[..., 1:] - share[..., None] * surface[..., 1:], axis=-1)
    return np.asarray((share > _DARKEST_SHADOW) & (hue < _SHADOW_HUE), dtype=np.bool_)


def _soft_shadow(lab: Plane, darker: Plane, hue: Plane, residual: Plane) -> Mask:
    like = (darker < 0) & (darker > -_SHADOW_DEPTH) & (hue < 6 - 0.15 * darker)
    light = cv2.GaussianBlur(lab[..., 0] * 2.55, (0, 0), 1.0)
    slope = cv2.magnitude(cv2.Sobel(light, cv2.CV_32F, 1, 0), cv2.Sobel(light, cv2.CV_32F, 0, 1))
    soft = cv2.dilate(slope, np.ones((5, 5), np.uint8)) < _SHADOW_SLOPE
    return np.asarray(like & soft & (residual < _SHADOW_STRENGTH), dtype=np.bool_)


def palette_distance(lab: Plane, colors: int = 4) -> Plane:
    """Return how far each pixel is from the nearest of the border's main colours, 0 to 1.

    The distance is Mahalanobis's to k-means clusters of the border; clusters of under 4 % of
    it are left out, for they are more often a product that touches the border.
    """
    samples = np.ascontiguousarray(lab[border_band(lab.shape, _PALETTE_BAND)])
    cv2.setRNGSeed(1)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 15, 0.5)
    unlabelled: Any = None
    _, labels, centers = cv2.kmeans(
        samples, min(colors, len(samples)), unlabelled, stop, 1, cv2.KMEANS_PP_CENTERS
    )
    nearest = np.full(lab.shape[:2], np.inf, np.float32)
    for number, center in enumerate(centers):
        members = samples[labels.ravel() == number]
        if len(members) < max(2, _RARE * len(samples)):
            continue
        precision = np.linalg.inv(np.cov(members.T) + np.diag(_PALETTE_SPREAD))
        off = lab - center
        nearest = np.minimum(nearest, np.einsum("hwi,ij,hwj->hw", off, precision, off))
    if not np.isfinite(nearest).all():
        nearest = np.square(lab - samples.mean(0)).sum(-1)
    return to_unit(np.sqrt(nearest).astype(np.float32))


def to_unit(plane: Plane) -> Plane:
    """Return a plane scaled so that its 97th percentile is 1, cut off above it."""
    top = float(np.percentile(plane, 97))
    return np.asarray(np.clip(plane / (top + 1e-6), 0, 1), dtype=np.float32)
