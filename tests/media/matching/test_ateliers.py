"""Ateliers: the score by hand, every reason, the limits and the order."""

from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from media.matching.ateliers import AtelierMatch, match_ateliers
from media.matching.design_features import DesignFeatures
from media.pipelines.catalogue import ATELIERS

DRESS = DesignFeatures("dress", 0.7, "silk", ("lace",), "words")


def atelier(atelier: str = "a1", **own: Any) -> dict[str, object]:
    return {
        "job": "J",
        "item": "0001",
        "status": "ready",
        "catalogue": "main",
        "atelier": atelier,
        "name": f"Atelier {atelier}",
        "location": "Lyon, France",
        "categories": ["dresses"],
        "price_from": Decimal(300),
        "price_to": Decimal(1500),
        "currency": "USD",
        "complexity_from": 0.4,
        "complexity_to": 0.9,
        "url": f"https://example.com/{atelier}",
        "is_removed": False,
        **own,
    }


def matches(*rows: dict[str, object], features: DesignFeatures = DRESS, **asked: Any) -> Any:
    return match_ateliers(features, ATELIERS.rows(list(rows)), **asked)


def only(*rows: dict[str, object], **asked: Any) -> AtelierMatch:
    (found,) = matches(*rows, **asked)
    assert isinstance(found, AtelierMatch)
    return found


def test_all_that_counts_makes_a_full_score() -> None:
    found = only(atelier(rating=4.6), budget=Decimal(1200), currency="USD", location="lyon")
    assert found.parts == {
        "category": 0.4,
        "complexity": 0.3,
        "location": 0.2,
        "budget": 0.1,
        "rating": 0.08,
    }
    assert found.score == 1.0
    assert found.reasons == (
        "Makes dresses",
        "Takes work this intricate (0.7; from 0.4 to 0.9)",
        "Is in Lyon, France",
        "Your 1,200 USD lie within its 300 to 1,500 USD",
        "Rated 4.6 of 5",
    )
    assert (found.catalogue, found.atelier, found.name) == ("main", "a1", "Atelier a1")
    assert (found.location, found.url) == ("Lyon, France", "https://example.com/a1")


@pytest.mark.parametrize(
    ("own", "asked", "score"),
    [
        ({}, {}, 0.7),
        ({}, {"location": "Lyon"}, 0.9),
        ({}, {"location": "Porto"}, 0.7),
        ({}, {"location": " "}, 0.7),
        ({}, {"budget": Decimal(300)}, 0.8),
        ({}, {"budget": Decimal(1500)}, 0.8),
        ({}, {"budget": Decimal("1500.01")}, 0.7),
        ({}, {"budget": Decimal("299.99")}, 0.7),
        ({}, {"budget": Decimal(1000), "currency": "EUR"}, 0.7),
        ({"price_to": None}, {"budget": Decimal(90000)}, 0.8),
        ({"price_from": None}, {"budget": Decimal(1)}, 0.8),
        ({"price_from": None, "price_to": None}, {"budget": Decimal(1)}, 0.7),
        ({"complexity_to": 0.7}, {}, 0.7),
        ({"complexity_from": 0.7}, {}, 0.7),
        ({"complexity_to": 0.69}, {}, 0.4),
        ({"complexity_from": 0.71}, {}, 0.4),
        ({"complexity_from": None, "complexity_to": 0.8}, {}, 0.7),
        ({"complexity_from": None, "complexity_to": None}, {}, 0.4),
        ({"rating": 5.0}, {}, 0.8),
        ({"rating": 4.0}, {}, 0.75),
        ({"rating": 3.0}, {}, 0.7),
        ({"rating": 2.0}, {}, 0.65),
        ({"rating": 0.0}, {}, 0.55),
        ({"rating": 5.0}, {"location": "Lyon", "budget": Decimal(500)}, 1.0),
    ],
)
def test_scores_by_hand(own: dict[str, Any], asked: dict[str, Any], score: float) -> None:
    assert only(atelier(**own), **asked).score == pytest.approx(score, abs=1e-12)


@pytest.mark.parametrize(
    ("own", "asked", "reason"),
    [
        ({"complexity_to": 0.6}, {}, "Usually takes simpler work (0.7; from 0.4 to 0.6)"),
        (
            {"complexity_from": 0.85},
            {},
            "Usually takes more intricate work (0.7; from 0.85 to 0.9)",
        ),
        (
            {"complexity_from": None, "complexity_to": None},
            {},
            "Does not say how intricate its work may be",
        ),
        ({}, {"location": "Porto"}, "Is in Lyon, France, not in Porto"),
        ({"location": None}, {"location": "Porto"}, "Does not say where it is"),
        ({"price_from": Decimal(2000), "price_to": None}, {}, "Usually takes 2,000 USD or more"),
        ({"price_to": Decimal("800.50")}, {}, "Usually takes 800.50 USD at most"),
        ({"price_from": None, "price_to": None}, {}, "Does not say what it takes"),
        ({"currency": "EUR"}, {}, "Prices are in EUR; your 1,200 USD were not compared"),
        (
            {"currency": None},
            {},
            "Names no currency for its prices; your 1,200 USD were not compared",
        ),
        ({"rating": 2.5}, {}, "Rated 2.5 of 5"),
    ],
)
def test_what_speaks_against_comes_last(
    own: dict[str, Any], asked: dict[str, Any], reason: str
) -> None:
    found = only(atelier(**own), budget=Decimal(1200), currency="USD", **asked)
    assert found.reasons[0] == "Makes dresses"
    assert found.reasons[-1] == reason


@pytest.mark.parametrize(
    ("own", "reason"),
    [
        ({"price_to": None}, "Your 1,200 USD lie within its prices from 300 USD"),
        ({"price_from": None}, "Your 1,200 USD lie within its prices up to 1,500 USD"),
    ],
)
def test_an_open_price_range_is_said_as_one(own: dict[str, Any], reason: str) -> None:
    assert reason in only(atelier(**own), budget=Decimal(1200)).reasons


def test_what_nobody_asked_is_no_reason() -> None:
    assert only(atelier(rating=3.0)).reasons == (
        "Makes dresses",
        "Takes work this intricate (0.7; from 0.4 to 0.9)",
    )


@pytest.mark.parametrize(
    ("category", "sentence"),
    [("blouse", "blouses"), ("jeans", "jeans"), ("total_look", "whole outfits")],
)
def test_garments_are_named_in_the_plural(category: str, sentence: str) -> None:
    features = DesignFeatures(category, 0.7, None, (), "words")
    found = only(atelier(categories=["Blouses", "Jeans"]), features=features)
    assert found.reasons[0] == f"Makes {sentence}"


def test_who_does_not_make_it_is_no_match() -> None:
    assert matches(atelier(categories=["coats", "shirts"], rating=5.0)) == []
    assert len(matches(atelier(categories=["Women > Evening gowns"]))) == 1
    unknown = DesignFeatures(None, 0.7, None, (), "")
    assert matches(atelier(), features=unknown) == []
    assert match_ateliers(DRESS, ATELIERS.empty()) == []


def test_without_categories_the_specialization_tells() -> None:
    assert len(matches(atelier(categories=None, specialization="Robes de mariée"))) == 1
    assert len(matches(atelier(categories=[], specialization="Bridal gowns"))) == 1
    assert matches(atelier(categories=None, specialization=None)) == []


def test_only_scores_above_the_least_are_kept() -> None:
    plain: dict[str, Any] = {"complexity_from": None, "complexity_to": None}
    # 0.4 - 0.1 is the limit itself, though not in binary.
    assert matches(atelier(rating=1.0, **plain)) == []
    assert only(atelier(rating=1.1, **plain)).score == pytest.approx(0.305)


def test_removed_ateliers_are_left_out() -> None:
    assert matches(atelier(is_removed=True)) == []
    assert len(matches(atelier(is_removed=None))) == 1


def test_the_best_come_first_and_equals_by_rating_then_id() -> None:
    rows = [
        atelier("c", rating=None),
        atelier("b", rating=3.0),
        atelier("e", rating=3.0, catalogue="another"),
        atelier("a", rating=3.0),
        atelier("far", location="Porto"),
        atelier("good", rating=5.0),
    ]
    order = [found.atelier for found in matches(*rows, location="Lyon")]
    assert order == ["good", "e", "a", "b", "c", "far"]
    assert [found.atelier for found in matches(*reversed(rows), location="Lyon")] == order


def test_at_most_ten_or_as_many_as_asked() -> None:
    rows = [atelier(f"{number:02}") for number in range(14)]
    assert [found.atelier for found in matches(*rows)] == [f"{number:02}" for number in range(10)]
    assert len(matches(*rows, limit=3)) == 3


def test_columns_beyond_the_tables_do_not_matter() -> None:
    frame = ATELIERS.rows([atelier()]).with_columns(pl.lit(1).alias("more"))
    assert len(match_ateliers(DRESS, frame)) == 1
