"""Contacts of ateliers: read together as one JSON, so that they can be sealed together."""

import json
from typing import Any

import polars as pl

from media.catalogues.columns import ColumnPlan
from media.catalogues.plain_text import is_empty, line
from media.catalogues.rows import Cells

_DEPTH = 3


def read_contact(cells: Cells, plan: ColumnPlan) -> str | None:
    """All that a row says of how to reach somebody, as compact JSON; None for nothing."""
    found: dict[str, Any] = {}
    for column, value in plan.every(cells, "contact").items():
        if isinstance(value, dict):
            found.update(value)
        else:
            found[column] = value
    told = _plain(found, _DEPTH)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) if told else None


def has_contacts(rows: pl.DataFrame) -> bool:
    """Whether rows of ateliers hold a contact; rows of products never do."""
    return "contact" in rows.columns and rows["contact"].is_not_null().any()


def _plain(value: Any, depth: int) -> Any:
    if depth and isinstance(value, dict):
        parts = {line(key) or "": _plain(part, depth - 1) for key, part in value.items()}
        return {key: part for key, part in parts.items() if key and not is_empty(part)}
    if depth and isinstance(value, list):
        return [part for each in value if not is_empty(part := _plain(each, depth - 1))]
    return line(value)
