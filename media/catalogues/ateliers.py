"""Ateliers: rows of the table `ateliers` from the entries of a file; contacts still in plain."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from media.catalogues.contacts import read_contact
from media.catalogues.entries import Entry
from media.catalogues.measures import read_complexity, read_level, read_rating
from media.catalogues.plain_text import entries as entries_of
from media.catalogues.plain_text import line
from media.catalogues.prices import PriceRange, read_currency, read_price
from media.catalogues.products import IMAGE_SEPARATORS
from media.catalogues.rows import Cells, Row, RowReader
from media.errors import BadRow, InvalidValue
from media.garments.vocabulary import GARMENTS

_SYNONYMS = {
    "pants": "trousers",
    "gown": "dress",
    "tee": "t-shirt",
    "tshirt": "t-shirt",
    "pullover": "sweater",
    "jumper": "sweater",
    "knitwear": "sweater",
}


def atelier_rows(entries: Iterable[Entry], reader: RowReader) -> Iterator[Row]:
    """A row for each atelier, and one for each entry that cannot be taken."""
    for entry in entries:
        try:
            reader.check(entry)
            yield reader.ready(entry, _described(entry.cells, reader))
        except BadRow as fault:
            yield reader.refused(entry, fault)


def _described(cells: Cells, reader: RowReader) -> Row:
    plan = reader.plan
    makes = (each for v in plan.every(cells, "categories").values() for each in entries_of(v))
    portfolio = (
        each
        for value in plan.every(cells, "portfolio").values()
        for each in entries_of(value, IMAGE_SEPARATORS)
    )
    return {
        "location": _location(cells, reader),
        "specialization": line(plan.first(cells, "specialization")),
        "categories": list(dict.fromkeys(_garment(each) for each in makes)),
        **_prices(cells, reader),
        **_complexity(cells, reader),
        "rating": read_rating(plan.first(cells, "rating")),
        "portfolio": list(dict.fromkeys(portfolio)),
        "url": line(plan.first(cells, "url")),
        "contact": read_contact(cells, plan),
    }


def _location(cells: Cells, reader: RowReader) -> str | None:
    """One place, put together of city, region and country where they are apart."""
    parts: list[str] = []
    for value in reader.plan.every(cells, "location").values():
        named = list(value.values()) if isinstance(value, dict) else [value]
        parts.extend(text for part in named if (text := line(part)))
    return ", ".join(dict.fromkeys(parts)) or None


def _garment(text: str) -> str:
    """A word of the vocabulary where it is one, also in the plural; else as written."""
    word = re.sub(r"[\s_]+", "-", text.strip().lower())
    for end in ("", "s", "es"):
        stem = word.removesuffix(end) if end else word
        if stem in GARMENTS or stem in _SYNONYMS:
            return _SYNONYMS.get(stem, stem)
    return text


def _prices(cells: Cells, reader: RowReader) -> Row:
    otherwise = reader.options.currency
    found = _ranges(cells, reader, otherwise)
    signs = {each.currency for each in found.values() if each} - {otherwise}
    if len(signs) == 1:
        # A sign beside one end of a range is meant for both.
        found = _ranges(cells, reader, signs.pop())
    given = [each for each in found.values() if each]
    if len({each.currency for each in given}) > 1:
        raise InvalidValue("its prices are in different currencies")
    whole = found["price"] or replace(given[0], least=None, most=None) if given else None
    if whole is None:
        return {"price_from": None, "price_to": None, "currency": None}
    least = found["price_from"].least if found["price_from"] else whole.least
    most = found["price_to"].most if found["price_to"] else whole.most
    if least is not None and most is not None and least > most:
        raise InvalidValue(f"it works from {least}, which is more than {most}")
    return {"price_from": least, "price_to": most, "currency": whole.currency}


def _ranges(cells: Cells, reader: RowReader, otherwise: str) -> dict[str, PriceRange | None]:
    named = read_currency(reader.plan.first(cells, "currency"), otherwise)
    found = {}
    for field in ("price", "price_from", "price_to"):
        value, own = reader.plan.priced(cells, field)
        found[field] = read_price(value, own or named, otherwise)
    return found


def _complexity(cells: Cells, reader: RowReader) -> Row:
    plan = reader.plan
    least, most = read_complexity(plan.first(cells, "complexity"))
    named_least = read_level(plan.first(cells, "complexity_from"))
    named_most = read_level(plan.first(cells, "complexity_to"))
    least = least if named_least is None else named_least
    most = most if named_most is None else named_most
    if least is not None and most is not None and least > most:
        raise InvalidValue(f"its complexity is from {least:g} to {most:g}, which is backwards")
    return {"complexity_from": least, "complexity_to": most}
