"""Which ateliers could sew a design, by a score that says its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from media.garments.vocabulary import TOTAL_LOOK
from media.matching.categories import garments_of, makes
from media.matching.design_features import DesignFeatures
from media.matching.places import same_place

CATEGORY_WEIGHT = 0.4
COMPLEXITY_WEIGHT = 0.3
LOCATION_WEIGHT = 0.2
BUDGET_WEIGHT = 0.1
RATING_WEIGHT = 0.1
NEUTRAL_RATING = 3.0
"""Ratings above add to a score, those below take from it."""
LEAST_SCORE = 0.3
"""Only scores above it are matches."""
LIMIT = 10

_SAME_IN_PLURAL = ("trousers", "jeans", "shorts")
_DIGITS = 9
"""Tenths do not add up exactly in binary, and sums are compared with limits."""


@dataclass(frozen=True)
class AtelierMatch:
    """An atelier that could sew the design."""

    catalogue: str
    atelier: str
    """Its id in the catalogue."""
    name: str
    location: str | None
    url: str | None
    score: float
    """0 to 1."""
    parts: Mapping[str, float]
    """What category, complexity, location, budget and rating add; a bad rating takes."""
    reasons: tuple[str, ...]
    """Sentences for the customer: what speaks for it, the weightiest first, then against."""


@dataclass(frozen=True)
class _Part:
    """What one question adds to the score, and what to say of it."""

    points: float = 0.0
    reason: str | None = None


def match_ateliers(
    features: DesignFeatures,
    ateliers: pl.DataFrame,
    *,
    budget: Decimal | None = None,
    currency: str = "USD",
    location: str | None = None,
    limit: int = LIMIT,
) -> list[AtelierMatch]:
    """The ateliers that score above `LEAST_SCORE`, best first, at most `limit`.

    `ateliers` has the columns of `media.pipelines.catalogue.ATELIERS`; removed ones are left out.
    A score is 0.4 for making the garment (without that there is no match), 0.3 for taking work of
    this complexity, 0.2 for being where it should be, 0.1 for prices that the budget lies within,
    and (rating - 3) / 2 tenths, at most 1 together. What an atelier does not say, or says in
    another currency, adds nothing. Equal scores are sorted by rating, then by catalogue and id.
    """
    if features.category is None or ateliers.is_empty():
        return []
    current = ateliers.filter(~pl.col("is_removed").fill_null(value=False))
    matches = []
    for row in current.to_dicts():
        categories = row["categories"] or [row["specialization"] or ""]
        if not makes(features.category, categories):
            continue
        match = _match(
            row,
            {
                "category": _Part(CATEGORY_WEIGHT, f"Makes {_plural(features.category)}"),
                "complexity": _complexity(features.complexity, row),
                "location": _location(location, row["location"]),
                "budget": _budget(budget, currency, row),
                "rating": _rating(row["rating"]),
            },
        )
        if match.score > LEAST_SCORE:
            matches.append((-match.score, -(row["rating"] or 0.0), match))
    matches.sort(key=lambda each: (*each[:2], each[2].catalogue, each[2].atelier))
    return [match for *_, match in matches[:limit]]


def _match(row: dict[str, Any], parts: dict[str, _Part]) -> AtelierMatch:
    weighty = sorted(parts.values(), key=lambda part: -part.points)
    return AtelierMatch(
        catalogue=row["catalogue"],
        atelier=row["atelier"],
        name=row["name"],
        location=row["location"],
        url=row["url"],
        score=min(1.0, round(sum(part.points for part in weighty), _DIGITS)),
        parts={name: part.points for name, part in parts.items()},
        reasons=tuple(part.reason for part in weighty if part.reason),
    )


def _complexity(complexity: float, row: dict[str, Any]) -> _Part:
    least, most = row["complexity_from"], row["complexity_to"]
    if least is None and most is None:
        return _Part(reason="Does not say how intricate its work may be")
    low, high = (0.0 if least is None else least), (1.0 if most is None else most)
    taken = f"({complexity:.2g}; from {low:.2g} to {high:.2g})"
    if round(complexity - high, _DIGITS) > 0:
        return _Part(reason=f"Usually takes simpler work {taken}")
    if round(low - complexity, _DIGITS) > 0:
        return _Part(reason=f"Usually takes more intricate work {taken}")
    return _Part(COMPLEXITY_WEIGHT, f"Takes work this intricate {taken}")


def _location(asked: str | None, stated: str | None) -> _Part:
    if asked is None or not asked.strip():
        return _Part()
    if stated is None or not stated.strip():
        return _Part(reason="Does not say where it is")
    if same_place(asked, stated):
        return _Part(LOCATION_WEIGHT, f"Is in {stated.strip()}")
    return _Part(reason=f"Is in {stated.strip()}, not in {asked.strip()}")


def _budget(budget: Decimal | None, currency: str, row: dict[str, Any]) -> _Part:
    least, most, own = row["price_from"], row["price_to"], row["currency"]
    if budget is None:
        return _Part()
    if least is None and most is None:
        return _Part(reason="Does not say what it takes")
    if own != currency:
        prices = f"Prices are in {own}" if own else "Names no currency for its prices"
        return _Part(reason=f"{prices}; your {_money(budget, currency)} were not compared")
    if least is not None and budget < least:
        return _Part(reason=f"Usually takes {_money(least, own)} or more")
    if most is not None and budget > most:
        return _Part(reason=f"Usually takes {_money(most, own)} at most")
    prices = _price_range(least, most, own)
    return _Part(BUDGET_WEIGHT, f"Your {_money(budget, currency)} lie within its {prices}")


def _price_range(least: Decimal | None, most: Decimal | None, currency: str) -> str:
    if least is not None and most is not None:
        return f"{_amount(least)} to {_money(most, currency)}"
    if least is not None:
        return f"prices from {_money(least, currency)}"
    return f"prices up to {_money(most or Decimal(0), currency)}"


def _rating(rating: float | None) -> _Part:
    if rating is None:
        return _Part()
    points = round((rating - NEUTRAL_RATING) / 2 * RATING_WEIGHT, _DIGITS)
    return _Part(points, f"Rated {rating:.3g} of 5" if points else None)


def _plural(category: str) -> str:
    if category == TOTAL_LOOK:
        return "whole outfits"
    if category in _SAME_IN_PLURAL or not garments_of(category):
        return category
    return f"{category}es" if category.endswith("s") else f"{category}s"


def _money(amount: Decimal, currency: str) -> str:
    return f"{_amount(amount)} {currency}"


def _amount(amount: Decimal) -> str:
    whole = amount == amount.to_integral_value()
    return f"{amount:,.0f}" if whole else f"{amount:,.2f}"
