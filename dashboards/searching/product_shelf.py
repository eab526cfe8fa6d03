"""The shelf: the products that searches find, held in memory to be browsed and offered as choices.

Products are the shop's own, so everybody who may look at the app sees all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import streamlit as st

from dashboards.installation import desk
from resources.job_desk import JobDesk

_COLUMNS = (
    *("catalogue", "product", "name", "description", "category", "tags", "brand", "price"),
    *("price_to", "currency", "availability", "rating", "url", "image_key"),
)
AVAILABILITY_WORDS = {
    "in_stock": "In stock",
    "limited": "Only a few left",
    "preorder": "To be ordered ahead",
    "out_of_stock": "Sold out",
    "unknown": "Stock not known",
}
"""What people call it; in the order of how good it is."""


@dataclass(frozen=True)
class ShelfFilter:
    """Which products are meant; empty means any."""

    text: str = ""
    categories: Sequence[str] = ()
    brands: Sequence[str] = ()
    catalogues: Sequence[str] = ()
    availabilities: Sequence[str] = ()

    def of(self, products: pl.DataFrame) -> pl.DataFrame:
        """Those that are meant: each word of the text is somewhere in their words."""
        wanted = pl.lit(value=True)
        for word in self.text.casefold().split():
            wanted &= pl.col("words").str.contains(word, literal=True)
        for column, values in (
            ("category", self.categories),
            ("brand", self.brands),
            ("catalogue", self.catalogues),
            ("availability", self.availabilities),
        ):
            if values:
                wanted &= pl.col(column).is_in(list(values))
        return products.filter(wanted)


def shelf(made: JobDesk) -> pl.DataFrame:
    """All products of the index by name, with their `words`.

    Columns are those of the table of products, and `image_key`, the picture's key in the store.
    """
    settings = made.deployment.settings
    version = made.deployment.fashion.indexed_products.table.describe().version
    return _shelf(settings.home, settings.store_url, version)


def choices(products: pl.DataFrame, column: str) -> list[str]:
    """What there is to choose from in a column, the most frequent first."""
    counted = products[column].drop_nulls().value_counts(sort=True, name="products")
    return counted.sort(["products", column], descending=[True, False])[column].to_list()


@st.cache_resource(max_entries=4, show_spinner=False)
def _shelf(home: Path, store: str, version: int) -> pl.DataFrame:
    """The products of a version of an installation's index."""
    rows = desk().deployment.fashion.indexed_products.table.rows(columns=_COLUMNS)
    texts = ("name", "product", "brand", "category", "tags", "description")
    listed = pl.col("tags").list.join(" ")
    words = [listed if name == "tags" else pl.col(name) for name in texts]
    return rows.with_columns(
        words=pl.concat_str(words, separator="\n", ignore_nulls=True).str.to_lowercase()
    ).sort("name", "catalogue", "product", nulls_last=True)
