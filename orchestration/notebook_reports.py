"""Notebook reports: every week each notebook is run and kept as a page."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import dagster as dg

from media import keys
from orchestration.jobs import upkeep_job_of
from orchestration.search_upkeep import image_embeddings
from orchestration.upkeep import warehouse_views
from resources.notebook_reports import NotebookPage, notebook_page, notebooks_in
from resources.object_store import ObjectStore

_CHECK = "every_notebook_ran"


@dg.asset(
    group_name="reports",
    kinds={"marimo", "notebook"},
    owners=["team:platform"],
    deps=[warehouse_views, image_embeddings],
    check_specs=[
        dg.AssetCheckSpec(
            _CHECK,
            asset="notebook_reports",
            description="Whether every notebook could be run; if not, which could not and why.",
        )
    ],
)
# With a check, Dagster knows its result by the bare class only.
def notebook_reports(store: dg.ResourceParam[ObjectStore]) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """The pages of all notebooks, under the ISO week in which they were made."""
    week = f"{datetime.now(UTC):%G-W%V}"
    return reported(store, week, [notebook_page(path) for path in notebooks_in()])


def reported(
    store: ObjectStore, week: str, pages: Sequence[NotebookPage]
) -> dg.MaterializeResult[None]:
    """Store the pages there are; metadata has where each lies, or why it is not there."""
    told: dict[str, dg.MetadataValue[Any]] = {"week": dg.MetadataValue.text(week)}
    for page in pages:
        if page.html is None:
            told[page.name] = dg.MetadataValue.text(f"not made: {page.problem}")
            continue
        key = keys.notebook_report(week, page.name)
        store.put(key, page.html)
        told[page.name] = dg.MetadataValue.path(_place(store, key))
    problems = {page.name: page.problem for page in pages if page.problem}
    return dg.MaterializeResult(metadata=told, check_results=[_verdict(problems)])


def _place(store: ObjectStore, key: str) -> str:
    """Where to open it: a file, or its key in a bucket."""
    return key if store.folder is None else str(store.folder / key)


def _verdict(problems: Mapping[str, str]) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        check_name=_CHECK,
        passed=not problems,
        severity=dg.AssetCheckSeverity.WARN,
        description="; ".join(f"{name}: {why}" for name, why in problems.items()),
        metadata=dict(problems),
    )


notebook_job = upkeep_job_of(
    "weekly_reports",
    notebook_reports,
    description="Run every notebook and keep what it shows as a page.",
)
notebook_schedule = dg.ScheduleDefinition(
    job=notebook_job,
    cron_schedule="0 5 * * 1",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Mondays at 5: the pages of the week, under `notebook_reports/` in the store.",
)
