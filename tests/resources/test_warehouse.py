"""The warehouse: analysts see every row once, and what they do disturbs nobody."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest

from media.pipeline import all_tables
from media.tables import Column
from resources.deployments import Deployment
from resources.settings import Settings
from resources.warehouse import Warehouse
from tests.resources.table_rows import SIZES, job_id, rows_of

ALL = "SELECT job, item, width_px FROM sizes ORDER BY ALL"


def widths(deployment: Deployment, sql: str = "SELECT width_px FROM sizes ORDER BY 1") -> list[int]:
    return [row["width_px"] for row in deployment.warehouse.query(sql, [SIZES])]


def write(deployment: Deployment, number: int, width_px: int) -> None:
    deployment.tables.write(SIZES, job_id(number), rows_of(number, width_px=width_px, count=1))


def test_there_is_a_view_per_table_with_its_comments(deployment: Deployment) -> None:
    deployment.warehouse.rebuild([SIZES, *all_tables()])
    with duckdb.connect(str(deployment.warehouse.path), read_only=True) as connection:
        views = dict(
            connection.execute(
                "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"
            ).fetchall()
        )
        columns = connection.execute(
            "SELECT column_name, data_type, comment FROM duckdb_columns() "
            "WHERE table_name = 'sizes' ORDER BY column_index"
        ).fetchall()
    assert views == {table.name: table.description for table in [SIZES, *all_tables()]}
    assert [(name, comment) for name, _, comment in columns] == [
        (column.name, column.description) for column in SIZES.columns
    ]
    assert {name: kind for name, kind, _ in columns}["width_px"] == "BIGINT"


def test_a_table_nobody_has_written_is_an_empty_view(anywhere: Deployment) -> None:
    assert anywhere.warehouse.query(ALL, [SIZES]) == []


def test_rows_of_new_jobs_appear_without_a_rebuild(anywhere: Deployment) -> None:
    write(anywhere, 1, 10)
    assert anywhere.warehouse.query(ALL, [SIZES]) == [
        {"job": job_id(1), "item": "0001", "width_px": 10}
    ]
    built = anywhere.warehouse.path.stat()
    write(anywhere, 2, 20)
    write(anywhere, 1, 11)
    assert widths(anywhere) == [11, 20]
    assert anywhere.warehouse.path.stat() == built


def test_rows_are_counted_once_while_they_are_merged(anywhere: Deployment) -> None:
    now, grace = datetime.now(UTC), timedelta(minutes=10)
    for number in (1, 2, 3):
        write(anywhere, number, number * 10)
    assert widths(anywhere) == [10, 20, 30]
    anywhere.tables.compact(SIZES, at_least=2, grace=grace, now=now)
    assert widths(anywhere) == [10, 20, 30]
    write(anywhere, 2, 222)
    write(anywhere, 4, 40)
    assert widths(anywhere) == [10, 30, 40, 222]
    for _ in range(3):
        anywhere.tables.compact(SIZES, at_least=1, grace=grace, now=now + 2 * grace)
        assert widths(anywhere) == [10, 30, 40, 222]


def test_a_job_made_again_without_rows_has_none(deployment: Deployment) -> None:
    write(deployment, 1, 10)
    write(deployment, 2, 20)
    deployment.tables.compact(SIZES, at_least=1, grace=timedelta(0), now=datetime.now(UTC))
    deployment.tables.write(SIZES, job_id(1), SIZES.empty())
    assert widths(deployment) == [20]


def test_what_is_declared_since_the_last_build_can_be_asked_for(deployment: Deployment) -> None:
    write(deployment, 1, 10)
    assert widths(deployment) == [10]
    added = Column("height_px", pl.Int64(), "Height.")
    wider = replace(SIZES, own_columns=(*SIZES.own_columns, added))
    other = replace(SIZES, name="other")
    assert deployment.warehouse.query("SELECT height_px FROM sizes", [wider, other]) == [
        {"height_px": None}
    ]
    assert deployment.warehouse.query("SELECT * FROM other", [wider, other]) == []


def test_a_rebuild_leaves_readers_their_old_file(deployment: Deployment) -> None:
    write(deployment, 1, 10)
    deployment.warehouse.rebuild([SIZES])
    both = [replace(SIZES, name="other"), SIZES]
    with duckdb.connect(str(deployment.warehouse.path), read_only=True) as reader:
        assert len(reader.execute(ALL).fetchall()) == 1
        deployment.warehouse.rebuild(both)
        write(deployment, 2, 20)
        assert len(reader.execute(ALL).fetchall()) == 2
    assert deployment.warehouse.query("SELECT * FROM other", both) == []
    left = [path.name for path in deployment.warehouse.path.parent.iterdir() if path.is_file()]
    assert left == [deployment.warehouse.path.name]


def test_many_may_ask_at_once_before_the_first_build(deployment: Deployment) -> None:
    write(deployment, 1, 10)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: widths(deployment), range(16)))
    assert answers == [[10]] * 16


@pytest.mark.parametrize("sql", ["SELEC 1", "SELECT * FROM nothing", "SELECT nothing FROM sizes"])
def test_a_wrong_question_is_an_error_of_duckdb(deployment: Deployment, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        deployment.warehouse.query(sql, [SIZES])
    assert widths(deployment) == []


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO sizes SELECT * FROM sizes",
        "CREATE TABLE own (a INT)",
        "CREATE VIEW own AS SELECT 1",
        "DROP VIEW sizes",
    ],
)
def test_a_question_changes_nothing(deployment: Deployment, sql: str) -> None:
    write(deployment, 1, 10)
    deployment.warehouse.rebuild([SIZES])
    before = deployment.warehouse.path.read_bytes()
    with pytest.raises(duckdb.Error):
        deployment.warehouse.query(sql, [SIZES])
    assert deployment.warehouse.path.read_bytes() == before
    assert widths(deployment) == [10]


@pytest.mark.parametrize("name", ["the owner's rooms", "Räume [old]", "rooms*"])
def test_an_installation_may_lie_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    with Deployment(Settings(home=tmp_path / name)) as deployment:
        write(deployment, 1, 10)
        assert widths(deployment) == [10]


def test_a_warehouse_of_another_folder_is_another(deployment: Deployment, tmp_path: Path) -> None:
    write(deployment, 1, 10)
    copy = Warehouse(tmp_path / "deep" / "copy.duckdb", deployment.tables)
    assert copy.query("SELECT count(*) AS n FROM sizes", [SIZES]) == [{"n": 1}]
    assert not deployment.warehouse.path.exists()


def test_what_analysts_read_is_as_open_as_any_file(anywhere: Deployment) -> None:
    write(anywhere, 1, 10)
    assert widths(anywhere) == [10]
    plain = anywhere.settings.home / "plain"
    plain.touch()
    files = [anywhere.warehouse.path, *anywhere.tables.folder(SIZES).rglob("*.parquet")]
    assert len(files) == 3
    assert {path.stat().st_mode for path in files} == {plain.stat().st_mode}
