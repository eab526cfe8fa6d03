"""Catalogue upkeep: the product index holds all that is current, as today's embedder sees it.

Each job brings its own products into the index. What is left to do is what no job does: another
embedder was chosen, an index was removed, or a run was killed between its rows and the index.
"""

from dataclasses import dataclass

import polars as pl

from media.pipelines.catalogue import PRODUCT_EMBEDDINGS
from resources.catalogues import Catalogues
from resources.embeddings import Embeddings
from resources.product_index import ProductIndex
from resources.tables import Tables

_AT_ONCE = 2_000
"""Products brought in at a time; a killed run has lost no more than these."""
_ID = ["catalogue", "product"]


@dataclass(frozen=True)
class CatalogueUpkeep:
    """Brings the index up to date with all catalogues."""

    catalogues: Catalogues
    tables: Tables
    embeddings: Embeddings
    index: ProductIndex

    def catch_up(self) -> int:
        """Index the current products that are missing, and drop what is no more; how many."""
        current = self.catalogues.current_products()
        known = self.index.table.rows(columns=_ID)
        gone = known.join(current, on=_ID, how="anti")
        self.index.remove(gone.rows())
        missing = current.join(known, on=_ID, how="anti")
        for start in range(0, missing.height, _AT_ONCE):
            products = missing.slice(start, _AT_ONCE)
            self.index.upsert(products, self._vectors_of(products))
        return missing.height

    def _vectors_of(self, products: pl.DataFrame) -> pl.DataFrame:
        """Rows of `product_embeddings` by today's embedder, from the pictures kept for any."""
        rows = self.tables.rows_with(PRODUCT_EMBEDDINGS, "product", set(products["product"]))
        pictured = rows.join(products, on=[*_ID, "image"], how="semi")
        latest = pictured.unique(_ID, keep="last", maintain_order=True)
        if latest.is_empty():
            return PRODUCT_EMBEDDINGS.empty()
        key_of = dict(latest.select("sha256", "key").rows())
        vectors = self.embeddings.vectors(PRODUCT_EMBEDDINGS, key_of)
        made_anew = latest.drop(set(vectors.columns) - {"sha256"}).join(vectors, on="sha256")
        return made_anew.select(PRODUCT_EMBEDDINGS.schema.names()).cast(PRODUCT_EMBEDDINGS.schema)
