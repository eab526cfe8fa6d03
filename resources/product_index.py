"""The product index: the products of all catalogues as one embedder sees them, to be searched.

Each version of an embedder has a table of its own, so vectors of two are never compared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import polars as pl

from media.errors import InvalidRequest, InvalidSetting
from media.matching.filters import folded
from media.pipelines.catalogue import PRODUCTS
from resources.embedder import Embedder
from resources.object_store import ObjectStore
from resources.settings import Settings
from resources.vector_index import GRACE, IndexLayout, VectorIndex

SHOWN = (
    *("catalogue", "product", "name", "description", "category", "tags", "brand", "price"),
    *("price_to", "currency", "variants", "availability", "rating", "url", "image"),
)
"""Columns as in `PRODUCTS`."""

_PICTURE = ("image_key", "image_sha256")
_MADE_BY = ("embedder", "embedder_version")
_COMPARED = ("category_key", "brand_key")
_WORDS = ("name", "brand", "category", "tags", "description")
_OF_A_PRODUCT = ["catalogue", "product"]
_AT_ONCE = 20_000
"""Products written at a time, so memory does not grow with a catalogue."""


@dataclass(frozen=True)
class ProductIndexSummary:
    """What the index is like at the moment."""

    products: int
    with_vector: int
    index: str
    """How it is searched: `exact`, or the kind of index."""
    version: int


class ProductIndex:
    """The products of all catalogues; written by one embedder's vectors and searched with them."""

    def __init__(self, table: VectorIndex, embedder: str, embedder_version: str) -> None:
        self.embedder = embedder
        self.embedder_version = embedder_version
        self._table = table
        self._is_checked = False

    @classmethod
    def from_settings(
        cls, settings: Settings, store: ObjectStore, embedder: Embedder
    ) -> "ProductIndex":
        """The index of an installation and its embedder."""
        provider, version = embedder.provider, embedder.version
        layout = product_layout(embedder.dimensions, provider, version)
        table = VectorIndex.from_settings(
            settings, store, f"product_embeddings-{provider}-{version}", layout
        )
        return cls(table, provider, version)

    @property
    def table(self) -> VectorIndex:
        """What is searched. `InvalidSetting` when it holds the vectors of another embedder."""
        if not self._is_checked and (facts := self._table.facts):
            _check(facts, self._table.layout)
            self._is_checked = True
        return self._table

    def upsert(self, products: pl.DataFrame, embeddings: pl.DataFrame) -> None:
        """Add products, replacing those of the same catalogue and id, with their vectors.

        `products` are rows of `PRODUCTS`, of which those that are ready and not removed are
        taken; `embeddings` are rows of `PRODUCT_EMBEDDINGS` of the same products. A product
        without one has no vector: it is found by words. Of several rows of one product the last
        counts. Raises `InvalidRequest` for vectors of another embedder.
        """
        ready = pl.col("status") == "ready"
        own = (pl.col("embedder") == self.embedder) & (
            pl.col("embedder_version") == self.embedder_version
        )
        vectors = embeddings.filter(ready)
        if not vectors.select(own.fill_null(value=False).all()).item():
            raise InvalidRequest(
                f"there are vectors that {self.embedder} {self.embedder_version} did not make; "
                "make product_embeddings anew with today's embedder"
            )
        wanted = _last(products.filter(ready, ~pl.col("is_removed").fill_null(value=False)))
        pictures = _last(vectors).select(
            *(*_OF_A_PRODUCT, *_MADE_BY, "vector"), image_key="key", image_sha256="sha256"
        )
        for part in wanted.iter_slices(_AT_ONCE):
            rows = part.join(pictures, on=_OF_A_PRODUCT, how="left", maintain_order="left")
            self.table.upsert(_indexed(rows))

    def remove(self, products: Iterable[tuple[str, str]]) -> None:
        """Remove products, each a catalogue and its id in it; answers lack them at once."""
        self.table.delete([product_id(*product) for product in products])

    def summary(self) -> ProductIndexSummary:
        """What the index is like now."""
        facts = self.table.describe()
        return ProductIndexSummary(facts.rows, facts.with_vector, facts.searched_by, facts.version)

    def tend(self, grace: timedelta = GRACE) -> str:
        """Merge small files and index what is new; how it is searched now."""
        self.table.tend(grace)
        return self.table.describe().searched_by


def product_id(catalogue: str, product: str) -> str:
    """A product's id among those of all catalogues, whose names have no control characters."""
    return f"{catalogue}\x1f{product}"


def product_layout(dimensions: int, embedder: str, embedder_version: str) -> IndexLayout:
    """What the index holds, and what filters ask of it."""
    texts = ("id", *_PICTURE, *_MADE_BY, *_COMPARED, "words")
    return IndexLayout(
        schema=pl.Schema(
            {
                **{name: PRODUCTS.schema[name] for name in SHOWN},
                **dict.fromkeys(texts, pl.String()),
                "vector": pl.Array(pl.Float32(), dimensions),
            }
        ),
        of_few_values=("catalogue", "currency", "availability", *_COMPARED),
        of_many_values=("price",),
        words="words",
        facts={"embedder": embedder, "embedder_version": embedder_version},
    )


def _check(facts: dict[str, str], layout: IndexLayout) -> None:
    wanted = dict(layout.facts)
    if {name: facts.get(name) for name in wanted} != wanted:
        raise InvalidSetting(
            f"the product index was made by {facts.get('embedder')} "
            f"{facts.get('embedder_version')}, not by {wanted['embedder']} "
            f"{wanted['embedder_version']}: remove its folder below lance/ and make product_index "
            "anew"
        )


def _last(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.unique(_OF_A_PRODUCT, keep="last", maintain_order=True)


def _indexed(rows: pl.DataFrame) -> pl.DataFrame:
    """Products and their pictures as rows of the index."""
    texts = [pl.col("tags").list.join(" ") if name == "tags" else pl.col(name) for name in _WORDS]
    return rows.with_columns(
        pl.concat_str([pl.col(name) for name in _OF_A_PRODUCT], separator="\x1f").alias("id"),
        pl.concat_str(texts, separator="\n", ignore_nulls=True).alias("words"),
        pl.col("currency").str.to_uppercase(),
        pl.col("availability").fill_null("unknown"),
        _folded(rows["category"]).alias("category_key"),
        _folded(rows["brand"]).alias("brand_key"),
    )


def _folded(names: pl.Series) -> pl.Series:
    different = names.unique().drop_nulls()
    keys = pl.Series([folded(name) for name in different], dtype=pl.String())
    return names.replace_strict(different, keys, default=None, return_dtype=pl.String())
