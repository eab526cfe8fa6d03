"""Jobs done in this process: the sensor's answer and the runs it asks for, with no daemon.

What a killed process left behind is taken up first: its runs are closed and run again, its
claims are found again.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import dagster as dg

from assets.partitions import jobs_of
from media.requests import JobRequest
from orchestration.definitions import definitions_of
from orchestration.jobs import job_name, terminal_log
from orchestration.run_processes import PROCESS_TAG, is_gone, this_process
from orchestration.run_tags import tags_of
from resources.deployments import Deployment
from resources.intake import InboxView
from resources.job_control import JobControl
from resources.job_ledger import JobLedger
from resources.job_records import JobState
from resources.process_memory import give_back

MAX_ATTEMPTS = 3
"""Runs of a job that may be killed before it is left as failed."""


@dataclass(frozen=True)
class JobRunner:
    """Carries out jobs here and now."""

    deployment: Deployment
    instance: dg.DagsterInstance
    definitions: dg.RepositoryDefinition

    @classmethod
    def over(cls, deployment: Deployment, instance: dg.DagsterInstance) -> "JobRunner":
        """A runner over one installation."""
        definitions = definitions_of(lambda: deployment, until_quiet=True)
        return cls(deployment, instance, definitions.get_repository_def())

    @property
    def ledger(self) -> JobLedger:
        """What has become of jobs."""
        made = self.deployment
        return JobLedger(self.instance, made.store, made.intake, made.tables, made.progress)

    @property
    def control(self) -> JobControl:
        """Stops jobs, or has them run again."""
        return JobControl(self.instance, self.ledger, self.deployment.intake)

    def run_waiting(self, on_job: Callable[[JobRequest], None]) -> Iterator[str]:
        """Run every job there is to run, those that arrive meanwhile too; yields each as done."""
        intake = self.deployment.intake
        intake.drain()
        for job in self._left_behind():
            yield self._announced_run(job, on_job)
        # A claim that has had its run and still stands is a failed job's: it waits for a retry.
        cursor = json.dumps([job for job in intake.open_claims() if self.ledger.last_run(job)])
        while requested := self._tick(cursor):
            for run_request in requested.run_requests or []:
                yield self._announced_run(str(run_request.partition_key), on_job)
            cursor = requested.cursor or cursor

    def run_job(self, job: str) -> JobState:
        """One job, claimed first if it was only submitted; `UnknownJob` when there is none."""
        intake = self.deployment.intake
        if job in intake.submissions() and job not in intake.open_claims():
            intake.claim(InboxView(fresh={}, arriving=False, submitted=[job]))
        state = self.ledger.state(job)
        if state.ended and self.ledger.last_run(job) is None:
            return state
        self._close_orphans()
        return self._run(intake.request(job))

    def is_orphaned(self, job: str) -> bool:
        """Whether the job's run was begun by a process that is gone."""
        run = self.ledger.last_run(job)
        return run is not None and not run.is_finished and is_gone(run)

    def _tick(self, cursor: str) -> dg.SensorResult | None:
        """One evaluation of the inbox sensor; None when it had nothing to run."""
        context = dg.build_sensor_context(
            instance=self.instance,
            cursor=cursor,
            resources={
                "intake": self.deployment.intake,
                "settings": self.deployment.settings,
            },
        )
        result = self.definitions.get_sensor_def("inbox")(context)
        return result if isinstance(result, dg.SensorResult) else None

    def _announced_run(self, job: str, on_job: Callable[[JobRequest], None]) -> str:
        request = self.deployment.intake.request(job)
        on_job(request)
        self._run(request)
        return job

    def _run(self, request: JobRequest) -> JobState:
        """One job to its end, in this process; the inbox is drained after it."""
        self.instance.add_dynamic_partitions(jobs_of(request.pipeline).name or "", [request.job])
        self.definitions.get_job(job_name(request.pipeline)).execute_in_process(
            instance=self.instance,
            partition_key=request.job,
            raise_on_error=False,
            # What went wrong is told by the ledger; the event log has the rest.
            run_config=terminal_log("CRITICAL"),
            tags={PROCESS_TAG: this_process(), **tags_of(request)},
        )
        self.deployment.intake.drain()
        give_back()
        return self.ledger.state(request.job)

    def _left_behind(self) -> list[str]:
        """Jobs whose run was killed and that may try again, oldest first."""
        return sorted(
            job
            for job in {run.tags["dagster/partition"] for run in self._close_orphans()}
            if self._attempts(job) < MAX_ATTEMPTS
        )

    def _attempts(self, job: str) -> int:
        """Runs that the job has had; tables made anew from the UI are no attempts at it."""
        runs = self.instance.get_runs(dg.RunsFilter(tags={"dagster/partition": job}))
        return sum("dagster/backfill" not in run.tags for run in runs)

    def _close_orphans(self) -> list[dg.DagsterRun]:
        """Mark jobs' runs whose process is gone as failed; those runs."""
        begun = dg.RunsFilter(
            statuses=[
                dg.DagsterRunStatus.STARTING,
                dg.DagsterRunStatus.STARTED,
                dg.DagsterRunStatus.CANCELING,
            ]
        )
        orphans = [run for run in self.instance.get_runs(begun) if is_gone(run)]
        for run in orphans:
            self.instance.report_run_failed(run, "the process that ran it was killed")
            # It cannot give its places in pools back any more.
            self.instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
        return [run for run in orphans if "dagster/partition" in run.tags]
