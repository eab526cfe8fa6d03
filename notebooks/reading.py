"""Reading: rows of the warehouse as frames, typed also where there are none yet."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from media.job_ids import job_created_at
from media.pipeline import all_tables
from media.tables import Table
from resources.deployments import Deployment


def asked(deployment: Deployment, sql: str, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """The rows of a question to DuckDB, with the columns that `schema` names, in its order.

    `duckdb.Error` on a wrong question.
    """
    return pl.DataFrame(deployment.warehouse.query(sql, all_tables()), schema=schema)


def rows_of(
    deployment: Deployment, table: Table, columns: Iterable[str], where: str = "TRUE"
) -> pl.DataFrame:
    """Columns of a table's rows of which a condition holds, by job and item."""
    schema = {column: table.schema[column] for column in columns}
    names = ", ".join(f'"{name}"' for name in schema)
    sql = f'SELECT {names} FROM "{table.name}" WHERE {where} ORDER BY job, item'  # noqa: S608 - names are declared in code
    return asked(deployment, sql, schema)


def of_item(job: str, item: str) -> str:
    """The condition that a row is of one item of a job."""
    return f"job = {_quoted(job)} AND item = {_quoted(item)}"


def with_days(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with the `day`, in UTC, on which each one's job came to be; read from its id."""
    different = rows["job"].unique().to_list()
    day_of: dict[str, date] = {job: job_created_at(job).date() for job in different}
    days = pl.Series("day", [day_of[job] for job in rows["job"]], pl.Date())
    return rows.with_columns(days)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
