"""Which characters some bytes are: what spreadsheets and shops save text in."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper

from media.errors import UnreadableCatalogue

LOST = "\ufffd"
"""Stands for bytes that are no characters."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SNIFFED = 4096
_CHUNK = 1 << 20
# What cp1252 leaves undefined.
_UNDEFINED = frozenset(b"\x81\x8d\x8f\x90\x9d")


@dataclass(frozen=True)
class Decoding:
    """How bytes become text."""

    encoding: str
    """Python's name."""
    is_damaged: bool = False
    """Whether some bytes are no characters; they become LOST."""


def text_lines(data: bytes) -> TextIOWrapper:
    """The text as lines with their ends, which may be LF, CR or both; decoded as `decoding_of`."""
    decoding = decoding_of(data)
    errors = "replace" if decoding.is_damaged else "strict"
    return TextIOWrapper(BytesIO(data), encoding=decoding.encoding, errors=errors, newline="")


def decoding_of(data: bytes) -> Decoding:
    """By the byte order mark, else UTF-16 by its zeros, else UTF-8, else what Windows saves.

    Text that is UTF-8 in more places than not is that, a few bytes of it damaged; other text is
    in Windows' Western code page or Latin-1. Raises UnreadableCatalogue for bytes that are no
    text.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    encoding = encoding or _utf_16(data[:_SNIFFED])
    if encoding and encoding != "utf-8-sig":
        if not _is_valid(data, encoding):
            raise UnreadableCatalogue("the text is cut or damaged; save it anew as UTF-8")
        return Decoding(encoding)
    if b"\0" in data:
        raise UnreadableCatalogue("the bytes are no text; save the table as CSV, JSON or Parquet")
    if _is_valid(data, "utf-8"):
        return Decoding(encoding or "utf-8")
    if encoding or _is_mostly_utf_8(data):
        return Decoding(encoding or "utf-8", is_damaged=True)
    return Decoding("latin-1" if _UNDEFINED & set(data) else "cp1252")


def _is_mostly_utf_8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    lost = text.count(LOST)
    return len(text) - len(text.encode("ascii", "ignore")) > 2 * lost


def _utf_16(head: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Western text is zero."""
    half = len(head) // 2
    if half and head[1::2].count(0) > half * 0.7 and not head[::2].count(0):
        return "utf-16-le"
    if half and head[::2].count(0) > half * 0.7 and not head[1::2].count(0):
        return "utf-16-be"
    return None


def _is_valid(data: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(data):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _chunks(data: bytes) -> Iterator[bytes]:
    return (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))
