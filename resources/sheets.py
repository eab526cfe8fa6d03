"""Sheets: pictures of a job's rows, as metadata that the Dagster UI shows."""

import base64
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from media.errors import ShowroomError

if TYPE_CHECKING:
    import dagster as dg

Metadata: TypeAlias = "Mapping[str, dg.MetadataValue[Any]]"


def sheet_metadata(name: str, draw: Callable[[], bytes | None]) -> Metadata:
    """The JPEG that `draw` returns as metadata of a materialization; never why a step fails."""
    # The API holds whoever draws sheets, and has no use for Dagster.
    import dagster as dg

    try:
        sheet = draw()
    except ShowroomError as error:
        return {name: dg.MetadataValue.text(f"none: {error}")}
    if sheet is None:
        return {}
    encoded = base64.b64encode(sheet).decode()
    words = name.replace("_", " ")
    return {name: dg.MetadataValue.md(f"![{words}](data:image/jpeg;base64,{encoded})")}
