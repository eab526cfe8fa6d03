"""Asset checks: every table tells how many of its items were refused or failed."""

from collections import Counter

import dagster as dg
import polars as pl


def outcomes_check(asset: dg.AssetKey) -> dg.AssetChecksDefinition:
    """A check of one table: a warning with counts when an item was refused or has failed."""

    @dg.asset_check(
        asset=asset,
        name="outcomes",
        description="Whether every item of the job came through; if not, how many and why.",
    )
    def outcomes(table: pl.DataFrame) -> dg.AssetCheckResult:
        return check_outcomes(table)

    return outcomes


def check_outcomes(table: pl.DataFrame) -> dg.AssetCheckResult:
    """The verdict on one job's rows: refused items warn, and so do failed ones."""
    bad = table.filter(pl.col("status") != "ready").unique(["item", "reason"])
    statuses = Counter(bad["status"])
    reasons = Counter(bad["reason"])
    return dg.AssetCheckResult(
        passed=bad.is_empty(),
        severity=dg.AssetCheckSeverity.WARN,
        description=", ".join(f"{count} {reason}" for reason, count in reasons.most_common()),
        metadata={
            "items": table["item"].n_unique(),
            "refused": statuses["refused"],
            "failed": statuses["failed"],
            **{f"reason: {reason}": count for reason, count in reasons.items()},
        },
    )
