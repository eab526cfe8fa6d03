"""Earlier work: rows of other jobs that were made of the same bytes by the same recipe."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, is_dataclass
from typing import Any

import polars as pl

from media.tables import Table
from resources.object_store import ObjectStore
from resources.tables import Tables

Row = dict[str, Any]
Work = tuple[str, str]
"""The SHA-256 of what something is made of, and the digest of how: a piece of work."""


@dataclass(frozen=True)
class EarlierWork:
    """Finds what need not be made again."""

    store: ObjectStore
    tables: Tables

    def rows(
        self, table: Table, work: Collection[Work], pipeline: str, not_of: str
    ) -> dict[Work, list[Row]]:
        """The rows of one item of one job for each piece of work, all their objects still stored.

        `table` has the columns sha256 and recipe; `not_of` is the job that asks.
        """
        rows = self.tables.rows_with(table, "sha256", {sha256 for sha256, _ in work}).filter(
            pl.col("recipe").is_in([recipe for _, recipe in work]), pl.col("job") != not_of
        )
        stored = {
            found.key
            for other in rows["key"].str.split("/").list.get(2).unique()
            for found in self.store.objects(f"outputs/{pipeline}/{other}/")
        }
        known: dict[Work, list[Row]] = {}
        for (sha256, recipe, _, _), group in rows.group_by(
            "sha256", "recipe", "job", "item", maintain_order=True
        ):
            if set(group["key"]) <= stored:
                # Two equal pictures of one item were made as one; each has its rows.
                once = group.unique("name", keep="first", maintain_order=True)
                known[str(sha256), str(recipe)] = [_without_cost(row) for row in once.to_dicts()]
        return known


def recipe_of(function: str, options: object) -> str:
    """16 hex digits that are the same when the same function is given the same options."""
    text = json.dumps([function, options], sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return vars(value) if is_dataclass(value) else str(value)


def _without_cost(row: Row) -> Row:
    """The row as of a job that has paid nothing for it."""
    return {**row, **{name: 0.0 for name in ("cost_usd", "seconds") if name in row}}
