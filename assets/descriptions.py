"""Descriptions: what the Dagster UI tells of an asset, taken from its declared table."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import dagster as dg

from assets.column_lineage import carried, column_lineage
from media import keys
from media.pipeline import Pipeline
from media.tables import ROW_COLUMNS, Table

UNITS = {
    "_px": "pixels",
    "_s": "seconds",
    "_deg": "degrees",
    "_m": "metres",
    "_usd": "US dollars",
    "_at": "times in UTC",
}
"""What the ends of column names mean."""
_ALWAYS_SET = ("job", "item", "status")


def described(pipeline: Pipeline) -> Callable[[dg.AssetSpec], dg.AssetSpec]:
    """A function that completes the spec of any of a pipeline's assets."""
    tables = {table.name: table for table in pipeline.tables}

    def describe(spec: dg.AssetSpec) -> dg.AssetSpec:
        table = tables.get(spec.key.path[-1])
        if table is None:
            return spec
        return spec.replace_attributes(
            description=_description(spec.description or "", table),
            tags={**spec.tags, **_tags(pipeline, table)},
            metadata={**spec.metadata, **_metadata(pipeline, table)},
        )

    return describe


def column_schema(table: Table) -> dg.TableSchema:
    """The declared columns, as the UI shows them, each with where it was taken over from."""
    sources: dict[str, list[str]] = {}
    for source, column, there in carried(table.name):
        sources.setdefault(column, []).append(f"`{source}.{there}`")
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                column.name,
                str(column.dtype),
                description=" ".join([column.description, *_taken_from(sources, column.name)]),
                constraints=dg.TableColumnConstraints(nullable=column.name not in _ALWAYS_SET),
            )
            for column in table.columns
        ]
    )


def _taken_from(sources: Mapping[str, Sequence[str]], column: str) -> Iterator[str]:
    if column in sources:
        yield f"From {', '.join(sources[column])}."


def _description(own: str, table: Table) -> str:
    """What the asset says of itself, then what a row is, in which units, and where to ask."""
    units = "; ".join(
        f"`{end}` {unit}"
        for end, unit in UNITS.items()
        if any(column.name.endswith(end) for column in table.columns)
    )
    return "\n\n".join(
        [
            own,
            f"**Rows.** {table.description} One that is not `ready` has `reason` and `detail`.",
            *([f"**Units.** {units}."] if units else []),
            f"**Partition.** One job: `{keys.job_table(table.name, '<job>')}`.",
            f'**Ask.** `showroom sql "FROM {table.name} LIMIT 10"`',
        ]
    )


def _tags(pipeline: Pipeline, table: Table) -> Mapping[str, str]:
    """What assets can be filtered by; a tag without a value is there or not."""
    tags = {"showroom/pipeline": pipeline.name}
    if table == pipeline.first_table:
        tags["showroom/takes_in"] = ""
    if table.name in pipeline.published:
        tags["showroom/published"] = ""
    if "cost_usd" in table.schema:
        tags["showroom/may_cost"] = ""
    return tags


def _metadata(pipeline: Pipeline, table: Table) -> Mapping[str, Any]:
    metadata: dict[str, Any] = {
        "dagster/column_schema": column_schema(table),
        "dagster/table_name": f"showroom.main.{table.name}",
        "dagster/storage_kind": "duckdb",
        "columns": len(table.columns) - len(ROW_COLUMNS),
        "explained in": dg.MetadataValue.path(f"docs/tables.md#{table.name}"),
        "written to": dg.MetadataValue.path(keys.table_prefix(table.name)),
    }
    if table.name in pipeline.published:
        metadata["objects in"] = dg.MetadataValue.path(f"{keys.OUTPUTS}{pipeline.name}/")
    lineage = column_lineage(table)
    if lineage.deps_by_column:
        metadata["dagster/column_lineage"] = lineage
    return metadata
