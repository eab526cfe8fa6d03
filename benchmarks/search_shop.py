"""A shop of many products with vectors, for measuring searches."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from obstore.store import LocalStore

from media.pipelines.catalogue import PRODUCT_EMBEDDINGS, PRODUCTS
from resources.lance_table import LanceTable
from resources.object_store import ObjectStore
from resources.product_index import ProductIndex, product_layout
from resources.vector_index import VectorIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

DIMENSIONS = 512
EMBEDDER = ("measured", "1")


def clustered(rng: np.random.Generator, count: int) -> "Vectors":
    """As pictures of a shop are: 20 families, 1,000 kinds in them, products around each kind.

    Products of one kind have a cosine of about 0.8, those of one family one of about 0.5.
    """
    families = rng.standard_normal((20, DIMENSIONS), np.float32)
    kinds = rng.standard_normal((1000, DIMENSIONS), np.float32) * np.float32(0.7)
    kinds += families[rng.integers(0, 20, 1000)]
    own = rng.standard_normal((count, DIMENSIONS), np.float32) * np.float32(0.6)
    return _unit(kinds[rng.integers(0, 1000, count)] + own)


def plain_random(rng: np.random.Generator, count: int) -> "Vectors":
    """The hard case: nothing is like anything, so that no index can look at a part only."""
    return _unit(rng.standard_normal((count, DIMENSIONS), np.float32))


def _unit(vectors: "Vectors") -> "Vectors":
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def shop_index(folder: Path) -> ProductIndex:
    """An index of the shop below `folder`."""
    store = ObjectStore(LocalStore(folder, mkdir=True), folder)
    table = LanceTable.in_folder(store, folder, "products.lance")
    return ProductIndex(VectorIndex(table, product_layout(DIMENSIONS, *EMBEDDER)), *EMBEDDER)


def shop_rows(
    first: int, cents: "NDArray[np.int64]", vectors: "Vectors"
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Products and embeddings as an import writes them; the first is number `first`."""
    numbers = range(first, first + len(cents))
    own: dict[str, Any] = {
        "job": "measured",
        "item": "0001",
        "status": "ready",
        "catalogue": "shop",
        "product": [f"{number:06d}" for number in numbers],
    }
    products = pl.DataFrame(own).with_columns(
        name=pl.format("Product {}", "product"),
        description=pl.lit("A thing of cotton with buttons, made to last. " * 4),
        category=pl.Series([f"Category {number % 20}" for number in numbers]),
        brand=pl.Series([f"Brand {number % 97}" for number in numbers]),
        price=pl.Series(cents).cast(PRODUCTS.schema["price"]) / 100,
        currency=pl.lit("EUR"),
        availability=pl.lit("in_stock"),
        is_removed=pl.lit(value=False),
    )
    embeddings = pl.DataFrame(own).with_columns(
        embedder=pl.lit(EMBEDDER[0]),
        embedder_version=pl.lit(EMBEDDER[1]),
        sha256="product",
        vector=pl.Series(vectors).arr.to_list(),
    )
    return _whole(products, PRODUCTS.schema), _whole(embeddings, PRODUCT_EMBEDDINGS.schema)


def _whole(rows: pl.DataFrame, schema: Mapping[str, Any]) -> pl.DataFrame:
    """The rows with every column of their table."""
    missing = {name: pl.lit(None, dtype) for name, dtype in schema.items() if name not in rows}
    return rows.with_columns(**missing).select(list(schema)).cast(pl.Schema(schema))
