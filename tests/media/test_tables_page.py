"""The page of tables: current, complete, of the warehouse's own types, and its code runs."""

import re
from pathlib import Path
from typing import Any

import duckdb
import lance
import polars as pl
import pytest

from media.errors import READY, CorruptMedia, PredictionFailed, UnsupportedType
from media.pipeline import all_tables
from media.pipelines.library import UPLOADS
from media.pipelines.staging import STAGED_IMAGES
from media.reviews import Decision
from media.tables import Column, Table
from media.tables_page import (
    OPEN_VECTORS,
    QUESTIONS,
    documented_tables,
    sql_type,
    tables_page,
)
from resources.deployments import Deployment
from resources.reviews import Reviews
from resources.settings import PROJECT_ROOT
from tests.resources.table_rows import job_id


def test_the_page_is_what_the_tables_declare_today() -> None:
    page = (PROJECT_ROOT / "docs" / "tables.md").read_text()
    assert page == tables_page(documented_tables()), "showroom tables --markdown > docs/tables.md"


def test_the_page_has_every_column_of_every_table() -> None:
    page = tables_page(documented_tables())
    for table in all_tables():
        section = page.partition(f"### `{table.name}`\n")[2].partition("\n#")[0]
        assert table.description in section
        named = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
        assert named == [column.name for column in table.own_columns]


def test_types_are_those_that_analysts_see(deployment: Deployment) -> None:
    deployment.warehouse.rebuild(all_tables())
    with duckdb.connect(str(deployment.warehouse.path), read_only=True) as connection:
        seen = connection.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
        ).fetchall()
    said = {
        (table.name, column.name, sql_type(column.dtype))
        for table in all_tables()
        for column in table.columns
    }
    assert set(seen) == said


def test_a_type_that_nobody_has_named_is_an_error() -> None:
    with pytest.raises(KeyError):
        sql_type(pl.Int8())


def test_a_bar_in_a_description_does_not_break_the_table() -> None:
    table = Table("t", "T.", (Column("c", pl.String(), "Either a|b."),))
    assert "| `c` | VARCHAR | Either a\\|b. |" in tables_page({"p": [table]})


@pytest.fixture
def asked(deployment: Deployment) -> dict[str, list[dict[str, Any]]]:
    """What the page's questions answer over a few rows, by their words."""
    refused = [CorruptMedia("cut off"), CorruptMedia("cut off"), UnsupportedType("a text")]
    outcomes = [READY, *(error.outcome() for error in refused)]
    deployment.tables.write(
        UPLOADS,
        job_id(1),
        UPLOADS.rows(
            [
                {"job": job_id(1), "item": f"{number:04d}", **outcome}
                for number, outcome in enumerate(outcomes, start=1)
            ]
        ),
    )
    staged = [("modern", 0.25, READY), ("modern", 0.5, READY), ("rustic", 0.25, READY)]
    staged.append(("rustic", 0.0, PredictionFailed("no").outcome()))
    rows = [
        {"job": job_id(2), "item": "0001", **outcome, "name": f"{style}-{number}", "style": style}
        | {"key": f"outputs/{number}", "provider": "replicate", "model": "m", "cost_usd": cost_usd}
        for number, (style, cost_usd, outcome) in enumerate(staged)
    ]
    deployment.tables.write(STAGED_IMAGES, job_id(2), STAGED_IMAGES.rows(rows))
    reviews = Reviews(deployment.store, deployment.tables)
    reviews.decide([Decision(f"outputs/{number}", "approved") for number in (0, 1)], "ada")
    reviews.decide([Decision("outputs/1", "rejected"), Decision("outputs/2", "approved")], "ben")
    return {
        question.words: deployment.warehouse.query(question.sql, all_tables())
        for question in QUESTIONS
    }


def test_the_questions_of_the_page_are_answered(asked: dict[str, list[dict[str, Any]]]) -> None:
    refusals, costs, styles = asked.values()
    assert refusals == [
        {"reason": "corrupt", "files": 2, "example": "cut off"},
        {"reason": "unsupported_type", "files": 1, "example": "a text"},
    ]
    assert costs == [
        {"provider": "replicate", "model": "m", "pictures": 3, "failures": 1, "cost_usd": 1.0}
    ]
    assert styles == [
        {"style": "rustic", "decided": 1, "approved_part": 1.0},
        {"style": "modern", "decided": 2, "approved_part": 0.5},
    ]


def test_the_lines_that_open_vectors_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "lance" / "NAME.lance"
    rows = pl.DataFrame({"id": ["picture-7"], "vector": [[0.6, 0.8]]})
    lance.write_dataset(rows.to_arrow(), str(path))
    assert len(OPEN_VECTORS.splitlines()) == 3
    code = OPEN_VECTORS.replace("data/store/lance/NAME.lance", str(path))
    assert str(path) in code
    exec(code, {})  # noqa: S102 - the page's own three lines
    printed = capsys.readouterr().out
    assert "picture-7" in printed
    assert "vector" in printed
