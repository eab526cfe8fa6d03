"""Room layouts: what each photo tells of its room."""

import dagster as dg
import polars as pl

from assets.partitions import staging_jobs
from resources.rooms import Rooms
from resources.table_metadata import plotted


@dg.asset(
    partitions_def=staging_jobs,
    kinds={"opencv", "parquet"},
    owners=["team:media"],
    metadata=plotted(clarity="mean", floor_free="mean"),
)
def room_layouts(room_photos: pl.DataFrame, rooms: dg.ResourceParam[Rooms]) -> pl.DataFrame:
    """The camera, floor and walls of each photo, its light, and whether its floor is free."""
    return rooms.layouts(room_photos)
