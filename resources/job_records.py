"""Job records: what people and programs are told of a job and its items."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from media.pipeline import Pipeline
from resources.progress import JobProgress


class JobState(StrEnum):
    """Where a job is on its way."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


class OutputRecord(BaseModel):
    """One object made of an item."""

    name: str
    key: str
    width_px: int | None = None
    height_px: int | None = None
    bytes: int | None = None
    format: str | None = None
    needs_review: bool | None = None
    review: str | None = None
    cost_usd: float | None = None


class Withheld(BaseModel):
    """One object that could not be made of an item of which others could."""

    name: str
    reason: str
    detail: str


class ItemRecord(BaseModel):
    """One item and what came of it; status `waiting` until a table tells."""

    item: str
    filename: str
    status: str
    reason: str | None = None
    detail: str | None = None
    outputs: list[OutputRecord] = []
    withheld: list[Withheld] = []


class JobRecord(BaseModel):
    """A job without its items."""

    job: str
    pipeline: str
    state: JobState
    owner: str = "local"
    project: str | None = None
    run_id: str | None = None
    """The newest run in Dagster; None before the first."""
    submitted_at: datetime
    finished_at: datetime | None = None


class StepTiming(BaseModel):
    """How long one step of the job's last run took."""

    step: str
    seconds: float | None


class JobDetails(JobRecord):
    """A job with its items, timings and, where it went wrong as a whole, the error."""

    items: list[ItemRecord] = []
    error: str | None = None
    progress: JobProgress | None = None
    percent: int | None = None
    cost_usd: float = 0.0
    timings: list[StepTiming] = []


def item_record(
    item: str, filename: str, tables: dict[str, list[dict[str, Any]]], pipeline: Pipeline
) -> ItemRecord:
    """What came of an item: ready while each table has a ready row of it, else the reason."""
    bad = next(
        (
            rows[0]
            for name, rows in tables.items()
            if name not in pipeline.optional and all(row["status"] != "ready" for row in rows)
        ),
        None,
    )
    outcome = bad or next((rows[0] for rows in tables.values()), None)
    published = [row for name in pipeline.published for row in tables.get(name, [])]
    return ItemRecord(
        item=item,
        filename=filename,
        status=outcome["status"] if outcome else "waiting",
        reason=outcome["reason"] if outcome else None,
        detail=outcome["detail"] if outcome else None,
        outputs=[
            OutputRecord(
                **{name: row.get(name) for name in OutputRecord.model_fields} | {"name": _name(row)}
            )
            for row in published
            if row["status"] == "ready"
        ],
        withheld=[
            Withheld(name=_name(row), reason=row["reason"], detail=row["detail"])
            for row in published
            if row["status"] != "ready"
        ]
        if bad is None
        else [],
    )


def _name(row: dict[str, Any]) -> str:
    """What tells an object from the others of its item."""
    parts = (row.get("product"), row.get("view"), row["name"] or row.get("version"))
    return "-".join(str(part) for part in parts if part)
