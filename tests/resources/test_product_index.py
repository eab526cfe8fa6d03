"""The product index: products in, products out, and each embedder's vectors by themselves."""

import shutil
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from media.errors import InvalidRequest, InvalidSetting
from media.matching.filters import ProductFilters, one_of, sql
from resources.product_index import ProductIndex, product_id
from tests.resources.grid_embedders import GridEmbedder, WordyEmbedder, picture
from tests.resources.product_rows import embeddings, open_products, products

GRID = GridEmbedder()
PICTURES = {"1": picture("red"), "2": picture("green"), "3": picture("blue")}


@pytest.fixture
def index(tmp_path: Path) -> ProductIndex:
    """Three products with pictures, and one without."""
    made = open_products(tmp_path, GRID)
    rows = products([{"product": number, "price": Decimal(10)} for number in "1234"])
    made.upsert(rows, embeddings(GRID, PICTURES))
    return made


def products_in(index: ProductIndex, catalogue: str) -> list[str]:
    """The ids of a catalogue's products, sorted."""
    rows = index.table.rows(one_of("catalogue", [catalogue]), ["product"])
    return sorted(rows["product"])


def test_an_index_without_products_says_so(tmp_path: Path) -> None:
    index = open_products(tmp_path, GRID)
    summary = index.summary()
    assert (summary.products, summary.with_vector, summary.index) == (0, 0, "exact")
    assert products_in(index, "shop") == []
    index.remove([("shop", "1")])
    assert index.tend() == "exact"


def test_products_are_there_with_their_pictures_and_without(index: ProductIndex) -> None:
    summary = index.summary()
    assert (summary.products, summary.with_vector) == (4, 3)
    assert products_in(index, "shop") == ["1", "2", "3", "4"]
    rows = index.table.rows(columns=["product", "price", "image_key", "category_key"]).sort(
        "product"
    )
    assert rows["price"].to_list() == [Decimal("10.0000")] * 4
    assert [key is None for key in rows["image_key"]] == [False, False, False, True]


def test_another_import_replaces_a_product_whole(index: ProductIndex) -> None:
    changed = products([{"product": "1", "price": None, "brand": "ACME", "tags": ["silk"]}])
    index.upsert(changed, embeddings(GRID, {"1": picture("yellow")}))
    assert index.summary().products == 4
    [row] = index.table.rows("product = '1'", ["price", "brand_key", "tags"]).to_dicts()
    assert row == {"price": None, "brand_key": "acme", "tags": ["silk"]}
    [yellow] = embeddings(GRID, {"": picture("yellow")})["vector"].to_list()
    found = index.table.nearest(np.asarray(yellow, np.float32), limit=1, columns=["product"])
    assert found["product"].to_list() == ["1"]
    index.upsert(changed, embeddings(GRID, {}))
    assert index.summary().with_vector == 2


def test_what_is_removed_is_gone_for_a_reader_at_once(index: ProductIndex, tmp_path: Path) -> None:
    reader = open_products(tmp_path, GRID)
    assert products_in(reader, "shop") == ["1", "2", "3", "4"]
    index.remove([("shop", "2"), ("other", "1")])
    assert products_in(reader, "shop") == ["1", "3", "4"]


def test_the_same_id_in_two_catalogues_is_two_products(index: ProductIndex) -> None:
    index.upsert(products([{"product": "1", "catalogue": "other"}]), embeddings(GRID, {}))
    assert index.summary().products == 5
    index.remove([("other", "1")])
    assert products_in(index, "shop") == ["1", "2", "3", "4"]
    assert products_in(index, "other") == []


def test_rows_that_were_not_taken_and_products_that_are_removed_stay_out(
    index: ProductIndex,
) -> None:
    rows = products(
        [
            {"product": "7", "status": "refused", "reason": "invalid_price", "detail": "no"},
            {"product": "8", "is_removed": True},
            {"product": "9", "name": "Old"},
            {"product": "9", "name": "New"},
        ]
    )
    index.upsert(rows, embeddings(GRID, {}))
    assert products_in(index, "shop") == ["1", "2", "3", "4", "9"]
    assert index.table.rows("product = '9'", ["name"])["name"].to_list() == ["New"]


def test_filters_find_brands_and_categories_however_they_are_written(index: ProductIndex) -> None:
    rows: list[dict[str, object]] = [
        {"product": "a", "brand": "  CAFÉ   Noir", "category": "Dresses"},
        {"product": "b", "brand": "Cafe Noir", "category": None},
        {"product": "c", "brand": None, "category": "DRESSES", "availability": None},
    ]
    index.upsert(products(rows), embeddings(GRID, {}))

    def kept(filters: ProductFilters) -> set[str]:
        return set(index.table.rows(sql(filters), ["product"])["product"])

    assert kept(ProductFilters(brands=("cafe\u0301 noir",))) == {"a"}
    assert kept(ProductFilters(categories=("dresses",))) == {"a", "c"}
    assert kept(ProductFilters(availabilities=("unknown",))) == {"c"}
    without = ProductFilters(catalogues=("shop",), exclude=(product_id("shop", "a"),))
    assert kept(without) == {"1", "2", "3", "4", "b", "c"}


def test_a_price_filter_takes_only_prices_in_its_currency(index: ProductIndex) -> None:
    rows: list[dict[str, object]] = [
        {"product": "a", "price": Decimal("19.99"), "currency": "USD"},
        {"product": "b", "price": Decimal("19.99"), "currency": "eur"},
        {"product": "c", "price": None, "currency": "EUR"},
    ]
    index.upsert(products(rows), embeddings(GRID, {}))
    where = sql(ProductFilters(min_price=Decimal("19.99"), currency="eur"))
    assert index.table.rows(where, ["product"])["product"].to_list() == ["b"]


def test_vectors_of_two_embedders_never_meet(index: ProductIndex, tmp_path: Path) -> None:
    wordy = WordyEmbedder()
    other = open_products(tmp_path, wordy)
    assert other.summary().products == 0
    other.upsert(products([{"product": "1"}]), embeddings(wordy, {"1": picture("red")}))
    assert (index.summary().products, other.summary().products) == (4, 1)
    with pytest.raises(InvalidRequest, match="product_embeddings"):
        index.upsert(products([{"product": "1"}]), embeddings(wordy, {"1": picture("red")}))
    with pytest.raises(InvalidRequest, match="product_embeddings"):
        index.upsert(products([{"product": "1"}]), embeddings(GRID, PICTURES, embedder=None))
    assert index.summary().with_vector == 3


def test_a_table_of_another_embedder_is_not_searched_and_not_written(
    index: ProductIndex, tmp_path: Path
) -> None:
    folder = tmp_path / "lance"
    [made] = folder.iterdir()
    assert {"grid", "1"} <= set(made.stem.split("-"))
    shutil.copytree(made, made.with_stem(made.stem.replace("-1", "-2")))
    other = open_products(tmp_path, WordyEmbedder())
    for use in (
        other.summary,
        lambda: products_in(other, "shop"),
        lambda: other.remove([("shop", "1")]),
    ):
        with pytest.raises(InvalidSetting, match="was made by grid 1, not by grid 2"):
            use()
    with pytest.raises(InvalidSetting, match="product_index anew"):
        other.upsert(products([{"product": "9"}]), embeddings(WordyEmbedder(), {}))
