"""The ledger: what has become of each job, told from the runs and the tables.

It keeps nothing itself. A job's id says when it was made, its run says how far it is, its
tables say what came of its items.
"""

import contextlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import dagster as dg
import polars as pl

from media import keys
from media.errors import InvalidRequest, UnknownJob
from media.job_ids import JOB_ID_PATTERN, job_created_at
from media.pipeline import Pipeline, all_pipelines, pipeline_named
from media.requests import JobRequest, parse_request
from resources.intake import Intake
from resources.job_records import (
    JobDetails,
    JobRecord,
    JobState,
    StepTiming,
    item_record,
)
from resources.object_store import ObjectStore
from resources.progress import JobProgress, Progress
from resources.tables import Tables

PARTITION_TAG = "dagster/partition"
OWNER_TAG = "showroom/owner"
PROJECT_TAG = "showroom/project"


_STATE_OF = {
    dg.DagsterRunStatus.QUEUED: JobState.WAITING,
    dg.DagsterRunStatus.NOT_STARTED: JobState.WAITING,
    dg.DagsterRunStatus.SUCCESS: JobState.DONE,
    dg.DagsterRunStatus.FAILURE: JobState.FAILED,
    dg.DagsterRunStatus.CANCELED: JobState.CANCELLED,
}


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
        waiting = self.waiting()
        pipelines = {job: request.pipeline for job, request in waiting.items()}
        for name in all_pipelines():
            pipelines |= dict.fromkeys(self._instance.get_dynamic_partitions(f"{name}_jobs"), name)
        newest = sorted(pipelines, reverse=True)[:limit]
        runs = self._last_runs(newest)
        return [job_record(job, pipelines[job], runs.get(job), waiting.get(job)) for job in newest]

    def record(self, job: str) -> JobRecord:
        """The job without its items; `UnknownJob` when there is none."""
        return self._find(job)[0]

    def state(self, job: str) -> JobState:
        """Where the job is; `UnknownJob` when there is none."""
        return self._find(job)[0].state

    def last_run(self, job: str) -> dg.DagsterRun | None:
        """The run that tells of the job, see `telling_run`; None when none was made."""
        record = self._last_runs([job]).get(job)
        return record.dagster_run if record else None

    def job(self, job: str) -> JobDetails:
        """Everything that is known of one job; `UnknownJob` when there is none."""
        record, run = self._find(job)
        if record.pipeline not in all_pipelines():
            return JobDetails(**record.model_dump(), error=self._rejection(job))
        request = self.request(job)
        pipeline = pipeline_named(record.pipeline)
        tables = self._rows(pipeline, job)
        progress = self._progress.of(job) if record.state is JobState.RUNNING else None
        return JobDetails(
            **record.model_dump() | {"owner": request.owner, "project": request.project},
            items=[
                item_record(entry.item, entry.filename, tables.get(entry.item, {}), pipeline)
                for entry in request.items
            ],
            error=self._error(run) if record.state is JobState.FAILED and run else None,
            progress=progress,
            percent=_percent(record.state, pipeline, progress),
            cost_usd=_cost_usd(tables),
            timings=self._timings(run) if run else [],
        )

    def _find(self, job: str) -> tuple[JobRecord, dg.RunRecord | None]:
        if not JOB_ID_PATTERN.fullmatch(job):
            raise UnknownJob(f"there is no job {job}")
        run = self._last_runs([job]).get(job)
        for name in all_pipelines():
            if self._instance.has_dynamic_partition(f"{name}_jobs", job):
                return job_record(job, name, run), run
        if request := self.waiting().get(job):
            return job_record(job, request.pipeline, None, request), None
        if self._store.head(keys.submission_rejection(job)):
            record = job_record(job, "unknown", None)
            return record.model_copy(update={"state": JobState.FAILED}), None
        raise UnknownJob(f"there is no job {job}")

    def waiting(self) -> dict[str, JobRequest]:
        """What was asked of jobs that are claimed or submitted and may have had no run yet."""
        waiting = self._intake.open_claims()
        for job in self._intake.submissions():
            if job not in waiting:
                # One that cannot be meant, or was rejected this moment, is a job for nobody.
                with contextlib.suppress(InvalidRequest):
                    waiting[job] = self.request(job)
        return waiting

    def request(self, job: str) -> JobRequest:
        """What was asked of a job, be it claimed or only submitted; else `UnknownJob`."""
        try:
            return self._intake.request(job)
        except UnknownJob:
            data = self._store.find(keys.submission_request(job))
            if data is None:
                raise
            return parse_request(data)

    def _last_runs(self, jobs: Sequence[str]) -> dict[str, dg.RunRecord]:
        if not jobs:
            return {}
        wanted = dg.RunsFilter(tags={PARTITION_TAG: list(jobs)})
        runs: dict[str, list[dg.RunRecord]] = {}
        for record in self._instance.get_run_records(wanted):
            runs.setdefault(record.dagster_run.tags[PARTITION_TAG], []).append(record)
        return {job: telling_run(of_job) for job, of_job in runs.items()}

    def _rows(self, pipeline: Pipeline, job: str) -> dict[str, dict[str, list[dict[str, Any]]]]:
        """The rows of all the pipeline's tables by item and table, the tables in order."""
        rows: dict[str, dict[str, list[dict[str, Any]]]] = {}
        for table in pipeline.tables:
            frame = self._tables.read(table, job)
            if frame is None:
                continue
            told = frame if table.name in pipeline.published else _outcomes(frame)
            for row in told.to_dicts():
                rows.setdefault(row["item"], {}).setdefault(table.name, []).append(row)
        return rows

    def _rejection(self, job: str) -> str | None:
        data = self._store.find(keys.submission_rejection(job))
        return None if data is None else str(json.loads(data)["detail"])

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


def telling_run(newest_first: Sequence[dg.RunRecord]) -> dg.RunRecord:
    """Of a job's runs the one that tells how far the job is.

    That is the newest, unless it has ended and made only some of the job's tables anew: such a run
    says nothing of the others, so the newest whole run before it does.
    """
    newest = newest_first[0]
    if not newest.dagster_run.is_finished:
        return newest
    return next((record for record in newest_first if _is_whole(record.dagster_run)), newest)


def _is_whole(run: dg.DagsterRun) -> bool:
    chosen = run.asset_selection
    if not chosen:
        return True
    pipeline = all_pipelines().get(next(iter(chosen)).path[0])
    tables = pipeline.tables if pipeline else ()
    return {dg.AssetKey([key.path[0], table.name]) for key in chosen for table in tables} <= chosen


def job_record(
    job: str,
    pipeline: str,
    run: dg.RunRecord | None,
    request: JobRequest | None = None,
    earlier_tags: Mapping[str, str] | None = None,
) -> JobRecord:
    """The job as a run of it tells; before the first run, as its request does.

    `earlier_tags` are those of its runs before, which may say more than the newest one's.
    """
    state = JobState.WAITING
    finished_at = None
    told = dict(earlier_tags or {})
    if request is not None:
        told |= {OWNER_TAG: request.owner}
        told |= {PROJECT_TAG: request.project} if request.project else {}
    if run is not None:
        told |= run.dagster_run.tags
        state = _STATE_OF.get(run.dagster_run.status, JobState.RUNNING)
        if state.ended and run.end_time:
            finished_at = datetime.fromtimestamp(run.end_time, UTC)
    return JobRecord(
        job=job,
        pipeline=pipeline,
        state=state,
        owner=told.get(OWNER_TAG, "local"),
        project=told.get(PROJECT_TAG),
        run_id=run.dagster_run.run_id if run else None,
        submitted_at=job_created_at(job),
        finished_at=finished_at,
    )


def _outcomes(frame: pl.DataFrame) -> pl.DataFrame:
    """One row for each item and status, in order, with what they cost together.

    A clip has a row for every frame; of a table on the way nothing else is told.
    """
    cost = [pl.col("cost_usd").sum()] if "cost_usd" in frame.columns else []
    return frame.group_by("item", "status", maintain_order=True).agg(
        pl.col("reason", "detail").first(), *cost
    )


def _cost_usd(tables: dict[str, dict[str, list[dict[str, Any]]]]) -> float:
    """What the job has paid, all of its items and tables together."""
    rows = (row for of_item in tables.values() for rows in of_item.values() for row in rows)
    return round(sum(row.get("cost_usd") or 0.0 for row in rows), 6)


def _percent(state: JobState, pipeline: Pipeline, progress: JobProgress | None) -> int | None:
    if state is JobState.DONE:
        return 100
    return pipeline.percent(progress.step, progress.part) if progress else None
