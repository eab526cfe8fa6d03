"""Room sheets: a job's photos beside what was made of them, as one picture for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from media.pipelines.staging import ROOM_LAYOUTS, STAGED_IMAGES
from resources.media_workers import MediaWorkers
from resources.object_store import ObjectStore
from resources.progress import each
from resources.sheets import Metadata, sheet_metadata
from resources.tables import Tables

_PAIRS = 12
"""Pictures shown of a job; the sheet is for a look, the table is for all."""
_THREADS = 8


@dataclass(frozen=True)
class RoomSheets:
    """Draws before and after, side by side."""

    store: ObjectStore
    tables: Tables
    workers: MediaWorkers

    def sheet(self, layouts: pl.DataFrame, staged: pl.DataFrame) -> bytes | None:
        """The picture, JPEG, from rows of one job; None when nothing was wanted."""
        from media.rooms.before_after import BeforeAfter, before_after_sheet

        photos = {row["item"]: row["key"] for row in layouts.to_dicts()}
        rows = staged.head(_PAIRS).to_dicts()
        if not rows:
            return None
        wanted = [key for row in rows for key in (photos.get(row["item"]), row["key"])]
        data = list(each(self._picture, wanted, _THREADS))
        pairs = [
            BeforeAfter(before, after, _caption(row), _note(row))
            for row, before, after in zip(rows, data[::2], data[1::2], strict=True)
            if before is not None
        ]
        return self.workers.run(before_after_sheet, pairs) if pairs else None

    def sheet_of_job(self, job: str) -> bytes | None:
        """The same from the job's tables."""
        layouts = self.tables.read(ROOM_LAYOUTS, job)
        staged = self.tables.read(STAGED_IMAGES, job)
        return None if layouts is None or staged is None else self.sheet(layouts, staged)

    def metadata(self, layouts: pl.DataFrame, staged: pl.DataFrame) -> Metadata:
        """The sheet as metadata of a materialization; never why a step fails."""
        return sheet_metadata("before_after", lambda: self.sheet(layouts, staged))

    def _picture(self, key: str | None) -> bytes | None:
        return self.store.find(key) if key else None


def _caption(row: Mapping[str, Any]) -> str:
    room = str(row["room_type"]).replace("_", " ")
    return f"{room}, {row['name']}"


def _note(row: Mapping[str, Any]) -> str:
    """Why there is no picture; else by whom, at what price, and how much of the room is kept."""
    if row["status"] != "ready":
        return str(row["detail"])
    told = [f"{row['provider']}, seed {row['seed']}"]
    if row["cost_usd"]:
        told.append(f"{row['cost_usd']:.3f} USD")
    if row["structure_score"] is not None:
        told.append(f"structure {row['structure_score']:.2f}")
    if row["review"]:
        told.append(str(row["review"]))
    return ", ".join(told)
