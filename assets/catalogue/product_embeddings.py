"""Product embeddings: the vector of each product's picture."""

import dagster as dg
import polars as pl

from assets.parameters import parameters_of
from assets.partitions import catalogue_jobs
from media.pipelines.catalogue import CatalogueParameters
from resources.intake import Intake
from resources.product_pictures import ProductPictures


@dg.asset(
    partitions_def=catalogue_jobs, kinds={"opencv", "numpy", "parquet"}, owners=["team:search"]
)
def product_embeddings(
    context: dg.AssetExecutionContext,
    catalogue_files: pl.DataFrame,
    products: pl.DataFrame,
    intake: dg.ResourceParam[Intake],
    product_pictures: dg.ResourceParam[ProductPictures],
) -> pl.DataFrame:
    """One row per product that names a picture; with a reason where it was not found or read."""
    request = intake.request(context.partition_key)
    return product_pictures.embedded(
        products, catalogue_files, parameters_of(request, CatalogueParameters)
    )
