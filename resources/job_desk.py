"""The job desk: all that a process which serves people needs to tell of jobs and act on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import dagster as dg

from resources.dagster_home import is_up, open_instance
from resources.deployments import Deployment
from resources.job_board import JobBoard
from resources.job_control import JobControl
from resources.job_ledger import JobLedger
from resources.job_summaries import JobSummaries
from resources.job_titles import JobTitles
from resources.thumbnails import Thumbnails


@dataclass
class JobDesk:
    """An installation and its run history, opened once; safe to be used by several threads."""

    deployment: Deployment
    instance: dg.DagsterInstance

    def __post_init__(self) -> None:
        # Made here, not when first asked for: two pages may ask at the same moment.
        made = self.deployment
        self.ledger = JobLedger(self.instance, made.store, made.intake, made.tables, made.progress)
        self.board = JobBoard(self.instance, self.ledger)
        self.summaries = JobSummaries(made.tables)
        self.titles = JobTitles(self.ledger)
        self.control = JobControl(self.instance, self.ledger, made.intake)
        folder = made.settings.home / "thumbnails"
        self.thumbnails = Thumbnails(made.store, made.workers, folder, made.settings.limits)

    def runs_by_itself(self) -> bool:
        """Whether `showroom up` is there to run what is submitted."""
        return is_up(self.deployment.settings)

    def run_url(self, run_id: str) -> str:
        """Where the Dagster UI shows a run."""
        return f"http://127.0.0.1:{self.deployment.settings.port}/runs/{run_id}"


@contextmanager
def open_desk(deployment: Deployment) -> Iterator[JobDesk]:
    """The desk of an installation, its run history closed at the end."""
    with open_instance(deployment.settings) as instance:
        yield JobDesk(deployment, instance)
