"""Filters of products: a filter is never violated, whatever is written in it."""

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from media.errors import InvalidRequest
from media.matching.filters import ProductFilters, both, folded, one_of_ids, sql

SCHEMA = pl.Schema(
    {
        "id": pl.String(),
        "price": pl.Decimal(18, 4),
        "currency": pl.String(),
        "category_key": pl.String(),
        "brand_key": pl.String(),
        "availability": pl.String(),
        "catalogue": pl.String(),
    }
)
GREATEST = Decimal("99999999999999.9999")
NASTY = (
    "",
    "a'b",
    "a''b",
    'a"b',
    "a\\",
    "\\'",
    "a`b",
    "%",
    "_",
    "x') OR (true",
    "a\nb",
    "\x00",
    "ß",
)
names = st.sampled_from((*NASTY, "Étoile", "ÉTOILE ", "étoile")) | st.text(max_size=3)
prices = st.decimals(Decimal(0), GREATEST, places=4) | st.sampled_from(
    [Decimal("19.99"), Decimal("19.9901"), Decimal(20), GREATEST, Decimal(0)]
)
asked_prices = st.none() | st.decimals(-1, 10**20, allow_nan=False, allow_infinity=False) | prices


def row(number: int, told: dict[str, Any]) -> dict[str, Any]:
    own = {name: told.get(name) for name in ("price", "currency", "availability", "catalogue")}
    keys = {f"{name}_key": _folded(told.get(name)) for name in ("category", "brand")}
    return {"id": f"{number}'", **own, **keys}


def _folded(name: str | None) -> str | None:
    return None if name is None else folded(name)


def passes(product: dict[str, Any], asked: ProductFilters) -> bool:
    price = product["price"]
    if asked.max_price is not None or asked.min_price is not None:
        if price is None or (asked.currency and product["currency"] != asked.currency):
            return False
        if asked.max_price is not None and price > asked.max_price:
            return False
        if asked.min_price is not None and price < asked.min_price:
            return False
    wanted = (
        ("category_key", {folded(name) for name in asked.categories}),
        ("brand_key", {folded(name) for name in asked.brands}),
        ("availability", set(asked.availabilities)),
        ("catalogue", set(asked.catalogues)),
    )
    return product["id"] not in asked.exclude and all(
        not names or product[column] in names for column, names in wanted
    )


def kept(rows: list[dict[str, Any]], condition: str | None, indexed: bool) -> list[str]:
    import lance

    # A dataset in memory is the same engine without the disk.
    table = lance.write_dataset(pl.DataFrame(rows, SCHEMA).to_arrow(), "memory://products")
    if indexed:
        table.create_scalar_index("price", "BTREE")
        for column in ("currency", "category_key", "brand_key", "availability", "catalogue"):
            table.create_scalar_index(column, "BITMAP")
    return sorted(table.to_table(columns=["id"], filter=condition)["id"].to_pylist())


products = st.lists(
    st.fixed_dictionaries(
        {
            "price": st.none() | prices,
            "currency": st.sampled_from(["USD", "EUR", None]),
            "category": st.none() | names,
            "brand": st.none() | names,
            "availability": st.sampled_from(["in_stock", "unknown", "out_of_stock"]),
            "catalogue": names,
        }
    ),
    min_size=1,
    max_size=12,
)
filters = st.builds(
    ProductFilters,
    max_price=asked_prices,
    min_price=asked_prices,
    currency=st.sampled_from([None, "USD", "EUR"]),
    categories=st.lists(names, max_size=3).map(tuple),
    brands=st.lists(names, max_size=3).map(tuple),
    availabilities=st.lists(st.sampled_from(["in_stock", "unknown"]), max_size=2).map(tuple),
    catalogues=st.lists(names, max_size=3).map(tuple),
    exclude=st.lists(st.sampled_from(["0'", "3'", *NASTY]), max_size=3).map(tuple),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(told=products, asked=filters, indexed=st.sampled_from([False, False, False, True]))
def test_exactly_what_passes_is_kept(
    told: list[dict[str, Any]], asked: ProductFilters, indexed: bool
) -> None:
    rows = [row(number, each) for number, each in enumerate(told)]
    wanted = sorted(each["id"] for each in rows if passes(each, asked))
    assert kept(rows, sql(asked), indexed) == wanted


@settings(max_examples=100, deadline=None)
@given(told=products, name=names)
def test_each_filter_alone_keeps_what_passes(told: list[dict[str, Any]], name: str) -> None:
    rows = [row(number, each) for number, each in enumerate(told)]
    brand = told[0]["brand"] if told[0]["brand"] is not None else name
    price = told[0]["price"] if told[0]["price"] is not None else Decimal("19.99")
    for asked in (
        ProductFilters(brands=(brand,)),
        ProductFilters(catalogues=(told[0]["catalogue"],)),
        ProductFilters(max_price=price, currency="USD"),
        ProductFilters(min_price=price),
        ProductFilters(exclude=(rows[0]["id"],)),
    ):
        wanted = sorted(each["id"] for each in rows if passes(each, asked))
        assert kept(rows, sql(asked), indexed=False) == wanted


def test_no_filter_is_no_condition() -> None:
    assert sql(ProductFilters()) is None
    assert sql(ProductFilters(currency="EUR")) is None
    assert both(None, None) is None


def test_of_no_ids_nothing_is_kept() -> None:
    assert kept([row(1, {})], one_of_ids([]), indexed=False) == []
    assert kept([row(1, {})], one_of_ids(["1'", "2"]), indexed=False) == ["1'"]


@pytest.mark.parametrize(
    ("max_price", "expected"),
    [("19.98", []), ("19.99", ["0'"]), ("19.99009", ["0'"]), ("19.9901", ["0'", "1'"])],
)
def test_a_price_is_compared_to_its_last_decimal(max_price: str, expected: list[str]) -> None:
    rows = [row(0, {"price": Decimal("19.99")}), row(1, {"price": Decimal("19.9901")})]
    for indexed in (False, True):
        asked = ProductFilters(max_price=Decimal(max_price))
        assert kept(rows, sql(asked), indexed) == expected


@pytest.mark.parametrize(
    ("min_price", "expected"),
    [("19.9902", []), ("19.99009", ["1'"]), ("19.9901", ["1'"]), ("19.99", ["0'", "1'"])],
)
def test_a_least_price_is_compared_as_exactly(min_price: str, expected: list[str]) -> None:
    rows = [row(0, {"price": Decimal("19.99")}), row(1, {"price": Decimal("19.9901")})]
    assert kept(rows, sql(ProductFilters(min_price=Decimal(min_price))), indexed=False) == expected


def test_a_limit_beyond_what_a_price_can_be_is_no_error() -> None:
    rows = [row(0, {"price": GREATEST}), row(1, {"price": Decimal(0)})]
    for asked, expected in (
        (ProductFilters(max_price=Decimal(10) ** 20), ["0'", "1'"]),
        (ProductFilters(min_price=Decimal(10) ** 20), []),
        (ProductFilters(min_price=GREATEST), ["0'"]),
        (ProductFilters(min_price=-(Decimal(10) ** 20)), ["0'", "1'"]),
        (ProductFilters(max_price=-(Decimal(10) ** 20)), []),
    ):
        assert kept(rows, sql(asked), indexed=False) == expected


def test_capitals_spaces_and_ways_to_write_an_accent_make_no_difference() -> None:
    assert folded("  Cafe\u0301   NOIR ") == folded("CAFÉ noir")
    assert folded("STRASSE") == folded("straße")


def test_text_that_is_not_unicode_matches_nothing_and_excludes_nothing() -> None:
    rows = [row(0, {"brand": "a"})]
    assert kept(rows, sql(ProductFilters(brands=("\ud800",))), indexed=False) == []
    assert kept(rows, sql(ProductFilters(exclude=("\ud800",))), indexed=False) == ["0'"]


@pytest.mark.parametrize("price", ["NaN", "Infinity", "-Infinity"])
def test_a_price_that_is_no_number_is_refused(price: str) -> None:
    with pytest.raises(InvalidRequest, match="no price"):
        sql(ProductFilters(max_price=Decimal(price)))
    with pytest.raises(InvalidRequest, match="no price"):
        sql(ProductFilters(min_price=Decimal(price)))
