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
