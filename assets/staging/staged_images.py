"""Staged images: each photo in each style and variation."""

import dagster as dg
import polars as pl

from assets.parameters import parameters_of
from assets.partitions import staging_jobs
from media.pipelines.staging import StagingParameters
from resources.intake import Intake
from resources.room_sheets import RoomSheets
from resources.rooms import Rooms
from resources.table_metadata import plotted


@dg.asset(
    partitions_def=staging_jobs,
    kinds={"replicate", "opencv", "parquet"},
    owners=["team:media"],
    pool="replicate",
    metadata=plotted(structure_score="mean", changed_part="mean"),
)
def staged_images(
    context: dg.AssetExecutionContext,
    room_layouts: pl.DataFrame,
    staging_prompts: pl.DataFrame,
    intake: dg.ResourceParam[Intake],
    rooms: dg.ResourceParam[Rooms],
    room_sheets: dg.ResourceParam[RoomSheets],
) -> pl.DataFrame:
    """One row per picture, with its cost and how far it kept the room; else with a reason."""
    asked = parameters_of(intake.request(context.partition_key), StagingParameters)
    made = rooms.staged(staging_prompts, room_layouts, asked)
    context.add_output_metadata(room_sheets.metadata(room_layouts, made))
    return made
