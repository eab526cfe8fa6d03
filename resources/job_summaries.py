"""Summaries: what came of the items of many jobs, counted without reading the jobs one by one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from media.pipeline import Pipeline, all_pipelines, pipeline_named
from resources.job_records import JobRecord
from resources.tables import Tables

_KEPT = 5_000
"""Summaries of ended jobs that are remembered: they change only with another run."""


@dataclass(frozen=True)
class JobSummary:
    """Counts of one job's items and pictures, and what it has paid."""

    items: int = 0
    ready: int = 0
    refused: int = 0
    failed: int = 0
    pictures: int = 0
    """Published and ready."""
    for_review: int = 0
    """Of these, how many a person should look at first."""
    cost_usd: float = 0.0


class JobSummaries:
    """Counts what came of jobs."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._ended: dict[tuple[str, str | None], JobSummary] = {}

    def of(self, jobs: Sequence[JobRecord]) -> dict[str, JobSummary]:
        """A summary of each job by id; all zero for one that has written nothing."""
        known = {job.job: self._ended.get((job.job, job.run_id)) for job in jobs}
        missing = [job for job in jobs if known[job.job] is None]
        counted: dict[str, JobSummary] = {}
        for name in sorted({job.pipeline for job in missing} & all_pipelines().keys()):
            ids = [job.job for job in missing if job.pipeline == name]
            counted |= self._count(pipeline_named(name), ids)
        for job in missing:
            if job.state.ended:
                self._remember(job, counted.get(job.job, JobSummary()))
        return {job: known[job] or counted.get(job, JobSummary()) for job in known}

    def with_file(self, text: str, pipelines: Iterable[Pipeline]) -> set[str]:
        """The jobs that have an item whose file name contains `text`, in any case."""
        found: set[str] = set()
        for pipeline in pipelines:
            if "filename" in pipeline.first_table.schema:
                name = pl.col("filename").str.to_lowercase()
                wanted = name.str.contains(text.lower(), literal=True)
                found |= self._tables.jobs_where(pipeline.first_table, wanted)
        return found

    def _remember(self, job: JobRecord, summary: JobSummary) -> None:
        while len(self._ended) >= _KEPT:
            self._ended.pop(next(iter(self._ended)), None)
        self._ended[job.job, job.run_id] = summary

    def _count(self, pipeline: Pipeline, jobs: Collection[str]) -> dict[str, JobSummary]:
        frames = [
            self._tables.rows_of_jobs(table, jobs, _columns(table.schema)).select(
                "job",
                "item",
                "status",
                cost_usd=pl.col("cost_usd").fill_null(0.0)
                if "cost_usd" in table.schema
                else pl.lit(0.0),
                # Rows that may lack do not speak for their item.
                order=pl.lit(99 if table.name in pipeline.optional else number),
                published=pl.lit(table.name in pipeline.published),
                for_review=pl.col("needs_review").fill_null(value=False)
                if "needs_review" in table.schema
                else pl.lit(value=False),
            )
            for number, table in enumerate(pipeline.tables)
        ]
        rows = pl.concat(frames)
        shown = pl.col("published") & (pl.col("status") == "ready")
        paid = rows.group_by("job").agg(
            pl.col("cost_usd").sum(),
            pictures=shown.sum(),
            for_review=(shown & pl.col("for_review")).sum(),
        )
        counts = (
            _item_statuses(rows)
            .group_by("job")
            .agg(
                items=pl.len(),
                **{status: (pl.col("outcome") == status).sum() for status in _STATUSES},
            )
        )
        together = counts.join(paid, on="job").to_dicts()
        return {row.pop("job"): JobSummary(**row) for row in together}


_STATUSES = ("ready", "refused", "failed")


def _columns(schema: pl.Schema) -> list[str]:
    wanted = ("job", "item", "status", "cost_usd", "needs_review")
    return [name for name in wanted if name in schema]


def _item_statuses(rows: pl.DataFrame) -> pl.DataFrame:
    """`job`, `item`, `outcome`: ready while each table has a ready row of it, else why not.

    The same as `job_records.item_record` tells of one item.
    """
    by_table = (
        rows.filter(pl.col("order") < 99)
        .group_by("job", "item", "order", maintain_order=True)
        .agg(
            is_ready=(pl.col("status") == "ready").any(),
            first=pl.col("status").first(),
        )
        .sort("job", "item", "order")
    )
    return by_table.group_by("job", "item", maintain_order=True).agg(
        outcome=pl.coalesce(pl.col("first").filter(~pl.col("is_ready")).first(), pl.lit("ready"))
    )
