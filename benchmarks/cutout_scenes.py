"""Scenes to cut products out of, with the alpha they were composed with.

Products and clutter are real photos where the corpus is there, else drawn. The alpha of a real
product is a cutout's own, kept only where both routes of the search agree on it; whatever that
alpha is, it is the truth of the scene composed with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from benchmarks.corpus import CorpusFile, corpus_files
from media.product_masks import find_product
from tests.media.product_scenes import (
    PRODUCTS,
    Product,
    Scene,
    compose,
    draw_product,
)
from tests.media.surfaces import Pixels, draw_background

SIDE_PX = 1000
_SURE_AGREEMENT = 0.975
_SOURCE_PX = 360


@dataclass(frozen=True)
class Sources:
    """What scenes are made of; `real` is empty where there is no corpus."""

    real: list[Product]
    surfaces: list[Pixels]
    rooms: list[Pixels]


def gather(corpus: Path) -> Sources:
    """Return what the corpus has: products, surfaces from the corners of photos, rooms."""
    files = [file for file in corpus_files(corpus) if file.kind == "image"]
    photos = [_picture(file) for file in files if file.category == "retrieval_class"]
    rooms = [_picture(file) for file in files if file.category == "room"]
    real = [product for photo in photos if (product := _sure_product(photo))]
    return Sources(real, [_corner(photo, number) for number, photo in enumerate(photos)], rooms)


def scenes(sources: Sources, kind: str, count: int) -> Iterator[Scene]:
    """Yield `count` scenes over one kind of background; the same in every run."""
    kinds = list(PRODUCTS)
    for seed in range(count):
        rng = np.random.default_rng([seed, *kind.encode()])
        if sources.real and seed % 2:
            product = sources.real[int(rng.integers(len(sources.real)))]
        else:
            side = int(SIDE_PX * rng.uniform(0.65, 0.95))
            product = draw_product(kinds[seed // 2 % len(kinds)], seed + 1000, side)
        center = (rng.uniform(0.46, 0.54), rng.uniform(0.46, 0.54))
        backdrop = _backdrop(sources, kind, seed, rng)
        yield compose(product, backdrop, seed, center=center, shadow=rng.uniform(0.1, 0.4))


def _backdrop(sources: Sources, kind: str, seed: int, rng: np.random.Generator) -> Pixels:
    if kind == "fabric" and sources.surfaces and seed % 4 < 3:
        return sources.surfaces[int(rng.integers(len(sources.surfaces)))]
    if kind == "clutter" and sources.rooms:
        room = sources.rooms[int(rng.integers(len(sources.rooms)))]
        side = min(room.shape[:2])
        left = int(rng.integers(room.shape[1] - side + 1))
        square = cv2.resize(room[:side, left : left + side], (SIDE_PX, SIDE_PX))
        return np.asarray(cv2.GaussianBlur(square, (0, 0), rng.uniform(0.5, 3)), np.uint8)
    return draw_background(kind, seed + 1000, (SIDE_PX, SIDE_PX))


def _picture(file: CorpusFile) -> Pixels:
    with Image.open(BytesIO(file.path.read_bytes())) as opened:
        return np.asarray(opened.convert("RGB"))


def _sure_product(photo: Pixels) -> Product | None:
    """Return the product of a photo where its mask is beyond doubt, else None."""
    height, width = photo.shape[:2]
    scale = _SOURCE_PX / max(height, width)
    small = cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    found = find_product(np.asarray(small, np.uint8))
    mask = found.mask
    at_border = mask[0].any() or mask[-1].any() or mask[:, 0].any() or mask[:, -1].any()
    if found.agreement is None or found.agreement < _SURE_AGREEMENT or at_border:
        return None
    # One pixel inside the outline, so that nothing of the old background comes along.
    inner = cv2.erode(mask, np.ones((3, 3), np.uint8)).astype(np.float32)
    left, top, across, down = cv2.boundingRect(mask)
    side = int(max(across, down) * 1.05)
    reach = 0.78 * SIDE_PX / side
    move = np.array(
        [
            [reach, 0, (side / 2 - left - across / 2) * reach],
            [0, reach, (side / 2 - top - down / 2) * reach],
        ]
    )
    goal = (int(side * reach), int(side * reach))
    alpha = cv2.GaussianBlur(cv2.warpAffine(inner, move, goal), (0, 0), 2.0)
    alpha = np.clip((alpha - 0.5) * 2.5 + 0.5, 0, 1)
    enlarged = move.copy()
    enlarged[:, :2] *= scale
    color = cv2.warpAffine(photo, enlarged, goal, flags=cv2.INTER_CUBIC)
    return Product(np.asarray(color, np.uint8), np.asarray(alpha, np.float32))


def _corner(photo: Pixels, number: int) -> Pixels:
    """Return a corner of a photo, mirrored into a whole: mostly floor, sheet or wall."""
    side = int(0.2 * min(photo.shape[:2]))
    rows = slice(0, side) if number % 2 else slice(photo.shape[0] - side, None)
    columns = slice(0, side) if number % 4 < 2 else slice(photo.shape[1] - side, None)
    patch = photo[rows, columns]
    patch = np.concatenate([patch, patch[:, ::-1]], axis=1)
    patch = np.concatenate([patch, patch[::-1]], axis=0)
    large = cv2.resize(patch, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_CUBIC)
    return np.asarray(large, np.uint8)
