"""What the Dagster UI is told of a job's rows: counts, sums and averages that plot over jobs.

A value that is plotted has the same name and type for every job. Counts and sums are always
there. An average is absent where no ready row has a value: the average of nothing is not 0.
"""

from collections.abc import Mapping
from typing import Any, Literal, get_args

import polars as pl

from media.tables import Table

Plot = Literal["sum", "mean", "best"]
"""`best` is the mean over rows of rank 1."""

_PLOTTED = "plotted"
_READY = pl.col("status") == "ready"
_OUTCOMES = ("ready", "refused", "failed")


def plotted(**columns: Plot) -> dict[str, Any]:
    """An asset's definition metadata: which of its columns are plotted, and how."""
    return {_PLOTTED: dict(columns)}


def plots_of(definition: Mapping[str, Any], table: Table) -> dict[str, Plot]:
    """What an asset's definition metadata says is plotted.

    Raises ValueError for a column that `table` has not, and for an unknown way.
    """
    told = definition.get(_PLOTTED, {})
    plots: dict[str, Plot] = dict(getattr(told, "value", told))
    for column, how in plots.items():
        if column not in table.schema or how not in get_args(Plot):
            raise ValueError(f"{table.name} cannot plot {column} as {how}")
    return plots


def counted(table: Table, frame: pl.DataFrame) -> dict[str, int | float]:
    """Rows by status, and what a table's bytes, costs and doubts come to, for every job."""
    statuses = dict(frame["status"].value_counts().rows())
    counts: dict[str, int | float] = {name: int(statuses.get(name, 0)) for name in _OUTCOMES}
    if "bytes" in table.schema:
        counts["bytes"] = int(frame["bytes"].sum())
    if "needs_review" in table.schema:
        counts["needs_review"] = int(frame["needs_review"].sum())
    for name in ("estimated_cost_usd", "cost_usd"):
        if name in table.schema:
            counts[name] = round(float(frame[name].sum()), 6)
    return counts


def measured(frame: pl.DataFrame, plots: Mapping[str, Plot]) -> dict[str, int | float]:
    """The declared sums and averages over ready rows, each named `<column>_<how>`."""
    ready = frame.filter(_READY)
    values: dict[str, int | float] = {}
    for column, how in plots.items():
        rows = ready.filter(pl.col("rank") == 1) if how == "best" else ready
        if how == "sum":
            total = rows[column].sum()
            values[f"{column}_{how}"] = total if isinstance(total, int) else round(float(total), 6)
        elif (mean := rows[column].cast(pl.Float64).mean()) is not None:
            values[f"{column}_{how}"] = round(float(str(mean)), 6)
    return values
