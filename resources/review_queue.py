"""The review queue: what people are to decide about, found job by job and never all at once.

Newest jobs come first. Jobs are read in batches, each larger than the one before, until enough is
found; what an ended job shows is remembered, since it changes only with another run.
"""

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import polars as pl

from media.pipeline import all_pipelines, table_named
from media.reviews import Decision
from media.tables import Table
from resources.decision_book import DecisionBook
from resources.job_board import JobBoard, JobFilter
from resources.job_records import JobRecord
from resources.tables import Tables

_FIRST_BATCH = 16
_GROWTH = 4
_KEPT_ENTRIES = 100_000
_KEPT_FRAMES = 128
_EVERYTHING = 1_000_000
_SHOWN_COLUMNS = (
    *("job", "item", "status", "key", "name", "product", "view", "version", "page"),
    "needs_review",
)


class Standing(StrEnum):
    """Which entries are wanted, by what was decided about them."""

    UNDECIDED = "undecided"
    LOOK_FIRST = "look first"
    """Undecided, and marked when they were made."""
    APPROVED = "approved"
    REJECTED = "rejected"
    FAVOURITES = "favourites"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is decided about at once: one picture, or all renditions of one."""

    pipeline: str
    job: str
    item: str
    name: str
    """What tells it from the others of its item; empty where it is the item's only one."""
    keys: tuple[str, ...]
    """Where its pictures lie, each once, in order."""
    for_review: bool
    """Whether a person should look before it is published."""

    @property
    def place(self) -> tuple[str, str, str]:
        """Names the entry."""
        return self.job, self.item, self.name

    def stands(self, standing: Standing, decisions: Mapping[str, Decision]) -> bool:
        """Whether one of its pictures is `standing`."""
        mine = [decisions.get(key, _NOTHING) for key in self.keys]
        if standing is Standing.ALL:
            return True
        if standing is Standing.FAVOURITES:
            return any(decision.is_favourite for decision in mine)
        if standing is Standing.LOOK_FIRST and not self.for_review:
            return False
        wanted = "undecided" if standing is Standing.LOOK_FIRST else standing.value
        return any(decision.decision == wanted for decision in mine)


_NOTHING = Decision("")


@dataclass(frozen=True)
class Found:
    """Some entries, and whether there are no more after them."""

    entries: Sequence[Entry]
    is_last: bool


class ReviewQueue:
    """Finds entries; safe to be asked by several threads."""

    def __init__(self, board: JobBoard, tables: Tables) -> None:
        self._board = board
        self._tables = tables
        self._lock = threading.Lock()
        self._known: dict[tuple[str, str | None], list[Entry]] = {}
        self._known_entries = 0
        self._frames: dict[tuple[str, str, str | None], pl.DataFrame] = {}
        self.book = DecisionBook(tables)

    def find(
        self, jobs: JobFilter, standing: Standing, after: Entry | None = None, limit: int = 48
    ) -> Found:
        """The next `limit` entries of these jobs, newest job first, that come after `after`."""
        decisions = self.book.current()
        found: list[Entry] = []
        for entry in self._walk(self._jobs(jobs), after):
            if entry.stands(standing, decisions):
                if len(found) == limit:
                    return Found(found, is_last=False)
                found.append(entry)
        return Found(found, is_last=True)

    def of_job(self, job: JobRecord) -> list[Entry]:
        """All entries of a job, in order; empty while it shows nothing."""
        return self._outlines([job])[job.job]

    def decided(self, job: JobRecord) -> tuple[int, int]:
        """About how many entries of a job everything is decided, and how many there are."""
        decisions = self.book.current()
        entries = self.of_job(job)
        open_ones = sum(entry.stands(Standing.UNDECIDED, decisions) for entry in entries)
        return len(entries) - open_ones, len(entries)

    def filenames(self, table: Table, job: JobRecord) -> dict[str, str]:
        """The names of a job's uploads by item, as its first table has them."""
        return dict(self._frame(table, job).select("item", "filename").rows())

    def rows(self, table: Table, job: JobRecord, item: str) -> list[dict[str, Any]]:
        """An item's ready rows in a table of its pipeline, in order."""
        ready = (pl.col("item") == item) & (pl.col("status") == "ready")
        return self._frame(table, job).filter(ready).to_dicts()

    def _frame(self, table: Table, job: JobRecord) -> pl.DataFrame:
        place = (table.name, job.job, job.run_id)
        with self._lock:
            frame = self._frames.get(place)
        if frame is None:
            frame = self._tables.rows_of_jobs(table, [job.job], list(table.schema))
            if job.state.ended:
                self._keep_frame(place, frame)
        return frame

    def _jobs(self, wanted: JobFilter) -> list[JobRecord]:
        showing = {name for name, made in all_pipelines().items() if made.published}
        jobs = self._board.page(wanted, 0, _EVERYTHING).jobs
        return [job for job in jobs if job.pipeline in showing]

    def _walk(self, jobs: Sequence[JobRecord], after: Entry | None) -> Iterator[Entry]:
        if after is not None:
            jobs = [job for job in jobs if job.job <= after.job]
        for batch in _growing(jobs):
            outlines = self._outlines(batch)
            for job in batch:
                entries = outlines[job.job]
                if after is not None and job.job == after.job:
                    places = [entry.place for entry in entries]
                    start = places.index(after.place) + 1 if after.place in places else 0
                    entries = entries[start:]
                yield from entries

    def _outlines(self, jobs: Sequence[JobRecord]) -> dict[str, list[Entry]]:
        """The entries of each job, from memory where they are known."""
        with self._lock:
            known = {job.job: self._known.get((job.job, job.run_id)) for job in jobs}
        missing = [job for job in jobs if known[job.job] is None]
        read: dict[str, list[Entry]] = {job.job: [] for job in missing}
        for name in sorted({job.pipeline for job in missing}):
            of_pipeline = [job.job for job in missing if job.pipeline == name]
            for entry in self._read(name, of_pipeline):
                read[entry.job].append(entry)
        for job in missing:
            if job.state.ended:
                self._keep(job, read[job.job])
        return {job: read[job] if found is None else found for job, found in known.items()}

    def _read(self, pipeline: str, jobs: Collection[str]) -> Iterable[Entry]:
        published = all_pipelines()[pipeline].published if pipeline in all_pipelines() else ()
        entries: dict[tuple[str, str, str], Entry] = {}
        for table in map(table_named, published):
            columns = [name for name in _SHOWN_COLUMNS if name in table.schema]
            rows = self._tables.rows_of_jobs(table, jobs, columns)
            shown = rows.filter(pl.col("status") == "ready", pl.col("key").is_not_null())
            for row in shown.iter_rows(named=True):
                entry = _entry(pipeline, table.name, row)
                before = entries.get(entry.place)
                entries[entry.place] = entry if before is None else _together(before, entry)
        return sorted(entries.values(), key=lambda entry: (entry.job, entry.item))

    def _keep(self, job: JobRecord, entries: list[Entry]) -> None:
        with self._lock:
            if (job.job, job.run_id) in self._known:
                return
            self._known[job.job, job.run_id] = entries
            self._known_entries += len(entries)
            while self._known_entries > _KEPT_ENTRIES:
                self._known_entries -= len(self._known.pop(next(iter(self._known))))

    def _keep_frame(self, place: tuple[str, str, str | None], frame: pl.DataFrame) -> None:
        with self._lock:
            self._frames[place] = frame
            while len(self._frames) > _KEPT_FRAMES:
                self._frames.pop(next(iter(self._frames)))


def is_of(entry: Entry, table: str, row: Mapping[str, Any]) -> bool:
    """Whether a row of a published table is one of the entry's pictures."""
    return (str(row["job"]), str(row["item"]), _name(table, row)) == entry.place


def _entry(pipeline: str, table: str, row: Mapping[str, Any]) -> Entry:
    for_review = bool(row.get("needs_review"))
    keys = (str(row["key"]),)
    return Entry(pipeline, row["job"], row["item"], _name(table, row), keys, for_review)


def _together(before: Entry, entry: Entry) -> Entry:
    keys = tuple(dict.fromkeys(before.keys + entry.keys))
    return replace(before, keys=keys, for_review=before.for_review or entry.for_review)


def _name(table: str, row: Mapping[str, Any]) -> str:
    """Renditions of one picture are decided about at once, all others one by one."""
    if table == "image_variants":
        return ""
    if table == "pdf_pages":
        return f"page {row['page']}"
    parts = (row.get("product"), row.get("view"), row.get("name") or row.get("version"))
    return " ".join(str(part) for part in parts if part)


def _growing(jobs: Sequence[JobRecord]) -> Iterator[Sequence[JobRecord]]:
    start, size = 0, _FIRST_BATCH
    while start < len(jobs):
        yield jobs[start : start + size]
        start, size = start + size, size * _GROWTH
