"""Source videos: the clips of a job, identified and checked."""

import dagster as dg
import polars as pl

from assets.partitions import product_video_jobs
from media.pipelines.product_video import KINDS, SOURCE_VIDEOS
from resources.intake import Intake
from resources.table_metadata import plotted
from resources.video_originals import VideoOriginals


@dg.asset(
    partitions_def=product_video_jobs,
    kinds={"ffmpeg", "parquet"},
    owners=["team:media"],
    metadata=plotted(duration_s="sum"),
)
def source_videos(
    context: dg.AssetExecutionContext,
    intake: dg.ResourceParam[Intake],
    video_originals: dg.ResourceParam[VideoOriginals],
) -> pl.DataFrame:
    """Every clip of the job: its container, size, length and hash, and whether it was taken."""
    return video_originals.take(intake.request(context.partition_key), SOURCE_VIDEOS, KINDS)
