"""Image variants: the web renditions of each uploaded image."""

import dagster as dg
import polars as pl

from assets.library.options import LibraryOptions
from assets.partitions import library_jobs
from media.pipelines.library import IMAGE_VARIANTS
from resources.intake import Intake
from resources.renditions import Renditions


@dg.asset(partitions_def=library_jobs, kinds={"pillow", "parquet"}, owners=["team:media"])
def image_variants(
    context: dg.AssetExecutionContext,
    uploads: pl.DataFrame,
    intake: dg.ResourceParam[Intake],
    renditions: dg.ResourceParam[Renditions],
) -> pl.DataFrame:
    """The web renditions of every image; never larger than the original unless asked."""
    from media.variants import render_variants

    images = uploads.filter(pl.col("kind") == "image", pl.col("status") == "ready")
    options = LibraryOptions(intake.request(context.partition_key), renditions.store)
    return renditions.expand(
        images,
        render_variants,
        lambda row: options.variants(row["item"]),
        IMAGE_VARIANTS,
        "library",
    )
