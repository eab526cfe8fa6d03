"""Offers: what a product, or one variant of it, costs and whether it can be had."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from media.catalogues.columns import ColumnPlan, plan_columns
from media.catalogues.measures import read_availability, read_boolean, read_number
from media.catalogues.plain_text import is_empty, line
from media.catalogues.prices import PriceRange, read_currency, read_price
from media.catalogues.rows import Cells, Row
from media.errors import InvalidPrice

_BEST_FIRST = ("in_stock", "limited", "preorder", "out_of_stock", "unknown")
_ON_SALE = frozenset({"active", "published", "publish"})


@dataclass(frozen=True)
class Offer:
    """One variant as it is sold."""

    least: Decimal | None
    most: Decimal | None
    currency: str | None
    availability: str
    options: tuple[str, ...] = ()
    """What tells it from its siblings: size, colour."""
    is_variant: bool = True
    """False for a row that adds only a picture."""


def read_offers(cells: Cells, plan: ColumnPlan, currency: str) -> list[Offer]:
    """The offers of one entry: one, or one for each object in its list of variants.

    Raises InvalidPrice and InvalidValue.
    """
    own = read_offer(cells, plan, currency)
    nested = plan.first(cells, "variants")
    if not isinstance(nested, list) or not all(isinstance(each, dict) for each in nested):
        return [own]
    offers = [
        read_offer(each, _nested_plan(tuple(each)), own.currency or currency) for each in nested
    ]
    return [
        replace(offer, least=own.least, most=own.most) if offer.least is None else offer
        for offer in offers
    ]


def read_offer(cells: Cells, plan: ColumnPlan, currency: str) -> Offer:
    """The one offer that a row is."""
    found = _price(cells, plan, currency)
    options = tuple(line(value) or "" for value in plan.every(cells, "option").values())
    told = [plan.first(cells, field) for field in ("price", "quantity", "sku")]
    return Offer(
        least=found.least if found else None,
        most=found.most if found else None,
        currency=found.currency if found else None,
        availability=_availability(cells, plan),
        options=options,
        is_variant=bool(options) or any(not is_empty(value) for value in told),
    )


def offer_columns(offers: Sequence[Offer]) -> Row:
    """The columns of a product that is sold in these offers; of prices the least and the most."""
    currencies = {offer.currency for offer in offers if offer.currency}
    if len(currencies) > 1:
        raise InvalidPrice(f"its variants are priced in {' and '.join(sorted(currencies))}")
    least = [offer.least for offer in offers if offer.least is not None]
    most = [offer.most for offer in offers if offer.most is not None]
    return {
        "price": min(least, default=None),
        "price_to": max(most, default=None),
        "currency": next(iter(currencies), None),
        "variants": max(1, len(offers)),
        "availability": min(
            (offer.availability for offer in offers), key=_BEST_FIRST.index, default="unknown"
        ),
    }


def _price(cells: Cells, plan: ColumnPlan, otherwise: str) -> PriceRange | None:
    named = read_currency(plan.first(cells, "currency"), otherwise)
    regular, top, sale = (
        read_price(value, own or named, otherwise)
        for value, own in (
            plan.priced(cells, field) for field in ("price", "price_to", "sale_price")
        )
    )
    if regular and top and top.most is not None:
        if top.currency != regular.currency or top.most < (regular.least or 0):
            raise InvalidPrice("the least price is more than the most, or in another currency")
        regular = replace(regular, most=top.most)
    # When a dated sale is on depends on the day that somebody looks.
    is_lower = sale and sale.least and (not regular or sale.least < (regular.least or 0))
    return sale if is_lower and not plan.every(cells, "sale_dates") else regular or top


def _availability(cells: Cells, plan: ColumnPlan) -> str:
    """From words, else from how many there are and what happens when there are none.

    What a shop has not published cannot be had. Shopify sells a variant that nobody counts, and
    one that may be sold without stock.
    """
    state = line(plan.first(cells, "state"))
    if read_boolean(plan.first(cells, "published")) is False or (
        state and state.lower() not in _ON_SALE
    ):
        return "out_of_stock"
    told = read_availability(plan.first(cells, "availability"))
    if told:
        return told
    number = read_number(plan.first(cells, "quantity"))
    if number is None:
        return read_availability(plan.first(cells, "quantity")) or "unknown"
    if number > 0 or ("tracker" in plan.fields and not plan.every(cells, "tracker")):
        return "in_stock"
    policy = (line(plan.first(cells, "policy")) or "").lower()
    may_wait = policy in {"continue", "notify"} or read_boolean(policy) is True
    return "preorder" if may_wait else "out_of_stock"


@lru_cache(maxsize=256)
def _nested_plan(columns: tuple[str, ...]) -> ColumnPlan:
    """How an object in a list of variants is read; it needs neither id nor name."""
    names = ("id", "name")
    wanted = tuple(dict.fromkeys((*columns, *names)))
    return plan_columns(wanted, "products", dict(zip(names, names, strict=True)))
