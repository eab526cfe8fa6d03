"""A busy installation: ten thousand jobs with a hundred thousand pictures, cloned from real ones.

The samples are run through every pipeline once; their rows, requests and runs are then repeated
under new ids, spread over a quarter of a year, and stored as upkeep leaves them: merged, with the
newest jobs' own files beside.
"""

import os
import subprocess
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import polars as pl

from assets.partitions import jobs_of
from benchmarks.accounting import clean_environment
from benchmarks.homes import SHOWROOM, installation
from media import keys
from media.errors import READY
from media.job_ids import gathered_job_id
from media.jobs_table import JOBS, job_rows
from media.pipeline import Pipeline, all_pipelines, pipeline_named
from media.requests import JobRequest
from media.reviews import REVIEWS
from media.tables import Table
from orchestration.jobs import job_name
from resources.dagster_home import open_instance
from resources.deployments import Deployment
from resources.job_ledger import OWNER_TAG, PARTITION_TAG, PROJECT_TAG
from resources.tables import parquet_bytes

SHARES = {"library": 1200, "product_video": 1200, "staging": 6400, "design": 1000, "catalogue": 200}
"""Jobs of each pipeline: 10,000 with about 100,000 published pictures."""

_LOOSE = 150
_MERGED_TOGETHER = 200
_OVER = timedelta(days=90)
_OWNERS = ("local", "ana@example.org", "ben@example.org")
_PROJECTS = (None, "Harbour view", "Spring lookbook")


@dataclass(frozen=True)
class Pattern:
    """A job that was really run, to be repeated."""

    request: JobRequest
    tables: Mapping[str, pl.DataFrame]

    @property
    def pipeline(self) -> Pipeline:
        """The pipeline it went through."""
        return pipeline_named(self.request.pipeline)


def fill(home: Path) -> int:
    """Make `home` a busy installation; how many pictures it publishes."""
    environment = clean_environment(SHOWROOM_HOME=str(home))
    subprocess.run([SHOWROOM, "demo"], env=environment, check=True, capture_output=True)
    with installation(home) as deployment, open_instance(deployment.settings) as instance:
        patterns = _patterns(deployment)
        requests = list(_requests(patterns))
        _store_requests(deployment, requests)
        published = [_store_rows(deployment, pattern, requests) for pattern in patterns.values()]
        _store_merged(
            deployment,
            JOBS,
            [request.job for request in requests],
            pl.concat([job_rows(request) for request in requests]),
        )
        pictures = pl.concat(published)
        _store_reviews(deployment, pictures)
        _store_runs(instance, requests)
    return pictures.height


def _patterns(deployment: Deployment) -> dict[str, Pattern]:
    found = {}
    for job in deployment.store.folders("jobs/"):
        request = deployment.intake.request(job)
        tables = {
            table.name: rows
            for table in pipeline_named(request.pipeline).tables
            if (rows := deployment.tables.read(table, job)) is not None
        }
        found[request.pipeline] = Pattern(request, tables)
    if missing := SHARES.keys() - found.keys():
        raise RuntimeError(f"the samples made no job of {', '.join(missing)}")
    return found


def _requests(patterns: Mapping[str, Pattern]) -> Iterator[JobRequest]:
    """The jobs' requests, oldest first, the pipelines mixed evenly."""
    order = sorted(
        (number / count, pipeline) for pipeline, count in SHARES.items() for number in range(count)
    )
    newest = datetime.now(UTC) - timedelta(minutes=5)
    for number, (_, pipeline) in enumerate(order):
        at = newest - _OVER * (1 - (number + 1) / len(order))
        yield patterns[pipeline].request.model_copy(
            update={
                "job": gathered_job_id(pipeline, at, [(str(number), "")]),
                "owner": _OWNERS[number % len(_OWNERS)],
                "project": _PROJECTS[number % len(_PROJECTS)],
                "submitted_at": at,
            }
        )


def _store_requests(deployment: Deployment, requests: Sequence[JobRequest]) -> None:
    for request in requests:
        deployment.store.put(keys.job_request(request.job), request.model_dump_json().encode())


def _store_rows(
    deployment: Deployment, pattern: Pattern, requests: Sequence[JobRequest]
) -> pl.DataFrame:
    """Repeat a job's rows under all ids of its pipeline; the pictures: `job`, `item`, `key`."""
    jobs = [request.job for request in requests if request.pipeline == pattern.pipeline.name]
    published = []
    for table in pattern.pipeline.tables:
        rows = pattern.tables.get(table.name, table.empty())
        is_published = table.name in pattern.pipeline.published
        repeated = _repeated(rows, pattern.request.job, jobs, own_keys=is_published)
        _store_merged(deployment, table, jobs, repeated)
        if is_published:
            shown = repeated.filter(status="ready")
            _link(deployment, pattern.request.job, shown)
            published.append(
                shown.select("job", "item", "key", pipeline=pl.lit(pattern.pipeline.name))
            )
    return (
        pl.concat(published)
        if published
        else pl.DataFrame(
            schema={"job": pl.String, "item": pl.String, "key": pl.String, "pipeline": pl.String}
        )
    )


def _repeated(rows: pl.DataFrame, job: str, jobs: Sequence[str], *, own_keys: bool) -> pl.DataFrame:
    repeated = pl.DataFrame({"new": jobs}).join(rows, how="cross")
    key = pl.col("key").str.replace(f"/{job}/", "/" + pl.col("new") + "/", literal=True)
    return repeated.with_columns(job="new", **({"key": key} if own_keys else {})).drop("new")


def _link(deployment: Deployment, job: str, pictures: pl.DataFrame) -> None:
    """Give every picture its object: another name of the pattern's."""
    folder = deployment.store.folder
    if folder is None:
        raise RuntimeError("a busy home keeps its store in a folder")
    for new, key in pictures.select("job", "key").unique().iter_rows():
        source = folder / key.replace(f"/{new}/", f"/{job}/")
        target = folder / key
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            os.link(source, target)


def _store_merged(
    deployment: Deployment, table: Table, jobs: Sequence[str], rows: pl.DataFrame
) -> None:
    """Store rows as upkeep leaves them."""
    by_job = rows.partition_by("job", as_dict=True)
    merged, loose = jobs[:-_LOOSE], jobs[-_LOOSE:]
    for together in _groups(merged, _MERGED_TOGETHER):
        own = rows.filter(pl.col("job").is_in(together)).sort("job", maintain_order=True)
        data = parquet_bytes(own, dict.fromkeys(together, "merged"))
        deployment.store.put(keys.compacted_table(table.name, together[0]), data)
    for job in loose:
        deployment.tables.write(table, job, by_job.get((job,), table.empty()))


def _store_reviews(deployment: Deployment, pictures: pl.DataFrame) -> None:
    """Every fifth picture is decided about: three of four approved."""
    decided = pictures.gather_every(5)
    number = pl.int_range(pl.len())
    batch = gathered_job_id("reviews", datetime.now(UTC) - timedelta(days=1), [("", "")])
    rows = decided.select(
        job=pl.lit(batch),
        item=number.cast(pl.String).str.zfill(4),
        **{name: pl.lit(value, pl.String) for name, value in READY.items()},
        key="key",
        pipeline="pipeline",
        picture_job="job",
        picture_item="item",
        name=pl.lit("picture"),
        decision=pl.when(number % 4 == 0).then(pl.lit("rejected")).otherwise(pl.lit("approved")),
        is_favourite=number % 10 == 1,
        note=pl.lit(None, pl.String),
        owner=pl.lit("local"),
        decided_at=pl.lit(datetime.now(UTC)).cast(pl.Datetime("us", "UTC")),
    )
    deployment.tables.write(REVIEWS, batch, rows)


def _store_runs(instance: dg.DagsterInstance, requests: Sequence[JobRequest]) -> None:
    for pipeline in all_pipelines():
        jobs = [request.job for request in requests if request.pipeline == pipeline]
        for together in _groups(jobs, 1000):
            instance.add_dynamic_partitions(jobs_of(pipeline).name or "", list(together))
    for number, request in enumerate(requests):
        status = dg.DagsterRunStatus.FAILURE if number % 40 == 7 else dg.DagsterRunStatus.SUCCESS
        tags = {PARTITION_TAG: request.job, OWNER_TAG: request.owner}
        if request.project:
            tags[PROJECT_TAG] = request.project
        instance.add_run(
            dg.DagsterRun(job_name(request.pipeline), str(uuid.uuid4()), status=status, tags=tags)
        )


def _groups(jobs: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(jobs), size):
        yield jobs[start : start + size]
