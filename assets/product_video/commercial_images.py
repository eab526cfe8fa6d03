"""Commercial images: each view on each background, ready to be shown."""

import dagster as dg
import polars as pl

from assets.parameters import parameters_of
from assets.partitions import product_video_jobs
from media.pipelines.product_video import ProductVideoParameters
from resources.filmstrips import Filmstrips
from resources.intake import Intake
from resources.studio import Studio


@dg.asset(
    partitions_def=product_video_jobs,
    kinds={"photoroom", "pillow", "parquet"},
    owners=["team:media"],
    pool="photoroom",
)
def commercial_images(
    context: dg.AssetExecutionContext,
    cutouts: pl.DataFrame,
    intake: dg.ResourceParam[Intake],
    studio: dg.ResourceParam[Studio],
    filmstrips: dg.ResourceParam[Filmstrips],
) -> pl.DataFrame:
    """One row per view, version and size; a row with the reason where the gate said no."""
    job = context.partition_key
    made = studio.commercial_images(
        cutouts, parameters_of(intake.request(job), ProductVideoParameters)
    )
    context.add_output_metadata(filmstrips.metadata(lambda: filmstrips.sheet_of_job(job, made)))
    return made
