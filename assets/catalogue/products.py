"""Products: the entries of a job's catalogues, good and bad."""

import dagster as dg
import polars as pl

from assets.parameters import parameters_of
from assets.partitions import catalogue_jobs
from media.pipelines.catalogue import CatalogueParameters
from resources.catalogues import Catalogues
from resources.intake import Intake


@dg.asset(partitions_def=catalogue_jobs, kinds={"polars", "parquet"}, owners=["team:search"])
def products(
    context: dg.AssetExecutionContext,
    catalogue_files: pl.DataFrame,
    intake: dg.ResourceParam[Intake],
    catalogues: dg.ResourceParam[Catalogues],
) -> pl.DataFrame:
    """One row per product; one with line and reason per entry that was not taken."""
    request = intake.request(context.partition_key)
    return catalogues.products(catalogue_files, parameters_of(request, CatalogueParameters))
