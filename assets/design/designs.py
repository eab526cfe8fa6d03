"""Designs: the pictures of each brief."""

import dagster as dg
import polars as pl

from assets.partitions import design_jobs
from resources.designs import Designs


@dg.asset(
    partitions_def=design_jobs,
    kinds={"replicate", "opencv", "parquet"},
    owners=["team:media"],
    pool="replicate",
)
def designs(
    enhanced_prompts: pl.DataFrame,
    briefs: pl.DataFrame,
    designs_made: dg.ResourceParam[Designs],
) -> pl.DataFrame:
    """One row per picture, with its cost; else with a reason, such as what moderation saw."""
    return designs_made.designs(enhanced_prompts, briefs)
