"""Words of the insights: what people call providers and kinds of jobs, as columns of rows."""

import polars as pl

from dashboards.words import pipeline_name
from media.pipeline import all_pipelines

_PROVIDERS = {"offline": "this machine", "openclip": "OpenCLIP here", "rembg": "rembg here"}


def provider_words(provider: str | None) -> str:
    """What people call a provider; None is Showroom itself."""
    return _PROVIDERS.get(provider or "offline", (provider or "").capitalize())


def kind_colors() -> dict[str, int]:
    """The theme's colour of each kind of job, the same in every chart."""
    return {pipeline_name(pipeline): n for n, pipeline in enumerate(all_pipelines())}


def with_kind(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with `kind`: what people call their pipeline."""
    names = [pipeline_name(pipeline) for pipeline in rows["pipeline"]]
    return rows.with_columns(kind=pl.Series(names, dtype=pl.String))


def with_provider(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with `who`: what people call their provider."""
    return rows.with_columns(who=pl.Series(map(provider_words, rows["provider"]), dtype=pl.String))
