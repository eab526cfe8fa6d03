"""Renditions: objects made from originals, each made once.

What was made before from the same bytes by the same recipe is found in the table and reused;
within a job equal work is done once; renditions that came out identical are stored once.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import polars as pl

from media import keys
from media.errors import READY, ShowroomError, UploadVanished
from media.limits import MediaLimits
from media.tables import Table
from resources.earlier_work import EarlierWork, Row, recipe_of
from resources.media_workers import MediaWorkers
from resources.object_store import ObjectStore
from resources.progress import Progress, each

Options = TypeVar("Options")

_EXTENSIONS = {"jpeg": "jpg"}
_CARRIED = ("item", "filename")


class Made(Protocol):
    """One object that was made; its other fields are columns of its row.

    A field `columns`, a mapping, holds several.
    """

    @property
    def name(self) -> str:
        """What tells it from the others made with it."""

    @property
    def data(self) -> bytes:
        """Its encoded bytes."""

    @property
    def format(self) -> str:
        """The format they are in."""


@dataclass(frozen=True)
class Picture:
    """One picture that was made, and the columns that its row has besides."""

    name: str
    data: bytes = field(repr=False)
    format: str
    width_px: int
    height_px: int
    columns: Mapping[str, object]


Make = Callable[[bytes, Options, MediaLimits], Sequence[Any]]
"""A function of `media/`, for a worker: what is made of some bytes with some options."""

Maker = Callable[[bytes, Options, Row], Sequence[Any]]
"""The same for this process, which may call a provider; it is also given the row."""


@dataclass(frozen=True)
class _Work:
    """One piece of work: these bytes by this recipe, for one or more rows."""

    sha256: str
    recipe: str
    options: Any
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Renditions:
    """Makes, stores and remembers renditions."""

    store: ObjectStore
    earlier: EarlierWork
    workers: MediaWorkers
    progress: Progress
    limits: MediaLimits
    at_once: int | None = None
    """How many makers may wait at a time; None for some more than there are workers."""

    def expand(
        self,
        originals: pl.DataFrame,
        make: Make[Options],
        options_of: Callable[[Row], Options],
        table: Table,
        pipeline: str,
    ) -> pl.DataFrame:
        """One row per rendition of every original; one row with a reason where none was made.

        `originals` has job, item, filename, key and sha256 of one job, and width_px and
        height_px where they are known. `make` runs in a media worker, with the bytes,
        `options_of(row)` and the limits.
        """

        def in_worker(data: bytes, options: Options, row: Row) -> Sequence[Any]:
            with self.workers.room.taken_by(_pixels_of(row)):
                return self.workers.run(make, data, options, self.limits)

        return self.expand_here(originals, make.__name__, in_worker, options_of, table, pipeline)

    def expand_here(
        self,
        originals: pl.DataFrame,
        recipe: str,
        maker: Maker[Options],
        options_of: Callable[[Row], Options],
        table: Table,
        pipeline: str,
        carried: Sequence[str] = _CARRIED,
    ) -> pl.DataFrame:
        """The same with a maker that runs in this process and may wait for a provider.

        `recipe` names what the maker does; `carried` are the columns that a row has from its
        original.
        """
        if originals.is_empty():
            return table.empty()
        job = originals["job"][0]
        work = _plan(originals, recipe, options_of)
        known = self.earlier.rows(
            table, {(piece.sha256, piece.recipe) for piece in work}, pipeline, job
        )
        made = each(
            lambda piece: (
                known.get((piece.sha256, piece.recipe)) or self._make(piece, maker, pipeline, job)
            ),
            work,
            self.at_once or self.workers.count + 2,
        )
        rows = [
            {**rendition, "job": job, **{name: row[name] for name in carried}}
            for piece, renditions in zip(
                work, self.progress.follow(job, table.name, made, len(work)), strict=True
            )
            for row in piece.rows
            for rendition in renditions
        ]
        return table.rows(rows).sort("item", maintain_order=True)

    def _make(self, piece: _Work, maker: Maker[Any], pipeline: str, job: str) -> list[Row]:
        shared = {"sha256": piece.sha256, "recipe": piece.recipe}
        row = piece.rows[0]
        try:
            made = maker(self._original(row["key"]), piece.options, row)
        except ShowroomError as error:
            return [{**error.outcome(), **shared}]
        return [{**READY, **shared, **row} for row in self.stored(made, pipeline, job, row["item"])]

    def _original(self, key: str) -> bytes:
        try:
            return self.store.get(key)
        except FileNotFoundError:
            raise UploadVanished(f"the original {key} is gone from the store") from None

    def stored(self, made: Sequence[Made], pipeline: str, job: str, item: str) -> list[Row]:
        """Each object's columns, key, size and hash; equal bytes are put once."""
        stored: dict[str, str] = {}
        rows = []
        for rendition in made:
            digest = hashlib.sha256(rendition.data).hexdigest()
            if digest not in stored:
                name = f"{rendition.name}-{digest[:12]}"
                extension = _EXTENSIONS.get(rendition.format, rendition.format)
                stored[digest] = keys.output(pipeline, job, item, name, extension)
                self.store.put(stored[digest], rendition.data)
            columns = {**vars(rendition), "name": rendition.name, "format": rendition.format}
            del columns["data"]
            columns |= columns.pop("columns", {})
            size = len(rendition.data)
            rows.append({**columns, "key": stored[digest], "bytes": size, "content_sha256": digest})
        return rows


def _plan(
    originals: pl.DataFrame, recipe: str, options_of: Callable[[Row], Options]
) -> list[_Work]:
    grouped: dict[tuple[str, str], list[Row]] = {}
    options: dict[str, Options] = {}
    for row in originals.to_dicts():
        wanted = options_of(row)
        digest = recipe_of(recipe, wanted)
        options[digest] = wanted
        grouped.setdefault((row["sha256"], digest), []).append(row)
    return [
        _Work(sha256, digest, options[digest], tuple(rows))
        for (sha256, digest), rows in grouped.items()
    ]


def _pixels_of(original: Row) -> int:
    return (original.get("width_px") or 0) * (original.get("height_px") or 0)
