"""Prices as people and shops write them, read exactly: no price is ever a binary fraction."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from media.catalogues.currencies import DECIMALS, GROUPED_BY_POINTS, currencies_of
from media.catalogues.plain_text import is_empty, shown
from media.errors import InvalidPrice, InvalidValue

_MOST = Decimal(10) ** 14
"""The tables hold prices below this one."""
_MOST_CHARACTERS = 200

# A point after a letter ends a sign, as in Rs.500, and is no decimal point.
_NUMBER = re.compile(r"(?:(?<![^\W\d])[.,])?[0-9](?:[0-9.,' ]*[0-9])?")
_GROUPED = re.compile(
    r"[0-9]{1,3}(?:([.,' ])[0-9]{3})(?:\1[0-9]{3})*|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}"
)
_WHOLE_MARK = re.compile(r"[.,] ?-+")
_BETWEEN = re.compile(r" (?:to|bis|until|hasta|à) |(?<=[\w€$£¥₹)]) ?(?:-+|\.{3}) ?(?=[^\s-])")
_LEAST = re.compile(
    r"(?:from|ab|starting (?:at|from)|starts at|minimum|min|over|desde)(?![a-z]) ?:? ?"
)
_MOST_WORDS = re.compile(
    r"(?:up ?to|maximum|max|under|below|at most|bis|hasta|<=|<|≤)(?![a-z]) ?:? ?"
)
_LEAST_ENDINGS = re.compile(r" ?(?:\+|and up|and more|or more|upwards)$")
_DASHES = dict.fromkeys(map(ord, "−–—‐‑‒"), "-") | {ord("’"): "'"}  # noqa: RUF001 - as written

_AMOUNT_KEYS = ("amount", "value", "price", "current", "regular")
_CURRENCY_KEYS = ("currencycode", "currency", "code", "pricecurrency")
_RANGE_KEYS = (("min", "minimum", "from", "low", "least"), ("max", "maximum", "to", "high", "most"))


@dataclass(frozen=True)
class PriceRange:
    """What something costs, from the least to the most; None where no limit is named."""

    least: Decimal | None
    most: Decimal | None
    currency: str
    """ISO 4217 code."""


def read_price(value: Any, currency: str | None, otherwise: str) -> PriceRange | None:
    """A price or a range of prices; None where there is none.

    `value` is text in any usual writing, an exact number, or an object as in JSON feeds.
    `currency` is what its column says, `otherwise` what prices that name none are in; a sign in
    the text itself counts first, and a sign of several currencies is that of the two which it
    can stand for. Raises InvalidPrice for what is no price, is negative or has more decimals
    than its currency, and InvalidValue for a range that runs backwards.
    """
    if is_empty(value):
        return None
    if len(str(value)) > _MOST_CHARACTERS:
        raise InvalidPrice(f"the price is {shown(value)}, which is no price")
    if isinstance(value, dict):
        return _of_object(value, currency, otherwise)
    if isinstance(value, bool | list):
        raise InvalidPrice(f"the price is {shown(value)}, which is no number")
    if isinstance(value, str):
        return _of_text(value, currency, otherwise)
    amount = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    known = currency or otherwise
    return _checked_range(amount, amount, known, value)


def read_currency(value: Any, otherwise: str) -> str | None:
    """The code that a currency's column means; InvalidPrice for a currency there is not."""
    if is_empty(value):
        return None
    meant = currencies_of(str(value))
    if not meant:
        raise InvalidPrice(f"there is no currency {shown(value)}; write a code such as USD")
    return otherwise if otherwise in meant else meant[0]


def _of_object(value: Mapping[str, Any], currency: str | None, otherwise: str) -> PriceRange | None:
    parts = {re.sub(r"[\W_]", "", str(key)).casefold(): part for key, part in value.items()}
    named = next((parts[key] for key in _CURRENCY_KEYS if not is_empty(parts.get(key))), None)
    own = read_currency(named, otherwise) or currency
    if "units" in parts or "nanos" in parts:
        return _of_units(parts, own or otherwise)
    if "centamount" in parts:
        digits = _integer(parts.get("fractiondigits", 2), value)
        return read_price(
            Decimal(_integer(parts["centamount"], value)).scaleb(-digits), own, otherwise
        )
    ends = [next((parts[key] for key in keys if key in parts), None) for keys in _RANGE_KEYS]
    if any(not is_empty(end) for end in ends):
        low, high = (read_price(end, own, otherwise) for end in ends)
        return _joined(low, high, value)
    for key in _AMOUNT_KEYS:
        if not is_empty(parts.get(key)) and not isinstance(parts[key], dict):
            return read_price(parts[key], own, otherwise)
    raise InvalidPrice(f"the price is {shown(value)}, in which no amount can be made out")


def _of_units(parts: Mapping[str, Any], currency: str) -> PriceRange:
    """A sum as `google.type.Money`: whole units, and billionths of one."""
    units, nanos = (_integer(parts.get(key) or 0, parts) for key in ("units", "nanos"))
    amount = units + Decimal(nanos).scaleb(-9)
    return _checked_range(amount, amount, currency, str(amount))


def _integer(value: Any, whole: Any) -> int:
    text = str(value).strip()
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise InvalidPrice(f"the price is {shown(whole)}, in which {shown(value)} is no number")
    return int(text)


def _joined(low: PriceRange | None, high: PriceRange | None, written: Any) -> PriceRange:
    least = low.least if low else None
    most = high.most if high else None
    both = {end.currency for end in (low, high) if end}
    if len(both) > 1:
        raise InvalidPrice(f"the price is {shown(written)}, in two currencies")
    return _checked_range(least, most, both.pop(), written)


def _of_text(text: str, currency: str | None, otherwise: str) -> PriceRange:
    plain = " ".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split())
    words = plain.lower()
    if start := _LEAST.match(words):
        return _of_end(plain[start.end() :], currency, otherwise, is_least=True)
    if start := _MOST_WORDS.match(words):
        return _of_end(plain[start.end() :], currency, otherwise, is_least=False)
    if end := _LEAST_ENDINGS.search(words):
        return _of_end(plain[: end.start()], currency, otherwise, is_least=True)
    return _of_ends(plain, currency, otherwise)


def _of_end(text: str, currency: str | None, otherwise: str, *, is_least: bool) -> PriceRange:
    found = _of_ends(text, currency, otherwise)
    if found.least != found.most:
        return found
    return PriceRange(
        found.least if is_least else None, None if is_least else found.most, found.currency
    )


def _of_ends(text: str, currency: str | None, otherwise: str) -> PriceRange:
    for gap in _BETWEEN.finditer(text):
        halves = text[: gap.start()], text[gap.end() :]
        if all(re.search("[0-9]", half) for half in halves):
            break
    else:
        halves = (text, text)
    parts = [_parts_of(half, text) for half in dict.fromkeys(halves)]
    known = _currency_of([meant for _, meant in parts if meant], currency, otherwise, text)
    is_named = any(meant for _, meant in parts)
    amounts = [_amount(number, known, is_named, text) for number, _ in parts]
    return _checked_range(amounts[0], amounts[-1], known, text)


def _parts_of(text: str, whole: str) -> tuple[str, tuple[str, ...]]:
    """The number in a text, and the currencies that what stands around it can mean."""
    found = _NUMBER.search(text)
    if not found:
        raise InvalidPrice(f"the price is {shown(whole)}, which is no number")
    before, after = text[: found.start()], _WHOLE_MARK.sub("", text[found.end() :], count=1)
    if "-" in before + after or ("(" in before and ")" in after):
        raise InvalidPrice(f"the price is {shown(whole)}; a price cannot be negative")
    meanings = [currencies_of(around) for around in (before, after) if around.strip()]
    if not all(meanings):
        raise InvalidPrice(
            f"the price is {shown(whole)}; write a number, and with it nothing but a currency"
        )
    return found.group(), _shared(meanings, whole)


def _shared(meanings: list[tuple[str, ...]], whole: str) -> tuple[str, ...]:
    shared = (
        tuple(code for code in meanings[0] if all(code in m for m in meanings)) if meanings else ()
    )
    if meanings and not shared:
        raise InvalidPrice(f"the price is {shown(whole)}, in two currencies")
    return shared


def _currency_of(
    meanings: list[tuple[str, ...]], currency: str | None, otherwise: str, whole: str
) -> str:
    shared = _shared(meanings, whole)
    if not shared:
        return currency or otherwise
    return next((code for code in (currency, otherwise) if code and code in shared), shared[0])


def _amount(number: str, currency: str, is_named: bool, whole: str) -> Decimal:
    units, mark, decimals = _split(number, currency, is_named, whole)
    if not (units.isdigit() or units == "" or _GROUPED.fullmatch(units)) or mark in units:
        raise InvalidPrice(f"the price is {shown(whole)}, which is no number")
    return Decimal(f"{re.sub('[^0-9]', '', units) or '0'}.{decimals or '0'}")


def _split(number: str, currency: str, is_named: bool, whole: str) -> tuple[str, str, str]:
    """Whole units, the decimal mark and the decimals; a mark between thousands is none."""
    marks = re.sub("[0-9]", "", number)
    last = marks[-1:]
    if last not in (".", ",") or marks.count(last) > 1:
        return number, "\0", ""
    units, _, decimals = number.rpartition(last)
    could_be_thousands = (
        marks == last and re.fullmatch("[1-9][0-9]{0,2}", units) and len(decimals) == 3
    )
    if not could_be_thousands:
        return units, last, decimals
    if last == "," and DECIMALS.get(currency) == 3:
        raise InvalidPrice(
            f"the price is {shown(whole)}, which may mean thousands or decimals of {currency}; "
            f"write it with a point for the decimals: {units}.{decimals}"
        )
    is_thousands = last == "," or (
        is_named and currency in GROUPED_BY_POINTS and DECIMALS.get(currency) != 3
    )
    return (number, "\0", "") if is_thousands else (units, last, decimals)


def _checked_range(
    least: Decimal | None, most: Decimal | None, currency: str, written: Any
) -> PriceRange:
    for amount in (least, most):
        if amount is not None:
            _check(amount, currency, written)
    if least is not None and most is not None and least > most:
        raise InvalidValue(f"the price is {shown(written)}: its least is more than its most")
    return PriceRange(least, most, currency)


def _check(amount: Decimal, currency: str, written: Any) -> None:
    if currency not in DECIMALS:
        raise InvalidPrice(f"there is no currency {currency}; write a code such as USD")
    if not amount.is_finite() or amount >= _MOST:
        raise InvalidPrice(f"the price is {shown(written)}, which is more than anything costs")
    if amount < 0:
        raise InvalidPrice(f"the price is {shown(written)}; a price cannot be negative")
    if amount != round(amount, DECIMALS[currency]):
        raise InvalidPrice(
            f"the price is {shown(written)}, but {currency} has {DECIMALS[currency]} decimals"
        )
