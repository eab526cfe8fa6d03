"""Embeddings: pictures and words as vectors whose dot product is a similarity.

A vector is made of parts, such as shape and colour, each of length 1 and then scaled by the root
of its weight, so that the whole has length 1 and a dot product of two is the weighted mean of the
parts' cosines. A query may weigh the parts differently: it scales its own, and the same index
answers, because all stored vectors keep their length.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAX_PART_SIZE = 512
"""Most dimensions of one part."""


@dataclass(frozen=True)
class VectorPart:
    """One part of a vector: its name, how many dimensions it has and how much it counts."""

    name: str
    size: int
    weight: float
    """Of all; the weights of a vector's parts are 1 together."""


@dataclass(frozen=True)
class Embedding:
    """What is known of one picture."""

    vector: "NDArray[np.float32]" = field(repr=False)
    """Shape (dimensions,), of length 1."""
    local_features: bytes | None = field(default=None, repr=False)
    """Packed points and their descriptors, to tell the same product; None where unknown."""


def joined(
    parts: Sequence[VectorPart], pieces: Sequence["NDArray[np.float32]"]
) -> "NDArray[np.float32]":
    """One vector of length 1 from a piece per part, in the parts' order.

    A piece without length stays zero: nothing is like it in that part.
    """
    import numpy as np

    scaled = []
    for part, piece in zip(parts, pieces, strict=True):
        length = float(np.linalg.norm(piece))
        scaled.append(piece * (part.weight**0.5 / length if length else 0.0))
    return np.concatenate(scaled).astype(np.float32)


def reweighed(
    parts: Sequence[VectorPart], vector: "NDArray[np.float32]", weights: Mapping[str, float]
) -> "NDArray[np.float32]":
    """A query that counts the parts as told: 1 together, 0 for parts not named.

    Its dot product with a stored vector is the mean of the parts' cosines by these weights.
    Raises ValueError when no weight is above 0 and for a part there is not.
    """
    import numpy as np

    if unknown := weights.keys() - {part.name for part in parts}:
        raise ValueError(f"there is no part {', '.join(sorted(unknown))}")
    total = sum(weights.values())
    if total <= 0 or min(weights.values()) < 0:
        raise ValueError("weights are 0 or more, and one is more than 0")
    factors = [weights.get(part.name, 0.0) / total / part.weight for part in parts]
    each = np.repeat(np.asarray(factors, np.float32), [part.size for part in parts])
    return vector * each


def cosines(
    parts: Sequence[VectorPart],
    query: "NDArray[np.float32]",
    vectors: "NDArray[np.float32]",
) -> dict[str, "NDArray[np.float32]"]:
    """Each part's cosines, -1 to 1, of a query (d,) with vectors (n, d), all as stored."""
    found, start = {}, 0
    for part in parts:
        end = start + part.size
        found[part.name] = vectors[:, start:end] @ query[start:end] / part.weight
        start = end
    return found
