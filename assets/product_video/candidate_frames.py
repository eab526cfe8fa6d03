"""Candidate frames: the frames that may show a view, the best by score, apart in time."""

import dagster as dg
import polars as pl

from assets.parameters import parameters_of
from assets.partitions import product_video_jobs
from media.pipelines.product_video import ProductVideoParameters
from resources.clips import Clips
from resources.filmstrips import Filmstrips
from resources.intake import Intake
from resources.table_metadata import plotted


@dg.asset(
    partitions_def=product_video_jobs,
    kinds={"polars", "parquet"},
    owners=["team:media"],
    metadata=plotted(sharpness="mean", score="mean"),
)
def candidate_frames(
    context: dg.AssetExecutionContext,
    frames: pl.DataFrame,
    frame_scores: pl.DataFrame,
    intake: dg.ResourceParam[Intake],
    clips: dg.ResourceParam[Clips],
    filmstrips: dg.ResourceParam[Filmstrips],
) -> pl.DataFrame:
    """The frames chosen of each clip; a clip without a sharp one is refused, with tips."""
    chosen = clips.candidates(
        frames,
        frame_scores,
        parameters_of(intake.request(context.partition_key), ProductVideoParameters),
    )
    context.add_output_metadata(filmstrips.metadata(lambda: filmstrips.sheet(frame_scores, chosen)))
    return chosen
