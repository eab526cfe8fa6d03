"""Product matches: what is for sale that is like each picture."""

import dagster as dg
import polars as pl

from assets.design.compared_with import all_of
from assets.partitions import design_jobs
from resources.design_matches import DesignMatches
from resources.design_sheets import DesignSheets
from resources.table_metadata import plotted


@dg.asset(
    partitions_def=design_jobs,
    kinds={"lance", "parquet"},
    owners=["team:search"],
    deps=[all_of("product_index")],
    metadata=plotted(score="best", similarity="best"),
)
def product_matches(
    context: dg.AssetExecutionContext,
    designs: pl.DataFrame,
    design_embeddings: pl.DataFrame,
    briefs: pl.DataFrame,
    design_matches: dg.ResourceParam[DesignMatches],
    design_sheets: dg.ResourceParam[DesignSheets],
) -> pl.DataFrame:
    """One row per picture and product, those within the budget first, with the score's parts."""
    matches = design_matches.products(designs, design_embeddings, briefs)
    context.add_output_metadata(design_sheets.metadata(design_embeddings, matches))
    return matches
