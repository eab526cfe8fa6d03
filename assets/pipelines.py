"""The pipelines as assets: found in the folders of `assets/`, described from their tables."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import dagster as dg

from assets.checks import outcomes_check
from media.pipeline import Pipeline, all_pipelines
from resources.table_io import column_schema


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
    found = dg.load_assets_from_package_name(
        f"assets.{pipeline.name}", group_name=pipeline.name, key_prefix=pipeline.name
    )
    loaded = [asset for asset in found if isinstance(asset, dg.AssetsDefinition)]
    described = tuple(asset.map_asset_specs(_described(pipeline)) for asset in loaded)
    own = dg.load_asset_checks_from_package_name(f"assets.{pipeline.name}")
    return PipelineAssets(pipeline, described, (*_checks(described), *own))


def _described(pipeline: Pipeline) -> Callable[[dg.AssetSpec], dg.AssetSpec]:
    tables = {table.name: table for table in pipeline.tables}

    def describe(spec: dg.AssetSpec) -> dg.AssetSpec:
        table = tables.get(spec.key.path[-1])
        if table is None:
            return spec
        return spec.merge_attributes(metadata={"dagster/column_schema": column_schema(table)})

    return describe


def _checks(assets: Iterable[dg.AssetsDefinition]) -> Iterable[dg.AssetChecksDefinition]:
    return (outcomes_check(key) for asset in assets for key in sorted(asset.keys))
