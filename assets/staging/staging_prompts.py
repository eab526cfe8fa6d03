"""Staging prompts: what is asked for, in words, before anything is paid."""

import dagster as dg
import polars as pl

from assets.parameters import parameters_of
from assets.partitions import staging_jobs
from media.pipelines.staging import StagingParameters
from resources.intake import Intake
from resources.rooms import Rooms


@dg.asset(partitions_def=staging_jobs, kinds={"python", "parquet"}, owners=["team:media"])
def staging_prompts(
    context: dg.AssetExecutionContext,
    room_layouts: pl.DataFrame,
    intake: dg.ResourceParam[Intake],
    rooms: dg.ResourceParam[Rooms],
) -> pl.DataFrame:
    """One row per photo, style and variation: prompt, seed, model and what it may cost."""
    return rooms.prompts(
        room_layouts, parameters_of(intake.request(context.partition_key), StagingParameters)
    )
