"""Product views: the best frame of each view of each product."""

import dagster as dg
import polars as pl

from assets.parameters import parameters_of
from assets.partitions import product_video_jobs
from media.pipelines.product_video import ProductVideoParameters
from resources.intake import Intake
from resources.studio import Studio
from resources.table_metadata import plotted


@dg.asset(
    partitions_def=product_video_jobs,
    kinds={"gemini", "opencv", "parquet"},
    owners=["team:media"],
    pool="gemini",
    metadata=plotted(quality="mean", sharpness="mean"),
)
def product_views(
    context: dg.AssetExecutionContext,
    candidate_frames: pl.DataFrame,
    intake: dg.ResourceParam[Intake],
    studio: dg.ResourceParam[Studio],
) -> pl.DataFrame:
    """Which product each view shows, how well, and what is in the way."""
    return studio.views(
        candidate_frames,
        parameters_of(intake.request(context.partition_key), ProductVideoParameters),
    )
