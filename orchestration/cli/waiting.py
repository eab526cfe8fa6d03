"""Waiting for jobs, with a bar: for the daemon's when `showroom up` runs, else doing them here."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from media.requests import JobRequest
from orchestration.cli.output import errors

if TYPE_CHECKING:
    from orchestration.once import JobRunner
    from resources.deployments import Deployment
    from resources.job_records import JobRecord, JobState

_LOOK_EVERY_S = 0.25


@contextmanager
def job_runner(deployment: "Deployment") -> Iterator["JobRunner"]:
    """A runner over the installation and its Dagster instance."""
    from orchestration.once import JobRunner
    from resources.dagster_home import open_instance

    with open_instance(deployment.settings) as instance:
        yield JobRunner.over(deployment, instance)


def wait_for(deployment: "Deployment", job: str) -> "JobState":
    """The state in which the job ended; it is run here when nothing else would run it."""
    from resources.dagster_home import is_up

    with job_runner(deployment) as runner, bar(deployment, [job]):
        if not is_up(deployment.settings):
            return runner.run_job(job)
        while not (state := runner.ledger.state(job)).ended:
            time.sleep(_LOOK_EVERY_S)
        return state


def rerun(runner: "JobRunner", job: str) -> "JobState":
    """Have a job run again: by the daemon when `showroom up` runs, else here."""
    from resources.dagster_home import is_up
    from resources.job_records import JobState

    state = runner.ledger.state(job)
    if state is JobState.RUNNING and not runner.is_orphaned(job):
        return state
    if is_up(runner.deployment.settings):
        runner.deployment.intake.ask_again(job)
        return JobState.WAITING
    with bar(runner.deployment, [job]):
        return runner.run_job(job)


def run_all(runner: "JobRunner") -> list["JobRecord"]:
    """Everything that waits, done here; the jobs as they ended."""
    begun: list[str] = []
    with bar(runner.deployment, begun):
        for job in runner.run_waiting(lambda request: begun.append(_announced(request))):
            record = runner.ledger.record(job)
            errors.print(f"{job} {record.pipeline} {record.state}")
    return [runner.ledger.record(job) for job in begun]


def _announced(request: JobRequest) -> str:
    errors.print(f"{request.job} {request.pipeline}: {len(request.items)} items")
    return request.job


@contextmanager
def bar(deployment: "Deployment", jobs: list[str]) -> Iterator[None]:
    """A progress bar of the last of `jobs`, drawn beside the work, on a terminal only."""
    over = threading.Event()
    display = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
        disable=not errors.is_terminal,
    )

    def draw() -> None:
        task = display.add_task("waiting", total=None)
        while not over.wait(_LOOK_EVERY_S):
            if jobs and (progress := deployment.progress.of(jobs[-1])):
                display.update(
                    task, description=progress.step, completed=progress.done, total=progress.total
                )

    if not errors.is_terminal:
        yield
        return
    with display:
        thread = threading.Thread(target=draw, name="progress bar", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
