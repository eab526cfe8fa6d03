"""Filters of products: a record of what is wanted, and the condition an index is searched with.

A filter is never violated: what a product does not tell, it does not fulfil. So a product without
a price is in no price range, and one in another currency is not below a price in this one.

The condition is SQL over these columns of the index: `price` as DECIMAL(18, 4), `currency`,
`availability`, `catalogue`, `id`, and `category_key` and `brand_key`, which hold `folded` names.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from media.errors import InvalidRequest

_STEP = Decimal("0.0001")
_GREATEST = Decimal("99999999999999.9999")
"""The greatest price that a column of prices holds."""
_NOTHING = "false"


@dataclass(frozen=True)
class ProductFilters:
    """What a product must be to be found; empty and None leave it open."""

    max_price: Decimal | None = None
    """A product that costs exactly this passes."""
    min_price: Decimal | None = None
    currency: str | None = None
    """Of these two prices: with one of them, only products in this currency pass. Alone it filters
    nothing. Without it, prices are compared as bare numbers."""
    categories: tuple[str, ...] = ()
    """One of these, however it is capitalized."""
    brands: tuple[str, ...] = ()
    availabilities: tuple[str, ...] = ()
    catalogues: tuple[str, ...] = ()
    """One of these, exactly as named."""
    exclude: tuple[str, ...] = ()
    """Ids, as the index has them, of products that are not wanted."""


def sql(filters: ProductFilters) -> str | None:
    """The condition in SQL, safe for any text; None where everything passes.

    Raises `InvalidRequest` for a price that is no number.
    """
    clauses = (
        *_price_clauses(filters),
        one_of("category_key", map(folded, filters.categories)),
        one_of("brand_key", map(folded, filters.brands)),
        one_of("availability", filters.availabilities),
        one_of("catalogue", filters.catalogues),
        _none_of("id", filters.exclude),
    )
    return both(*clauses)


def both(*conditions: str | None) -> str | None:
    """The condition that all of `conditions` hold; None is one that always does."""
    return " AND ".join(f"({condition})" for condition in conditions if condition) or None


def one_of(column: str, texts: Iterable[str]) -> str | None:
    """The condition that a column holds one of some texts; of none, no condition."""
    asked = list(texts)
    if not asked:
        return None
    listed = _listed(asked)
    return f"{column} IN ({listed})" if listed else _NOTHING


def one_of_ids(ids: Iterable[str]) -> str:
    """The condition that a row is one of these; of none, that nothing is."""
    return one_of("id", ids) or _NOTHING


def folded(name: str) -> str:
    """A name as it is compared: capitals, spaces and ways to write an accent make no difference."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def rounded_down(price: Decimal) -> Decimal:
    """The greatest price a product can have that is not above `price`."""
    return max(min(price, _GREATEST), -_GREATEST).quantize(_STEP, ROUND_FLOOR)


def _price_clauses(filters: ProductFilters) -> tuple[str | None, ...]:
    if filters.max_price is None and filters.min_price is None:
        return ()
    currency = [filters.currency.strip().upper()] if filters.currency else []
    return (
        _at_most(filters.max_price),
        _at_least(filters.min_price),
        one_of("currency", currency),
    )


def _at_most(price: Decimal | None) -> str | None:
    if price is None:
        return None
    if _number(price) < -_GREATEST:
        return _NOTHING
    return f"price <= {_literal(rounded_down(price))}"


def _at_least(price: Decimal | None) -> str | None:
    if price is None:
        return None
    bound = max(_number(price), -_GREATEST)
    if bound > _GREATEST:
        return _NOTHING
    return f"price >= {_literal(bound.quantize(_STEP, ROUND_CEILING))}"


def _number(price: Decimal) -> Decimal:
    if not price.is_finite():
        raise InvalidRequest(f"{price} is no price; give a number such as 49.90")
    return price


def _literal(price: Decimal) -> str:
    # A bare literal would be read as a binary fraction, which 19.99 is not.
    return f"CAST('{price:f}' AS DECIMAL(18, 4))"


def _none_of(column: str, texts: Iterable[str]) -> str | None:
    listed = _listed(texts)
    return f"{column} NOT IN ({listed})" if listed else None


def _listed(texts: Iterable[str]) -> str:
    """Quoted and sorted. Text that is not unicode is left out: no row can hold it."""
    storable = {text for text in texts if _is_unicode(text)}
    return ", ".join("'" + text.replace("'", "''") + "'" for text in sorted(storable))


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
