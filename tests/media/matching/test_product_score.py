"""The score of a product, against the formula done by hand."""

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.errors import InvalidRequest, InvalidSetting
from media.matching.product_score import ScoreParts, ScoreWeights, scored

SCHEMA = pl.Schema(
    {
        "similarity": pl.Float64(),
        "price": pl.Decimal(18, 4),
        "currency": pl.String(),
        "brand": pl.String(),
        "availability": pl.String(),
    }
)


def product(**told: Any) -> dict[str, Any]:
    usual = {"similarity": 0.5, "price": Decimal(80), "currency": "EUR", "brand": "Acme"}
    return {**usual, "availability": "in_stock", **told}


def score(*products: dict[str, Any], **asked: Any) -> list[dict[str, Any]]:
    rows = pl.DataFrame(list(products), SCHEMA)
    return scored(rows, asked.pop("weights", ScoreWeights()), **asked).to_dicts()


def test_the_score_is_the_weighted_sum_of_its_parts() -> None:
    [row] = score(
        product(similarity=0.9),
        budget=Decimal(100),
        currency="EUR",
        liked_brands=["ACME "],
    )
    parts = ScoreParts.of(row)
    assert (parts.similarity, parts.brand, parts.availability) == (0.9, 1.0, 1.0)
    assert parts.price == pytest.approx(0.8)
    assert parts.total == pytest.approx(0.6 * 0.9 + 0.2 * 0.8 + 0.1 + 0.1)


@pytest.mark.parametrize(
    ("price", "alignment"),
    [("100", 1.0), ("50", 0.5), ("150", 0.5), ("0", 0.0), ("200", 0.0), ("1000", 0.0)],
)
def test_a_price_counts_by_its_distance_from_the_budget(price: str, alignment: float) -> None:
    [row] = score(product(price=Decimal(price)), budget=Decimal(100), currency="EUR")
    assert row["price_alignment"] == pytest.approx(alignment)


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ({}, {}),
        ({"price": None}, {"budget": Decimal(100), "currency": "EUR"}),
        ({"currency": "USD"}, {"budget": Decimal(100), "currency": "EUR"}),
        ({"currency": None}, {"budget": Decimal(100), "currency": "EUR"}),
    ],
)
def test_without_a_comparable_price_its_part_is_one_half(
    told: dict[str, Any], asked: dict[str, Any]
) -> None:
    [row] = score(product(**told), **asked)
    assert row["price_alignment"] == 0.5
    assert row["within_budget"] is None


def test_within_the_budget_is_told_exactly() -> None:
    prices = [Decimal("99.9999"), Decimal("100.0000"), Decimal("100.0001")]
    rows = score(*(product(price=p) for p in prices), budget=Decimal(100), currency="eur")
    assert [row["within_budget"] for row in rows] == [True, True, False]
    huge = score(product(), budget=Decimal("1E+25"))
    assert huge[0]["within_budget"] is True


def test_a_brand_counts_only_where_brands_are_liked() -> None:
    rows = [product(brand="Étoile"), product(brand="Acme"), product(brand=None)]
    assert [row["brand_match"] for row in score(*rows)] == [0.5, 0.5, 0.5]
    liked = score(*rows, liked_brands=["ÉTOILE", "Zed"])
    assert [row["brand_match"] for row in liked] == [1.0, 0.0, 0.0]


def test_what_can_be_had_counts_more() -> None:
    words = ["in_stock", "limited", "preorder", "unknown", "out_of_stock", None]
    rows = score(*(product(availability=word) for word in words))
    assert [row["availability_part"] for row in rows] == [1.0, 0.75, 0.5, 0.5, 0.0, 0.5]


@given(st.lists(st.floats(0, 1e6), min_size=4, max_size=4).filter(lambda each: sum(each) > 0))
def test_weights_are_one_together_and_a_score_stays_between_0_and_1(given: list[float]) -> None:
    weights = ScoreWeights(*given)
    assert sum(vars(weights).values()) == pytest.approx(1)
    for similarity in (0.0, 1.0):
        [row] = score(product(similarity=similarity), weights=weights, budget=Decimal(80))
        assert -1e-9 <= row["score"] <= 1 + 1e-9


@pytest.mark.parametrize("given", [(0, 0, 0, 0), (1, -1, 1, 1), (float("nan"), 1, 1, 1)])
def test_weights_that_mean_nothing_are_refused(given: tuple[float, ...]) -> None:
    with pytest.raises(InvalidSetting, match="SHOWROOM_SEARCH_SIMILARITY_WEIGHT"):
        ScoreWeights(*given)


@pytest.mark.parametrize("budget", ["0", "-1", "NaN", "Infinity"])
def test_a_budget_that_buys_nothing_is_refused(budget: str) -> None:
    with pytest.raises(InvalidRequest, match="budget"):
        score(product(), budget=Decimal(budget))


def test_no_products_have_no_scores() -> None:
    assert score(budget=Decimal(1), liked_brands=["a"]) == []
