"""Briefs: what was asked for, complete and checked."""

import dagster as dg
import polars as pl

from assets.partitions import design_jobs
from resources.designs import Designs
from resources.intake import Intake


@dg.asset(partitions_def=design_jobs, kinds={"pydantic", "parquet"}, owners=["team:media"])
def briefs(
    context: dg.AssetExecutionContext,
    intake: dg.ResourceParam[Intake],
    designs_made: dg.ResourceParam[Designs],
) -> pl.DataFrame:
    """Every brief of the job, its own words over the job's parameters."""
    return designs_made.briefs(intake.request(context.partition_key))
