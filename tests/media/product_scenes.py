"""Pictures of products whose alpha is known, because it was drawn before the picture was.

A product is a few smooth outlines with a surface pattern and light on it; a scene lays it over
one of `surfaces.BACKGROUNDS` with a shadow, the blur of a lens, the noise of a sensor and JPEG's
losses. The same seed gives the same scene.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from tests.media.surfaces import (
    Pixels,
    Plane,
    clouds,
    draw_background,
    patterned,
    to_levels,
)

Points = list[tuple[float, float]]

_SUPERSAMPLING = 3


@dataclass(frozen=True)
class Outline:
    """A closed shape in a unit square, its corners rounded `rounds` times."""

    points: Points
    rounds: int = 3
    is_hole: bool = False


@dataclass(frozen=True)
class Product:
    """A product on nothing: colours everywhere, alpha 0 to 1, both `size_px` square."""

    rgb: Pixels
    alpha: Plane


@dataclass(frozen=True)
class Scene:
    """A picture and the alpha, 0 to 1, of the product in it."""

    rgb: Pixels
    alpha: Plane


def _mirrored(half: Points) -> Points:
    """The outline whose left half goes down from the middle of its top."""
    return half + [(1 - x, y) for x, y in reversed(half)]


def _ellipse(x: float, y: float, across: float, down: float) -> Points:
    turns = np.linspace(0, 2 * math.pi, 40, endpoint=False)
    return [(x + across * math.cos(t), y + down * math.sin(t)) for t in turns]


PRODUCTS: dict[str, list[Outline]] = {
    "bottle": [
        Outline(_mirrored([(0.44, 0.05), (0.44, 0.25), (0.33, 0.38), (0.33, 0.95)])),
    ],
    "box": [
        Outline(
            [(0.15, 0.25), (0.6, 0.12), (0.88, 0.22), (0.87, 0.75), (0.44, 0.9), (0.17, 0.77)], 0
        ),
    ],
    "mug": [
        Outline(_ellipse(0.72, 0.48, 0.2, 0.22)),
        Outline(_ellipse(0.73, 0.48, 0.125, 0.145), is_hole=True),
        Outline([(0.15, 0.2), (0.68, 0.2), (0.66, 0.85), (0.2, 0.85)], 2),
    ],
    "bag": [
        Outline(_ellipse(0.5, 0.36, 0.22, 0.3)),
        Outline(_ellipse(0.5, 0.36, 0.18, 0.26), is_hole=True),
        Outline([(0.2, 0.4), (0.8, 0.4), (0.9, 0.92), (0.1, 0.92)], 2),
    ],
    "shoe": [
        Outline([(0.08, 0.4), (0.3, 0.3), (0.5, 0.5), (0.94, 0.64), (0.95, 0.78), (0.08, 0.78)]),
    ],
    "tee": [
        Outline(
            _mirrored(
                [(0.42, 0.1), (0.3, 0.12), (0.06, 0.34), (0.16, 0.46), (0.28, 0.38), (0.28, 0.92)]
            ),
            2,
        ),
    ],
    "trousers": [
        Outline(_mirrored([(0.3, 0.05), (0.24, 0.5), (0.27, 0.95), (0.44, 0.95), (0.49, 0.4)]), 2),
    ],
    "dress": [
        Outline(
            _mirrored([(0.42, 0.05), (0.36, 0.06), (0.36, 0.25), (0.38, 0.42), (0.18, 0.94)]), 2
        ),
    ],
    "cap": [
        Outline([(0.2, 0.55), (0.25, 0.25), (0.55, 0.18), (0.75, 0.4), (0.95, 0.62), (0.7, 0.68)]),
    ],
}


def draw_product(kind: str, seed: int, size_px: int = 700) -> Product:
    """Return one of PRODUCTS in a colour, pattern and light of the seed's choice."""
    rng = np.random.default_rng([seed, *kind.encode()])
    alpha = _drawn(PRODUCTS[kind], size_px)
    inside = (alpha > 0.5).astype(np.uint8)
    depth = cv2.distanceTransform(cv2.copyMakeBorder(inside, 1, 1, 1, 1, 0), cv2.DIST_L2, 5)
    dome = np.sqrt(np.minimum(depth[1:-1, 1:-1] / (0.12 * size_px), 1))
    folds = clouds(rng, size_px, 9) * 0.12
    height = cv2.GaussianBlur(dome + folds, (0, 0), 0.012 * size_px)
    down, across = np.gradient(height * 0.12 * size_px)
    light = np.clip(0.85 - 0.30 * across - 0.35 * down, 0.25, 1.25)
    surface = patterned(rng, size_px) * light[..., None]
    if rng.random() < 0.4:
        surface += 70 * np.clip(light - 1.02, 0, None)[..., None] * 4
    return Product(to_levels(surface), alpha)


def compose(
    product: Product,
    background: Pixels,
    seed: int,
    *,
    center: tuple[float, float] = (0.5, 0.5),
    shadow: float = 0.3,
    quality: int = 90,
) -> Scene:
    """Lay a product over a background of the same size or larger, as a camera would see it.

    `center` is where the product's middle comes to lie; what is over the edge is cut off.
    `shadow` is how much of the light its soft shadow takes.
    """
    rng = np.random.default_rng([seed, 5])
    height, width = background.shape[:2]
    side = product.alpha.shape[0]
    move = np.array(
        [[1, 0, center[0] * width - side / 2], [0, 1, center[1] * height - side / 2]], np.float32
    )
    alpha = cv2.warpAffine(product.alpha, move, (width, height))
    color = cv2.warpAffine(product.rgb, move, (width, height)).astype(np.float32)
    unit = max(width, height) / 1000
    fall = np.array([[1, 0, rng.uniform(-15, 15) * unit], [0, 1, rng.uniform(8, 22) * unit]])
    shade = cv2.warpAffine(alpha, fall.astype(np.float32), (width, height))
    shade = cv2.GaussianBlur(shade, (0, 0), 16 * unit) * shadow
    under = background.astype(np.float32) * (1 - shade[..., None])
    picture = color * alpha[..., None] + under * (1 - alpha[..., None])
    picture = cv2.GaussianBlur(picture, (0, 0), 0.7) + rng.normal(0, 2.5, picture.shape)
    return Scene(jpeg_round_trip(to_levels(picture), quality), alpha.astype(np.float32))


def draw_scene(background: str, seed: int, width_px: int = 1000, height_px: int = 1000) -> Scene:
    """Return a scene of the seed's choice over a background of this kind."""
    rng = np.random.default_rng([seed, 3])
    kinds = list(PRODUCTS)
    side = int(min(width_px, height_px) * rng.uniform(0.65, 0.95))
    product = draw_product(kinds[seed % len(kinds)], seed, side)
    backdrop = draw_background(background, seed, (width_px, height_px))
    center = (rng.uniform(0.46, 0.54), rng.uniform(0.46, 0.54))
    return compose(product, backdrop, seed, center=center, shadow=rng.uniform(0.1, 0.4))


def jpeg_round_trip(rgb: Pixels, quality: int) -> Pixels:
    """Return the picture as a JPEG of this quality gives it back."""
    _, data = cv2.imencode(".jpg", rgb[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    bgr = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert bgr is not None
    return np.ascontiguousarray(bgr[..., ::-1].astype(np.uint8))


def _drawn(outlines: list[Outline], size_px: int) -> Plane:
    large = size_px * _SUPERSAMPLING
    mask = np.zeros((large, large), np.uint8)
    for outline in outlines:
        points = np.array(outline.points)
        for _ in range(outline.rounds):
            # Chaikin, "An algorithm for high-speed curve generation", 1974: cut every corner.
            after = np.roll(points, -1, axis=0)
            points = np.stack([0.85 * points + 0.15 * after, 0.15 * points + 0.85 * after], 1)
            points = points.reshape(-1, 2)
        corners = np.round(points * large).astype(np.int32)
        cv2.fillPoly(mask, [corners], 0 if outline.is_hole else 255)
    small = cv2.resize(mask, (size_px, size_px), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32) / np.float32(255)
