"""Which kind of table some bytes are, told from the bytes."""

from typing import Literal

from media.errors import EmptyFile, UnreadableCatalogue
from media.formats import FORMATS, SNIFF_BYTES
from media.signatures import identify, looks_like_text

_PARQUET = b"PAR1"
_HEAD = 64
_TEXTS = frozenset({"html", "xml", "svg", "playlist", "php", "rtf", "mvg", "ps", "pdf"})
_SPREADSHEETS = frozenset({"zip", "doc"})


def catalogue_format(data: bytes) -> Literal["csv", "json", "parquet"]:
    """The format; `json` is also JSON lines, `csv` any text that is not JSON.

    Raises EmptyFile, and UnreadableCatalogue naming what the file is instead.
    """
    if not data.strip():
        raise EmptyFile("The file is empty.")
    if data.startswith(_PARQUET):
        return "parquet"
    head = data[:SNIFF_BYTES]
    name = identify(head)
    # Some signatures are so short that the name of a column may begin with one.
    if name and (name in _TEXTS or not looks_like_text(head)):
        hint = "; save the table as CSV" if name in _SPREADSHEETS else ""
        raise UnreadableCatalogue(
            f"this is {FORMATS[name].description}, not CSV, JSON or Parquet{hint}"
        )
    # Without the marks of Unicode and the zeros of UTF-16 the first character is the same.
    start = data[:_HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").replace(b"\x00", b"")
    return "json" if start[:1] in (b"{", b"[") else "csv"
