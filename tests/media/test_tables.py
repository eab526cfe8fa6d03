"""Declared tables: rows that differ from their declaration are refused by name."""

import polars as pl
import pytest

from media.errors import READY, CorruptMedia, UploadVanished
from media.pipeline import all_tables
from media.tables import Column, Table

SIZES = Table("sizes", "Sizes.", (Column("width_px", pl.Int64(), "Width."),))
GOOD: dict[str, object] = {"job": "J", "item": "0001", **READY, "width_px": 3}


def test_every_table_starts_with_job_item_and_outcome() -> None:
    for table in [SIZES, *all_tables()]:
        assert table.schema.names()[:5] == ["job", "item", "status", "reason", "detail"]
        assert table.empty().schema == table.schema


def test_every_declared_column_says_what_it_means() -> None:
    for table in all_tables():
        assert table.description
        assert all(column.description.endswith(".") for column in table.columns)
        assert len(table.schema) == len(table.columns)


def test_rows_left_out_are_null_and_typed() -> None:
    rows = SIZES.rows([GOOD, {"job": "J", "item": "0002", **CorruptMedia("cut off").outcome()}])
    assert SIZES.check(rows)["width_px"].to_list() == [3, None]
    assert rows.schema == SIZES.schema


def test_no_rows_are_lawful() -> None:
    assert SIZES.check(SIZES.rows([])).height == 0


def test_a_column_that_is_not_declared_is_named() -> None:
    with pytest.raises(ValueError, match="sizes has no column height_px, weight"):
        SIZES.rows([GOOD | {"weight": 1, "height_px": 2}])


def test_a_value_of_the_wrong_type_is_refused() -> None:
    with pytest.raises((TypeError, pl.exceptions.PolarsError)):
        SIZES.rows([GOOD | {"width_px": "wide"}])


@pytest.mark.parametrize(
    "frame",
    [
        SIZES.rows([GOOD]).drop("width_px"),
        SIZES.rows([GOOD]).with_columns(pl.col("width_px").cast(pl.Int32)),
        SIZES.rows([GOOD]).rename({"width_px": "width"}),
    ],
)
def test_a_frame_of_other_columns_is_refused_by_name(frame: pl.DataFrame) -> None:
    with pytest.raises(ValueError, match=r"sizes: columns differ.*'width_px'"):
        SIZES.check(frame)


@pytest.mark.parametrize(
    "outcome",
    [
        {"status": "done"},
        {"status": None},
        {"status": "ready", "reason": "corrupt"},
        {"status": "refused", "reason": None},
        {"status": "failed", "reason": None},
        {"status": "failed", "reason": "corrupt", "job": "J"} | {"status": "ok"},
    ],
)
def test_an_unlawful_outcome_is_refused(outcome: dict[str, object]) -> None:
    rows = SIZES.rows([GOOD, GOOD | outcome])
    with pytest.raises(ValueError, match="sizes: a row has an unlawful status"):
        SIZES.check(rows)


@pytest.mark.parametrize("error", [CorruptMedia("x"), UploadVanished("x")])
def test_the_outcome_of_an_error_is_lawful(error: CorruptMedia | UploadVanished) -> None:
    rows = SIZES.check(SIZES.rows([GOOD | error.outcome()]))
    assert rows["reason"].to_list() == [error.reason]
    assert rows["detail"].to_list() == ["x"]
