"""Uploads: the files of a job, identified and checked."""

import dagster as dg
import polars as pl

from assets.partitions import library_jobs
from media.pipelines.library import KINDS, UPLOADS
from resources.intake import Intake
from resources.originals import Originals
from resources.table_metadata import plotted


@dg.asset(
    partitions_def=library_jobs,
    kinds={"pillow", "pdf", "parquet"},
    owners=["team:media"],
    metadata=plotted(pages="sum"),
)
def uploads(
    context: dg.AssetExecutionContext,
    intake: dg.ResourceParam[Intake],
    originals: dg.ResourceParam[Originals],
) -> pl.DataFrame:
    """Every file of the job: its type, size and hash, and whether it was taken."""
    return originals.take(intake.request(context.partition_key), UPLOADS, KINDS)
