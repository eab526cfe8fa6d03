"""What a table is: its name, its pipeline and its columns, each with a meaning and a unit.

A pipeline declares its tables once, in `media/pipelines/<pipeline>.py`. Writing checks rows
against the declaration; the warehouse makes its views from it; the Dagster UI and the docs
show it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl


@dataclass(frozen=True)
class Column:
    """One column: its name, type and meaning (with the unit, where there is one)."""

    name: str
    dtype: pl.DataType
    description: str


ROW_COLUMNS = (
    Column("job", pl.String(), "Id of the job; sorts by time."),
    Column("item", pl.String(), "Number of the item in its job, from 0001."),
    Column("status", pl.String(), "ready, refused (bad input) or failed (should have worked)."),
    Column("reason", pl.String(), "Code of the refusal or failure; null when ready."),
    Column("detail", pl.String(), "The same as a sentence for a person; null when ready."),
)


@dataclass(frozen=True)
class Table:
    """A declared table; every row starts with job, item, status, reason and detail."""

    name: str
    description: str
    own_columns: tuple[Column, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, in order."""
        return ROW_COLUMNS + self.own_columns

    @cached_property
    def schema(self) -> pl.Schema:
        """The polars schema that stored rows have."""
        return pl.Schema({column.name: column.dtype for column in self.columns})

    def empty(self) -> pl.DataFrame:
        """No rows, all columns."""
        return self.schema.to_frame()

    def rows(self, records: Sequence[dict[str, object]]) -> pl.DataFrame:
        """Records as a frame of this table; a key it does not declare is a `ValueError`."""
        for record in records:
            if unknown := record.keys() - self.schema.keys():
                raise ValueError(f"{self.name} has no column {', '.join(sorted(unknown))}")
        return pl.DataFrame(records, schema=self.schema, strict=True)

    def check(self, frame: pl.DataFrame) -> pl.DataFrame:
        """`frame`, if it has exactly the declared columns and lawful statuses.

        Raises `ValueError` naming what differs.
        """
        if frame.schema != self.schema:
            wanted, got = dict(self.schema), dict(frame.schema)
            differing = sorted(
                name for name in wanted.keys() | got.keys() if wanted.get(name) != got.get(name)
            )
            raise ValueError(f"{self.name}: columns differ from the declared: {differing}")
        lawful = pl.col("status").is_in(["ready", "refused", "failed"]) & (
            (pl.col("status") == "ready") == pl.col("reason").is_null()
        )
        if not frame.select(lawful.fill_null(value=False).all()).item():
            raise ValueError(f"{self.name}: a row has an unlawful status or lacks its reason")
        return frame
