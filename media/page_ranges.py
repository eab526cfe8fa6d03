"""Which pages of a document: `1`, `1-3`, `2,5-7`, `4-` or `all`."""

import re

from media.errors import PageOutOfRange, TooLarge

PageSpan = tuple[int, int | None]
"""First and last page, 1-based and both included; no last page means to the end."""

_SPAN = re.compile(r"(\d{1,7})(?:\s*(-)\s*(\d{1,7})?)?", re.ASCII)
_MAX_SPANS = 200


def parse_pages(text: str) -> tuple[PageSpan, ...]:
    """Return the spans that `text` names, as written.

    Says nothing about a document, so it can check a request before one is opened. Raises
    ValueError with a sentence for anything that is not a page selection.
    """
    if text.strip().lower() == "all":
        return ((1, None),)
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > _MAX_SPANS:
        raise ValueError(f"At most {_MAX_SPANS} page ranges can be named at once.")
    return tuple(_parse_span(part, text) for part in parts)


def select_pages(text: str, page_count: int, max_pages: int) -> tuple[int, ...]:
    """Return the 1-based pages that `text` names in a document of `page_count`, each once.

    The order is that of the text. Raises PageOutOfRange for a page the document does not
    have, TooLarge for more than `max_pages` pages, ValueError as `parse_pages` does.
    """
    chosen: dict[int, None] = {}
    for first, last in parse_pages(text):
        end = page_count if last is None else last
        asked = max(first, end)
        if asked > page_count:
            raise PageOutOfRange(f"Page {asked} was asked for; the document has {page_count}.")
        if end - first + 1 > max_pages:
            raise _too_many(end - first + 1, max_pages)
        chosen.update(dict.fromkeys(range(first, end + 1)))
    if len(chosen) > max_pages:
        raise _too_many(len(chosen), max_pages)
    return tuple(chosen)


def _parse_span(part: str, text: str) -> PageSpan:
    match = _SPAN.fullmatch(part)
    if not match:
        raise ValueError(f"'{text}' is not a page selection: write 1, 1-3, 2,5-7 or all.")
    first = int(match[1])
    last = int(match[3]) if match[3] else None if match[2] else first
    if first < 1:
        raise ValueError(f"Pages are counted from 1, not from {first}.")
    if last is not None and last < first:
        raise ValueError(f"The pages {first}-{last} run backwards.")
    return first, last


def _too_many(asked: int, max_pages: int) -> TooLarge:
    return TooLarge(
        f"{asked} pages were asked for; at most {max_pages} are rendered at once. "
        f"Ask for them in parts, for example 1-{max_pages}."
    )
