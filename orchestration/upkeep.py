"""Upkeep: the warehouse is rebuilt, old per-job files are merged, old refusals are removed."""

from datetime import UTC, datetime, timedelta

import dagster as dg

from media import keys
from media.pipeline import all_pipelines, all_tables
from orchestration.jobs import terminal_log
from resources.object_store import ObjectStore
from resources.settings import Settings
from resources.tables import Tables
from resources.warehouse import Warehouse

GRACE = timedelta(minutes=10)
"""How long merged files stay for readers that have already listed them."""


@dg.asset(
    group_name="warehouse",
    kinds={"duckdb"},
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
            **{f"merged {name}": count for name, count in merged.items()},
        }
    )


@dg.asset(group_name="warehouse", kinds={"python"})
def expired_refusals(
    settings: dg.ResourceParam[Settings], store: dg.ResourceParam[ObjectStore]
) -> dg.MaterializeResult[None]:
    """Refused uploads older than the settings keep them, removed; their rows stay."""
    oldest = datetime.now(UTC) - timedelta(days=settings.refused_days)
    expired = [stored.key for stored in store.objects(keys.REFUSED) if stored.modified_at < oldest]
    store.delete(expired)
    return dg.MaterializeResult(metadata={"removed": len(expired)})


upkeep_assets = [warehouse_views, expired_refusals]
upkeep_job = dg.define_asset_job(
    "upkeep",
    selection=dg.AssetSelection.assets(*upkeep_assets),
    executor_def=dg.in_process_executor,
    config=terminal_log("INFO"),
    description="Rebuild the warehouse, merge old table files, remove expired refusals.",
)
upkeep_schedule = dg.ScheduleDefinition(
    job=upkeep_job,
    cron_schedule="*/15 * * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
