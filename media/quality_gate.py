"""The quality gate: a cutout that is empty, cut off by its frame, or blurred is not published.

Sharpness is measured where the product has most structure, as a share: how much of the
contrast between a pixel and its wide neighbourhood is already there against its near one. A
share does not grow with the contrast of the product or the brightness of the light, as a plain
Laplacian does, and the product is brought to one size first. Measured in one run on 120 clothing
photos (longest side 400 to 711 px), cut out by `media.cutouts`, blurred, saved as JPEG at 90:

| blur, sigma at 1000 px | least | 3rd percentile | median | 99th percentile | rejected |
|------------------------|-------|----------------|--------|-----------------|----------|
| none                   | 0.17  | 0.28           | 0.43   | 0.66            |   2 %    |
| 2 px                   | 0.12  | 0.18           | 0.24   | 0.33            |  78 %    |
| 3 px                   | 0.12  | 0.15           | 0.19   | 0.26            |  99 %    |
| 4 px                   | 0.12  | 0.14           | 0.16   | 0.22            | 100 %    |
| 6 px                   | 0.13  | 0.13           | 0.14   | 0.18            | 100 %    |

The standard deviation of the Laplacian, at the threshold that loses as many sharp ones, rejects
72 % at 3 px. The threshold was chosen on photos of this same set, so expect a little less on
others. A sigma below a pixel of the picture at hand cannot be seen by either.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from media.errors import BlurredPicture, CroppedProduct, EmptyMask
from media.images import load_still
from media.limits import MediaLimits

MIN_SHARPNESS = 0.27
"""Below this a product is blurred, see the table above."""
MIN_COVERAGE = 0.004
"""Least share of the picture that counts as a product."""
MAX_TOUCHING = 0.02
"""Length along the frame's border that the product may touch, as a share of its longest side."""

_MEASURED_PX = 512
"""Longest side of the product that sharpness is measured at; smaller ones are not enlarged."""
_NEAR_PX, _WIDE_PX, _POOLED_PX = 1.0, 3.0, 2.0
"""Standard deviations of the near and wide neighbourhood, and of the mean around a pixel."""
_STRUCTURED = 97
"""Percentile of contrast above which a place counts as structure."""
_MIN_CONTRAST = 2.5
"""Least mean contrast of such places, in levels; a surface without any cannot be judged."""
_EDGE_PX = 4
"""Depth of the rim that is left out: the cutting made its contrast, not the lens."""
_MIN_PIXELS = 64
_OPAQUE = 127

Alpha = NDArray[np.uint8]


@dataclass(frozen=True)
class GateFacts:
    """What the gate measured on a cutout."""

    coverage: float
    """The product's share of the picture, 0 to 1."""
    touching: float
    """Length along the frame's border it touches, as a share of its longest side."""
    sharpness: float | None
    """0 to 1, see the module; None where the product has too little structure to tell."""


def measure_cutout(data: bytes, limits: MediaLimits) -> GateFacts:
    """Measure a cutout with straight alpha, as `media.cutouts.Cutout` holds it.

    Raises EmptyMask where nothing is opaque, and the refusals of `media.images.open_image`.
    """
    picture = np.asarray(load_still(data, limits, lambda _: 1.0).image.convert("RGBA"))
    alpha = np.ascontiguousarray(picture[..., 3])
    solid = alpha > _OPAQUE
    coverage = float(solid.mean())
    if coverage == 0:
        raise _empty()
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    box = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    side_px = max(rows[-1] - rows[0], columns[-1] - columns[0]) + 1
    edges = (solid[0], solid[-1], solid[:, 0], solid[:, -1])
    touching = max(int(edge.sum()) for edge in edges) / float(side_px)
    return GateFacts(coverage, touching, measure_sharpness(picture[box][..., :3], alpha[box]))


def require_presentable(
    data: bytes, limits: MediaLimits, min_sharpness: float = MIN_SHARPNESS
) -> GateFacts:
    """Return what was measured on a cutout that may be published.

    Raises EmptyMask, CroppedProduct or BlurredPicture, each naming the way out, and the
    refusals of `media.images.open_image`.
    """
    facts = measure_cutout(data, limits)
    if facts.coverage < MIN_COVERAGE:
        raise _empty()
    if facts.touching > MAX_TOUCHING:
        raise CroppedProduct(
            f"The product goes over the edge of the picture (along {facts.touching:.0%} of its "
            "length); step back or turn the camera, so that there is background on every side."
        )
    if facts.sharpness is not None and facts.sharpness < min_sharpness:
        raise BlurredPicture(
            f"The product is blurred (sharpness {facts.sharpness:.2f}, at least "
            f"{min_sharpness:.2f} is needed); hold the camera still, tap the product to focus, "
            "or use more light."
        )
    return facts


def measure_sharpness(rgb: NDArray[np.uint8], alpha: Alpha) -> float | None:
    """Return how sharp a product is, 0 to 1, or None where it has too little structure.

    `rgb` has shape (height, width, 3) and holds the product's box and nothing else, `alpha`
    its opacity, 0 to 255.
    """
    grey = _grey(rgb)
    inside = _inside(alpha)
    scale = _MEASURED_PX / max(grey.shape)
    if scale < 1:
        size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
        grey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.float32)
        shrunk = cv2.resize(alpha, size, interpolation=cv2.INTER_AREA)
        inside = _inside(np.asarray(shrunk, np.uint8))
    if int(inside.sum()) < _MIN_PIXELS:
        return None
    near, wide = _contrast(grey, _NEAR_PX), _contrast(grey, _WIDE_PX)
    structured = inside & (wide >= np.percentile(wide[inside], _STRUCTURED))
    contrast = float(wide[structured].mean())
    if contrast < _MIN_CONTRAST:
        return None
    return float(near[structured].mean()) / contrast


def _grey(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(rgb), cv2.COLOR_RGB2GRAY), np.float32)


def _inside(alpha: Alpha) -> NDArray[np.bool_]:
    """Where the product is opaque, without its rim; the frame's edge counts as rim too."""
    kernel = np.ones((2 * _EDGE_PX + 1, 2 * _EDGE_PX + 1), np.uint8)
    opaque = (alpha > 200).astype(np.uint8)
    eroded = cv2.erode(opaque, kernel, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    return np.asarray(eroded > 0, np.bool_)


def _contrast(grey: NDArray[np.float32], sigma_px: float) -> NDArray[np.float32]:
    """Mean absolute difference of the pixels around from their Gaussian neighbourhood."""
    difference = np.abs(grey - cv2.GaussianBlur(grey, (0, 0), sigma_px))
    return np.asarray(cv2.GaussianBlur(difference, (0, 0), _POOLED_PX), np.float32)


def _empty() -> EmptyMask:
    return EmptyMask(
        "No product was found in the picture; photograph it on a plain background of another "
        "colour, large in the frame."
    )
