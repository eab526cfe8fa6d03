"""The entries of a catalogue's file before anybody knows what their columns mean."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from media.errors import BadRow, UnreadableCatalogue

MAX_ENTRIES = 1_000_000
"""Most entries of one file."""
MAX_COLUMNS = 1_000
MAX_CELLS = 50_000_000

Kind = Literal["products", "ateliers"]
FileFormat = Literal["csv", "json", "jsonl", "parquet"]


@dataclass(frozen=True)
class Entry:
    """One row, object or record."""

    line: int
    """Where it begins, as an editor counts lines; of Parquet its number. From 1."""
    cells: Mapping[str, Any] = field(default_factory=dict)
    """By the file's own column names: text, exact numbers, truth values, lists and objects."""
    fault: BadRow | None = None
    """What kept it from being read; then there are no cells."""


@dataclass(frozen=True)
class Listing:
    """A file as entries, which can be gone through more than once."""

    format: FileFormat
    columns: tuple[str, ...]
    """In the order in which they are first met."""
    entries: Callable[[], Iterator[Entry]]
    kind: Kind | None = None
    """What the file itself says that it lists."""

    def __iter__(self) -> Iterator[Entry]:
        """The entries; UnreadableCatalogue when there are more than one file may have."""
        allowed = min(MAX_ENTRIES, MAX_CELLS // max(1, len(self.columns)))
        for number, entry in enumerate(self.entries(), 1):
            if number > allowed:
                raise UnreadableCatalogue(
                    f"the file has more than {allowed:,} entries; split it into several"
                )
            yield entry


def require_columns(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns, unless there are too many to be a catalogue's: UnreadableCatalogue."""
    if len(columns) > MAX_COLUMNS:
        raise UnreadableCatalogue(
            f"the file has {len(columns):,} columns and {MAX_COLUMNS:,} are read at most; "
            "leave out those that are not needed"
        )
    return columns
