"""A shop for tests of searches: 24 products of 8 colours, all but the last with a picture."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from media.matching.product_score import ScoreWeights
from resources.embedder import Embedder
from resources.product_search import ProductMatch, ProductSearch
from tests.resources.grid_embedders import features_of, picture
from tests.resources.product_rows import embeddings, open_products, products

COLORS = ("red", "orange", "yellow", "green", "blue", "purple", "white", "gray")
SHOP: list[dict[str, Any]] = [
    {
        "product": f"{n:02d}",
        "name": f"{COLORS[n % 8]} {('dress', 'coat', 'shoe')[n % 3]}",
        "category": ("Dresses", "Coats", "Shoes")[n % 3],
        "brand": ("Acme", "Étoile", None)[n % 3],
        "tags": ["summer"] if n % 4 == 0 else [],
        "price": None if n % 10 == 9 else Decimal(10 * (n + 1)),
        "currency": "USD" if n % 5 == 4 else "EUR",
        "availability": ("in_stock", "limited", "out_of_stock")[n % 3],
    }
    for n in range(24)
]
PICTURES = {row["product"]: picture(COLORS[n % 8], n) for n, row in enumerate(SHOP) if n != 23}


def open_shop(folder: Path, embedder: Embedder) -> ProductSearch:
    """A search of the shop in a folder of its own."""
    index = open_products(folder, embedder)
    rows = embeddings(embedder, PICTURES)
    index.upsert(products(SHOP), rows)
    features = {
        sha256: features_of(PICTURES[product])
        for product, sha256 in rows.select("product", "sha256").rows()
    }

    def features_by_hash(hashes: Sequence[str]) -> list[bytes | None]:
        return [features.get(sha256) for sha256 in hashes]

    return ProductSearch(index, embedder, ScoreWeights(), features_by_hash)


def ids(matches: Sequence[ProductMatch]) -> list[str]:
    """What was found, in order."""
    return [match.product for match in matches]
