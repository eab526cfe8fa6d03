"""Tables of vectors for tests: small, random, and true answers to compare with."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from obstore.store import LocalStore

from resources.lance_table import LanceTable
from resources.object_store import ObjectStore
from resources.vector_index import IndexLayout, VectorIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIMENSIONS = 32
LAYOUT = IndexLayout(
    pl.Schema(
        {
            "id": pl.String(),
            "kind": pl.String(),
            "price": pl.Int64(),
            "words": pl.String(),
            "vector": pl.Array(pl.Float32(), DIMENSIONS),
        }
    ),
    of_few_values=("kind",),
    of_many_values=("price",),
    words="words",
    facts={"made_by": "tests"},
)


def open_index(folder: Path, exact_below: int = 20_000) -> VectorIndex:
    """The index in a folder, as a process opens it."""
    store = ObjectStore(LocalStore(folder), folder)
    return VectorIndex(LanceTable.in_folder(store, folder, "vectors.lance"), LAYOUT, exact_below)


def random_rows(count: int, first: int = 0, seed: int = 0) -> pl.DataFrame:
    """Rows with random vectors of length 1; prices are their numbers."""
    vectors = np.random.default_rng([seed, first]).standard_normal((count, DIMENSIONS), np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    numbers = range(first, first + count)
    return pl.DataFrame(
        {
            "id": [f"{number:05d}" for number in numbers],
            "kind": [("dress", "coat", "shoe")[number % 3] for number in numbers],
            "price": list(numbers),
            "words": [f"a thing of number{number}" for number in numbers],
            "vector": pl.Series(vectors, dtype=pl.Array(pl.Float32(), DIMENSIONS)),
        }
    )


def vector_of(rows: pl.DataFrame, position: int) -> "NDArray[np.float32]":
    """The vector of one row."""
    return np.asarray(rows["vector"][position], np.float32)


def best(rows: pl.DataFrame, query: "NDArray[np.float32]", limit: int) -> list[str]:
    """The ids of the rows most like a query, all compared."""
    likeness = rows["vector"].to_numpy() @ query
    return [rows["id"][int(position)] for position in np.argsort(-likeness)[:limit]]
