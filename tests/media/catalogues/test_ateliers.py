"""Ateliers: ranges of prices and of complexity, garments, and contacts kept together."""

import json
from decimal import Decimal
from typing import Any

import pytest

from media.catalogues.contacts import has_contacts
from tests.media.catalogues.tables import only, read, ready, refused, written


def atelier(**cells: str) -> dict[str, Any]:
    table = [["id", "name", "specialization", *cells], ["1", "Quay", "lace", *cells.values()]]
    return only(read(written(table)))


@pytest.mark.parametrize(
    ("cells", "least", "most", "currency"),
    [
        ({"price_range": "$200 - $1,500"}, 200, 1500, "USD"),
        ({"Price range": "from 300"}, 300, None, "USD"),
        ({"prices": "up to 900 EUR"}, None, 900, "EUR"),
        ({"price_from": "200", "price_to": "1.500,00 €"}, 200, 1500, "EUR"),
        ({"min_price_eur": "200"}, 200, None, "EUR"),
        ({"max price": "99.50", "currency": "GBP"}, None, Decimal("99.50"), "GBP"),
        ({}, None, None, None),
    ],
)
def test_what_it_works_for(
    cells: dict[str, str], least: Any, most: Any, currency: str | None
) -> None:
    row = atelier(**cells)
    assert (row["price_from"], row["price_to"], row["currency"]) == (least, most, currency)


@pytest.mark.parametrize(
    ("cells", "least", "most"),
    [
        ({"complexity": "low - high"}, 0.3, 1.0),
        ({"complexity": "0.2-0.8"}, 0.2, 0.8),
        ({"complexity": "medium"}, None, 0.6),
        ({"complexity": "20% - 80%"}, 0.2, 0.8),
        ({"complexity_min": "low", "complexity_max": "0.9"}, 0.3, 0.9),
    ],
)
def test_how_intricate_its_work_is(cells: dict[str, str], least: Any, most: Any) -> None:
    row = atelier(**cells)
    assert (row["complexity_from"], row["complexity_to"]) == (least, most)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"complexity": "1.5"}, "invalid_value"),
        ({"complexity": "-0.5"}, "invalid_value"),
        ({"complexity": "high - low"}, "invalid_value"),
        ({"complexity": "some"}, "invalid_value"),
        ({"complexity": "low, medium"}, "invalid_value"),
        ({"price_from": "$200", "price_to": "500 €"}, "invalid_value"),
        ({"price_from": "500", "price_to": "200"}, "invalid_value"),
        ({"price_range": "cheap"}, "invalid_price"),
        ({"rating": "11"}, "invalid_value"),
        ({"email": "=cmd|' /C calc'!A0"}, "formula"),
    ],
)
def test_what_cannot_be_is_refused(cells: dict[str, str], reason: str) -> None:
    row = atelier(**cells)
    assert (row["status"], row["reason"]) == ("refused", reason)
    assert (row["atelier"], row["name"], row["contact"]) == ("1", "Quay", None)


def test_garments_are_words_of_the_vocabulary_where_they_are_some() -> None:
    row = atelier(categories="Dresses, T-Shirts; pants, Evening capes, blouses, dress")
    assert row["categories"] == ["dress", "t-shirt", "trousers", "Evening capes", "blouse"]


def test_places_are_put_together_and_pictures_listed() -> None:
    row = atelier(city="Antwerp", country="Belgium", portfolio="a.jpg; b,c.jpg | a.jpg")
    assert row["location"] == "Antwerp, Belgium"
    assert row["portfolio"] == ["a.jpg", "b,c.jpg"]


def test_contacts_are_kept_together_as_one_json() -> None:
    row = atelier(Email="quay@example.org", Phone="+32 3 555 01 23", address="Quay 1,\n2000")
    assert json.loads(row["contact"]) == {
        "Email": "quay@example.org",
        "Phone": "+32 3 555 01 23",
        "address": "Quay 1, 2000",
    }
    assert ": " not in row["contact"].replace("Quay", "")


def test_json_may_nest_prices_complexity_and_contact() -> None:
    row = only(
        read(
            '{"ateliers": [{"id": 1, "name": "Quay", "price_range": {"min": 200, "max": 1500.5, '
            '"currency": "EUR"}, "complexity": [0.2, "high"], "categories": ["dresses"], '
            '"contact": {"email": "q@example.org", "phones": ["1", ""], "fax": null}}]}'
        )
    )
    assert (row["price_from"], row["price_to"]) == (200, Decimal("1500.50"))
    assert (row["complexity_from"], row["complexity_to"]) == (0.2, 1.0)
    assert json.loads(row["contact"]) == {"email": "q@example.org", "phones": ["1"]}


def test_whether_there_are_contacts_is_known_of_rows_and_of_the_file() -> None:
    told = read("id,name,focus,email\n1,a,lace,a@example.org\n")
    empty = read("id,name,focus,email\n1,a,lace,\n")
    without = read("id,name,focus\n1,a,lace\n")
    broken = read("id,name,focus,email\n1,a,lace,,a@example.org\n")
    contents = (told, empty, without, broken)
    assert [has_contacts(each.rows) for each in contents] == [True, False, False, False]
    assert [each.holds_contacts for each in contents] == [True, False, False, True]
    assert not has_contacts(read("id,name,price\n1,a,5\n").rows)


def test_no_message_repeats_a_contact() -> None:
    contents = read(
        "id,name,focus,email\n1,a,lace,=cmd(secret@example.org)\n2,b,x,y@example.org,z\n"
    )
    assert refused(contents) == [(2, "formula"), (3, "broken_row")]
    assert "example.org" not in json.dumps(contents.rows.to_dicts(), default=str)


def test_parameters_decide_when_columns_could_be_either() -> None:
    data = "id,name,price\n1,Quay,200\n"
    assert read(data, contents="ateliers").kind == "ateliers"
    assert ready(read(data, contents="ateliers"))[0]["price_from"] == 200
    assert read(data).kind == "products"
