"""What finding similar pictures comes to without care: colours and gradients of whole pictures."""

from collections.abc import Sequence

import cv2
import numpy as np

from media.embeddings import Embedding, VectorPart, joined
from media.errors import ShowroomError
from media.images import load_still
from media.limits import MediaLimits
from resources.embedder import Embedder

_SIDE_PX = 128
_CELLS, _DIRECTIONS, _COLOR_BINS = 4, 8, 6
_PARTS = (
    VectorPart("colors", _COLOR_BINS**3, 0.5),
    VectorPart("gradients", _CELLS**2 * _DIRECTIONS, 0.5),
)


class PlainBaseline(Embedder):
    """A colour histogram and gradient histograms on a grid, background and all."""

    provider = "baseline"

    @property
    def model(self) -> str:
        """Its one method."""
        return "colour and gradient histograms"

    @property
    def version(self) -> str:
        """It has but one."""
        return "1"

    @property
    def parts(self) -> tuple[VectorPart, ...]:
        """Colours and gradients, half and half."""
        return _PARTS

    def embed(self, pictures: Sequence[bytes]) -> list[Embedding | ShowroomError]:
        """In this process: for a benchmark's own pictures only."""
        return [self._embed(picture) for picture in pictures]

    def _embed(self, picture: bytes) -> Embedding:
        still = load_still(picture, MediaLimits(), lambda size_px: _SIDE_PX / min(size_px))
        rgb = np.asarray(still.image.convert("RGB").resize((_SIDE_PX, _SIDE_PX)))
        bins = (rgb.reshape(-1, 3) // (256 / _COLOR_BINS)).astype(int)
        counts, _ = np.histogramdd(bins, _COLOR_BINS, [(0, _COLOR_BINS)] * 3)
        grey = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.float32)
        down, across = np.gradient(grey)
        turn = np.mod(np.arctan2(down, across), np.pi) * (_DIRECTIONS / np.pi)
        rows, columns = np.indices(grey.shape) * _CELLS // _SIDE_PX
        where = (rows * _CELLS + columns) * _DIRECTIONS + turn.astype(int) % _DIRECTIONS
        size = _PARTS[1].size
        strengths = np.bincount(where.ravel(), np.hypot(across, down).ravel(), size)
        pieces = [np.sqrt(counts.ravel()), strengths]
        return Embedding(joined(_PARTS, [piece.astype(np.float32) for piece in pieces]))
