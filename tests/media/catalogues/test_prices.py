"""Prices are read exactly, in every usual writing, or refused with a sentence."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.catalogues.currencies import DECIMALS
from media.catalogues.prices import read_price
from media.errors import InvalidPrice, InvalidValue

AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=2)


def price(value: Any, currency: str | None = None, otherwise: str = "USD") -> tuple[Any, Any, str]:
    found = read_price(value, currency, otherwise)
    assert found is not None
    return found.least, found.most, found.currency


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("12.50", "12.50", "USD"),
        ("12,50", "12.50", "USD"),
        ("1.299,00 €", "1299.00", "EUR"),
        ("1.299 €", "1299", "EUR"),
        ("$1,299.00", "1299.00", "USD"),
        ("1,299", "1299", "USD"),
        ("1 299 kr", "1299", "SEK"),
        ("1\u202f299,90\u00a0kr", "1299.90", "SEK"),
        ("EUR 12.50", "12.50", "EUR"),
        ("15.00 USD", "15.00", "USD"),
        ("CHF 1'299.50", "1299.50", "CHF"),
        ("12.\u2013", "12", "USD"),
        ("R$ 1.299,90", "1299.90", "BRL"),
        ("Rs.500", "500", "INR"),
        (".99", "0.99", "USD"),
        ("₹1,00,000", "100000", "INR"),
        ("£0", "0", "GBP"),
        ("12.5000", "12.5", "USD"),
        ("1.234 KWD", "1.234", "KWD"),
        ("$12 CAD", "12", "CAD"),
    ],
)
def test_a_price_is_read_in_every_usual_writing(text: str, amount: str, currency: str) -> None:
    assert price(text) == (Decimal(amount), Decimal(amount), currency)


@pytest.mark.parametrize(
    ("text", "column", "option", "currency"),
    [
        ("$5", None, "CAD", "CAD"),
        ("$5", None, "EUR", "USD"),
        ("$5", "AUD", "CAD", "AUD"),
        ("5 kr", None, "DKK", "DKK"),
        ("¥5", None, "CNY", "CNY"),
        ("€5", "USD", "CAD", "EUR"),
        ("5", "GBP", "CAD", "GBP"),
        ("5", None, "CAD", "CAD"),
    ],
)
def test_the_currency_is_that_of_the_sign_the_column_or_the_option(
    text: str, column: str | None, option: str, currency: str
) -> None:
    assert price(text, column, option)[2] == currency


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("$200 - $1,500", "200", "1500"),
        ("200\u20131500", "200", "1500"),
        ("200 to 1500 USD", "200", "1500"),
        ("from 300", "300", None),
        ("300+", "300", None),
        ("up to 900", None, "900"),
        ("under $900", None, "900"),
    ],
)
def test_a_range_has_a_least_and_a_most(text: str, least: str | None, most: str | None) -> None:
    wanted = tuple(end if end is None else Decimal(end) for end in (least, most))
    assert price(text)[:2] == wanted


@pytest.mark.parametrize(
    "text",
    [
        *("-5", "5-", "\u22125.00", "$-5", "(5.00)", "-20 - 50"),
        *("free", "abc", "1e5", "1,2,3", "12..5", "12 50", "½", "12.50 per m", "2024-05-01", "5%"),
        *("12.999", "1.299", "99999999999999999", "12 XYZ", "€12 USD", "€5 - $9", "9" * 500),
    ],
)
def test_what_is_no_price_is_refused(text: str) -> None:
    with pytest.raises(InvalidPrice):
        read_price(text, None, "USD")


@pytest.mark.parametrize(("text", "currency"), [("100.5", "JPY"), ("1,299", "KWD")])
def test_decimals_are_those_of_the_currency(text: str, currency: str) -> None:
    with pytest.raises(InvalidPrice, match=currency):
        read_price(text, currency, "USD")


def test_a_range_that_runs_backwards_is_refused() -> None:
    with pytest.raises(InvalidValue, match="least is more"):
        read_price("50 - 20", None, "USD")


@pytest.mark.parametrize("value", [None, "", "  ", [], {}])
def test_nothing_is_no_price(value: Any) -> None:
    assert read_price(value, None, "USD") is None


@pytest.mark.parametrize(
    ("value", "amount", "currency"),
    [
        (19, "19", "USD"),
        (Decimal("19.99"), "19.99", "USD"),
        ({"currencyCode": "EUR", "units": "19", "nanos": 990000000}, "19.99", "EUR"),
        ({"currencyCode": "EUR", "nanos": 500000000}, "0.5", "EUR"),
        ({"amount": "12.50", "currency": "GBP"}, "12.50", "GBP"),
        ({"centAmount": 1999, "fractionDigits": 2, "currencyCode": "EUR"}, "19.99", "EUR"),
    ],
)
def test_numbers_and_objects_of_json_are_exact(value: Any, amount: str, currency: str) -> None:
    assert price(value) == (Decimal(amount), Decimal(amount), currency)


@pytest.mark.parametrize(
    "value", [True, [1], {"units": "many"}, {"units": -5}, {"a": 1}, Decimal("1e999999"), -1]
)
def test_objects_without_an_amount_are_refused(value: Any) -> None:
    with pytest.raises(InvalidPrice):
        read_price(value, None, "USD")


@given(AMOUNTS, st.sampled_from(["USD", "EUR", "GBP", "CHF"]), st.booleans())
def test_a_formatted_price_is_read_back(amount: Decimal, code: str, is_first: bool) -> None:
    for thousands, mark in ((",", "."), (".", ","), (" ", ","), ("'", "."), ("", "."), ("", ",")):
        text = f"{amount:,.2f}".translate({ord(","): thousands, ord("."): mark})
        written = f"{code} {text}" if is_first else f"{text} {code}"
        assert price(written) == (amount, amount, code)


@given(AMOUNTS, AMOUNTS)
def test_a_formatted_range_is_read_back(one: Decimal, other: Decimal) -> None:
    least, most = sorted((one, other))
    assert price(f"${least:,.2f} - ${most:,.2f}")[:2] == (least, most)


@given(st.text(max_size=40) | st.from_regex(r"[-+$€(]*[0-9.,' ]{1,12}[-a-z€ )]*", fullmatch=True))
def test_any_text_is_a_price_or_refused_and_never_negative(text: str) -> None:
    try:
        found = read_price(text, None, "USD")
    except (InvalidPrice, InvalidValue):
        return
    for amount in () if found is None else (found.least, found.most):
        assert amount is None or 0 <= amount < 10**14


def test_every_currency_has_three_capitals() -> None:
    assert len(DECIMALS) > 150
    assert all(len(code) == 3 and code.isalpha() and code.isupper() for code in DECIMALS)
