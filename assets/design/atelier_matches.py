"""Atelier matches: who could sew each picture, and why."""

import dagster as dg
import polars as pl

from assets.design.compared_with import all_of
from assets.partitions import design_jobs
from resources.design_matches import DesignMatches
from resources.table_metadata import plotted


@dg.asset(
    partitions_def=design_jobs,
    kinds={"python", "parquet"},
    owners=["team:search"],
    deps=[all_of("ateliers"), all_of("product_index")],
    metadata=plotted(score="best"),
)
def atelier_matches(
    designs: pl.DataFrame,
    design_embeddings: pl.DataFrame,
    briefs: pl.DataFrame,
    design_matches: dg.ResourceParam[DesignMatches],
) -> pl.DataFrame:
    """One row per picture and atelier, with its score and the reasons in words."""
    return design_matches.ateliers(designs, design_embeddings, briefs)
