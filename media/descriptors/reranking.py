"""Telling the same product among similar ones, once local features have been compared."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BY_CHANCE = 5
"""Inliers that pictures of different products have as well."""


def same_product_scores(
    inliers: Sequence[int], cosines: "NDArray[np.float32]"
) -> "NDArray[np.float32]":
    """A score for each candidate, the best first when sorted downwards.

    A product's variants share their layout and their lettering, so that inliers alone cannot
    tell orange juice from grapefruit juice: they are multiplied by the cosine, of the colour part
    where there is one. Where no candidate has inliers to speak of, the cosine decides.
    """
    counted = np.maximum(np.asarray(inliers, np.float32) - _BY_CHANCE, 0)
    return np.asarray((1 + counted) * np.maximum(cosines, 0), np.float32)
