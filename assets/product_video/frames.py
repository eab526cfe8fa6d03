"""Frames and frame scores: each clip is decoded once, every frame scored, the winners kept."""

import dagster as dg
import polars as pl

from assets.parameters import parameters_of
from assets.partitions import product_video_jobs
from media.pipelines.product_video import ProductVideoParameters
from resources.clips import Clips
from resources.intake import Intake
from resources.table_metadata import plotted


@dg.multi_asset(
    partitions_def=product_video_jobs,
    outs={
        "frames": dg.AssetOut(
            kinds={"ffmpeg", "opencv", "parquet"},
            owners=["team:media"],
            metadata=plotted(sharpness="mean"),
            description="The sharpest frame of each second of every clip, in full size.",
        ),
        "frame_scores": dg.AssetOut(
            kinds={"ffmpeg", "opencv", "parquet"},
            owners=["team:media"],
            metadata=plotted(sharpness="mean", motion="mean"),
            description="Sharpness, motion and score of every frame of every clip.",
        ),
    },
)
def frames(
    context: dg.AssetExecutionContext,
    source_videos: pl.DataFrame,
    intake: dg.ResourceParam[Intake],
    clips: dg.ResourceParam[Clips],
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The sharpest frames and the scores of all of them, from one decode."""
    ready = source_videos.filter(pl.col("status") == "ready")
    return clips.score(
        ready, parameters_of(intake.request(context.partition_key), ProductVideoParameters)
    )
