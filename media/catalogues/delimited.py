"""CSV and its relatives: entries with the lines that they begin in, whatever is broken between."""

import csv
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from media.catalogues.encodings import LOST, decoding_of, text_lines
from media.catalogues.entries import Entry, Listing, require_columns
from media.errors import BrokenRow, UnreadableCatalogue

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLED_LINES = 200
_MAX_REREAD = 1_000
"""Entries whose quotes do not end; each costs reading up to 131,072 characters twice."""


def delimited_listing(data: bytes, is_known: Callable[[str], bool]) -> Listing:
    """The entries of a table in text: cells between commas, semicolons, tabs or bars.

    Quoted cells may hold line breaks. `is_known` tells whether a column's name means something
    to us; it decides between delimiters. An entry with missing or surplus cells, or with quotes
    that do not end, is a BrokenRow, and the next line is read again as an entry of its own.
    Raises UnreadableCatalogue where no table can be made out.
    """
    delimiter = _delimiter(data, is_known)
    header_line, header = next(
        ((line, cells) for line, cells in _records(data, delimiter, None) if cells), (0, None)
    )
    if header is None or len(header) < 2:
        raise UnreadableCatalogue(
            "no table can be made out; the first line has to name the columns, "
            "with commas, semicolons, tabs or | between them"
        )
    kept: dict[str, int] = {}
    for place, cell in enumerate(header):
        if name := cell.strip().strip("\ufeff"):
            kept.setdefault(name, place)
    lost = LOST if decoding_of(data).is_damaged else None
    table = _Table(data, delimiter, header_line, len(header), kept, lost)
    return Listing("csv", require_columns(tuple(kept)), table.entries)


@dataclass(frozen=True)
class _Table:
    data: bytes
    delimiter: str
    header_line: int
    width: int
    kept: dict[str, int]
    lost: str | None
    """What stands for bytes that were no characters, if there were any."""

    def entries(self) -> Iterator[Entry]:
        for line, cells in _records(self.data, self.delimiter, self.width):
            if line > self.header_line and (cells is None or any(cells)):
                yield self._entry(line, cells)

    def _entry(self, line: int, cells: list[str] | None) -> Entry:
        if cells is None:
            return Entry(line, fault=BrokenRow("a quoted cell does not end as it should"))
        # Surplus cells with nothing in them are a delimiter at the end of the line.
        if len(cells) < self.width or any(cells[self.width :]):
            return Entry(
                line,
                {name: cells[place] for name, place in self.kept.items() if place < len(cells)},
                BrokenRow(f"the row has {len(cells)} cells, the header {self.width}"),
            )
        found = {name: cells[place] for name, place in self.kept.items()}
        if self.lost and any(self.lost in cell for cell in cells):
            return Entry(line, found, BrokenRow("some of its bytes are no UTF-8; save it anew"))
        return Entry(line, found)


class _Lines(Iterator[str]):
    """Lines that can be given back."""

    def __init__(self, data: bytes) -> None:
        self._text = text_lines(data)
        self._waiting: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0
        """Of the line read last, from 1."""

    def __next__(self) -> str:
        text = self._waiting.popleft() if self._waiting else next(self._text)
        self.taken.append(text)
        self.number += 1
        return text

    def give_back_all_but_one(self) -> None:
        self._waiting.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1


def _records(
    data: bytes, delimiter: str, width: int | None
) -> Iterator[tuple[int, list[str] | None]]:
    """Each record's first line and cells; None for cells that cannot be told apart."""
    lines, reread = _Lines(data), 0
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    if delimiter == _named_delimiter(data):
        next(lines)
    while True:
        lines.taken.clear()
        begins = lines.number + 1
        try:
            cells: list[str] | None = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = None
        if len(lines.taken) > 1 and _is_torn(cells, lines.taken, delimiter, width):
            cells, reread = None, reread + 1
            if reread > _MAX_REREAD:
                raise UnreadableCatalogue(
                    f"more than {_MAX_REREAD:,} rows have quotes that do not end, the last in "
                    f"line {begins}; save the table anew"
                )
            lines.give_back_all_but_one()
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
        yield begins, cells


def _is_torn(cells: list[str] | None, taken: list[str], delimiter: str, width: int | None) -> bool:
    """Whether a record over several lines has swallowed rows that are none of its own."""
    if cells is None:
        return True
    if width is None or len(cells) == width:
        return False
    return any(_cells_of(text, delimiter) == width for text in taken[1:])


def _cells_of(text: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([text], delimiter=delimiter, strict=True), ()))
    except csv.Error:
        return 0


def _delimiter(data: bytes, is_known: Callable[[str], bool]) -> str:
    named = _named_delimiter(data)
    if named:
        return named

    def fit(delimiter: str) -> tuple[int, int, int]:
        lines = islice(text_lines(data), _SAMPLED_LINES)
        try:
            rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            return (0, 0, 0)
        width = len(rows[0]) if rows else 0
        known = sum(is_known(cell.strip().strip("\ufeff")) for cell in rows[0]) if rows else 0
        return (known if width > 1 else 0, sum(len(row) == width > 1 for row in rows), width)

    return max(_DELIMITERS, key=fit)


def _named_delimiter(data: bytes) -> str | None:
    """The delimiter that spreadsheets are told in a first line `sep=;`."""
    if b"s" not in data[:8].lower():
        return None
    first = next(text_lines(data), "").strip('\r\n"\ufeff')
    return first[4] if len(first) == 5 and first[:4].lower() == "sep=" else None
