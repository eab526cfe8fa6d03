"""A question to the warehouse over ten thousand jobs."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import duckdb
import polars as pl

from benchmarks.homes import installation
from benchmarks.report import Line, print_section
from media.job_ids import gathered_job_id
from media.pipeline import all_tables
from media.pipelines.library import UPLOADS
from orchestration.upkeep import GRACE
from resources.tables import Tables

JOBS = 10_000
ROWS_PER_JOB = 5
REPETITIONS = 5
TARGET_S = 0.2
QUESTION = "select status, count(*) as files, sum(bytes) as bytes from uploads group by 1"


def aggregate(workspace: Path) -> None:
    """Write the jobs, compact as upkeep does, ask."""
    deployment = installation(workspace / "warehouse")
    tables, warehouse = deployment.tables, deployment.warehouse
    _write_jobs(tables)
    at_least = deployment.settings.compact_after
    now = datetime.now(UTC)
    before_s = _seconds(lambda: warehouse.query(QUESTION, all_tables()))
    compact_s = _seconds(lambda: tables.compact(UPLOADS, at_least=at_least, grace=GRACE, now=now))
    later = now + GRACE + timedelta(minutes=1)
    tables.compact(UPLOADS, at_least=at_least, grace=GRACE, now=later)
    warehouse.rebuild(all_tables())
    _check(warehouse.query(QUESTION, all_tables()))
    query_s = median(
        _seconds(lambda: warehouse.query(QUESTION, all_tables())) for _ in range(REPETITIONS)
    )
    with duckdb.connect(str(warehouse.path), read_only=True) as connection:
        raw_s = median(
            _seconds(lambda: connection.execute(QUESTION).fetchall()) for _ in range(REPETITIONS)
        )
    print_section(
        f"An aggregate over {JOBS:,} jobs, medians of {REPETITIONS}",
        [
            Line("before compaction", f"{before_s:.2f} s"),
            Line("the compaction itself", f"{compact_s:.2f} s"),
            Line.at_most("Warehouse.query", query_s, TARGET_S, "s"),
            Line.at_most("an open DuckDB connection", raw_s, TARGET_S, "s"),
        ],
    )


def _write_jobs(tables: Tables) -> None:
    first = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(JOBS):
        job = gathered_job_id("library", first + timedelta(minutes=number), [(str(number), "")])
        rows = [_upload(job, number, position) for position in range(1, ROWS_PER_JOB + 1)]
        tables.write(UPLOADS, job, UPLOADS.rows(rows))


def _upload(job: str, number: int, position: int) -> dict[str, object]:
    refused = (number + position) % 50 == 0
    sha256 = f"{number:056x}{position:08x}"
    return {
        "job": job,
        "item": f"{position:04d}",
        "status": "refused" if refused else "ready",
        "reason": "corrupt" if refused else None,
        "detail": "The image cannot be decoded to its end." if refused else None,
        "filename": f"shoot {number}/photo {position}.jpg",
        "sha256": sha256,
        "bytes": 100_000 + number,
        "kind": "image",
        "format": "jpeg",
        "width_px": 1600,
        "height_px": 1200,
        "frames": 1,
        "has_alpha": False,
        "perceptual_hash": sha256[-16:],
        "key": f"originals/{sha256[:2]}/{sha256}.jpg",
    }


def _check(answer: list[dict[str, object]]) -> None:
    files = pl.DataFrame(answer)["files"].sum()
    if files != JOBS * ROWS_PER_JOB:
        raise RuntimeError(f"the warehouse tells of {files} files, not {JOBS * ROWS_PER_JOB}")


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
