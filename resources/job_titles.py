"""Titles: what jobs are called in a list, by the files or the words that were submitted."""

from collections.abc import Sequence
from dataclasses import dataclass

from media.errors import UnknownJob
from media.requests import JobRequest
from resources.job_ledger import JobLedger
from resources.job_records import JobRecord
from resources.progress import each
from resources.submissions import PARAMETERS_FILE

_KEPT = 5_000
_THREADS = 8
_WORDS = ("prompt", "catalogue")
"""Parameters that say best what a job without files is about."""


@dataclass(frozen=True)
class JobTitle:
    """What a job is called."""

    first: str
    """Name of its first file without folders, or its words; empty where neither is known."""
    items: int
    """0 where it is not known."""


class JobTitles:
    """Tells the titles of jobs; what was asked never changes, so each request is read once."""

    def __init__(self, ledger: JobLedger) -> None:
        self._ledger = ledger
        self._known: dict[str, JobTitle] = {}

    def of(self, jobs: Sequence[JobRecord]) -> dict[str, JobTitle]:
        """The title of each job by id; an empty one for a job whose request is gone."""
        missing = [job.job for job in jobs if job.job not in self._known]
        for job, title in zip(missing, each(self._title, missing, _THREADS), strict=True):
            if title is not None:
                self._remember(job, title)
        return {job.job: self._known.get(job.job, JobTitle("", 0)) for job in jobs}

    def _title(self, job: str) -> JobTitle | None:
        try:
            return title_of(self._ledger.request(job))
        except UnknownJob:
            return None

    def _remember(self, job: str, title: JobTitle) -> None:
        while len(self._known) >= _KEPT:
            self._known.pop(next(iter(self._known)), None)
        self._known[job] = title


def title_of(request: JobRequest) -> JobTitle:
    """The title that a request gives its job."""
    first = request.items[0].filename.rsplit("/", 1)[-1]
    if first == PARAMETERS_FILE:
        params = request.params_of(request.items[0].item)
        first = next((str(params[name]) for name in _WORDS if params.get(name)), "")
    return JobTitle(first, len(request.items))
