"""What a pipeline is to everyone outside of it, and the pipelines there are.

The pages, the API and the command line know a pipeline by this record; only `assets/` knows
how it works. A module in `media/pipelines/` that defines `PIPELINE` is a pipeline.
"""

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from media import pipelines as pipeline_modules
from media.errors import InvalidParameter, InvalidRequest, UnknownPipeline
from media.jobs_table import JOBS
from media.requests import MAX_ITEMS, describe
from media.reviews import REVIEWS
from media.tables import Table

SHARED_TABLES = (JOBS, REVIEWS)
"""Tables that belong to no pipeline."""


class PipelineParameters(BaseModel):
    """Base of a pipeline's parameters: frozen, and an unknown name is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class Pipeline:
    """One pipeline: its name, parameters and tables; the first table holds the items."""

    name: str
    description: str
    parameters: type[PipelineParameters]
    tables: tuple[Table, ...]
    published: tuple[str, ...]
    """Names of the tables whose objects are what was asked for; the others are on the way."""
    percent_at_end: tuple[int, ...]
    """How far a job is, of 100, once each table is written, in the order of `tables`."""
    max_items: int = MAX_ITEMS
    """Most items of one job."""
    enough_without_files: tuple[str, ...] = ()
    """Parameters any of which says enough for a job without files; they become its only item."""
    optional: tuple[str, ...] = ()
    """Tables whose rows may all lack without an item being refused for it."""

    def require_items(self, count: int) -> None:
        """`InvalidRequest` unless a job may have so many items."""
        if not 1 <= count <= self.max_items:
            raise InvalidRequest(
                f"a {self.name} job takes 1 to {self.max_items} files, not {count}"
            )

    @property
    def first_table(self) -> Table:
        """The table with one row per item; once a job's is written, its originals are safe."""
        return self.tables[0]

    def percent(self, table: str, part: float) -> int:
        """How far a job is, of 100, when `part` (0 to 1) of a table's rows are made.

        0 for a step that is none of the pipeline's tables.
        """
        names = [each.name for each in self.tables]
        if table not in names:
            return 0
        position = names.index(table)
        start = self.percent_at_end[position - 1] if position else 0
        return round(start + (self.percent_at_end[position] - start) * part)

    def parse(self, params: Mapping[str, JsonValue]) -> PipelineParameters:
        """The parameters as a checked record; `InvalidParameter` names each wrong one."""
        try:
            return self.parameters.model_validate(dict(params))
        except ValidationError as error:
            allowed = ", ".join(sorted(self.parameters.model_fields))
            raise InvalidParameter(
                f"{describe(error)} (parameters of {self.name}: {allowed})"
            ) from error


@cache
def all_pipelines() -> Mapping[str, Pipeline]:
    """Every pipeline by name, found in `media/pipelines/`."""
    names = sorted(module.name for module in pkgutil.iter_modules(pipeline_modules.__path__))
    return {name: importlib.import_module(f"media.pipelines.{name}").PIPELINE for name in names}


def pipeline_named(name: str) -> Pipeline:
    """The pipeline, or `UnknownPipeline` naming those there are."""
    try:
        return all_pipelines()[name]
    except KeyError:
        raise UnknownPipeline(
            f"there is no pipeline {name!r}; there are: {', '.join(all_pipelines())}"
        ) from None


def table_named(name: str) -> Table:
    """The declared table of that name; `KeyError` when there is none."""
    return {table.name: table for table in all_tables()}[name]


def all_tables() -> Iterable[Table]:
    """The tables of all pipelines, and those that belong to none."""
    own = [table for pipeline in all_pipelines().values() for table in pipeline.tables]
    return [*own, *SHARED_TABLES]
