"""Asset checks: of every table how its items fared; of published ones that promises are kept."""

from collections import Counter
from collections.abc import Iterator, Mapping

import dagster as dg
import polars as pl

from media.pipeline import Pipeline
from resources.object_store import ObjectStore
from resources.progress import each

OUTCOMES = "outcomes"
OBJECTS_THERE = "objects_there"
NAMES_UNIQUE = "names_unique"

MAX_LOOKED_AT = 200
"""Objects of one job that are looked for; of more, as many spread over all of them."""
_THREADS = 8
_TOLD = 5
"""How many of what is wrong are named."""
_READY = pl.col("status") == "ready"


def table_checks(pipeline: Pipeline, asset: dg.AssetKey) -> dg.AssetChecksDefinition:
    """The checks of one table, in one step: a step of its own for each would cost more."""
    name = asset.path[-1]
    told = {OUTCOMES: "Whether every item of the job came through; if not, how many and why."}
    if name in pipeline.published:
        told |= {
            OBJECTS_THERE: f"Whether what the rows name is in the store: {MAX_LOOKED_AT} of a job.",
            NAMES_UNIQUE: "Whether the pictures of each item have names of their own.",
        }

    @dg.multi_asset_check(
        name=f"{name}_checks",
        specs=[dg.AssetCheckSpec(check, asset=asset, description=told[check]) for check in told],
        ins={"table": asset},
    )
    def checks(
        table: pl.DataFrame, store: dg.ResourceParam[ObjectStore]
    ) -> Iterator[dg.AssetCheckResult]:
        yield check_outcomes(table)
        if name in pipeline.published:
            yield check_objects(table, store)
            yield check_names(table)

    return checks


def of_job(table: pl.DataFrame) -> Mapping[str, str]:
    """Whose rows were looked at: the UI keeps the results of all jobs in one list."""
    return {"job": table["job"][0]} if table.height else {}


def check_outcomes(table: pl.DataFrame) -> dg.AssetCheckResult:
    """The verdict on one job's rows: refused items warn, and so do failed ones."""
    bad = table.filter(~_READY).unique(["item", "reason"])
    statuses = Counter(bad["status"])
    reasons = Counter(bad["reason"])
    return dg.AssetCheckResult(
        check_name=OUTCOMES,
        passed=bad.is_empty(),
        severity=dg.AssetCheckSeverity.WARN,
        description=", ".join(f"{count} {reason}" for reason, count in reasons.most_common()),
        metadata={
            **of_job(table),
            "items": table["item"].n_unique(),
            "refused": statuses["refused"],
            "failed": statuses["failed"],
            **{f"reason: {reason}": count for reason, count in reasons.items()},
        },
    )


def check_objects(table: pl.DataFrame, store: ObjectStore) -> dg.AssetCheckResult:
    """An error when an object that a ready row names is not in the store."""
    keys = table.filter(_READY)["key"].drop_nulls().unique(maintain_order=True)
    looked_at = keys.gather_every(-(-keys.len() // MAX_LOOKED_AT) or 1).to_list()
    heads = each(store.head, looked_at, _THREADS)
    missing = [key for key, head in zip(looked_at, heads, strict=True) if head is None]
    return dg.AssetCheckResult(
        check_name=OBJECTS_THERE,
        passed=not missing,
        severity=dg.AssetCheckSeverity.ERROR,
        description=f"{len(missing)} are missing; re-materialize this job" if missing else None,
        metadata={
            **of_job(table),
            "objects": keys.len(),
            "looked_at": len(looked_at),
            "missing": len(missing),
            **{f"missing {number}": key for number, key in enumerate(missing[:_TOLD], start=1)},
        },
    )


def check_names(table: pl.DataFrame) -> dg.AssetCheckResult:
    """An error when two ready rows of an item share a name: one copied would replace the other."""
    pictures = table.filter(_READY)
    doubled = pictures.group_by("item", "name").len().filter(pl.col("len") > 1)
    names = [f"{item} {name}" for item, name, _ in doubled.sort("item", "name").rows()]
    return dg.AssetCheckResult(
        check_name=NAMES_UNIQUE,
        passed=not names,
        severity=dg.AssetCheckSeverity.ERROR,
        description=f"given twice: {', '.join(names[:_TOLD])}" if names else None,
        metadata={**of_job(table), "pictures": pictures.height, "doubled": len(names)},
    )
