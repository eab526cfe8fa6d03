"""The table of jobs: who asked for what, as rows that analysts can join with all others."""

import polars as pl

from media.errors import READY
from media.requests import JobRequest
from media.tables import Column, Table

JOBS = Table(
    "jobs",
    "Every job that was taken in, one row each, from the moment it was; its item is 0001.",
    (
        Column("pipeline", pl.String(), "Pipeline that was asked."),
        Column("owner", pl.String(), "Whose job it is; local where nobody was named."),
        Column("project", pl.String(), "Project it belongs to; null for none."),
        Column("items", pl.Int64(), "Items it has, refused ones included."),
        Column("submitted_at", pl.Datetime("us", "UTC"), "When it was submitted or dropped, UTC."),
        Column("parent_job", pl.String(), "Job whose originals it uses again; null for none."),
    ),
)


def job_rows(request: JobRequest) -> pl.DataFrame:
    """The one row of `JOBS` that tells of a request; the same whenever it is made."""
    return JOBS.rows(
        [
            {
                "job": request.job,
                "item": "0001",
                **READY,
                "pipeline": request.pipeline,
                "owner": request.owner,
                "project": request.project,
                "items": len(request.items),
                "submitted_at": request.submitted_at,
                "parent_job": request.parent_job,
            }
        ]
    )
