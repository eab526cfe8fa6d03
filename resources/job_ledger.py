"""The ledger: what has become of each job, told from the runs and the tables.

It keeps nothing itself. A job's id says when it was made, its run says how far it is, its
tables say what came of its items.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import dagster as dg
from pydantic import BaseModel

from media import keys
from media.errors import UnknownJob
from media.job_ids import job_created_at
from media.pipeline import Pipeline, all_pipelines, pipeline_named
from media.requests import JobRequest, parse_request
from resources.intake import Intake
from resources.object_store import ObjectStore
from resources.progress import JobProgress, Progress
from resources.tables import Tables

_PARTITION_TAG = "dagster/partition"


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


_STATE_OF = {
    dg.DagsterRunStatus.QUEUED: JobState.WAITING,
    dg.DagsterRunStatus.NOT_STARTED: JobState.WAITING,
    dg.DagsterRunStatus.SUCCESS: JobState.DONE,
    dg.DagsterRunStatus.FAILURE: JobState.FAILED,
    dg.DagsterRunStatus.CANCELED: JobState.CANCELLED,
}


class OutputRecord(BaseModel):
    """One object made of an item."""

    name: str
    key: str
    width_px: int | None = None
    height_px: int | None = None
    bytes: int | None = None
    format: str | None = None


class ItemRecord(BaseModel):
    """One item and what came of it; status `waiting` until a table tells."""

    item: str
    filename: str
    status: str
    reason: str | None = None
    detail: str | None = None
    outputs: list[OutputRecord] = []


class JobRecord(BaseModel):
    """A job without its items."""

    job: str
    pipeline: str
    state: JobState
    submitted_at: datetime
    finished_at: datetime | None = None


class StepTiming(BaseModel):
    """How long one step of the job's last run took."""

    step: str
    seconds: float | None


class JobDetails(JobRecord):
    """A job with its items, timings and, where it went wrong as a whole, the error."""

    owner: str = "local"
    items: list[ItemRecord] = []
    error: str | None = None
    progress: JobProgress | None = None
    timings: list[StepTiming] = []


class JobLedger:
    """Tells what has become of jobs."""

    def __init__(
        self,
        instance: dg.DagsterInstance,
        store: ObjectStore,
        intake: Intake,
        tables: Tables,
        progress: Progress,
    ) -> None:
        self._instance = instance
        self._store = store
        self._intake = intake
        self._tables = tables
        self._progress = progress

    def jobs(self, limit: int | None = None) -> list[JobRecord]:
        """The newest `limit` jobs, newest first."""
        pipelines = self._waiting()
        for name in all_pipelines():
            pipelines |= dict.fromkeys(self._instance.get_dynamic_partitions(f"{name}_jobs"), name)
        newest = sorted(pipelines, reverse=True)[:limit]
        runs = self._last_runs(newest)
        return [_record(job, pipelines[job], runs.get(job)) for job in newest]

    def record(self, job: str) -> JobRecord:
        """The job without its items; `UnknownJob` when there is none."""
        return self._find(job)[0]

    def state(self, job: str) -> JobState:
        """Where the job is; `UnknownJob` when there is none."""
        return self._find(job)[0].state

    def last_run(self, job: str) -> dg.DagsterRun | None:
        """The newest run of the job, or None when none was made."""
        record = self._last_runs([job]).get(job)
        return record.dagster_run if record else None

    def job(self, job: str) -> JobDetails:
        """Everything that is known of one job; `UnknownJob` when there is none."""
        record, run = self._find(job)
        if record.pipeline not in all_pipelines():
            return JobDetails(**record.model_dump(), error=self._rejection(job))
        request = self._request(job)
        tables = self._rows(pipeline_named(record.pipeline), job)
        return JobDetails(
            **record.model_dump(),
            owner=request.owner,
            items=[
                _item(entry.item, entry.filename, tables.get(entry.item, []))
                for entry in request.items
            ],
            error=self._error(run) if record.state is JobState.FAILED and run else None,
            progress=self._progress.of(job) if record.state is JobState.RUNNING else None,
            timings=self._timings(run) if run else [],
        )

    def _find(self, job: str) -> tuple[JobRecord, dg.RunRecord | None]:
        run = self._last_runs([job]).get(job)
        for name in all_pipelines():
            if self._instance.has_dynamic_partition(f"{name}_jobs", job):
                return _record(job, name, run), run
        if pipeline := self._waiting().get(job):
            return _record(job, pipeline, None), None
        if self._store.head(keys.submission_rejection(job)):
            record = _record(job, "unknown", None)
            return record.model_copy(update={"state": JobState.FAILED}), None
        raise UnknownJob(f"there is no job {job}")

    def _waiting(self) -> dict[str, str]:
        """Jobs that no run was asked for yet, claimed or submitted, with their pipeline."""
        claims = self._intake.open_claims()
        waiting = {job: request.pipeline for job, request in claims.items()}
        for job in self._intake.submissions():
            if job not in waiting:
                waiting[job] = self._request(job).pipeline
        return waiting

    def _request(self, job: str) -> JobRequest:
        try:
            return self._intake.request(job)
        except UnknownJob:
            return parse_request(self._store.get(keys.submission_request(job)))

    def _last_runs(self, jobs: Sequence[str]) -> dict[str, dg.RunRecord]:
        if not jobs:
            return {}
        wanted = dg.RunsFilter(tags={_PARTITION_TAG: list(jobs)})
        last: dict[str, dg.RunRecord] = {}
        for record in self._instance.get_run_records(wanted):
            last.setdefault(record.dagster_run.tags[_PARTITION_TAG], record)
        return last

    def _rows(self, pipeline: Pipeline, job: str) -> dict[str, list[dict[str, Any]]]:
        """The rows of all the pipeline's tables, first table first, by item."""
        rows: dict[str, list[dict[str, Any]]] = {}
        for table in pipeline.tables:
            frame = self._tables.read(table, job)
            for row in frame.to_dicts() if frame is not None else []:
                rows.setdefault(row["item"], []).append(row)
        return rows

    def _rejection(self, job: str) -> str:
        return str(json.loads(self._store.get(keys.submission_rejection(job)))["detail"])

    def _error(self, record: dg.RunRecord) -> str:
        failures = self._instance.all_logs(
            record.dagster_run.run_id,
            of_type={dg.DagsterEventType.STEP_FAILURE, dg.DagsterEventType.RUN_FAILURE},
        )
        for entry in failures:
            event = entry.dagster_event
            if event and event.is_step_failure and event.step_failure_data.error:
                error = event.step_failure_data.error
                return f"{entry.step_key}: {(error.cause or error).message.strip()}"
        return next((entry.message for entry in failures), "the run failed")

    def _timings(self, record: dg.RunRecord) -> list[StepTiming]:
        stats = self._instance.get_run_step_stats(record.dagster_run.run_id)
        return [
            StepTiming(
                step=stat.step_key,
                seconds=round(stat.end_time - stat.start_time, 3)
                if stat.start_time and stat.end_time
                else None,
            )
            for stat in sorted(stats, key=lambda stat: stat.start_time or 0)
        ]


def _record(job: str, pipeline: str, run: dg.RunRecord | None) -> JobRecord:
    state = JobState.WAITING
    finished_at = None
    if run is not None:
        state = _STATE_OF.get(run.dagster_run.status, JobState.RUNNING)
        if state.ended and run.end_time:
            finished_at = datetime.fromtimestamp(run.end_time, UTC)
    return JobRecord(
        job=job,
        pipeline=pipeline,
        state=state,
        submitted_at=job_created_at(job),
        finished_at=finished_at,
    )


def _item(item: str, filename: str, rows: Iterable[dict[str, Any]]) -> ItemRecord:
    """What came of an item: ready when every table says so, else the first reason."""
    known = list(rows)
    bad = next((row for row in known if row["status"] != "ready"), None)
    outcome = bad or next(iter(known), None)
    return ItemRecord(
        item=item,
        filename=filename,
        status=outcome["status"] if outcome else "waiting",
        reason=outcome["reason"] if outcome else None,
        detail=outcome["detail"] if outcome else None,
        outputs=[
            OutputRecord(**{name: row.get(name) for name in OutputRecord.model_fields})
            for row in known
            if row["status"] == "ready" and "name" in row
        ],
    )
