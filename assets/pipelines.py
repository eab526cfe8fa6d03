"""The pipelines as assets: found in the folders of `assets/`, described from their tables."""

from collections.abc import Iterable
from dataclasses import dataclass

import dagster as dg

from assets.checks import table_checks
from assets.descriptions import described
from media.pipeline import Pipeline, all_pipelines


@dataclass(frozen=True)
class PipelineAssets:
    """One pipeline's assets and the checks on them."""

    pipeline: Pipeline
    assets: tuple[dg.AssetsDefinition, ...]
    checks: tuple[dg.AssetChecksDefinition, ...]


def load_pipelines() -> list[PipelineAssets]:
    """Every declared pipeline with the assets of its folder `assets/<pipeline>/`."""
    return [_load(pipeline) for pipeline in all_pipelines().values()]


def _load(pipeline: Pipeline) -> PipelineAssets:
    # Without a backfill policy a backfill has a run for each job, under the job's partition. Any
    # policy, even of one partition a run, makes it a range of partitions, of which no job's id
    # can be told.
    found = dg.load_assets_from_package_name(
        f"assets.{pipeline.name}", group_name=pipeline.name, key_prefix=pipeline.name
    )
    loaded = [asset for asset in found if isinstance(asset, dg.AssetsDefinition)]
    complete = tuple(asset.map_asset_specs(described(pipeline)) for asset in loaded)
    own = dg.load_asset_checks_from_package_name(f"assets.{pipeline.name}")
    return PipelineAssets(pipeline, complete, (*_checks(pipeline, complete), *own))


def _checks(
    pipeline: Pipeline, assets: Iterable[dg.AssetsDefinition]
) -> Iterable[dg.AssetChecksDefinition]:
    return (table_checks(pipeline, key) for asset in assets for key in sorted(asset.keys))
