"""Design sheets: each picture beside the products it was matched with, for people."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from media.pipelines.design import DESIGN_EMBEDDINGS, PRODUCT_MATCHES
from resources.media_workers import MediaWorkers
from resources.object_store import ObjectStore
from resources.progress import each
from resources.sheets import Metadata, sheet_metadata
from resources.tables import Tables

_DESIGNS = 8
"""Pictures shown of a job; the sheet is for a look, the table is for all."""
_MATCHES = 5
_TILE_PX = 146
"""Six fill the dialog in which Dagster shows a sheet."""
_THREADS = 8
_READY = pl.col("status") == "ready"

Row = dict[str, Any]


@dataclass(frozen=True)
class DesignSheets:
    """Draws a row a picture: the design, then its best products."""

    store: ObjectStore
    tables: Tables
    workers: MediaWorkers

    def sheet(self, designs: pl.DataFrame, matches: pl.DataFrame) -> bytes | None:
        """The picture, JPEG, from rows of one job that name designs; None when there are none."""
        from media.contact_sheets import Tile, contact_sheet

        best: dict[tuple[str, str], list[Row]] = {}
        for match in matches.filter(_READY, pl.col("rank") <= _MATCHES).to_dicts():
            best.setdefault((match["item"], match["name"]), []).append(match)
        shown: list[tuple[str, str, str] | None] = []
        for design in designs.filter(_READY).head(_DESIGNS).to_dicts():
            found = best.get((design["item"], design["name"]), [])
            shown.append((design["key"], design["name"], design["filename"]))
            shown += [(match["image_key"], *_told(match)) for match in found]
            shown += [None] * (_MATCHES - len(found))
        if not shown:
            return None
        data = each(lambda place: self._picture(place and place[0]), shown, _THREADS)
        tiles = [
            Tile(found, *place[1:]) if place else None
            for found, place in zip(data, shown, strict=True)
        ]
        return self.workers.run(contact_sheet, tiles, 1 + _MATCHES, _TILE_PX, "jpeg")

    def sheet_of_job(self, job: str) -> bytes | None:
        """The same from the job's tables."""
        designs = self.tables.read(DESIGN_EMBEDDINGS, job)
        matches = self.tables.read(PRODUCT_MATCHES, job)
        return None if designs is None or matches is None else self.sheet(designs, matches)

    def metadata(self, designs: pl.DataFrame, matches: pl.DataFrame) -> Metadata:
        """The sheet as metadata of a materialization; never why a step fails."""
        return sheet_metadata("matches", lambda: self.sheet(designs, matches))

    def _picture(self, key: str | None) -> bytes | None:
        return self.store.find(key) if key else None


def _told(match: Row) -> tuple[str, str]:
    price = "no price" if match["price"] is None else f"{match['price']:.2f} {match['currency']}"
    over = ", over" if match["within_budget"] is False else ""
    return f"{match['rank']}. {match['product_name']}", f"{price}{over}, {match['score']:.2f}"
