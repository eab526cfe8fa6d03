"""How alike products are to what is looked for, by their vectors, their words, or both."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def likeness(
    products: pl.DataFrame,
    vectors: "Sequence[NDArray[np.float32]]",
    relevance: Mapping[str, float] | None,
) -> pl.Series:
    """0 to 1 for each product: the mean of what is compared, of which there is at least one.

    Cosines with each of `vectors`, where opposites are no less alike than strangers; and the
    BM25 of the words found in its texts, as a share of the best. `relevance` has that by id, and
    is None where no words were looked up. `products` have `id` and `vector`; one without a vector
    is like no picture.
    """
    import numpy as np

    stored = matrix(products["vector"])
    each = [np.clip(stored @ vector, 0, 1) for vector in vectors]
    if relevance is not None:
        best = max(relevance.values(), default=1.0)
        shares = [relevance.get(product, 0.0) / best for product in products["id"]]
        each.append(np.asarray(shares, np.float32))
    return pl.Series("similarity", np.mean(each, axis=0), pl.Float64)


def matrix(vectors: pl.Series) -> "NDArray[np.float32]":
    """A column of vectors as shape (rows, dimensions); zeros where there is none."""
    import numpy as np

    if not isinstance(vectors.dtype, pl.Array):
        raise TypeError(f"a column of vectors is an Array, not {vectors.dtype}")
    stored = np.zeros((len(vectors), vectors.dtype.size), np.float32)
    there = vectors.is_not_null().to_numpy()
    if there.any():
        stored[there] = vectors.drop_nulls().to_numpy()
    return stored
