"""Text of cells: without markup, control characters and needless space."""

import re
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

MAX_TEXT = 20_000
"""Characters of a description; the rest of a longer one is left out."""

_MAX_SHOWN = 60
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]+);")
_BLOCKS = frozenset(
    {"p", "div", "br", "li", "ul", "ol", "tr", "table", "section", "article", "header", "footer"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "dl", "dd", "dt", "hr"}
)
_UNSEEN = frozenset({"script", "style", "template", "noscript", "iframe"})
_NAMING_KEYS = ("name", "title", "label", "value", "src", "url", "href", "link", "id")


def is_empty(value: Any) -> bool:
    """Whether a cell says nothing."""
    if isinstance(value, str):
        return not value or value.isspace()
    if value is None:
        return True
    return isinstance(value, list | dict) and not value


def line(value: Any) -> str | None:
    """A value as one line of text; None where it says nothing.

    Of an object, its name, title or address; of a list, its first entry.
    """
    text = " ".join(_UNWANTED.sub("", _scalar(value)).split())
    return text or None


def paragraphs(value: Any) -> str | None:
    """A value as text of one or more lines, its HTML taken off."""
    text = _UNWANTED.sub("", _scalar(value))[:MAX_TEXT]
    if _MARKUP.search(text):
        text = _without_markup(text)
    lines = (" ".join(each.split()) for each in text.splitlines())
    return "\n".join(each for each in lines if each) or None


def entries(value: Any, separators: str = r"[,;|\n]") -> list[str]:
    """A list, or a text that is one, as lines of text without repetitions."""
    parts = value if isinstance(value, list) else re.split(separators, _scalar(value))
    return list(dict.fromkeys(text for part in parts if (text := line(part))))


def shown(value: Any) -> str:
    """A value as a message quotes it."""
    text = " ".join(_UNWANTED.sub("", str(value)).split())
    return repr(text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…")


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return value
    for _ in range(4):
        if isinstance(value, dict):
            keys = {str(key).lower(): key for key in value}
            value = next((value[keys[name]] for name in _NAMING_KEYS if name in keys), None)
        elif isinstance(value, list):
            value = value[0] if value else None
    if value is None or isinstance(value, list | dict):
        return ""
    if isinstance(value, float | Decimal) and str(value).endswith(".0"):
        # Whole numbers become fractions in tables with gaps.
        return str(value)[:-2]
    return str(value)


class _Text(HTMLParser):
    """Gathers what a browser would show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            # A line break in HTML is a space.
            self.parts.append(" ".join(data.split("\n")))


def _without_markup(text: str) -> str:
    parser = _Text()
    parser.feed(text)
    parser.close()
    return "".join(parser.parts)
