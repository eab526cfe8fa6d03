"""What operators see in the Dagster UI: complete for all there is, and true of the rows."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl
import pytest

from assets.column_lineage import carried
from media.pipeline import all_pipelines, table_named
from media.tables import Table
from orchestration.definitions import defs
from orchestration.once import JobRunner
from resources.table_metadata import plots_of
from tests.filled_installation import fill

GRAPH = defs.resolve_asset_graph()
PIPELINES = all_pipelines()
TABLES = {
    dg.AssetKey([name, table.name]): table
    for name, pipeline in PIPELINES.items()
    for table in pipeline.tables
}
PIPELINE_OF = {table.name: key.path[0] for key, table in TABLES.items()}
TEAMS = {"team:media", "team:search", "team:platform"}
ASSETS = sorted(GRAPH.materializable_asset_keys)


@pytest.mark.parametrize("key", ASSETS, ids=lambda key: key.to_user_string())
def test_every_asset_says_what_it_is_whose_and_made_with_what(key: dg.AssetKey) -> None:
    node = GRAPH.get(key)
    assert node.group_name != "default"
    assert node.description
    assert set(node.owners) <= TEAMS
    assert len(node.owners) == 1
    assert 1 <= len(node.kinds) <= 3, "the UI shows three"


@pytest.mark.parametrize("key", TABLES, ids=lambda key: key.to_user_string())
def test_every_table_says_what_its_rows_are_and_how_to_ask_for_them(key: dg.AssetKey) -> None:
    node, table = GRAPH.get(key), TABLES[key]
    assert table.description in str(node.description)
    assert "`tables/" in str(node.description)
    assert node.metadata["dagster/table_name"] == f"showroom.main.{table.name}"
    assert node.tags["showroom/pipeline"] == key.path[0]
    assert ("showroom/published" in node.tags) == (table.name in PIPELINES[key.path[0]].published)
    plots_of(node.metadata, table)
    if "cost_usd" in table.schema:
        assert "showroom/may_cost" in node.tags
        assert node.pools, "two runs that ask a paid service at once exceed its rate"


def test_every_job_schedule_sensor_and_check_is_described() -> None:
    repository = defs.get_repository_def()
    jobs = [job for job in repository.get_all_jobs() if not job.name.startswith("__")]
    assert all(job.description for job in jobs)
    assert all(schedule.description for schedule in repository.schedule_defs)
    assert all(sensor.description for sensor in repository.sensor_defs)
    for key in GRAPH.asset_check_keys:
        assert GRAPH.get_check_spec(key).description, key
    for name, pipeline in PIPELINES.items():
        job = repository.get_job(f"{name}_job")
        assert job.tags["showroom/pipeline"] == name
        for parameter in pipeline.parameters.model_fields:
            assert f"`{parameter}`" in str(job.description)


def test_every_published_table_is_checked_against_the_store() -> None:
    checked = {key.asset_key.path[-1] for key in GRAPH.asset_check_keys if "objects" in key.name}
    assert checked == {name for pipeline in PIPELINES.values() for name in pipeline.published}


@pytest.mark.parametrize("key", TABLES, ids=lambda key: key.to_user_string())
def test_column_lineage_names_columns_that_there_are(key: dg.AssetKey) -> None:
    lineage = GRAPH.get(key).metadata.get("dagster/column_lineage")
    if key.path[-1] == PIPELINES[key.path[0]].first_table.name:
        assert lineage is None
        return
    assert isinstance(lineage, dg.TableColumnLineage)
    assert lineage.deps_by_column.keys() <= TABLES[key].schema.keys()
    told = {
        column.name: str(column.description)
        for column in GRAPH.get(key).metadata["dagster/column_schema"].columns
    }
    for name, deps in lineage.deps_by_column.items():
        for dep in deps:
            source = f"`{dep.asset_key.path[-1]}.{dep.column_name}`"
            assert source in told[name], "the open-source UI draws no lineage of columns"
            assert dep.asset_key in GRAPH.get_ancestor_asset_keys(key)
            assert dep.column_name in TABLES[dep.asset_key].schema


class Filled:
    """An installation in which each pipeline has run once."""

    def __init__(self, runner: JobRunner, jobs: dict[str, str]) -> None:
        self.runner, self.jobs = runner, jobs

    def rows(self, table: str) -> pl.DataFrame:
        """The ready rows of a table."""
        return self.runner.deployment.tables.ready_rows(table_named(table))

    def told(self, key: dg.AssetKey) -> dict[str, Any]:
        """The metadata of a table's materialization, as values."""
        event = self.runner.instance.get_latest_materialization_event(key)
        assert event is not None
        assert event.asset_materialization is not None
        return {name: data.value for name, data in event.asset_materialization.metadata.items()}


@pytest.fixture
def filled(runner: JobRunner, tmp_path: Path) -> Filled:
    return Filled(runner, fill(runner, tmp_path))


def test_what_is_told_of_jobs_is_true(filled: Filled) -> None:
    """One test, so that the jobs are run once however tests are shared out."""
    for key, table in TABLES.items():
        for source, column, there in carried(table.name):
            assert_carried(filled, table.name, source, column, there)
        assert_plotted(filled.told(key), table, plots_of(GRAPH.get(key).metadata, table))


def assert_carried(filled: Filled, table: str, source: str, column: str, there: str) -> None:
    """Every value of the column stands in the other table, for the same item of the same job.

    Products and ateliers come from any job; of an index there is a row for a catalogue.
    """
    of_one_job = PIPELINE_OF[source] == PIPELINE_OF[table]
    by = {"job", "item"} if of_one_job else set()
    by -= {column, "item" if table == "product_index" or column == "job" else ""}
    own, other = filled.rows(table), filled.rows(source)
    mine = own.select(*by, value=column).drop_nulls().unique()
    theirs = other.select(*by, value=there).drop_nulls().unique()
    assert mine.join(theirs, on=[*by, "value"], how="anti").is_empty(), (table, source, column)


def assert_plotted(told: Mapping[str, Any], table: Table, plots: Mapping[str, str]) -> None:
    """Counts and costs are there with their type, whatever became of the items."""
    whole = {"dagster/partition_row_count", "ready", "refused", "failed"}
    whole |= {name for name in ("bytes", "needs_review") if name in table.schema}
    assert {type(told[name]) for name in whole} == {int}
    costs = {name for name in ("cost_usd", "estimated_cost_usd") if name in table.schema}
    assert {type(told[name]) for name in (*costs, "seconds")} == {float}
    if told["ready"]:
        assert {f"{column}_{how}" for column, how in plots.items()} <= told.keys()


def test_a_check_that_is_run_without_a_job_says_what_to_do(runner: JobRunner) -> None:
    job = runner.definitions.get_implicit_asset_job_names()[0]
    key = dg.AssetCheckKey(dg.AssetKey(["library", "uploads"]), "outcomes")
    result = (
        runner.definitions.get_job(job)
        .get_subset(asset_check_selection={key}, asset_selection=set())
        .execute_in_process(instance=runner.instance, raise_on_error=False)
    )
    assert not result.success
    failures = [
        event.step_failure_data.user_failure_data for event in result.get_step_failure_events()
    ]
    assert [str(failure.description) for failure in failures if failure] == [
        "Of which job is uploads to be looked at? Materialize the job's partition: "
        "its checks run with it."
    ]
