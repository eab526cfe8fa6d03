"""The board: every job with its state, kept in memory for a process that stays.

The ledger asks anew each time, which is right for a command. A page that is looked at every two
seconds asks the board, which reads only what has changed since it last looked.
"""

import threading
import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import dagster as dg

from media.pipeline import all_pipelines
from media.requests import JobRequest
from resources.job_ledger import (
    OWNER_TAG,
    PARTITION_TAG,
    PROJECT_TAG,
    JobLedger,
    job_record,
    telling_run,
)
from resources.job_records import JobRecord, JobState

_LOOK_AT_MOST_EVERY_S = 1.0
_OVERLAP = timedelta(seconds=30)
"""Clocks differ, and what is written in one moment may be seen in the next."""


@dataclass(frozen=True)
class JobFilter:
    """Which jobs are meant; None means any."""

    pipeline: str | None = None
    state: JobState | None = None
    owner: str | None = None
    project: str | None = None
    among: Collection[str] | None = None
    """Only these ids."""

    def matches(self, job: JobRecord) -> bool:
        """Whether the job is meant."""
        return (
            self.pipeline in (None, job.pipeline)
            and self.state in (None, job.state)
            and self.owner in (None, job.owner)
            and self.project in (None, job.project)
            and (self.among is None or job.job in self.among)
        )


@dataclass(frozen=True)
class JobPage:
    """Some of the jobs that are meant, newest first, and how many there are in all."""

    jobs: Sequence[JobRecord]
    total: int


class JobBoard:
    """All jobs of an installation; safe to be asked by several threads."""

    def __init__(self, instance: dg.DagsterInstance, ledger: JobLedger) -> None:
        self._instance = instance
        self._ledger = ledger
        self._lock = threading.Lock()
        self._looked_at = -_LOOK_AT_MOST_EVERY_S
        self._seen_until: datetime | None = None
        self._runs: dict[str, dict[int, dg.RunRecord]] = {}
        self._records: dict[str, JobRecord] = {}
        self._newest_first: list[JobRecord] = []

    def page(self, wanted: JobFilter, offset: int = 0, limit: int = 25) -> JobPage:
        """`limit` of the jobs that are meant from the `offset`-th on, at most a second old."""
        found = [job for job in self._current() if wanted.matches(job)]
        return JobPage(found[offset : offset + limit], len(found))

    def states(self, wanted: JobFilter) -> Counter[JobState]:
        """How many of the jobs that are meant are in which state."""
        return Counter(job.state for job in self._current() if wanted.matches(job))

    def projects(self, owner: str | None = None) -> list[str]:
        """The projects there are, those of an owner when one is given."""
        mine = (job for job in self._current() if owner in (None, job.owner))
        return sorted({job.project for job in mine if job.project})

    def with_id(self, part: str) -> set[str]:
        """The jobs whose id contains `part`, in any case."""
        return {job.job for job in self._current() if part.upper() in job.job}

    def find(self, job: str) -> JobRecord | None:
        """The job, or None when there is none of that id."""
        self._current()
        return self._records.get(job)

    def look_again(self) -> None:
        """Let the next answer be of now: something was just changed."""
        with self._lock:
            self._looked_at = -_LOOK_AT_MOST_EVERY_S

    def _current(self) -> list[JobRecord]:
        with self._lock:
            if time.monotonic() - self._looked_at >= _LOOK_AT_MOST_EVERY_S:
                self._look()
                self._looked_at = time.monotonic()
            return self._newest_first

    def _look(self) -> None:
        now = datetime.now(UTC)
        changed = self._changed_runs()
        self._seen_until = now
        pipelines = {
            job: name
            for name in all_pipelines()
            for job in self._instance.get_dynamic_partitions(f"{name}_jobs")
        }
        waiting = self._ledger.waiting()
        # A job that waits for its first run may get one, or none, without leaving a trace here.
        stale = {job for job, record in self._records.items() if record.run_id is None}
        fresh = (pipelines.keys() | waiting.keys()) - self._records.keys()
        gone = self._records.keys() - pipelines.keys() - waiting.keys()
        for job in (changed | stale | fresh) - gone:
            if job in pipelines or job in waiting:
                name = pipelines.get(job) or waiting[job].pipeline
                self._records[job] = self._record(job, name, waiting.get(job))
        for job in gone:
            del self._records[job]
        if changed or stale or fresh or gone:
            self._newest_first = sorted(
                self._records.values(), key=lambda record: record.job, reverse=True
            )

    def _record(self, job: str, pipeline: str, request: JobRequest | None) -> JobRecord:
        runs = [record for _, record in sorted(self._runs.get(job, {}).items(), reverse=True)]
        if not runs:
            return job_record(job, pipeline, None, request)
        # A run that was started in the UI may not say yet whose job it is; the first one did.
        tags = {
            name: tag
            for run in reversed(runs)
            for name, tag in _whose(run.dagster_run.tags).items()
        }
        return job_record(job, pipeline, telling_run(runs), request, tags)

    def _changed_runs(self) -> set[str]:
        """Take in what the run history has new; the jobs it is about."""
        since = None if self._seen_until is None else self._seen_until - _OVERLAP
        changed = set()
        for record in self._instance.get_run_records(dg.RunsFilter(updated_after=since)):
            if job := record.dagster_run.tags.get(PARTITION_TAG):
                self._runs.setdefault(job, {})[record.storage_id] = record
                changed.add(job)
        return changed


def _whose(tags: Mapping[str, str]) -> dict[str, str]:
    return {name: tags[name] for name in (OWNER_TAG, PROJECT_TAG) if name in tags}
