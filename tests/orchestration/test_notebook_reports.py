"""Notebooks become pages: one that cannot be run costs itself only, and is told."""

from contextlib import suppress
from pathlib import Path

import dagster as dg
import psutil
import pytest

from orchestration.notebook_reports import notebook_reports, notebook_schedule, reported
from resources.deployments import Deployment
from resources.notebook_reports import NOTEBOOKS, NotebookPage, notebook_page, notebooks_in
from resources.settings import PREFIX

NOTEBOOK = """
import marimo
app = marimo.App()

@app.cell
def _():
    {statement}
    return
"""


def notebook(folder: Path, statement: str) -> Path:
    path = folder / "asked.py"
    path.write_text(NOTEBOOK.format(statement=statement))
    return path


def test_a_cell_that_fails_leaves_no_page_and_says_why(tmp_path: Path) -> None:
    page = notebook_page(notebook(tmp_path, "1 / 0"))
    assert page.html is None
    assert page.problem is not None
    assert "division by zero" in page.problem


def test_a_notebook_that_does_not_end_is_stopped_with_all_it_started(tmp_path: Path) -> None:
    marker = tmp_path / "child"
    statement = (
        "import pathlib, subprocess; child = subprocess.Popen(['sleep', '600']); "
        f"pathlib.Path({str(marker)!r}).write_text(str(child.pid)); child.wait()"
    )
    page = notebook_page(notebook(tmp_path, statement), time_limit_s=10)
    assert page.html is None
    assert page.problem == "not done after 10 seconds"
    with suppress(psutil.NoSuchProcess):
        psutil.Process(int(marker.read_text())).wait(timeout=30)


def test_only_notebooks_are_run() -> None:
    names = [path.stem for path in notebooks_in()]
    assert "search_quality" in names
    assert "charts" not in names


def test_pages_are_kept_by_week_and_a_missing_one_is_a_warning(deployment: Deployment) -> None:
    store = deployment.store
    pages = [NotebookPage("whole", b"<html>"), NotebookPage("torn", None, "division by zero")]
    result = reported(store, "2026-W47", pages)
    assert store.get("notebook_reports/2026-W47/whole.html") == b"<html>"
    assert [kept.key for kept in store.objects("notebook_reports/")] == [
        "notebook_reports/2026-W47/whole.html"
    ]
    metadata = dict(result.metadata or {})
    kept = metadata["whole"]
    assert isinstance(kept, dg.PathMetadataValue)
    assert Path(str(kept.path)).read_bytes() == b"<html>"
    assert metadata["torn"] == dg.MetadataValue.text("not made: division by zero")
    [check] = result.check_results or []
    assert not check.passed
    assert check.severity is dg.AssetCheckSeverity.WARN
    assert check.description == "torn: division by zero"


def test_the_asset_keeps_a_page_of_every_notebook_and_leaves_nothing_beside_them(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Notebooks run in processes of their own, which know an installation by the environment.
    monkeypatch.setenv(f"{PREFIX}HOME", str(deployment.settings.home))
    before = {path.name for path in NOTEBOOKS.iterdir()}
    done = dg.materialize([notebook_reports], resources={"store": deployment.store})
    assert done.success
    pages = {
        kept.key.rsplit("/", 1)[-1]: deployment.store.get(kept.key)
        for kept in deployment.store.objects("notebook_reports/")
    }
    assert set(pages) == {f"{path.stem}.html" for path in notebooks_in()}
    assert b"No pictures are indexed yet" in pages["duplicates.html"]
    assert b"Deployment.from_environment" not in pages["duplicates.html"]
    [check] = done.get_asset_check_evaluations()
    assert check.passed
    assert {path.name for path in NOTEBOOKS.iterdir()} == before


def test_the_schedule_runs_weekly_by_default() -> None:
    assert notebook_schedule.default_status is dg.DefaultScheduleStatus.RUNNING
    minute, hour, day, month, weekday = str(notebook_schedule.cron_schedule).split()
    assert (day, month) == ("*", "*")
    assert weekday.isdigit()
    assert minute.isdigit()
    assert hour.isdigit()
