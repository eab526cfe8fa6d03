"""Which column of a file means what."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, Literal

from media.catalogues.column_words import (
    ATELIER_WORDS,
    PRODUCT_WORDS,
    SHOPIFY_WORDS,
    TELLING_ATELIERS,
    TELLING_PRODUCTS,
    WOOCOMMERCE_WORDS,
    Words,
)
from media.catalogues.currencies import DECIMALS
from media.catalogues.entries import Kind
from media.catalogues.plain_text import is_empty
from media.errors import UnreadableCatalogue

Layout = Literal["plain", "shopify", "woocommerce"]

_SHOPIFY = frozenset({"handle", "title"})
_WOOCOMMERCE = frozenset({"type", "parent", "regularprice"})
_SINGLE = frozenset({"id", "name"})
"""Fields that one column gives: a second id would be one of another kind."""
_MAX_LISTED, _MAX_SHOWN = 40, 40
_PRICES = frozenset({"price", "price_from", "price_to", "sale_price"})
_WORDS: Mapping[Layout, Words] = {
    "plain": PRODUCT_WORDS,
    "shopify": SHOPIFY_WORDS,
    "woocommerce": WOOCOMMERCE_WORDS,
}
# Only used to tell what a file lists: `images` are both a product's and a portfolio.
_ANY = re.compile(r"(images?|pictures?|photos?|img|thumbnail)(src|url|urls|link|links)?")


@dataclass(frozen=True)
class Source:
    """A column that a field is read from."""

    column: str
    currency: str | None = None
    """What the column's name says of its prices: priceUsd."""


@dataclass(frozen=True)
class ColumnPlan:
    """What is read from where."""

    layout: Layout
    fields: Mapping[str, tuple[Source, ...]]
    ignored: tuple[str, ...]

    @property
    def described(self) -> tuple[str, ...]:
        """What is read as what: `price=Variant Price`."""
        return tuple(
            f"{field}={source.column}" for field, found in self.fields.items() for source in found
        )

    def first(self, cells: Mapping[str, Any], field: str) -> Any:
        """What the first column that says anything says; None when none does."""
        return self.priced(cells, field)[0]

    def priced(self, cells: Mapping[str, Any], field: str) -> tuple[Any, str | None]:
        """The same with the currency that the column's name tells."""
        for source in self.fields.get(field, ()):
            value = cells.get(source.column)
            if not is_empty(value):
                return value, source.currency
        return None, None

    def every(self, cells: Mapping[str, Any], field: str) -> dict[str, Any]:
        """What each column of the field says, by its name, without those that say nothing."""
        return {
            source.column: cells[source.column]
            for source in self.fields.get(field, ())
            if not is_empty(cells.get(source.column))
        }


def plan_columns(columns: tuple[str, ...], kind: Kind, own: Mapping[str, str]) -> ColumnPlan:
    """How a file with these columns is read.

    `own` names columns for our fields, before any guess. Raises UnreadableCatalogue for a field
    or column in it that there is not, and where no column is an id or a name.
    """
    layout = _layout(columns) if kind == "products" else "plain"
    words = _WORDS[layout] if kind == "products" else ATELIER_WORDS
    given = _given(columns, words, own)
    fields: dict[str, tuple[Source, ...]]
    fields = {field: (Source(column),) for field, column in given.items()}
    left = dict.fromkeys(name for name in columns if name not in given.values())
    for field, names in words.items():
        found = () if field in fields else _found(left, names, field)
        for source in found:
            left.pop(source.column)
        if found:
            fields[field] = found
    for field in ("id", "name"):
        if field not in fields:
            raise UnreadableCatalogue(
                f"no column is the {field} of {kind}; say which one it is with "
                f"columns={field}=..., of: {_listed(columns)}"
            )
    return ColumnPlan(layout, fields, tuple(left))


def kind_of(columns: Iterable[str]) -> Kind:
    """Whether columns are those of products or of ateliers."""
    names = {word for word in map(normalized, columns) if not _ANY.fullmatch(word)}

    def told(words: Words, fields: Iterable[str], shared: frozenset[str]) -> int:
        return sum(bool(names.intersection(words[field]) - shared) for field in fields)

    ateliers = told(ATELIER_WORDS, TELLING_ATELIERS, _OF_PRODUCTS)
    ateliers += any("atelier" in name for name in names)
    products = told(PRODUCT_WORDS, TELLING_PRODUCTS, _RANGES)
    return "ateliers" if ateliers > products else "products"


def is_known(column: str) -> bool:
    """Whether a column's name means something to us."""
    return normalized(column) in _KNOWN


@lru_cache(maxsize=4096)
def normalized(column: str) -> str:
    """A column's name without capitals, accents, punctuation and Google's `g:`."""
    text = unicodedata.normalize("NFKD", column.strip()).casefold().removeprefix("g:")
    return re.sub(r"[\W_]", "", text)


def _layout(columns: tuple[str, ...]) -> Layout:
    names = {normalized(column) for column in columns}
    if names >= _SHOPIFY and any(name.startswith(("variant", "option1")) for name in names):
        return "shopify"
    return "woocommerce" if names >= _WOOCOMMERCE else "plain"


def _given(columns: tuple[str, ...], words: Words, own: Mapping[str, str]) -> dict[str, str]:
    """Our fields and their columns as the parameters name them."""
    aliases = {"product": "id", "atelier": "id"}
    given: dict[str, str] = {}
    for name, wanted in own.items():
        field = aliases.get(name, name)
        if field not in words:
            raise UnreadableCatalogue(
                f"columns={name}=...: there is no such field; there are: {', '.join(words)}"
            )
        same = (column for column in columns if normalized(column) == normalized(wanted))
        column = wanted if wanted in columns else next(same, None)
        if column is None:
            raise UnreadableCatalogue(
                f"columns={name}={wanted}: there is no such column; there are: {_listed(columns)}"
            )
        given[field] = column
    return given


def _listed(columns: tuple[str, ...]) -> str:
    """Columns as a message names them; where a header is missing, these are somebody's data."""
    harmless = (name for name in columns if not re.search(r"@|[0-9]{4}", name))
    return ", ".join(name[:_MAX_SHOWN] for name in islice(harmless, _MAX_LISTED))


def _found(columns: Iterable[str], names: tuple[str, ...], field: str) -> tuple[Source, ...]:
    """The columns of a field, the best first."""
    ranks = {name: rank for rank, name in enumerate(names)}
    found = []
    for column in columns:
        word = normalized(column)
        base, currency = (word, None) if word in ranks else _without_currency(word)
        if base in ranks and (currency is None or field in _PRICES):
            found.append((ranks[base], Source(column, currency)))
    best = [source for _, source in sorted(found, key=lambda ranked: ranked[0])]
    return tuple(best[:1] if field in _SINGLE else best)


def _without_currency(word: str) -> tuple[str, str | None]:
    """`priceusd` and `usdprice` as `price` in US dollars."""
    for code, rest in ((word[-3:], word[:-3]), (word[:3], word[3:])):
        if code.upper() in DECIMALS:
            return rest, code.upper()
    return word, None


def _all(words: Words, *fields: str) -> frozenset[str]:
    return frozenset(word for field in fields or words for word in words[field])


_KNOWN = frozenset[str]().union(
    *map(_all, (PRODUCT_WORDS, SHOPIFY_WORDS, WOOCOMMERCE_WORDS, ATELIER_WORDS))
)
_OF_PRODUCTS = _all(PRODUCT_WORDS)
_RANGES = _all(ATELIER_WORDS, "price_from", "price_to") | {"pricerange"}
