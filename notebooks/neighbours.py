"""Neighbours: for each product of an index the others most like it, itself left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BLOCK = 256
"""Vectors compared with all others at a time, so memory does not grow with their square."""


@dataclass(frozen=True)
class Neighbours:
    """The nearest others of some rows, the most alike first."""

    rows: "NDArray[np.int64]"
    """Shape (rows, count): row numbers; -1 where there are fewer others."""
    likeness: "NDArray[np.float32]"
    """The same shape: dot products, -1 to 1; minus infinity where there are fewer others."""


def nearest_others(
    vectors: "NDArray[np.float32]", pictures: Sequence[str | None], asked: Sequence[int], count: int
) -> Neighbours:
    """The `count` rows nearest to each of the rows `asked`, by the dot product of `vectors`.

    `vectors` has shape (n, d). A row is no neighbour of itself, nor of one that has the same
    picture, which `pictures` names by a hash: finding it would say nothing of the embedder.
    """
    import numpy as np

    codes = {picture: number for number, picture in enumerate(dict.fromkeys(pictures))}
    # A row whose picture has no name shares it with nobody.
    same = np.array([codes[p] if p is not None else -1 - n for n, p in enumerate(pictures)])
    count = min(count, len(vectors))
    rows, likeness = [], []
    for start in range(0, len(asked), _BLOCK):
        block = np.asarray(asked[start : start + _BLOCK], np.int64)
        found = vectors[block] @ vectors.T
        found[same[block][:, None] == same[None, :]] = -np.inf
        # Only the few that are asked for are sorted, ties by row.
        few = np.sort(np.argpartition(-found, count - 1, axis=1)[:, :count], axis=1)
        likely = np.take_along_axis(found, few, axis=1)
        by_likeness = np.argsort(-likely, axis=1, kind="stable")
        order = np.take_along_axis(few, by_likeness, axis=1)
        nearest = np.take_along_axis(likely, by_likeness, axis=1)
        rows.append(np.where(np.isneginf(nearest), -1, order))
        likeness.append(nearest)
    if not rows:
        return Neighbours(np.zeros((0, count), np.int64), np.zeros((0, count), np.float32))
    return Neighbours(np.concatenate(rows), np.concatenate(likeness))
