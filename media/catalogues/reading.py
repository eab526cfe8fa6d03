"""Reading a catalogue's file: products or ateliers as rows, and what is wrong with the others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import polars as pl

from media.catalogues.ateliers import atelier_rows
from media.catalogues.columns import is_known, kind_of, plan_columns
from media.catalogues.currencies import DECIMALS
from media.catalogues.delimited import delimited_listing
from media.catalogues.duplicates import refuse_repeated
from media.catalogues.entries import FileFormat, Kind, Listing
from media.catalogues.file_format import catalogue_format
from media.catalogues.json_text import json_listing
from media.catalogues.parquet_rows import parquet_listing
from media.catalogues.products import product_rows
from media.catalogues.rows import ID_COLUMNS, Row, RowReader
from media.errors import UnreadableCatalogue
from media.pipelines.catalogue import ATELIERS, PRODUCTS, CatalogueParameters
from media.tables import ROW_COLUMNS, Table

_TABLES: dict[Kind, Table] = {"products": PRODUCTS, "ateliers": ATELIERS}
_AT_ONCE = 5_000
_OUTCOME = ("status", "reason", "detail")


@dataclass(frozen=True, eq=False)
class CatalogueContents:
    """What a file holds."""

    kind: Kind
    format: FileFormat
    rows: pl.DataFrame
    """Status, reason and detail, then the own columns of the table `products` or `ateliers`, by
    line. A refused row has its place, and its id and name where they could be read."""
    count: int
    """Entries found; rows of one product in several variants are one."""
    bad: int
    """Of these, how many are refused."""
    columns: tuple[str, ...]
    """What was read as what: `price=Variant Price`."""
    ignored: tuple[str, ...]
    """Columns that mean nothing to us."""
    holds_contacts: bool
    """Whether any entry, taken or refused, has a contact, so that the bytes must be sealed."""


def read_catalogue(data: bytes, filename: str, options: CatalogueParameters) -> CatalogueContents:
    """Read a CSV, JSON, JSON lines or Parquet file; for a media worker.

    The contact of an atelier is here still plain text, as compact JSON. What is wrong with one
    entry is that entry's row, with a reason of `BadRow`; of entries with the same id the first
    is ready. Raises UnreadableCatalogue where no products or ateliers can be made out.
    """
    if options.currency not in DECIMALS:
        raise UnreadableCatalogue(f"currency={options.currency}: there is no such currency")
    listing = _listing(data)
    if not listing.columns:
        raise UnreadableCatalogue("the file lists no products and no ateliers; is it whole?")
    kind = _kind(listing, options)
    plan = plan_columns(listing.columns, kind, options.columns)
    reader = RowReader(kind, plan, options, filename)
    made = product_rows(listing, reader) if kind == "products" else atelier_rows(listing, reader)
    rows = refuse_repeated(_frame(made, kind), ID_COLUMNS[kind])
    if rows.is_empty():
        raise UnreadableCatalogue(f"the file names columns, but no {kind}; is it whole?")
    return CatalogueContents(
        kind=kind,
        format=listing.format,
        rows=rows,
        count=rows.height,
        bad=rows.filter(pl.col("status") != "ready").height,
        columns=plan.described,
        ignored=plan.ignored,
        holds_contacts="contact" in plan.fields
        and any(
            # What a broken row holds is not known.
            entry.fault or plan.every(entry.cells, "contact")
            for entry in listing
        ),
    )


def _listing(data: bytes) -> Listing:
    form = catalogue_format(data)
    if form == "parquet":
        return parquet_listing(data)
    return json_listing(data) if form == "json" else delimited_listing(data, is_known)


def _kind(listing: Listing, options: CatalogueParameters) -> Kind:
    if options.contents != "auto":
        return options.contents
    return listing.kind or kind_of(listing.columns)


def _frame(rows: Iterable[Row], kind: Kind) -> pl.DataFrame:
    columns = [each for each in ROW_COLUMNS if each.name in _OUTCOME]
    columns.extend(_TABLES[kind].own_columns)
    schema = pl.Schema({column.name: column.dtype for column in columns})
    # In parts, since rows as objects take many times the memory of a frame.
    parts = [pl.DataFrame(part, schema=schema, strict=True) for part in _parts(iter(rows))]
    frame = pl.concat([schema.to_frame(), *parts])
    return frame if frame["line"].is_sorted() else frame.sort("line", maintain_order=True)


def _parts(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while part := list(islice(rows, _AT_ONCE)):
        yield part
