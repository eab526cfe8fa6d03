"""The IO manager: what an asset returns is stored as its table, and described in the UI."""

import base64
import time
from collections.abc import Mapping
from typing import Any

import dagster as dg
import polars as pl

from media.errors import ShowroomError
from media.pipeline import table_named
from media.provenance import with_what_was_spent
from resources.media_workers import MediaWorkers
from resources.object_store import ObjectStore
from resources.progress import each
from resources.table_metadata import counted, measured, plots_of
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
        plots = plots_of(context.definition_metadata, table)
        before = self._tables.read(table, context.partition_key)
        if before is not None:
            obj = with_what_was_spent(obj, before)
        key = self._tables.write(table, context.partition_key, obj)
        context.add_output_metadata(
            {
                "dagster/partition_row_count": obj.height,
                "table": dg.MetadataValue.path(key),
                "seconds": _seconds_of_step(context),
                **counted(table, obj),
                **measured(obj, plots),
                **self._contact_sheet(obj),
                "preview": dg.MetadataValue.md(preview(obj)),
            }
        )

    def load_input(self, context: dg.InputContext) -> pl.DataFrame:
        """The rows of the upstream asset for this partition.

        A `dg.Failure` when there are none: what would be made of no rows would look complete.
        """
        table = table_named(context.asset_key.path[-1])
        if not context.has_partition_key:
            raise dg.Failure(
                f"Of which job is {table.name} to be looked at? Materialize the job's partition: "
                "its checks run with it.",
                allow_retries=False,
            )
        frame = self._tables.read(table, context.partition_key)
        if frame is None:
            job = context.partition_key
            raise dg.Failure(
                f"Job {job} has not written {table.name} yet. Select {table.name} and what comes "
                f"before it too, or run the whole job: showroom retry {job}",
                allow_retries=False,
            )
        return frame

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
