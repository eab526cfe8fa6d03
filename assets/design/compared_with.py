"""What designs are compared with: all that catalogues hold, whichever job brought it."""

import dagster as dg


def all_of(table: str) -> dg.AssetDep:
    """A table of the catalogue pipeline, all of its jobs together."""
    return dg.AssetDep(
        dg.AssetKey(["catalogue", table]), partition_mapping=dg.AllPartitionMapping()
    )
