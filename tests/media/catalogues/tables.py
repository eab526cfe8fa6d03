"""Small catalogues as bytes, and the rows that are read of them."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import polars as pl

from media.catalogues.reading import CatalogueContents, read_catalogue
from media.pipelines.catalogue import CatalogueParameters


def options(**named: Any) -> CatalogueParameters:
    """Parameters, those not named as they are by default."""
    return CatalogueParameters.model_validate(named)


def read(data: str | bytes, filename: str = "shop.csv", **named: Any) -> CatalogueContents:
    """What is read of a file with these contents."""
    given = data.encode() if isinstance(data, str) else data
    return read_catalogue(given, filename, options(**named))


def only(contents: CatalogueContents) -> dict[str, Any]:
    """The one row there is."""
    (row,) = contents.rows.to_dicts()
    return row


def ready(contents: CatalogueContents) -> list[dict[str, Any]]:
    """The rows that are taken."""
    return contents.rows.filter(pl.col("status") == "ready").to_dicts()


def refused(contents: CatalogueContents) -> list[tuple[int, str]]:
    """Line and reason of those that are not."""
    rows = contents.rows.filter(pl.col("status") != "ready")
    return list(zip(rows["line"], rows["reason"], strict=True))


def written(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    """A table as text."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()
