"""Upkeep: the warehouse is rebuilt, old per-job files are merged, old refusals are removed."""

from datetime import UTC, datetime, timedelta

import dagster as dg

from media import keys
from media.pipeline import all_pipelines, all_tables
from orchestration.jobs import upkeep_job_of
from resources.direct_uploads import DirectUploads
from resources.object_store import ObjectStore
from resources.settings import Settings
from resources.tables import Tables
from resources.warehouse import Warehouse

GRACE = timedelta(minutes=10)
"""How long merged files stay for readers that have already listed them."""
ABANDONED_AFTER = timedelta(days=7)


@dg.asset(
    group_name="warehouse",
    kinds={"duckdb", "parquet"},
    owners=["team:platform"],
    name="showroom_duckdb",
    deps=[
        dg.AssetKey([pipeline.name, table.name])
        for pipeline in all_pipelines().values()
        for table in pipeline.tables
    ],
)
def warehouse_views(
    settings: dg.ResourceParam[Settings],
    tables: dg.ResourceParam[Tables],
    warehouse: dg.ResourceParam[Warehouse],
) -> dg.MaterializeResult[None]:
    """`showroom.duckdb`: one view per table; old per-job files are merged first."""
    now = datetime.now(UTC)
    merged = {
        table.name: tables.compact(table, at_least=settings.compact_after, grace=GRACE, now=now)
        for table in all_tables()
    }
    warehouse.rebuild(all_tables())
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(str(warehouse.path)),
            "views": len(merged),
            "merged": sum(merged.values()),
            **{f"merged {name}": count for name, count in merged.items() if count},
        }
    )


@dg.asset(group_name="warehouse", kinds={"python"}, owners=["team:platform"])
def expired_refusals(
    settings: dg.ResourceParam[Settings], store: dg.ResourceParam[ObjectStore]
) -> dg.MaterializeResult[None]:
    """Refused uploads older than the settings keep them, removed; their rows stay.

    So are uploads that never became a job, after a week.
    """
    now = datetime.now(UTC)
    oldest = now - timedelta(days=settings.refused_days)
    expired = [stored.key for stored in store.objects(keys.REFUSED) if stored.modified_at < oldest]
    store.delete(expired)
    abandoned = DirectUploads(store).remove_abandoned(now, ABANDONED_AFTER)
    return dg.MaterializeResult(metadata={"removed": len(expired), "abandoned": abandoned})


upkeep_assets = [warehouse_views, expired_refusals]
upkeep_job = upkeep_job_of(
    "upkeep",
    *upkeep_assets,
    description="Rebuild the warehouse, merge old table files, remove expired refusals.",
)
upkeep_schedule = dg.ScheduleDefinition(
    job=upkeep_job,
    cron_schedule="*/15 * * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every 15 minutes: queries stay quick, and refusals do not pile up.",
)
