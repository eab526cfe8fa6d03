"""Rows of a small table, for tests that care how rows are kept and not what they say."""

import polars as pl

from media.errors import READY
from media.tables import Column, Table

SIZES = Table(
    "sizes",
    "Sizes, as \"measured\" by 'us'.",
    (
        Column("sha256", pl.String(), "Of what was measured."),
        Column("width_px", pl.Int64(), "Width in pixels; the photographer's."),
    ),
)


def job_id(number: int) -> str:
    """The id of the job of this number; they sort like their numbers."""
    return f"01K000000000000000000{number:05d}"


def rows_of(number: int, width_px: int = 0, count: int = 2, table: Table = SIZES) -> pl.DataFrame:
    """`count` rows of a job, of widths from `width_px` on and hashes `a`, `b`, ..."""
    return table.rows(
        [
            {
                "job": job_id(number),
                "item": f"{position + 1:04d}",
                **READY,
                "sha256": "abcdefgh"[position],
                "width_px": width_px + position,
            }
            for position in range(count)
        ]
    )
