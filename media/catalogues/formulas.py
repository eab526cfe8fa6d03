"""Cells that a spreadsheet would run when a table with them is opened in one."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

_STARTS = frozenset("=+-@")
_MAYBE = frozenset("=+-@＝＋－＠ \t\r\n\xa0")  # noqa: RUF001 - spreadsheets take these for the others
_CALCULATED = re.compile(r"=\s*[\w@+\-(\"'$.#{\[]")
# After a sign only numbers and operators, then the name of a function, or of a program (DDE).
# Possessive, so that a long cell costs no more than its length.
_CALLED = re.compile(r"[+\-@][\d\s.,+\-*/^&()@=]*+[A-Za-z_][\w.]*+(?:\(|\s*+\|[^\n]*![\w$])")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text: `=...`, or a sign and a call.

    Negative numbers, telephone numbers, `@home` and `-20 degree jacket` are ordinary text.
    """
    if text[:1] not in _MAYBE:
        return False
    start = unicodedata.normalize("NFKC", text.lstrip()[:1000])
    if start[:1] not in _STARTS:
        return False
    return bool(_CALCULATED.match(start) or _CALLED.match(start))


def formula_column(cells: Mapping[str, Any]) -> str | None:
    """The column of the first cell that is or holds a formula; None for none."""
    return next((column for column, value in cells.items() if _holds(value, 3)), None)


def _holds(value: Any, depth: int) -> bool:
    if isinstance(value, str):
        return is_formula(value)
    if not depth or not isinstance(value, list | dict):
        return False
    parts = value.values() if isinstance(value, dict) else value
    return any(_holds(part, depth - 1) for part in parts)
