"""The IO manager: what an asset returns is stored as its table, and described in the UI."""

import base64
import time
from collections.abc import Mapping
from typing import Any

import dagster as dg
import polars as pl

from media.errors import ShowroomError
from media.pipeline import table_named
from media.tables import Table
from resources.media_workers import MediaWorkers
from resources.object_store import ObjectStore
from resources.progress import each
from resources.tables import Tables

_PREVIEW_ROWS = 10
_SHEET_TILES = 24


class TableIOManager(dg.IOManager):
    """Stores the frame an asset returns as `tables/<asset>/<job>.parquet`, checked and whole."""

    def __init__(self, store: ObjectStore, tables: Tables, workers: MediaWorkers) -> None:
        self._store = store
        self._tables = tables
        self._workers = workers

    def handle_output(self, context: dg.OutputContext, obj: pl.DataFrame) -> None:
        """Store the rows of this asset and partition; metadata says what they are."""
        table = table_named(context.asset_key.path[-1])
        key = self._tables.write(table, context.partition_key, obj)
        context.add_output_metadata(
            {
                "dagster/row_count": obj.height,
                "table": dg.MetadataValue.path(key),
                "seconds": _seconds_of_step(context),
                **_counts(obj),
                **self._contact_sheet(obj),
                "preview": dg.MetadataValue.md(preview(obj)),
            }
        )

    def load_input(self, context: dg.InputContext) -> pl.DataFrame:
        """The rows of the upstream asset for this partition."""
        table = table_named(context.asset_key.path[-1])
        frame = self._tables.read(table, context.partition_key)
        return table.empty() if frame is None else frame

    def _contact_sheet(self, frame: pl.DataFrame) -> Mapping[str, dg.MetadataValue[Any]]:
        try:
            sheet = contact_sheet_of(frame, self._store, self._workers)
        except ShowroomError as error:
            # The rows are stored and right; a picture of them is not worth a failed step.
            return {"contact_sheet": dg.MetadataValue.text(f"none: {error}")}
        if sheet is None:
            return {}
        encoded = base64.b64encode(sheet).decode()
        return {
            "contact_sheet": dg.MetadataValue.md(
                f"![contact sheet](data:image/jpeg;base64,{encoded})"
            )
        }


def contact_sheet_of(
    frame: pl.DataFrame, store: ObjectStore, workers: MediaWorkers, tiles: int = _SHEET_TILES
) -> bytes | None:
    """A JPEG grid of the first items, the smallest rendition of each; None without renditions.

    Of a table with a row per frame each row is shown.
    """
    if not {"recipe", "bytes"} <= set(frame.columns):
        return None
    from media.contact_sheets import Tile, contact_sheet

    chosen = frame
    if "frame" not in frame.columns:
        # The smallest that shows the whole picture: a thumbnail is cropped to a square.
        smallest = frame.sort("item", pl.col("name") == "thumbnail", "bytes")
        chosen = smallest.unique("item", keep="first", maintain_order=True)
    rows = chosen.head(tiles).to_dicts()
    if not rows:
        return None
    pictures = each(lambda row: store.get(row["key"]) if row["key"] else None, rows, 8)
    return workers.run(
        contact_sheet,
        [
            Tile(data, _caption(row), row["detail"] or "")
            for row, data in zip(rows, pictures, strict=True)
        ],
        image_format="jpeg",
    )


def _caption(row: Mapping[str, Any]) -> str:
    parts = [row.get("product"), row.get("view"), row.get("name") or row.get("version")]
    if "frame" in row and any(parts):
        return " ".join(str(part) for part in parts if part)
    return str(row["filename"]).rsplit("/", 1)[-1]


def preview(frame: pl.DataFrame) -> str:
    """The first rows as a Markdown table, without the columns that are the same in each."""
    shown = frame.head(_PREVIEW_ROWS).drop("job", strict=False)
    lines = ["| " + " | ".join(shown.columns) + " |", "|---" * shown.width + "|"]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in shown.rows()]
    if frame.height > _PREVIEW_ROWS:
        lines.append(f"\n{frame.height - _PREVIEW_ROWS} more rows")
    return "\n".join(lines)


def column_schema(table: Table) -> dg.TableSchema:
    """The declared columns, as the UI shows them."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(column.name, str(column.dtype), description=column.description)
            for column in table.columns
        ]
    )


def _counts(frame: pl.DataFrame) -> dict[str, int | float]:
    statuses = dict(frame["status"].value_counts().rows())
    counts: dict[str, int | float] = {
        status: int(statuses.get(status, 0)) for status in ("ready", "refused", "failed")
    }
    if "bytes" in frame.columns:
        counts["bytes"] = int(frame["bytes"].sum())
    if "cost_usd" in frame.columns:
        counts["cost_usd"] = float(frame["cost_usd"].sum())
    return counts


def _seconds_of_step(context: dg.OutputContext) -> float:
    """How long the step that made this output has run, from its start event."""
    step = context.step_context
    started = step.instance.get_records_for_run(
        step.run_id, of_type=dg.DagsterEventType.STEP_START
    ).records
    own = [record for record in started if record.event_log_entry.step_key == step.step.key]
    if not own:
        return 0.0
    return round(time.time() - own[-1].event_log_entry.timestamp, 3)


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    text = text if len(text) <= 40 else text[:39] + "…"
    return text.replace("|", "\\|").replace("\n", " ")
