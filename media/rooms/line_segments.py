"""Straight edges of a photo, as segments."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST = 260
"""Longer ones first, no more than this many are kept: the rest adds noise, not knowledge."""
_SHORTEST_SHARE = 0.022
_LONGEST_SHARE = 0.25


@dataclass(frozen=True)
class Segments:
    """Segments of a photo in pixels from its middle; x to the right, y down."""

    middles: Floats
    """(n, 2)."""
    directions: Floats
    """(n, 2), of length one."""
    lengths_px: Floats
    """(n,)."""
    weights: Floats
    """(n,), summing to one: the length, but a single long edge does not outvote all others."""

    def part(self, chosen: NDArray[np.bool_]) -> "Segments":
        """Only the chosen (n,) ones, their weights summing to one again."""
        weights = self.weights[chosen]
        return Segments(
            self.middles[chosen],
            self.directions[chosen],
            self.lengths_px[chosen],
            weights / max(float(weights.sum()), 1e-9),
        )


def straight_segments(gray: NDArray[np.uint8]) -> Segments:
    """Find the straight edges of a picture (height, width); there may be none.

    By the detector of von Gioi et al. (LSD, 2010), which has no threshold to tune.
    """
    height, width = gray.shape
    long_side = max(height, width)
    found = cv2.createLineSegmentDetector().detect(gray)[0]
    ends = np.zeros((0, 4)) if found is None else np.asarray(found, float).reshape(-1, 4)
    along = ends[:, 2:] - ends[:, :2]
    lengths = np.hypot(along[:, 0], along[:, 1])
    order = np.argsort(-lengths, kind="stable")[:MOST]
    order = order[lengths[order] > _SHORTEST_SHARE * long_side]
    lengths = lengths[order]
    capped = np.minimum(lengths, _LONGEST_SHARE * long_side)
    return Segments(
        middles=(ends[order, :2] + ends[order, 2:]) / 2 - [width / 2 - 0.5, height / 2 - 0.5],
        directions=along[order] / lengths[:, None],
        lengths_px=lengths,
        weights=capped / max(float(capped.sum()), 1e-9),
    )
