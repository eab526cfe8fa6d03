"""The score of a product: how alike it is, and what else speaks for it.

    score = 0.6 likeness + 0.2 price + 0.1 brand + 0.1 availability

each 0 to 1, the weights an installation's own. The price counts by its distance from the budget:
max(0, 1 - |price - budget| / budget). Where nothing is known or nothing was asked, a part is one
half, so that it neither helps nor harms.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from media.errors import InvalidRequest, InvalidSetting
from media.matching.filters import folded, rounded_down
from media.pipelines.catalogue import PRICE

_UNKNOWN = 0.5
_AVAILABILITY = {
    "in_stock": 1.0,
    "limited": 0.75,
    "preorder": 0.5,
    "unknown": 0.5,
    "out_of_stock": 0.0,
}


@dataclass(frozen=True)
class ScoreWeights:
    """How much each part counts; whatever is given, they are 1 together."""

    similarity: float = 0.6
    price: float = 0.2
    brand: float = 0.1
    availability: float = 0.1

    def __post_init__(self) -> None:
        given = dict(vars(self))
        total = sum(given.values())
        if not total > 0 or min(given.values()) < 0 or total == float("inf"):
            raise InvalidSetting(
                "the weights of a product's score are 0 or more, and at least one is more than 0: "
                "see SHOWROOM_SEARCH_SIMILARITY_WEIGHT and its neighbours"
            )
        for name, weight in given.items():
            object.__setattr__(self, name, weight / total)


@dataclass(frozen=True)
class ScoreParts:
    """What a score is made of, each part 0 to 1 and before its weight, and their weighted sum."""

    similarity: float
    price: float
    brand: float
    availability: float
    total: float

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "ScoreParts":
        """The parts from a row of `scored`."""
        return cls(
            similarity=row["similarity"],
            price=row["price_alignment"],
            brand=row["brand_match"],
            availability=row["availability_part"],
            total=row["score"],
        )


def scored(
    products: pl.DataFrame,
    weights: ScoreWeights,
    *,
    budget: Decimal | None = None,
    currency: str | None = None,
    liked_brands: Sequence[str] = (),
) -> pl.DataFrame:
    """`products` with their `score`, its parts, and `within_budget`.

    They need `similarity`, 0 to 1, and `price`, `currency`, `brand` and `availability`; the other
    parts are `price_alignment`, `brand_match` and `availability_part`. `within_budget` is null
    where there is no budget, and where the price cannot be compared with it: it is unknown, or in
    another currency than `currency`, which is the budget's; None compares bare numbers. Raises
    `InvalidRequest` for a budget that is not above 0.
    """
    return (
        products.with_columns(
            _price_alignment(budget, currency).alias("price_alignment"),
            _within_budget(budget, currency).alias("within_budget"),
            _brand_match(products["brand"], liked_brands).alias("brand_match"),
            pl.col("availability")
            .replace_strict(_AVAILABILITY, default=_UNKNOWN, return_dtype=pl.Float64)
            .alias("availability_part"),
        )
    ).with_columns(
        score=weights.similarity * pl.col("similarity")
        + weights.price * pl.col("price_alignment")
        + weights.brand * pl.col("brand_match")
        + weights.availability * pl.col("availability_part")
    )


def _price_alignment(budget: Decimal | None, currency: str | None) -> pl.Expr:
    if budget is None:
        return pl.lit(_UNKNOWN)
    _check(budget)
    apart = (_comparable_price(currency).cast(pl.Float64) - float(budget)).abs() / float(budget)
    return (1 - apart).clip(0.0, 1.0).fill_null(_UNKNOWN)


def _within_budget(budget: Decimal | None, currency: str | None) -> pl.Expr:
    if budget is None:
        return pl.lit(None, pl.Boolean)
    _check(budget)
    return _comparable_price(currency) <= pl.lit(rounded_down(budget), PRICE)


def _comparable_price(currency: str | None) -> pl.Expr:
    """The price, null where it is in another currency than the budget."""
    if currency is None:
        return pl.col("price")
    return pl.when(pl.col("currency") == currency.strip().upper()).then(pl.col("price"))


def _brand_match(brands: pl.Series, liked: Sequence[str]) -> pl.Expr:
    if not liked:
        return pl.lit(_UNKNOWN)
    wanted = {folded(brand) for brand in liked}
    matching = [brand for brand in brands.unique().drop_nulls() if folded(brand) in wanted]
    return pl.col("brand").is_in(matching).fill_null(value=False).cast(pl.Float64)


def _check(budget: Decimal) -> None:
    if not (budget.is_finite() and budget > 0):
        raise InvalidRequest(f"a budget of {budget} buys nothing; give a number above 0, or none")
