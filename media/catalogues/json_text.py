"""JSON and JSON lines: entries with the lines that they begin in; every number exact."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from media.catalogues.encodings import text_lines
from media.catalogues.entries import Entry, Kind, Listing, require_columns
from media.errors import BrokenRow, UnreadableCatalogue

_LISTS: dict[str, Kind | None] = {
    **dict.fromkeys(("products", "productlist"), "products"),
    **dict.fromkeys(("ateliers", "studios", "workshops"), "ateliers"),
    **dict.fromkeys(
        ("items", "entries", "data", "results", "records", "rows", "catalog", "catalogue", "list")
    ),
}
_WRAPPERS = frozenset({"data", "result", "results", "response", "shop", "store", "feed"}) | {
    *("catalog", "catalogue")
}
_MAX_WRAPPERS = 3
_SPACE = re.compile(r"[\s\ufeff]*")
_SEEN_LINES = 20


def json_listing(data: bytes) -> Listing:
    """The objects of a list, of a list under a name such as `products`, or one a line.

    Of JSON lines, a line that cannot be read is a BrokenRow. JSON as a whole that is cut or
    nested too deeply raises UnreadableCatalogue naming the line.
    """
    text = text_lines(data).read()
    if _is_lines(text):
        source: _Document | _Lines = _Lines(text)
        kind = None
    else:
        start, kind = _list_start(text, _skip(text, 0), 0)
        source = _Document(text, start)
    columns: dict[str, None] = {}
    for entry in source.entries():
        columns.update(dict.fromkeys(entry.cells))
        require_columns(tuple(columns))
    form = "jsonl" if isinstance(source, _Lines) else "json"
    return Listing(form, tuple(columns), source.entries, kind)  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Document:
    text: str
    start: int
    """Where the list opens, or the one object there is."""

    def entries(self) -> Iterator[Entry]:
        text, place = self.text, self.start
        if text[place] == "{":
            yield _entry(_line(text, place), _value(text, place)[0])
            return
        line, counted = 1, 0
        place = _skip(text, place + 1)
        while text[place : place + 1] != "]":
            line, counted = line + text.count("\n", counted, place), place
            value, place = _value(text, place)
            yield _entry(line, value)
            place = _skip(text, place)
            if text[place : place + 1] == ",":
                place = _skip(text, place + 1)
            elif text[place : place + 1] != "]":
                raise _broken(text, place)


@dataclass(frozen=True)
class _Lines:
    text: str

    def entries(self) -> Iterator[Entry]:
        for line, text in enumerate(re.split(r"\r\n|\n|\r", self.text), 1):
            if not text.strip(" \t\ufeff"):
                continue
            try:
                value = _decoder.decode(text.strip("\ufeff"))
            except (ValueError, RecursionError):
                yield Entry(line, fault=BrokenRow("the line is no whole JSON object"))
                continue
            yield _entry(line, value)


def _entry(line: int, value: Any) -> Entry:
    if not isinstance(value, dict):
        return Entry(line, fault=BrokenRow("the entry is no JSON object with names and values"))
    return Entry(line, value)


def _is_lines(text: str) -> bool:
    """Whether every line opens an object; the lines of indented JSON do not."""
    if text[_skip(text, 0) :][:1] != "{":
        return False
    first = [line for line in text[:1_000_000].splitlines()[:_SEEN_LINES] if line.strip()]
    whole = sum(line.rstrip().endswith("}") for line in first)
    opens = all(line.lstrip(" \t\ufeff").startswith("{") for line in first)
    return len(first) > 1 and opens and whole * 2 >= len(first)


def _list_start(text: str, place: int, depth: int) -> tuple[int, Kind | None]:
    """Where the list of entries opens; the object itself where it holds no such list."""
    if text[place] == "[":
        return place, None
    at = _skip(text, place + 1)
    while text[at : at + 1] == '"':
        key, at = _value(text, at)
        name = re.sub(r"[\W_]", "", key).casefold()
        at = _skip(text, at)
        if text[at : at + 1] != ":":
            raise _broken(text, at)
        at = _skip(text, at + 1)
        opening = text[at : at + 1]
        if name in _LISTS and opening == "[":
            return at, _LISTS[name]
        if name in _WRAPPERS and opening == "{" and depth < _MAX_WRAPPERS:
            inner, kind = _list_start(text, at, depth + 1)
            if text[inner] == "[":
                return inner, kind
        at = _skip(text, _value(text, at)[1])
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
    return place, None


def _value(text: str, place: int) -> tuple[Any, int]:
    try:
        return _decoder.raw_decode(text, place)
    except ValueError as error:
        raise _broken(text, getattr(error, "pos", place)) from error
    except RecursionError as error:
        raise UnreadableCatalogue(
            f"line {_line(text, place)}: the JSON is nested too deeply"
        ) from error


def _broken(text: str, place: int) -> UnreadableCatalogue:
    return UnreadableCatalogue(
        f"line {_line(text, place)}: the file is no whole JSON; was it cut? Export it again"
    )


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _skip(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _integer(text: str) -> int | Decimal:
    # Python refuses to read integers of thousands of digits.
    return int(text) if len(text) <= 30 else Decimal(text)


_decoder = json.JSONDecoder(
    parse_float=Decimal, parse_int=_integer, parse_constant=lambda _: None, strict=False
)
