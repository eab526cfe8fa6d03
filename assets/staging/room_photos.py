"""Room photos: the files of a job, identified and checked."""

import dagster as dg
import polars as pl

from assets.partitions import staging_jobs
from media.pipelines.staging import KINDS, MIN_LONGER_SIDE_PX, ROOM_PHOTOS
from resources.intake import Intake
from resources.originals import Originals


@dg.asset(partitions_def=staging_jobs, kinds={"pillow", "parquet"}, owners=["team:media"])
def room_photos(
    context: dg.AssetExecutionContext,
    intake: dg.ResourceParam[Intake],
    originals: dg.ResourceParam[Originals],
) -> pl.DataFrame:
    """Every photo of the job: its type, size and hash, and whether it was taken."""
    large_enough = originals.at_least(MIN_LONGER_SIDE_PX)
    return large_enough.take(intake.request(context.partition_key), ROOM_PHOTOS, KINDS)
