"""Enhanced prompts: what is asked for, in terms of fashion, before anything is paid."""

import dagster as dg
import polars as pl

from assets.partitions import design_jobs
from resources.designs import Designs


@dg.asset(partitions_def=design_jobs, kinds={"python", "parquet"}, owners=["team:media"])
def enhanced_prompts(briefs: pl.DataFrame, designs_made: dg.ResourceParam[Designs]) -> pl.DataFrame:
    """One row per picture: prompt, seed, model and what it may cost."""
    return designs_made.prompts(briefs)
