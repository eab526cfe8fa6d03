"""Tables: rows written are rows read, checked, replaced and found across jobs."""

from dataclasses import replace

import polars as pl
import pytest

from media import keys
from media.errors import CorruptMedia
from media.tables import Column
from resources.deployments import Deployment
from resources.tables import Tables
from tests.resources.table_rows import SIZES, job_id, rows_of


@pytest.fixture
def tables(anywhere: Deployment) -> Tables:
    return anywhere.tables


def widths(found: pl.DataFrame) -> list[int]:
    assert found.schema == SIZES.schema
    return found["width_px"].to_list()


def test_rows_written_are_rows_read(tables: Tables, anywhere: Deployment) -> None:
    key = tables.write(SIZES, job_id(1), rows_of(1))
    assert key == keys.job_table("sizes", job_id(1))
    found = tables.read(SIZES, job_id(1))
    assert found is not None
    assert found.equals(rows_of(1))
    assert found.schema == SIZES.schema
    assert [stored.key for stored in anywhere.store.objects("tables/")] == [key]


def test_a_job_that_never_wrote_is_not_a_job_without_rows(tables: Tables) -> None:
    tables.write(SIZES, job_id(1), SIZES.empty())
    found = tables.read(SIZES, job_id(1))
    assert found is not None
    assert found.is_empty()
    assert found.schema == SIZES.schema
    assert tables.read(SIZES, job_id(2)) is None


def test_writing_again_replaces_the_rows(tables: Tables) -> None:
    tables.write(SIZES, job_id(1), rows_of(1, width_px=10, count=3))
    tables.write(SIZES, job_id(1), rows_of(1, width_px=50, count=1))
    found = tables.read(SIZES, job_id(1))
    assert found is not None
    assert widths(found) == [50]
    assert widths(tables.rows_with(SIZES, "sha256", ["a", "b", "c"])) == [50]


@pytest.mark.parametrize(
    ("frame", "named"),
    [
        (rows_of(1).drop("width_px"), "width_px"),
        (rows_of(1).with_columns(pl.lit(1).alias("weight")), "weight"),
        (rows_of(1).with_columns(pl.lit("done").alias("status")), "unlawful status"),
        (rows_of(1).with_columns(pl.lit("refused").alias("status")), "lacks its reason"),
    ],
)
def test_rows_that_differ_from_the_declaration_are_not_written(
    tables: Tables, frame: pl.DataFrame, named: str
) -> None:
    tables.write(SIZES, job_id(1), rows_of(1, width_px=5))
    with pytest.raises(ValueError, match=named):
        tables.write(SIZES, job_id(1), frame)
    found = tables.read(SIZES, job_id(1))
    assert found is not None
    assert widths(found) == [5, 6]


def test_rows_are_found_across_jobs_newest_last(tables: Tables) -> None:
    for number in (3, 1, 2):
        tables.write(SIZES, job_id(number), rows_of(number, width_px=number * 10))
    assert widths(tables.rows_with(SIZES, "sha256", ["a"])) == [10, 20, 30]
    assert widths(tables.rows_with(SIZES, "sha256", {"a", "b"})) == [10, 11, 20, 21, 30, 31]
    assert widths(tables.rows_with(SIZES, "job", [job_id(2)])) == [20, 21]
    assert widths(tables.rows_with(SIZES, "sha256", ["unheard of"])) == []
    assert widths(tables.rows_with(SIZES, "sha256", [])) == []


def test_only_ready_rows_are_found(tables: Tables) -> None:
    refused = {
        "job": job_id(1),
        "item": "0003",
        **CorruptMedia("cut off").outcome(),
        "sha256": "a",
    }
    rows = pl.concat([rows_of(1, width_px=7), SIZES.rows([refused])])
    tables.write(SIZES, job_id(1), rows)
    assert widths(tables.rows_with(SIZES, "sha256", ["a"])) == [7]


def test_nothing_is_found_in_a_table_nobody_has_written(tables: Tables) -> None:
    assert widths(tables.rows_with(SIZES, "sha256", ["a"])) == []
    assert tables.read(SIZES, job_id(1)) is None


def test_a_column_declared_later_is_null_and_one_dropped_is_gone(tables: Tables) -> None:
    tables.write(SIZES, job_id(1), rows_of(1, width_px=3))
    added = Column("height_px", pl.Int64(), "Height.")
    changed = replace(SIZES, own_columns=(SIZES.own_columns[0], added))
    row = rows_of(2).drop("width_px").row(0, named=True)
    tables.write(changed, job_id(2), changed.rows([row | {"height_px": 9}]))
    old = tables.read(changed, job_id(1))
    assert old is not None
    assert old.schema == changed.schema
    assert old["height_px"].to_list() == [None, None]
    both = tables.rows_with(changed, "sha256", ["a"])
    assert both["height_px"].to_list() == [None, 9]


def test_files_that_are_no_jobs_are_left_alone(tables: Tables, anywhere: Deployment) -> None:
    tables.write(SIZES, job_id(1), rows_of(1, width_px=3))
    anywhere.store.put("tables/sizes/notes.parquet", b"not a table")
    anywhere.store.put(f"tables/sizes/{job_id(2)}.parquet.bak", b"not a table")
    anywhere.store.put(f"tables/sizes_other/{job_id(3)}.parquet", b"not this table")
    assert widths(tables.rows_with(SIZES, "sha256", ["a"])) == [3]


def test_a_table_whose_name_starts_like_another_has_its_own_rows(tables: Tables) -> None:
    other = replace(SIZES, name="sizes_other")
    tables.write(SIZES, job_id(1), rows_of(1, width_px=3))
    tables.write(other, job_id(1), rows_of(1, width_px=8))
    assert widths(tables.rows_with(SIZES, "sha256", ["a"])) == [3]
    assert widths(tables.rows_with(other, "sha256", ["a"])) == [8]
