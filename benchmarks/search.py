"""Searching 100,000 products by a vector: what a question costs, and how much of it is found."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.accounting import clean_environment, run_counted
from benchmarks.report import Line, print_section
from benchmarks.search_shop import (
    DIMENSIONS,
    EMBEDDER,
    clustered,
    plain_random,
    shop_index,
    shop_rows,
)
from media.embeddings import Embedding, VectorPart
from media.errors import InvalidRequest, ShowroomError
from media.matching.filters import ProductFilters, sql
from resources.embedder import Embedder
from resources.product_search import ProductQuery, ProductSearch
from resources.vector_index import VectorIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

PRODUCTS_COUNT = 100_000
QUERIES = 50
SLOW_QUERIES = 5
TOP = 20
SHARES = (5, 30)
"""Percent of the products that a price filter keeps."""
TARGET_MS = 10.0
TARGET_RECALL = 0.97
UPSERTED = 10_000


def search(workspace: Path) -> None:
    """Both kinds of vectors, then what an import and the first question of a process cost."""
    for kind, made in (("clustered", clustered), ("random", plain_random)):
        vectors = made(np.random.default_rng(11), PRODUCTS_COUNT + QUERIES)
        shop, build_s = _open_shop(workspace / kind, vectors[:PRODUCTS_COUNT])
        queries = list(vectors[PRODUCTS_COUNT:])
        lines = [Line("loading and indexing", f"{build_s:.1f} s")]
        for share in SHARES:
            lines += _questions(shop, queries, share)
        print_section(f"{PRODUCTS_COUNT:,} products, {kind} vectors of {DIMENSIONS}", lines)
    print_section("Around a search", _around(workspace / "clustered"))


def answer_one(folder: str) -> None:
    """Answer one question; run in a process of its own."""
    searched = ProductSearch(shop_index(Path(folder)), GivenVectors())
    query = plain_random(np.random.default_rng(1), 1)[0]
    print(len(searched.search(ProductQuery(vector=query, limit=TOP)).matches))


class GivenVectors(Embedder):
    """Embeds nothing: questions come as vectors."""

    provider, version = EMBEDDER
    model = "none"
    parts = (VectorPart("all", DIMENSIONS, 1.0),)

    def embed(self, pictures: Sequence[bytes]) -> list[Embedding | ShowroomError]:
        """A refusal for each."""
        return [InvalidRequest("vectors only") for _ in pictures]


@dataclass
class _Shop:
    """The same products in our index, in LanceDB as it comes, and in memory."""

    vectors: "Vectors"
    cents: "NDArray[np.int64]"
    ours: VectorIndex
    plain: Any

    def brute_force(self, query: "Vectors", kept: "NDArray[np.int64]") -> list[str]:
        """The true answer: all vectors times the query, the best of those that are kept."""
        likeness = (self.vectors @ query)[kept]
        best = np.argpartition(-likeness, TOP)[:TOP]
        return [f"shop\x1f{number:06d}" for number in kept[best]]

    def by_lancedb(self, query: "Vectors", where: str) -> list[str]:
        """Without an index of vectors, as a table is after loading."""
        asked = self.plain.search(query).distance_type("dot").where(where, prefilter=True)
        return [str(row["id"]) for row in asked.select(["id", "_distance"]).limit(TOP).to_list()]


def _open_shop(folder: Path, vectors: "Vectors") -> tuple[_Shop, float]:
    import lancedb

    cents = np.random.default_rng(5).integers(100, 1_000_000, len(vectors))
    index = shop_index(folder)
    started = time.perf_counter()
    for start in range(0, len(vectors), UPSERTED):
        part = slice(start, start + UPSERTED)
        index.upsert(*shop_rows(start, cents[part], vectors[part]))
    index.tend()
    build_s = time.perf_counter() - started
    rows = index.table.rows(columns=["id", "price", "currency", "vector"]).to_arrow()
    plain = lancedb.connect(str(folder / "lancedb")).create_table("products", rows)
    return _Shop(vectors, cents, index.table, plain), build_s


def _questions(shop: _Shop, queries: "list[Vectors]", share: int) -> list[Line]:
    limit = int(np.percentile(shop.cents, share))
    where = sql(ProductFilters(max_price=Decimal(limit) / 100, currency="EUR")) or ""
    kept = np.flatnonzero(shop.cents <= limit)
    ours, ours_ms = _asked(queries, lambda query: list(shop.ours.nearest(query, where, TOP)["id"]))
    truth, true_ms = _asked(queries, lambda query: shop.brute_force(query, kept))
    _, plain_ms = _asked(queries[:SLOW_QUERIES], lambda query: shop.by_lancedb(query, where))
    recall = float(np.mean([len({*a} & {*b}) / TOP for a, b in zip(ours, truth, strict=True)]))
    met = recall >= TARGET_RECALL
    return [
        Line.at_most(f"{share} % kept: VectorIndex", ours_ms, TARGET_MS, "ms CPU"),
        Line(f"{share} % kept: recall of {TOP}", f"{recall:.4f}", f">= {TARGET_RECALL}", met),
        Line(f"{share} % kept: numpy, every vector", f"{true_ms:.1f} ms CPU"),
        Line(f"{share} % kept: LanceDB as it comes", f"{plain_ms:.0f} ms CPU"),
    ]


def _asked(
    queries: "list[Vectors]", ask: "Callable[[Vectors], list[str]]"
) -> tuple[list[list[str]], float]:
    """The answers, and the median CPU time of one in milliseconds, all threads counted, warm."""
    for query in queries[:SLOW_QUERIES]:
        ask(query)
    answers, times_ms = [], []
    for query in queries:
        started = time.process_time()
        answers.append(ask(query))
        times_ms.append((time.process_time() - started) * 1000)
    return answers, median(times_ms)


def _around(folder: Path) -> list[Line]:
    """A whole search, a new process, and an import into an index that is there."""
    index = shop_index(folder)
    vectors = clustered(np.random.default_rng(12), UPSERTED)
    searched = ProductSearch(index, GivenVectors())
    filters = ProductFilters(max_price=Decimal(500), currency="EUR")

    def ask(query: "Vectors") -> list[str]:
        found = searched.search(ProductQuery(vector=query, filters=filters, limit=TOP))
        return [match.product for match in found.matches]

    _, search_ms = _asked(list(vectors[:QUERIES]), ask)
    command = "from benchmarks.search import answer_one; answer_one({!r})"
    cold = run_counted([sys.executable, "-c", command.format(str(folder))], clean_environment())
    rows = shop_rows(0, np.full(UPSERTED, 999), vectors)
    started = time.perf_counter()
    index.upsert(*rows)
    upsert_s = time.perf_counter() - started
    index.tend()
    tend_s = time.perf_counter() - started - upsert_s
    return [
        Line(f"ProductSearch, the best {TOP} with scores", f"{search_ms:.1f} ms CPU"),
        Line("a new process until its first answer", f"{cold.wall_s:.2f} s"),
        Line(f"updating {UPSERTED:,} products", f"{upsert_s:.2f} s"),
        Line("indexing them", f"{tend_s:.2f} s"),
    ]
