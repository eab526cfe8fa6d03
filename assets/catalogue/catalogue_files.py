"""Catalogue files: what arrived, and how much of it was understood."""

import dagster as dg
import polars as pl

from assets.parameters import parameters_of
from assets.partitions import catalogue_jobs
from media.pipelines.catalogue import CatalogueParameters
from resources.catalogues import Catalogues
from resources.intake import Intake
from resources.table_metadata import plotted


@dg.asset(
    partitions_def=catalogue_jobs,
    kinds={"csv", "json", "parquet"},
    owners=["team:search"],
    metadata=plotted(rows="sum", bad_rows="sum"),
)
def catalogue_files(
    context: dg.AssetExecutionContext,
    intake: dg.ResourceParam[Intake],
    catalogues: dg.ResourceParam[Catalogues],
) -> pl.DataFrame:
    """Every file of the job: catalogue or picture, how it was read, and where it lies."""
    request = intake.request(context.partition_key)
    return catalogues.files.take(request, parameters_of(request, CatalogueParameters))
