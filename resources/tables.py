"""Tables: typed rows as Parquet, one file per job, and merged files of old jobs.

    tables/<table>/<job>.parquet               written whole, replaced when a job is made again
    tables/<table>/compacted/<name>.parquet    many jobs' rows, sorted by job

Where a job has both, its own file counts. So a reader that looks at any moment, before, during
or after a compaction, sees each row once.
"""

import io
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast
from uuid import uuid4

import polars as pl

from media import keys
from media.job_ids import JOB_ID_PATTERN
from media.tables import Table
from resources.object_store import ObjectStore, StoredObject


class Tables:
    """Reads and writes the rows of declared tables.

    `mirror` is a local folder for copies of the Parquet files when the store is a bucket;
    polars and DuckDB scan those, so neither needs credentials or an extension.
    """

    def __init__(self, store: ObjectStore, mirror: Path) -> None:
        self._store = store
        self._mirror = mirror

    def write(self, table: Table, job: str, frame: pl.DataFrame) -> str:
        """Store one job's rows, replacing them if there are some; the key. Checks the schema."""
        key = keys.job_table(table.name, job)
        self._store.put(key, parquet_bytes(table.check(frame)))
        return key

    def read(self, table: Table, job: str) -> pl.DataFrame | None:
        """One job's rows, or None when the job never wrote this table."""
        try:
            data = self._store.get(keys.job_table(table.name, job))
        except FileNotFoundError:
            if (home := self._homes(table).get(job)) is None:
                return None
            path = self.folder(table) / home.key.removeprefix(keys.table_prefix(table.name))
            return _scan(table, [path]).filter(pl.col("job") == job).collect()
        return _scan(table, [io.BytesIO(data)]).collect()

    def rows_with(self, table: Table, column: str, values: Collection[str]) -> pl.DataFrame:
        """The ready rows of any job whose `column` is one of `values`, newest job last."""
        if not values:
            return table.empty()
        return self._ready_rows(table, pl.col(column).is_in(list(values)))

    def rows_of_jobs(
        self, table: Table, jobs: Collection[str], columns: Sequence[str]
    ) -> pl.DataFrame:
        """Some columns of several jobs' rows, by job; nothing of jobs that wrote none."""
        folder = self.folder(table)
        own = [path for job in sorted(jobs) if (path := folder / f"{job}.parquet").is_file()]
        merged = pl.col("job").is_in(sorted(set(jobs) - {path.stem for path in own}))
        older = _scan(table, self._compacted(table)).filter(merged)
        found = pl.concat([older, _scan(table, own)]).select(columns).collect()
        return found.sort("job", maintain_order=True)

    def jobs_where(self, table: Table, condition: pl.Expr) -> set[str]:
        """The jobs that have a row of which the condition holds."""
        files = [*self._compacted(table), *self._loose(table)]
        return set(_scan(table, files).filter(condition).select("job").collect()["job"])

    def ready_rows(self, table: Table) -> pl.DataFrame:
        """All ready rows of all jobs, newest job last."""
        return self._ready_rows(table, pl.lit(value=True))

    def _ready_rows(self, table: Table, wanted: pl.Expr) -> pl.DataFrame:
        loose = self._loose(table)
        superseded = pl.col("job").is_in([path.stem for path in loose])
        older = _scan(table, self._compacted(table)).filter(~superseded)
        ready = pl.col("status") == "ready"
        found = pl.concat([older, _scan(table, loose)]).filter(ready & wanted).collect()
        return found.sort("job", maintain_order=True)

    def folder(self, table: Table) -> Path:
        """A local folder with the table's files as they are now, in the store's layout."""
        prefix = keys.table_prefix(table.name)
        if self._store.folder is not None:
            return self._store.folder / prefix
        folder = self._mirror / prefix
        index = folder / "mirrored.json"
        have = json.loads(index.read_text()) if index.exists() else {}
        there = {
            stored.key.removeprefix(prefix): stored.etag for stored in self._store.objects(prefix)
        }
        for name, etag in there.items():
            if have.get(name) != etag:
                write_whole(folder / name, self._store.get(prefix + name))
        for name in have.keys() - there.keys():
            (folder / name).unlink(missing_ok=True)
        write_whole(index, json.dumps(there).encode())
        return folder

    def compact(self, table: Table, *, at_least: int, grace: timedelta, now: datetime) -> int:
        """Merge per-job files into one; how many were merged.

        Merges when `at_least` files wait. The files merged stay for `grace`, for readers that
        have already listed them; until then they count and their merged copies do not.
        """
        loose = {
            key.rsplit("/", 1)[-1].removesuffix(".parquet"): stored
            for stored in self._store.objects(keys.table_prefix(table.name))
            if _is_job_file(Path(key := stored.key))
        }
        merged_at = {
            stored.key: stored.modified_at
            for stored in self._store.objects(keys.compacted_prefix(table.name))
        }
        homes = self._homes(table)
        merged = {
            job
            for job, home in homes.items()
            if job in loose and loose[job].etag == home.versions[job]
        }
        self._store.delete(
            [loose[job].key for job in merged if now - merged_at[homes[job].key] >= grace]
        )
        waiting = sorted(loose.keys() - merged)
        if len(waiting) < at_least:
            return 0
        if fresh := [loose[job] for job in waiting if job not in homes]:
            self._merge(table, keys.compacted_table(table.name, waiting[0]), fresh)
        for key in {homes[job].key for job in waiting if job in homes}:
            again = [loose[job] for job in waiting if job in homes and homes[job].key == key]
            self._merge(table, key, again)
        return len(waiting)

    def _merge(self, table: Table, key: str, files: Sequence[StoredObject]) -> None:
        """Put jobs' own files into the merged file `key`, replacing what it had of them.

        The versions noted are those listed before reading: a job made again meanwhile differs
        from what is noted and is merged again next time.
        """
        versions = {Path(stored.key).stem: stored.etag for stored in files}
        frames = [_scan(table, [io.BytesIO(self._store.get(stored.key))]) for stored in files]
        if self._store.head(key) is not None:
            path = self.folder(table) / key.removeprefix(keys.table_prefix(table.name))
            frames.append(_scan(table, [path]).filter(~pl.col("job").is_in(list(versions))))
            versions = _versions_in(path) | versions
        merged = pl.concat(frames).collect().sort("job", maintain_order=True)
        self._store.put(key, parquet_bytes(merged, versions))

    def _homes(self, table: Table) -> dict[str, "_Home"]:
        """Which merged file holds each merged job, jobs without rows included."""
        homes = {}
        for path in self._compacted(table):
            versions = _versions_in(path)
            home = _Home(keys.compacted_table(table.name, path.stem), versions)
            homes.update(dict.fromkeys(versions, home))
        return homes

    def _loose(self, table: Table) -> list[Path]:
        return sorted(path for path in self.folder(table).glob("*.parquet") if _is_job_file(path))

    def _compacted(self, table: Table) -> list[Path]:
        return sorted((self.folder(table) / "compacted").glob("*.parquet"))


@dataclass(frozen=True)
class _Home:
    """A merged file: its key, and the jobs in it with the etag each had when it was read."""

    key: str
    versions: Mapping[str, str]


def _is_job_file(path: Path) -> bool:
    return path.parent.name != "compacted" and bool(JOB_ID_PATTERN.fullmatch(path.stem))


def _scan(table: Table, files: Sequence[Path] | Sequence[io.BytesIO]) -> pl.LazyFrame:
    """Rows as the table is declared now: a column added since is null, a dropped one is gone."""
    if not files:
        return table.empty().lazy()
    return pl.scan_parquet(
        cast("list[Path]", list(files)),
        glob=False,
        schema=table.schema,
        missing_columns="insert",
        extra_columns="ignore",
    )


def _versions_in(path: Path) -> dict[str, str]:
    """The jobs that a merged file stands for, some without rows, and the etag each had."""
    versions: dict[str, str] = json.loads(pl.read_parquet_metadata(path).get("jobs", "{}"))
    return versions


def parquet_bytes(frame: pl.DataFrame, jobs: Mapping[str, str] | None = None) -> bytes:
    """A frame as a Parquet file; `jobs` are those that a merged file stands for, with etags."""
    buffer = io.BytesIO()
    metadata = {"jobs": json.dumps(jobs)} if jobs else None
    frame.write_parquet(buffer, compression="zstd", row_group_size=50_000, metadata=metadata)
    return buffer.getvalue()


def write_whole(path: Path, data: bytes) -> None:
    """Write a local file so that it is there whole or not at all, whoever else writes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{uuid4().hex}.partial")
    partial.write_bytes(data)
    partial.replace(path)
