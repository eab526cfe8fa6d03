"""The definitions: everything there is to run, found by itself and complete."""

import subprocess
import sys

import dagster as dg
import pytest

from assets.pipelines import load_pipelines
from media.pipeline import all_pipelines
from orchestration.definitions import defs
from resources.settings import PROJECT_ROOT


def test_the_definitions_load_and_every_job_resolves() -> None:
    dg.Definitions.validate_loadable(defs)
    names = {job.name for job in defs.get_repository_def().get_all_jobs()}
    assert names >= {"library_job", "upkeep"}


def test_every_table_of_every_pipeline_is_an_asset_in_its_group() -> None:
    graph = defs.resolve_asset_graph()
    for pipeline in all_pipelines().values():
        for table in pipeline.tables:
            node = graph.get(dg.AssetKey([pipeline.name, table.name]))
            assert node.group_name == pipeline.name
            assert node.description
            schema = node.metadata["dagster/column_schema"]
            assert [column.name for column in schema.columns] == list(table.schema)
            assert all(column.description for column in schema.columns)


def test_every_table_has_an_outcomes_check() -> None:
    checked = {
        key.asset_key
        for loaded in load_pipelines()
        for check in loaded.checks
        for key in check.check_keys
        if key.name == "outcomes"
    }
    assert checked == {
        key for loaded in load_pipelines() for asset in loaded.assets for key in asset.keys
    }


def test_the_sensor_and_the_schedules_run_by_default() -> None:
    repository = defs.get_repository_def()
    assert repository.get_sensor_def("inbox").default_status is dg.DefaultSensorStatus.RUNNING
    assert {schedule.name for schedule in repository.schedule_defs} == {
        "upkeep_schedule",
        "search_upkeep_schedule",
        "weekly_reports_schedule",
    }
    for schedule in repository.schedule_defs:
        assert schedule.default_status is dg.DefaultScheduleStatus.RUNNING


@pytest.mark.parametrize(
    "heavy",
    [
        "PIL",
        "numpy",
        "duckdb",
        "pypdfium2",
        "pillow_heif",
        "pebble",
        "lance",
        "pyarrow",
        "cryptography",
    ],
)
def test_loading_the_definitions_imports_nothing_heavy(heavy: str) -> None:
    code = f"import sys, orchestration.definitions; sys.exit({heavy!r} in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], cwd=PROJECT_ROOT, check=False).returncode == 0
    )
