"""Design embeddings: the vector of each picture."""

import dagster as dg
import polars as pl

from assets.partitions import design_jobs
from resources.designs import Designs


@dg.asset(partitions_def=design_jobs, kinds={"opencv", "numpy", "parquet"}, owners=["team:search"])
def design_embeddings(
    designs: pl.DataFrame, designs_made: dg.ResourceParam[Designs]
) -> pl.DataFrame:
    """One row per picture, its vector by the embedder that products are compared with."""
    return designs_made.embedded(designs)
