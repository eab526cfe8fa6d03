"""Filmstrips: what a job's clips came to, as one picture for people."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from media.pipelines.product_video import CANDIDATE_FRAMES, COMMERCIAL_IMAGES, FRAME_SCORES
from resources.media_workers import MediaWorkers
from resources.object_store import ObjectStore
from resources.progress import each
from resources.sheets import Metadata, sheet_metadata
from resources.tables import Tables

if TYPE_CHECKING:
    from media.filmstrips import ClipStrip

_CLIPS = 6
"""Clips shown of a job; the picture is for a look, the tables are for all."""
_FINALS = 20
_THREADS = 8


@dataclass(frozen=True)
class Filmstrips:
    """Draws a job's clips: small frames, scores over time, the chosen ones, the final images."""

    store: ObjectStore
    tables: Tables
    workers: MediaWorkers

    def sheet(
        self, scores: pl.DataFrame, candidates: pl.DataFrame, finals: pl.DataFrame | None = None
    ) -> bytes | None:
        """The picture, JPEG, from rows of the tables of one job; None without a scored clip."""
        from media.filmstrips import filmstrip_sheet

        scored = scores.filter(pl.col("status") == "ready")
        clips = [
            self._strip(clip, candidates, finals)
            for _, clip in scored.group_by("item", maintain_order=True)
        ][:_CLIPS]
        return self.workers.run(filmstrip_sheet, clips) if clips else None

    def sheet_of_job(self, job: str, finals: pl.DataFrame | None = None) -> bytes | None:
        """The same from the job's tables, with its final images unless they are given."""
        scores = self.tables.read(FRAME_SCORES, job)
        candidates = self.tables.read(CANDIDATE_FRAMES, job)
        if scores is None or candidates is None:
            return None
        made = finals if finals is not None else self.tables.read(COMMERCIAL_IMAGES, job)
        return self.sheet(scores, candidates, made)

    def metadata(self, draw: Callable[[], bytes | None]) -> Metadata:
        """What `draw` returns as metadata of a materialization; never why a step fails."""
        return sheet_metadata("filmstrip", draw)

    def _strip(
        self, scores: pl.DataFrame, candidates: pl.DataFrame, finals: pl.DataFrame | None
    ) -> "ClipStrip":
        from media.filmstrips import ClipStrip

        clip = scores.row(0, named=True)
        own = pl.col("item") == clip["item"]
        chosen = candidates.filter(own)
        made = finals.filter(own) if finals is not None else candidates.clear()
        return ClipStrip(
            title=clip["filename"].rsplit("/", 1)[-1],
            duration_s=scores["time_s"][-1],
            times_s=scores["time_s"].to_numpy(),
            scores=scores["score"].to_numpy(),
            proxies=[(row["time_s"], data) for row, data in self._pictures(scores)],
            winners=[
                (row["time_s"], f"{row['time_s']:.2f} s  {row['score']:.0f}", data)
                for row, data in self._pictures(chosen)
            ],
            finals=[
                (f"{row['view']} {row['version']}", data)
                for row, data in self._pictures(made.head(_FINALS))
            ],
            note=next((row["detail"] or row["tips"] or "" for row in chosen.to_dicts()), ""),
        )

    def _pictures(self, rows: pl.DataFrame) -> list[tuple[dict[str, Any], bytes]]:
        """Each row that has an object, with its bytes."""
        known = rows.filter(pl.col("key").is_not_null()).to_dicts()
        read = each(lambda row: self.store.get(row["key"]), known, _THREADS)
        return list(zip(known, read, strict=True))
