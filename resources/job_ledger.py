"""The ledger: what has become of each job, told from the runs and the tables.

It keeps nothing itself. A job's id says when it was made, its run says how far it is, its
tables say what came of its items.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import dagster as dg

from media import keys
from media.errors import UnknownJob
from media.job_ids import job_created_at
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
        """The newest run of the job, or None when none was made."""
        record = self._last_runs([job]).get(job)
        return record.dagster_run if record else None

    def job(self, job: str) -> JobDetails:
        """Everything that is known of one job; `UnknownJob` when there is none."""
        record, run = self._find(job)
        if record.pipeline not in all_pipelines():
            return JobDetails(**record.model_dump(), error=self._rejection(job))
        request = self._request(job)
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
                waiting[job] = self._request(job)
        return waiting

    def _request(self, job: str) -> JobRequest:
        try:
            return self._intake.request(job)
        except UnknownJob:
            return parse_request(self._store.get(keys.submission_request(job)))

    def _last_runs(self, jobs: Sequence[str]) -> dict[str, dg.RunRecord]:
        if not jobs:
            return {}
        wanted = dg.RunsFilter(tags={PARTITION_TAG: list(jobs)})
        last: dict[str, dg.RunRecord] = {}
        for record in self._instance.get_run_records(wanted):
            last.setdefault(record.dagster_run.tags[PARTITION_TAG], record)
        return last

    def _rows(self, pipeline: Pipeline, job: str) -> dict[str, dict[str, list[dict[str, Any]]]]:
        """The rows of all the pipeline's tables by item and table, the tables in order."""
        rows: dict[str, dict[str, list[dict[str, Any]]]] = {}
        for table in pipeline.tables:
            frame = self._tables.read(table, job)
            for row in frame.to_dicts() if frame is not None else []:
                rows.setdefault(row["item"], {}).setdefault(table.name, []).append(row)
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


def job_record(
    job: str,
    pipeline: str,
    run: dg.RunRecord | None,
    request: JobRequest | None = None,
    earlier_tags: Mapping[str, str] | None = None,
) -> JobRecord:
    """The job as its newest run tells; before the first run, as its request does.

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


def _cost_usd(tables: dict[str, dict[str, list[dict[str, Any]]]]) -> float:
    """What the job has paid, all of its items and tables together."""
    rows = (row for of_item in tables.values() for rows in of_item.values() for row in rows)
    return round(sum(row.get("cost_usd") or 0.0 for row in rows), 6)


def _percent(state: JobState, pipeline: Pipeline, progress: JobProgress | None) -> int | None:
    if state is JobState.DONE:
        return 100
    return pipeline.percent(progress.step, progress.part) if progress else None
