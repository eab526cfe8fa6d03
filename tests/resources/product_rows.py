"""Products for tests, as the tables of the catalogue pipeline have them."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from obstore.store import LocalStore

from media.errors import ShowroomError
from media.pipelines.catalogue import PRODUCT_EMBEDDINGS, PRODUCTS
from resources.embedder import Embedder
from resources.object_store import ObjectStore
from resources.product_index import ProductIndex
from resources.settings import Settings

Row = dict[str, Any]


def open_products(folder: Path, embedder: Embedder) -> ProductIndex:
    """The index of an installation in a folder."""
    folder.mkdir(exist_ok=True)
    settings = Settings(home=folder, store=str(folder))
    return ProductIndex.from_settings(settings, ObjectStore(LocalStore(folder), folder), embedder)


def products(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows of `products`; what is not told is usual."""
    usual = {
        "job": "job",
        "item": "0001",
        "status": "ready",
        "catalogue": "shop",
        "currency": "EUR",
        "availability": "in_stock",
        "is_removed": False,
    }
    told = [{**usual, "name": f"Product {row['product']}", **row} for row in rows]
    return PRODUCTS.rows(told)


def embeddings(by: Embedder, pictures: Mapping[str, bytes], **told: Any) -> pl.DataFrame:
    """Rows of `product_embeddings`, by the ids of the products."""
    made = by.embed(list(pictures.values()))
    rows = []
    for (product, data), each in zip(pictures.items(), made, strict=True):
        assert not isinstance(each, ShowroomError)
        sha256 = hashlib.sha256(data).hexdigest()
        rows.append(
            {
                "job": "job",
                "item": "0001",
                "status": "ready",
                "catalogue": "shop",
                "product": product,
                "key": f"originals/{sha256}.png",
                "sha256": sha256,
                "embedder": by.provider,
                "embedder_version": by.version,
                "vector": np.asarray(each.vector).tolist(),
                **told,
            }
        )
    return PRODUCT_EMBEDDINGS.rows(rows)
