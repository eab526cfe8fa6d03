"""PDF pages: pictures of the pages of each uploaded document."""

import dagster as dg
import polars as pl

from assets.library.options import LibraryOptions
from assets.partitions import library_jobs
from media.pipelines.library import PDF_PAGES
from resources.intake import Intake
from resources.renditions import Renditions


@dg.asset(partitions_def=library_jobs, kinds={"pdf", "pillow", "parquet"}, owners=["team:media"])
def pdf_pages(
    context: dg.AssetExecutionContext,
    uploads: pl.DataFrame,
    intake: dg.ResourceParam[Intake],
    renditions: dg.ResourceParam[Renditions],
) -> pl.DataFrame:
    """The pages asked for of every PDF, at every size asked for."""
    from media.documents import render_pages

    documents = uploads.filter(pl.col("kind") == "pdf", pl.col("status") == "ready")
    options = LibraryOptions(intake.request(context.partition_key), renditions.store)
    pages = renditions.expand(
        documents, render_pages, lambda row: options.pages(row["item"]), PDF_PAGES, "library"
    )
    return pages.with_columns(
        pl.col("name").str.extract(r"^page-(\d+)-").cast(pl.Int64).alias("page")
    )
