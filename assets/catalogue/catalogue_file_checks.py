"""Check on catalogue files: whether every entry was taken."""

import dagster as dg
import polars as pl

from assets.checks import of_job

_FILES = dg.AssetKey(["catalogue", "catalogue_files"])


@dg.asset_check(
    asset=_FILES,
    description="Whether every entry was taken; rows of products and ateliers say why not.",
)
def entries_taken(catalogue_files: pl.DataFrame) -> dg.AssetCheckResult:
    """A warning with the files that hold entries which were not taken, and how many."""
    bad = catalogue_files.filter(pl.col("bad_rows") > 0)
    return dg.AssetCheckResult(
        passed=bad.is_empty(),
        severity=dg.AssetCheckSeverity.WARN,
        description="; ".join(
            f"{row['filename']}: {row['bad_rows']} of {row['rows']}" for row in bad.to_dicts()
        )
        or None,
        metadata={
            **of_job(catalogue_files),
            "entries": int(catalogue_files["rows"].sum()),
            "not_taken": int(catalogue_files["bad_rows"].sum()),
        },
    )
