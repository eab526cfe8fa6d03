"""Products: rows of the table `products` from the entries of a file.

Where a product takes several rows, as in exports of Shopify and WooCommerce, they become one: of
its variants the least and the dearest price, the best availability, the first picture.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from media.catalogues.entries import Entry
from media.catalogues.measures import read_rating
from media.catalogues.offers import Offer, offer_columns, read_offer, read_offers
from media.catalogues.plain_text import entries as entries_of
from media.catalogues.plain_text import line, paragraphs, shown
from media.catalogues.rows import Cells, Row, RowReader
from media.errors import BadRow, IdMissing, NameMissing

IMAGE_SEPARATORS = r"[|;\n]|,\s+|,(?=https?://)"
"""Between pictures in one cell; a comma may also be part of an address."""

_PATH = re.compile("[>»]")
_MAX_TAGS = 100


def product_rows(entries: Iterable[Entry], reader: RowReader) -> Iterator[Row]:
    """A row for each product, and one for each entry that cannot be taken."""
    if reader.plan.layout != "plain":
        yield from _grouped(entries, reader)
        return
    for entry in entries:
        try:
            reader.check(entry)
            offers = read_offers(entry.cells, reader.plan, reader.options.currency)
            yield reader.ready(
                entry, {**_described(entry.cells, reader), **_sold(entry, reader, offers)}
            )
        except BadRow as fault:
            yield reader.refused(entry, fault)


@dataclass
class _Draft:
    """A product whose rows are still being gathered."""

    entry: Entry
    offers: list[Offer]
    fault: BadRow | None = None
    """What is wrong with the offer of its own row."""
    image: str | None = None


@dataclass
class _Drafts:
    """Products by what their further rows call them."""

    by_name: dict[str, _Draft] = field(default_factory=dict)
    all: list[_Draft] = field(default_factory=list)

    def add(self, draft: _Draft, names: Iterable[str]) -> None:
        self.all.append(draft)
        for name in names:
            self.by_name.setdefault(name, draft)


def _grouped(entries: Iterable[Entry], reader: RowReader) -> Iterator[Row]:
    drafts = _Drafts()
    for entry in entries:
        try:
            reader.check(entry)
            if reader.plan.layout == "shopify":
                _gather_by_handle(entry, reader, drafts)
            else:
                _gather_by_parent(entry, reader, drafts)
        except BadRow as fault:
            yield reader.refused(entry, fault)
    for draft in drafts.all:
        if draft.fault:
            yield reader.refused(draft.entry, draft.fault)
        if draft.offers or not draft.fault:
            yield from _finished(draft, reader)


def _finished(draft: _Draft, reader: RowReader) -> Iterator[Row]:
    try:
        described = _described(draft.entry.cells, reader)
        image = described["image"] or draft.image
        yield reader.ready(
            draft.entry, {**described, **offer_columns(draft.offers), "image": image}
        )
    except BadRow as fault:
        yield reader.refused(draft.entry, fault)


def _gather_by_handle(entry: Entry, reader: RowReader, drafts: _Drafts) -> None:
    """Shopify: a row without a title, or with the same one, belongs to its handle's product."""
    key, name = reader.key(entry.cells), reader.name(entry.cells)
    if key is None:
        raise IdMissing("the row has no handle, so it is nobody's")
    draft = drafts.by_name.get(key)
    if draft and (name is None or name == reader.name(draft.entry.cells)):
        offer = _variant(entry, draft, reader)
        if name is None or offer.options not in {known.options for known in draft.offers}:
            _join(draft, offer, entry, reader)
            return
    if name is None:
        raise NameMissing(f"no row above names a product with the handle {shown(key)}")
    _begin(entry, [key], reader, drafts)


def _gather_by_parent(entry: Entry, reader: RowReader, drafts: _Drafts) -> None:
    """WooCommerce: a variation names its parent by `id:` and number, or by its SKU."""
    kinds = entries_of(reader.plan.first(entry.cells, "row_type"))
    if "variation" not in kinds:
        key = reader.identity(entry.cells)["product"]
        sku = line(reader.plan.first(entry.cells, "sku"))
        names = [f"id:{key}", *([sku] if sku else [])]
        _begin(entry, names, reader, drafts, is_sold="variable" not in kinds)
        return
    parent = line(reader.plan.first(entry.cells, "parent")) or ""
    draft = drafts.by_name.get(parent)
    if draft is None:
        raise NameMissing(f"it is a variation of {shown(parent)}, which no row above is")
    _join(draft, _variant(entry, draft, reader), entry, reader)


def _begin(
    entry: Entry,
    names: list[str],
    reader: RowReader,
    drafts: _Drafts,
    is_sold: bool = True,
) -> None:
    reader.identity(entry.cells)
    draft = _Draft(entry, [])
    try:
        offers = read_offers(entry.cells, reader.plan, reader.options.currency)
        # A parent without a price of its own is sold only in its variations.
        draft.offers = [each for each in offers if is_sold or each.least is not None]
    except BadRow as fault:
        draft.fault = fault
    drafts.add(draft, names)


def _variant(entry: Entry, draft: _Draft, reader: RowReader) -> Offer:
    """The offer of a further row, which leaves to the first what is said once for all."""
    said_once = {
        column: value
        for name in ("published", "state", "currency")
        for column, value in reader.plan.every(draft.entry.cells, name).items()
        if not entry.cells.get(column)
    }
    return read_offer({**entry.cells, **said_once}, reader.plan, reader.options.currency)


def _join(draft: _Draft, offer: Offer, entry: Entry, reader: RowReader) -> None:
    if offer.is_variant:
        draft.offers.append(offer)
    draft.image = draft.image or _image(entry.cells, reader)


def _sold(entry: Entry, reader: RowReader, offers: list[Offer]) -> Row:
    sold = offer_columns(offers)
    counted = str(reader.plan.first(entry.cells, "variants") or "").strip()
    if counted.isascii() and counted.isdigit() and len(counted) < 10:
        sold["variants"] = max(1, int(counted))
    return sold


def _described(cells: Cells, reader: RowReader) -> Row:
    """What a product is, besides its offers. Raises InvalidValue."""
    plan = reader.plan
    category, further = _categories(plan.every(cells, "category"))
    tags = (tag for value in plan.every(cells, "tags").values() for tag in entries_of(value))
    return {
        "description": paragraphs(plan.first(cells, "description")),
        "category": category,
        "tags": list(dict.fromkeys(tag for tag in (*further, *tags) if tag != category))[
            :_MAX_TAGS
        ],
        "brand": line(plan.first(cells, "brand")),
        "rating": read_rating(plan.first(cells, "rating")),
        "url": line(plan.first(cells, "url")),
        "image": _image(cells, reader),
    }


def _image(cells: Cells, reader: RowReader) -> str | None:
    found = entries_of(reader.plan.first(cells, "image"), IMAGE_SEPARATORS)
    return found[0] if found else None


def _categories(cells: dict[str, Any]) -> tuple[str | None, list[str]]:
    """The main category, and all others: of `A > B > C` it is C, of a list its first entry.

    Google's numbers of categories are nobody's words.
    """
    found: list[str] = []
    for value in cells.values():
        is_path = isinstance(value, str) and _PATH.search(value) and "," in value.split(">")[0]
        for path in entries_of(value, r"[;|\n]" if is_path else r"[,;|\n]"):
            steps = [step.strip() for step in _PATH.split(path)]
            found.extend(step for step in reversed(steps) if step and not step.isdigit())
    unique = list(dict.fromkeys(found))
    return (unique[0], unique[1:]) if unique else (None, [])
