"""What a product search leaves out, what it refuses, and what it says of nothing."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media.errors import CorruptMedia, InvalidRequest
from media.matching.filters import ProductFilters
from resources.product_search import ProductQuery, ProductSearch
from tests.resources.grid_embedders import GridEmbedder, picture
from tests.resources.product_rows import embeddings, open_products, products
from tests.resources.product_shop import PICTURES, SHOP, ids, open_shop


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> ProductSearch:
    """A shop whose embedder knows no words."""
    return open_shop(tmp_path_factory.mktemp("grid"), GridEmbedder())


@settings(max_examples=40, deadline=None)
@given(
    asked=st.builds(
        ProductFilters,
        max_price=st.none() | st.integers(0, 250).map(Decimal),
        min_price=st.none() | st.integers(0, 250).map(Decimal),
        currency=st.just("EUR"),
        categories=st.sampled_from([(), ("dresses",), ("COATS", "shoes")]),
        brands=st.sampled_from([(), ("étoile",), ("acme", "nobody's")]),
        availabilities=st.sampled_from([(), ("in_stock", "limited")]),
        exclude=st.sampled_from([(), ("shop\x1f00", "shop\x1f03")]),
    ),
    text=st.sampled_from([None, "dress coat shoe"]),
    first=st.booleans(),
)
def test_a_filter_is_never_violated(
    search: ProductSearch, asked: ProductFilters, text: str | None, first: bool
) -> None:
    query = ProductQuery(
        image=PICTURES["03"],
        text=text,
        filters=asked,
        limit=24,
        budget=Decimal(100),
        currency="EUR",
        within_budget_first=first,
    )
    answer = search.search(query)
    priced = asked.max_price is not None or asked.min_price is not None
    wanted = {
        row["product"]
        for row in SHOP
        if (text or row["product"] in PICTURES)
        and (not priced or (row["price"] is not None and row["currency"] == "EUR"))
        and (asked.max_price is None or row["price"] <= asked.max_price)
        and (asked.min_price is None or row["price"] >= asked.min_price)
        and (not asked.categories or row["category"].lower() in map(str.lower, asked.categories))
        and (not asked.brands or (row["brand"] or "").lower() in asked.brands)
        and (not asked.availabilities or row["availability"] in asked.availabilities)
        and f"shop\x1f{row['product']}" not in asked.exclude
    }
    assert set(ids(answer.matches)) == wanted
    assert wanted or "no product passes the filters" in answer.said


def test_what_is_wanted_is_found_however_many_are_more_alike(tmp_path: Path) -> None:
    embedder = GridEmbedder()
    index = open_products(tmp_path, embedder)
    cheap: list[dict[str, Any]] = [{"product": f"cheap{n}", "price": Decimal(5)} for n in range(3)]
    dear: list[dict[str, Any]] = [
        {"product": f"dear{n}", "price": Decimal(500)} for n in range(120)
    ]
    pictures = {row["product"]: picture("navy", n) for n, row in enumerate(cheap)}
    pictures |= {row["product"]: picture("red", n) for n, row in enumerate(dear)}
    index.upsert(products([*cheap, *dear]), embeddings(embedder, pictures))
    search = ProductSearch(index, embedder)
    query = ProductQuery(image=picture("red", 7), budget=Decimal(10), currency="EUR", limit=5)
    filtered = replace(query, filters=ProductFilters(max_price=Decimal(10), currency="EUR"))
    assert set(ids(search.search(filtered).matches)) == {"cheap0", "cheap1", "cheap2"}
    first = search.search(replace(query, within_budget_first=True)).matches
    assert {match.product for match in first[:3]} == {"cheap0", "cheap1", "cheap2"}


def test_what_was_removed_is_not_found_any_more(tmp_path: Path) -> None:
    search = open_shop(tmp_path, GridEmbedder())
    assert ids(search.search(ProductQuery(image=PICTURES["05"], limit=1)).matches) == ["05"]
    open_products(tmp_path, GridEmbedder()).remove([("shop", "05")])
    assert "05" not in ids(search.search(ProductQuery(image=PICTURES["05"], limit=24)).matches)
    assert "05" not in ids(search.search(ProductQuery(text="purple shoe", limit=24)).matches)


def test_an_empty_index_says_what_to_do(tmp_path: Path) -> None:
    search = ProductSearch(open_products(tmp_path, GridEmbedder()), GridEmbedder())
    for query in (ProductQuery(image=PICTURES["00"]), ProductQuery(text="dress")):
        answer = search.search(query)
        assert answer.matches == ()
        assert "import a catalogue" in answer.said[-1]


def test_products_without_pictures_are_told_from_none_at_all(tmp_path: Path) -> None:
    embedder = GridEmbedder()
    index = open_products(tmp_path, embedder)
    index.upsert(products(SHOP[:3]), embeddings(embedder, {}))
    search = ProductSearch(index, embedder)
    assert "picture" in search.search(ProductQuery(image=PICTURES["00"])).said[-1]
    assert "words" in search.search(ProductQuery(text="zeppelin")).said[-1]
    assert len(search.search(ProductQuery(text="dress coat shoe")).matches) == 3


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (ProductQuery(), "say what to look for"),
        (ProductQuery(text="  "), "say what to look for"),
        (ProductQuery(text="a", limit=0), "1 to 500"),
        (ProductQuery(text="a", limit=501), "1 to 500"),
        (ProductQuery(image=b"x", vector=np.zeros(64, np.float32)), "not both"),
        (ProductQuery(vector=np.zeros(63, np.float32)), "64 numbers"),
        (ProductQuery(text="dress", budget=Decimal(0)), "budget"),
    ],
)
def test_a_question_that_cannot_be_meant_is_refused(
    search: ProductSearch, query: ProductQuery, words: str
) -> None:
    with pytest.raises(InvalidRequest, match=words):
        search.search(query)


def test_a_picture_that_cannot_be_read_says_so(search: ProductSearch) -> None:
    with pytest.raises(CorruptMedia):
        search.search(ProductQuery(image=b"no picture"))


def test_a_match_is_plain_for_programs(search: ProductSearch) -> None:
    [match] = search.search(ProductQuery(image=PICTURES["08"], limit=1)).matches
    plain = json.loads(json.dumps(match.plain()))
    assert (plain["product"], plain["price"], plain["tags"]) == ("08", "90.0000", ["summer"])
    assert plain["parts"]["total"] == plain["score"]
