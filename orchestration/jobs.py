"""Jobs: one per pipeline, over all of its assets and their checks, one partition a run."""

from typing import Any

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import (
    UnresolvedAssetJobDefinition,
)

from assets.pipelines import PipelineAssets

AssetJob = UnresolvedAssetJobDefinition
"""What `define_asset_job` returns; Dagster does not export its type."""


def job_name(pipeline: str) -> str:
    """The Dagster job that runs one partition of a pipeline."""
    return f"{pipeline}_job"


def terminal_log(level: str) -> dict[str, Any]:
    """Run configuration: what a run's process prints; the event log always has everything."""
    return {"loggers": {"console": {"config": {"log_level": level}}}}


def pipeline_job(loaded: PipelineAssets) -> AssetJob:
    """A job in one process: its steps share the media workers, which use every core."""
    name = loaded.pipeline.name
    return dg.define_asset_job(
        job_name(name),
        selection=dg.AssetSelection.assets(*(key for asset in loaded.assets for key in asset.keys)),
        executor_def=dg.in_process_executor,
        config=terminal_log("INFO"),
        description=loaded.pipeline.description,
    )
