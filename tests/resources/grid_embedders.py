"""Small embedders for tests: what colour the cells of a picture are, and how bright."""

import hashlib
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageColor, UnidentifiedImageError

from media.embeddings import Embedding, VectorPart, joined
from media.errors import CorruptMedia, ShowroomError
from resources.embedder import Embedder

if TYPE_CHECKING:
    from numpy.typing import NDArray

CELLS = 4


class GridEmbedder(Embedder):
    """Compares cells of a grid; the same bytes have all local features in common."""

    provider = "grid"
    model = "cells"
    version = "1"
    tells_same_products = True
    parts = (
        VectorPart("shape", CELLS * CELLS, 0.5),
        VectorPart("color", CELLS * CELLS * 3, 0.5),
    )

    def embed(self, pictures: Sequence[bytes]) -> list[Embedding | ShowroomError]:
        """A vector for each picture."""
        return [self._embed(picture) for picture in pictures]

    def inliers(self, query: bytes, others: Sequence[bytes | None]) -> list[int]:
        """Fifty for the same bytes, else none."""
        return [50 if other == query else 0 for other in others]

    def _embed(self, picture: bytes) -> Embedding | ShowroomError:
        try:
            image = Image.open(io.BytesIO(picture)).convert("RGB")
        except UnidentifiedImageError:
            return CorruptMedia("The picture cannot be decoded.")
        colors = np.asarray(image.resize((CELLS, CELLS), Image.Resampling.BOX), np.float32)
        light = colors.mean(axis=2, dtype=np.float32).ravel()
        shape = light - light.mean(dtype=np.float32)
        vector = joined(self.parts, [shape, colors.ravel()])
        return Embedding(vector, features_of(picture))


class WordyEmbedder(GridEmbedder):
    """The same, and it knows the names of colours."""

    version = "2"
    takes_text = True

    def embed_texts(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Vectors of length 1 of these colours alone."""
        none = np.zeros(CELLS * CELLS, np.float32)
        colors = [np.asarray(ImageColor.getrgb(text), np.float32) for text in texts]
        cells = CELLS * CELLS
        return np.stack(
            [joined(self.parts, [none, np.tile(color, cells)]) / 0.5**0.5 for color in colors]
        )


def features_of(picture: bytes) -> bytes:
    """What stands for local features here."""
    return hashlib.sha256(picture).digest()


def picture(color: str, seed: int = 0) -> bytes:
    """A picture of a colour with a pattern of its own over it."""
    cells = np.random.default_rng(seed).uniform(0.6, 1.0, (CELLS, CELLS, 1))
    pixels = np.asarray(ImageColor.getrgb(color), np.float64) * cells
    image = Image.fromarray(pixels.round().astype(np.uint8)).resize(
        (64, 64), Image.Resampling.NEAREST
    )
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
