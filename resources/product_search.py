"""Product search: products like a picture, of some words, or both, ranked by their score.

The index proposes candidates, several times as many as are asked for; their likeness is computed
from their own vectors, their score from it and from what else is known of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl

from media.embeddings import cosines
from media.errors import InvalidRequest
from media.matching.filters import ProductFilters, both, one_of_ids, sql
from media.matching.likeness import likeness, matrix
from media.matching.product_score import ScoreParts, ScoreWeights, scored
from resources.embedder import Embedder
from resources.product_index import ProductIndex
from resources.search_terms import SearchTerms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAX_LIMIT = 500
"""Most products of one answer."""

_CANDIDATES_PER_MATCH = 5
_MIN_CANDIDATES = 50
_COMPARED_CLOSELY = 50
"""Candidates whose local features are compared."""
_COLUMNS = (
    *("id", "catalogue", "product", "name", "description", "category", "tags", "brand", "price"),
    *("currency", "availability", "rating", "url", "image_key", "image_sha256", "vector"),
)

FeaturesOf = Callable[[Sequence[str]], list[bytes | None]]
"""Packed local features of pictures by the SHA-256 of their bytes, in order."""


@dataclass(frozen=True)
class ProductQuery:
    """What is looked for: a picture or its vector, words, or both."""

    image: bytes | None = field(default=None, repr=False)
    """An encoded picture."""
    vector: "NDArray[np.float32] | None" = field(default=None, repr=False)
    """The vector of a picture, by the embedder of the index."""
    text: str | None = None
    filters: ProductFilters = field(default_factory=ProductFilters)
    budget: Decimal | None = None
    """Prices near it count more; no product is left out for it."""
    currency: str | None = None
    """Of the budget; None compares bare numbers."""
    liked_brands: Sequence[str] = ()
    limit: int = 20
    """1 to `MAX_LIMIT`."""
    part_weights: Mapping[str, float] | None = None
    """How much each part of a picture's vector counts, such as shape and color."""
    same_product: bool = False
    """Whether the very product of the picture goes before what is only like it."""
    within_budget_first: bool = False
    """Whether what costs at most the budget goes before all else."""


@dataclass(frozen=True)
class ProductMatch:
    """A product that was found, and why it is where it is."""

    catalogue: str
    product: str
    name: str
    description: str | None
    category: str | None
    tags: list[str] | None
    brand: str | None
    price: Decimal | None
    currency: str | None
    availability: str
    rating: float | None
    url: str | None
    image_key: str | None
    image_sha256: str | None
    score: float
    parts: ScoreParts
    cosines: dict[str, float]
    """Of each part of the picture's vector, -1 to 1; empty where no pictures were compared."""
    within_budget: bool | None
    """None without a budget, and where the price cannot be compared with it."""
    inliers: int | None
    """Local features in one arrangement; None where they were not compared."""
    compared_by: str
    """What was compared, and by whom."""

    def plain(self) -> dict[str, Any]:
        """For programs that read JSON; the price stays exact, as text."""
        price = None if self.price is None else f"{self.price:f}"
        return {**vars(self), "price": price, "parts": vars(self.parts)}


@dataclass(frozen=True)
class SearchAnswer:
    """What was found, the best first, and what there is to say about it."""

    matches: tuple[ProductMatch, ...]
    said: tuple[str, ...]


@dataclass(frozen=True)
class ProductSearch:
    """Finds products; safe to use from several threads."""

    index: ProductIndex
    embedder: Embedder
    weights: ScoreWeights = field(default_factory=ScoreWeights)
    features: FeaturesOf | None = None

    def search(self, query: ProductQuery) -> SearchAnswer:
        """The products that pass the filters, the best `limit` of them.

        Raises `InvalidRequest` for a query that asks for nothing or for what cannot be, and the
        picture's own refusal where it cannot be read.
        """
        _check(query)
        where = sql(query.filters)
        terms = self._terms(query)
        found = self._candidates(query, where, terms)
        if found.is_empty():
            return SearchAnswer((), (*terms.said, self._why_nothing(where, terms)))
        rows = scored(
            found,
            self.weights,
            budget=query.budget,
            currency=query.currency,
            liked_brands=query.liked_brands,
        )
        rows = self._compared_closely(rows, terms) if query.same_product else _not_closely(rows)
        best = _ranked(rows, query).head(query.limit)
        return SearchAnswer(tuple(self._matches(best, terms)), tuple(terms.said))

    def _terms(self, query: ProductQuery) -> SearchTerms:
        picture = query.image if query.vector is None else query.vector
        weights = query.part_weights
        if weights is None and query.same_product and "color" in self._part_names:
            # A shelf behind a product spoils its outline and not its colours.
            weights = {"color": 1.0}
        terms = SearchTerms.of_picture(self.embedder, picture, weights)
        if query.text and (text := query.text.strip()):
            terms.add_words(self.embedder, text)
        if query.same_product and (terms.features is None or self.features is None):
            terms.said.append(
                "the same product was not looked for by its details: that takes a picture, and an "
                "embedder that keeps them"
            )
        return terms

    @property
    def _part_names(self) -> set[str]:
        return {part.name for part in self.embedder.parts}

    def _candidates(
        self, query: ProductQuery, where: str | None, terms: SearchTerms
    ) -> pl.DataFrame:
        """Rows of `_COLUMNS` with their `similarity`, 0 to 1."""
        table = self.index.table
        depth = max(_CANDIDATES_PER_MATCH * query.limit, _MIN_CANDIDATES)
        conditions = [where]
        if query.within_budget_first and query.budget is not None:
            affordable = ProductFilters(max_price=query.budget, currency=query.currency)
            conditions.append(both(where, sql(affordable)))
        proposed: set[str] = set()
        relevance: dict[str, float] = {}
        for condition in conditions:
            for vector in terms.vectors:
                proposed |= set(table.nearest(vector, condition, depth)["id"])
            if terms.words is not None:
                relevance |= dict(table.matching(terms.words, condition, depth).rows())
        proposed |= relevance.keys()
        if not proposed:
            return pl.DataFrame()
        # Asked for once more with the filters, since a product may just have changed.
        rows = table.rows(both(where, one_of_ids(proposed)), _COLUMNS)
        found = None if terms.words is None else relevance
        return rows.with_columns(likeness(rows, terms.vectors, found))

    def _compared_closely(self, rows: pl.DataFrame, terms: SearchTerms) -> pl.DataFrame:
        """`rows` with `inliers` and `sameness`: of those most alike, by their local features."""
        from media.descriptors.reranking import same_product_scores

        if terms.features is None or self.features is None:
            return _not_closely(rows)
        near = rows.sort(["similarity", "id"], descending=[True, False]).head(_COMPARED_CLOSELY)
        hashes = near["image_sha256"].drop_nulls().unique().to_list()
        known = dict(zip(hashes, self.features(hashes), strict=True))
        others = [known.get(sha256) for sha256 in near["image_sha256"]]
        counts = self.embedder.inliers(terms.features, others)
        parts = self._cosines(near, terms)
        alike = parts["color"] if "color" in parts else near["similarity"].to_numpy()
        closely = near.select("id").with_columns(
            inliers=pl.Series(counts, dtype=pl.Int64),
            sameness=pl.Series(same_product_scores(counts, alike), dtype=pl.Float64),
        )
        return rows.join(closely, on="id", how="left").with_columns(pl.col("sameness").fill_null(0))

    def _cosines(self, rows: pl.DataFrame, terms: SearchTerms) -> "dict[str, NDArray[np.float32]]":
        if terms.picture is None:
            return {}
        return cosines(self.embedder.parts, terms.picture, matrix(rows["vector"]))

    def _matches(self, rows: pl.DataFrame, terms: SearchTerms) -> list[ProductMatch]:
        pictured = rows.filter(pl.col("vector").is_not_null())
        parts = self._cosines(pictured, terms)
        told = {
            id_: {part: float(values[n]) for part, values in parts.items()}
            for n, id_ in enumerate(pictured["id"])
        }
        shown = [name for name in ProductMatch.__dataclass_fields__ if name in rows.columns]
        return [
            ProductMatch(
                **{name: row[name] for name in shown},
                parts=ScoreParts.of(row),
                cosines=told.get(row["id"], {}),
                compared_by=", ".join(terms.compared_by),
            )
            for row in rows.to_dicts()
        ]

    def _why_nothing(self, where: str | None, terms: SearchTerms) -> str:
        if not self.index.summary().products:
            return (
                "there are no products yet: import a catalogue, for example by dropping its file "
                "into inbox/catalogue/"
            )
        if where and not self.index.table.count(where):
            return "no product passes the filters"
        if terms.vectors:
            return "no product that passes the filters has a picture that could be compared"
        return "no product that passes the filters has these words in its texts"


def _check(query: ProductQuery) -> None:
    if query.image is not None and query.vector is not None:
        raise InvalidRequest("give a picture or its vector, not both")
    pictured = query.image is not None or query.vector is not None
    if not pictured and not (query.text or "").strip():
        raise InvalidRequest("say what to look for: a picture, some words, or both")
    if not 1 <= query.limit <= MAX_LIMIT:
        raise InvalidRequest(f"a search finds 1 to {MAX_LIMIT} products, not {query.limit}")


def _not_closely(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` whose details were not compared."""
    return rows.with_columns(inliers=pl.lit(None, pl.Int64), sameness=pl.lit(0.0))


def _ranked(rows: pl.DataFrame, query: ProductQuery) -> pl.DataFrame:
    """The best first; ties by id, so that an answer is the same each time."""
    first = pl.col("within_budget").fill_null(value=False) & query.within_budget_first
    order = [first, "sameness", "score", "similarity", "id"]
    return rows.sort(order, descending=[True, True, True, True, False])
