"""Cutouts: each view without its background."""

import dagster as dg
import polars as pl

from assets.partitions import product_video_jobs
from resources.studio import Studio
from resources.table_metadata import plotted


@dg.asset(
    partitions_def=product_video_jobs,
    kinds={"photoroom", "opencv", "parquet"},
    owners=["team:media"],
    pool="photoroom",
    metadata=plotted(mask_quality="mean"),
)
def cutouts(product_views: pl.DataFrame, studio: dg.ResourceParam[Studio]) -> pl.DataFrame:
    """The product of each view as RGBA, and whether a person should look at the mask."""
    return studio.cutouts(product_views)
