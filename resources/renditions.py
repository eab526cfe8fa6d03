"""Renditions: objects made from originals, each made once.

What was made before from the same bytes by the same recipe is found in the table and reused;
within a job equal work is done once; renditions that came out identical are stored once.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from typing import Any, Protocol, TypeVar

import polars as pl

from media import keys
from media.errors import READY, ShowroomError, UploadVanished
from media.limits import MediaLimits
from media.tables import Table
from resources.media_workers import MediaWorkers
from resources.object_store import ObjectStore
from resources.progress import Progress, each
from resources.tables import Tables

Options = TypeVar("Options")
Row = dict[str, Any]


_EXTENSIONS = {"jpeg": "jpg"}


class Made(Protocol):
    """One object that a media function made."""

    name: str
    data: bytes
    format: str


Make = Callable[[bytes, Options, MediaLimits], list[Any]]


@dataclass(frozen=True)
class _Work:
    """One piece of work: these bytes by this recipe, for one or more items."""

    key: str
    sha256: str
    recipe: str
    options: Any
    pixels: int
    items: tuple[Row, ...]


@dataclass(frozen=True)
class Renditions:
    """Makes, stores and remembers renditions."""

    store: ObjectStore
    tables: Tables
    workers: MediaWorkers
    progress: Progress
    limits: MediaLimits

    def expand(
        self,
        originals: pl.DataFrame,
        make: Make[Options],
        options_of: Callable[[str], Options],
        table: Table,
        pipeline: str,
    ) -> pl.DataFrame:
        """One row per rendition of every original; one row with a reason where none was made.

        `originals` has job, item, filename, key and sha256 of one job, and width_px and
        height_px where they are known. `make` runs in a media
        worker, with the bytes, `options_of(item)` and the limits.
        """
        if originals.is_empty():
            return table.empty()
        job = originals["job"][0]
        work = _plan(originals, make, options_of)
        known = self._known(table, job, work, pipeline)
        made = each(
            lambda piece: (
                known.get((piece.sha256, piece.recipe)) or self._make(piece, make, pipeline, job)
            ),
            work,
            self.workers.count + 2,
        )
        rows = [
            {**rendition, "job": job, "item": item["item"], "filename": item["filename"]}
            for piece, renditions in zip(
                work, self.progress.follow(job, table.name, made, len(work)), strict=True
            )
            for item in piece.items
            for rendition in renditions
        ]
        return table.rows(rows).sort("item", maintain_order=True)

    def _known(
        self, table: Table, job: str, work: list[_Work], pipeline: str
    ) -> dict[tuple[str, str], list[Row]]:
        """Rows of other jobs for the same work, where every object is still stored."""
        recipes = {piece.recipe for piece in work}
        hashes = {piece.sha256 for piece in work}
        rows = self.tables.rows_with(table, "sha256", hashes).filter(
            pl.col("recipe").is_in(list(recipes)), pl.col("job") != job
        )
        stored = {
            found.key
            for other in rows["key"].str.split("/").list.get(2).unique()
            for found in self.store.objects(f"outputs/{pipeline}/{other}/")
        }
        known: dict[tuple[str, str], list[Row]] = {}
        for (sha256, recipe, _, _), group in rows.group_by(
            "sha256", "recipe", "job", "item", maintain_order=True
        ):
            if set(group["key"]) <= stored:
                known[str(sha256), str(recipe)] = group.to_dicts()
        return known

    def _make(self, piece: _Work, make: Make[Any], pipeline: str, job: str) -> list[Row]:
        shared = {"sha256": piece.sha256, "recipe": piece.recipe}
        try:
            data = self._original(piece.key)
            with self.workers.room.taken_by(piece.pixels):
                renditions = self.workers.run(make, data, piece.options, self.limits)
            item = piece.items[0]["item"]
            return [
                {**READY, **shared, **row}
                for row in self._stored(renditions, f"{pipeline}/{job}/{item}")
            ]
        except ShowroomError as error:
            return [{**error.outcome(), **shared}]

    def _original(self, key: str) -> bytes:
        try:
            return self.store.get(key)
        except FileNotFoundError:
            raise UploadVanished(f"the original {key} is gone from the store") from None

    def _stored(self, renditions: list[Any], place: str) -> list[Row]:
        """Each rendition's columns and key; equal bytes are put once."""
        pipeline, job, item = place.split("/")
        stored: dict[str, str] = {}
        rows = []
        for rendition in renditions:
            digest = hashlib.sha256(rendition.data).hexdigest()
            if digest not in stored:
                name = f"{rendition.name}-{digest[:12]}"
                extension = _EXTENSIONS.get(rendition.format, rendition.format)
                stored[digest] = keys.output(pipeline, job, item, name, extension)
                self.store.put(stored[digest], rendition.data)
            columns = {name: value for name, value in vars(rendition).items() if name != "data"}
            rows.append({**columns, "key": stored[digest], "bytes": len(rendition.data)})
        return rows


def _plan(
    originals: pl.DataFrame, make: Make[Options], options_of: Callable[[str], Options]
) -> list[_Work]:
    grouped: dict[tuple[str, str], list[Row]] = {}
    options: dict[str, Options] = {}
    for row in originals.to_dicts():
        wanted = options_of(row["item"])
        recipe = recipe_of(make.__name__, wanted)
        options[recipe] = wanted
        grouped.setdefault((row["sha256"], recipe), []).append(row)
    return [
        _Work(items[0]["key"], sha256, recipe, options[recipe], _pixels_of(items[0]), tuple(items))
        for (sha256, recipe), items in grouped.items()
    ]


def _pixels_of(original: Row) -> int:
    return (original.get("width_px") or 0) * (original.get("height_px") or 0)


def recipe_of(function: str, options: object) -> str:
    """16 hex digits that are the same when the same function is given the same options."""
    text = json.dumps([function, options], sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return vars(value) if is_dataclass(value) else str(value)
