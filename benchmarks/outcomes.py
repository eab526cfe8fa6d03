"""What has become of each dropped file, told from the tables of an installation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from media.pipelines.library import IMAGE_VARIANTS, PDF_PAGES, UPLOADS
from media.tables import Table
from resources.deployments import Deployment

Row = dict[str, Any]


@dataclass
class Outcome:
    """The rows of one file of one job."""

    upload: Row
    renditions: list[Row] = field(default_factory=list)

    @property
    def bad_row(self) -> Row | None:
        """The first row that is not ready."""
        return next((row for row in (self.upload, *self.renditions) if not _is_ready(row)), None)

    @property
    def state(self) -> str:
        """`ready`, `refused`, `failed`, or `without an end` where nothing came of a ready file."""
        if bad := self.bad_row:
            return str(bad["status"])
        return "ready" if self.renditions else "without an end"

    def __str__(self) -> str:
        bad = self.bad_row
        return f"{self.state} ({bad['reason']}: {bad['detail']})" if bad else self.state


def outcomes_by_name(deployment: Deployment, jobs: set[str]) -> dict[str, Outcome]:
    """The outcome of every file of these jobs, by its name as dropped."""
    found: dict[str, Outcome] = {}
    for job in sorted(jobs):
        by_item = {row["item"]: Outcome(row) for row in _rows(deployment, UPLOADS, job)}
        for table in (IMAGE_VARIANTS, PDF_PAGES):
            for row in _rows(deployment, table, job):
                by_item[row["item"]].renditions.append(row)
        found |= {outcome.upload["filename"]: outcome for outcome in by_item.values()}
    return found


def keys_by_name(outcomes: Mapping[str, Outcome]) -> dict[str, list[str]]:
    """The keys of every ready file, its own and its renditions', by the file's name."""
    return {
        name: [outcome.upload["key"], *(row["key"] for row in outcome.renditions)]
        for name, outcome in outcomes.items()
        if outcome.state == "ready"
    }


def _rows(deployment: Deployment, table: Table, job: str) -> list[Row]:
    frame = deployment.tables.read(table, job)
    return [] if frame is None else frame.to_dicts()


def _is_ready(row: Row) -> bool:
    return bool(row["status"] == "ready")
