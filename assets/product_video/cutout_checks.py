"""Check on cutouts: whether every mask can be trusted."""

import dagster as dg
import polars as pl

from assets.checks import of_job

_CUTOUTS = dg.AssetKey(["product_video", "cutouts"])
_TOLD = 5


@dg.asset_check(
    asset=_CUTOUTS,
    description="Whether every mask can be trusted; `showroom get` leaves doubtful ones out.",
)
def masks_trusted(cutouts: pl.DataFrame) -> dg.AssetCheckResult:
    """A warning with the doubtful views, what is doubtful about them, and the lowest quality."""
    ready = cutouts.filter(pl.col("status") == "ready")
    doubtful = ready.filter("needs_review")
    why = [f"{row['item']} {row['view']}: {row['review']}" for row in doubtful.to_dicts()]
    lowest = ready["mask_quality"].min()
    return dg.AssetCheckResult(
        passed=not why,
        severity=dg.AssetCheckSeverity.WARN,
        description="; ".join(why[:_TOLD]) or None,
        metadata={
            **of_job(cutouts),
            "cutouts": ready.height,
            "doubtful": len(why),
            **({"lowest": lowest} if isinstance(lowest, float) else {}),
        },
    )
