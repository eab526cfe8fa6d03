"""Jobs: one per pipeline, over all of its assets and their checks, one partition a run."""

from typing import Any

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import (
    UnresolvedAssetJobDefinition,
)

from assets.pipelines import PipelineAssets
from media.pipeline import Pipeline
from orchestration.run_tags import PIPELINE_TAG

AssetJob = UnresolvedAssetJobDefinition
"""What `define_asset_job` returns; Dagster does not export its type."""

_UPKEEP_TAG = "showroom/upkeep"


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
        description=job_description(loaded.pipeline),
        tags={PIPELINE_TAG: name},
    )


def upkeep_job_of(name: str, *assets: dg.AssetsDefinition, description: str) -> AssetJob:
    """A job over assets that belong to the installation and not to a person's job."""
    return dg.define_asset_job(
        name,
        selection=dg.AssetSelection.assets(*assets),
        executor_def=dg.in_process_executor,
        config=terminal_log("INFO"),
        description=description,
        tags={_UPKEEP_TAG: name},
    )


def job_description(pipeline: Pipeline) -> str:
    """What a pipeline does, in Markdown, with the parameters that a job may be given."""
    rows = [
        f"| `{name}` | {_default(field.get_default(call_default_factory=True))} "
        f"| {field.description or ''} |"
        for name, field in pipeline.parameters.model_fields.items()
    ]
    return "\n".join(
        [
            f"{pipeline.description}.\n",
            f"A run is one job: what was submitted together, up to {pipeline.max_items} items. "
            "Its partition is the job's id.\n",
            "| parameter | when not set | what it says |\n|---|---|---|",
            *rows,
        ]
    )


def _default(value: object) -> str:
    if value is None or value in ((), {}, ""):
        return ""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
