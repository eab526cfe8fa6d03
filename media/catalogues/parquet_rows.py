"""Parquet: entries by their number, fractions as the shortest text that means them."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import polars as pl

from media.catalogues.entries import MAX_ENTRIES, Entry, Listing, require_columns
from media.errors import UnreadableCatalogue

_AT_ONCE = 10_000


def parquet_listing(data: bytes) -> Listing:
    """The rows of a Parquet file; UnreadableCatalogue for one that is damaged or too long."""
    try:
        schema = pl.read_parquet_schema(BytesIO(data))
        count = pl.scan_parquet(BytesIO(data)).select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _damaged() from error
    if count > MAX_ENTRIES:
        raise UnreadableCatalogue(
            f"the file has {count:,} entries and {MAX_ENTRIES:,} are read at most; split it"
        )
    columns = require_columns(tuple(name for name, dtype in schema.items() if dtype != pl.Binary))
    return Listing("parquet", columns, _Rows(data, columns, count).entries)


@dataclass(frozen=True)
class _Rows:
    data: bytes
    columns: tuple[str, ...]
    count: int

    def entries(self) -> Iterator[Entry]:
        import polars.selectors as cs

        # A binary fraction would turn 19.99 into 19.989999771118164.
        exact = cs.float().fill_nan(None).cast(pl.String).str.strip_suffix(".0")
        rows = pl.scan_parquet(BytesIO(self.data)).select(self.columns).with_columns(exact)
        for first in range(0, self.count, _AT_ONCE):
            try:
                part = rows.slice(first, _AT_ONCE).collect()
            except (pl.exceptions.PolarsError, OSError) as error:
                raise _damaged() from error
            for number, cells in enumerate(part.iter_rows(named=True), first + 1):
                yield Entry(number, cells)


def _damaged() -> UnreadableCatalogue:
    return UnreadableCatalogue("the Parquet file is damaged or cut; export it again")
