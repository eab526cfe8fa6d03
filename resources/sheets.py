"""Sheets: pictures of a job's rows, as metadata that the Dagster UI shows."""

import base64
from collections.abc import Callable, Mapping
from typing import Any

import dagster as dg

from media.errors import ShowroomError

Metadata = Mapping[str, dg.MetadataValue[Any]]


def sheet_metadata(name: str, draw: Callable[[], bytes | None]) -> Metadata:
    """The JPEG that `draw` returns as metadata of a materialization; never why a step fails."""
    try:
        sheet = draw()
    except ShowroomError as error:
        return {name: dg.MetadataValue.text(f"none: {error}")}
    if sheet is None:
        return {}
    encoded = base64.b64encode(sheet).decode()
    words = name.replace("_", " ")
    return {name: dg.MetadataValue.md(f"![{words}](data:image/jpeg;base64,{encoded})")}
