"""Provenance: who made something, with what, and what it took."""

from dataclasses import dataclass

import polars as pl

from media.tables import Column


@dataclass(frozen=True)
class Provenance:
    """Recorded with every row that a provider made, the offline ones included."""

    provider: str
    model: str
    version: str
    seed: int | None = None
    cost_usd: float = 0.0
    seconds: float = 0.0

    def columns(self) -> dict[str, object]:
        """As the columns of a row, see PROVENANCE_COLUMNS."""
        return {
            "provider": self.provider,
            "model": self.model,
            "model_version": self.version,
            "seed": self.seed,
            "cost_usd": self.cost_usd,
            "seconds": self.seconds,
        }


PROVENANCE_COLUMNS = (
    Column("provider", pl.String(), "Who did it: a service, or offline."),
    Column("model", pl.String(), "Model, or method."),
    Column("model_version", pl.String(), "Version of the model or method."),
    Column("seed", pl.Int64(), "Seed, where there was one."),
    Column("cost_usd", pl.Float64(), "What the provider charged, in US dollars."),
    Column("seconds", pl.Float64(), "How long it took."),
)

_TOLD_APART_BY = ("item", "frame", "product", "view", "name", "version", "variation", "sha256")
_SPENT = ("cost_usd", "seconds")


def with_what_was_spent(rows: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """`rows` that replace those of `before`, each telling at least what its picture had cost.

    What was paid for is found when a table is made again, and then costs nothing; the job has
    spent it all the same. Rows of a table without costs come back as they are.
    """
    if not set(_SPENT) <= set(rows.columns):
        return rows
    same = [name for name in _TOLD_APART_BY if name in rows.columns]
    spent = before.select(*same, *(pl.col(name).alias(f"{name} before") for name in _SPENT))
    joined = rows.join(
        spent.unique(same, keep="first"),
        on=same,
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    kept = [pl.max_horizontal(name, f"{name} before").alias(name) for name in _SPENT]
    return joined.with_columns(kept).select(rows.columns)
