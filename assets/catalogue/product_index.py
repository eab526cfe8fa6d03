"""Product index: what searches ask, brought up to date with a job's products."""

import dagster as dg
import polars as pl

from assets.partitions import catalogue_jobs
from resources.catalogues import Catalogues
from resources.product_index import ProductIndex
from resources.table_metadata import plotted


@dg.asset(
    partitions_def=catalogue_jobs,
    kinds={"lance", "parquet"},
    owners=["team:search"],
    pool="lance",
    metadata=plotted(upserted="sum", removed="sum"),
)
def product_index(
    products: pl.DataFrame,
    product_embeddings: pl.DataFrame,
    catalogues: dg.ResourceParam[Catalogues],
    indexed_products: dg.ResourceParam[ProductIndex],
) -> pl.DataFrame:
    """One row per catalogue: how many products were added, updated and removed."""
    return catalogues.indexed(products, product_embeddings, indexed_products)
