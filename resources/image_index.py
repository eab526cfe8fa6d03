"""The image index: every upload and every published picture of all pipelines, by its vector.

It is made from the tables and the objects of the store, and can be made anew from them; whoever
asks may bring it up to date first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from media.errors import InvalidRequest, ShowroomError
from media.limits import MediaLimits
from media.pipelines.design import DESIGNS
from media.pipelines.library import UPLOADS
from media.pipelines.product_video import COMMERCIAL_IMAGES
from media.pipelines.staging import STAGED_IMAGES
from media.tables import Table
from resources.embeddings import Embeddings
from resources.media_workers import MediaWorkers
from resources.progress import each
from resources.reports import Reports
from resources.vector_index import IndexLayout, VectorIndex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from media.duplicates import DuplicateGroup

Row = dict[str, Any]

_SHOWN = ("pipeline", "job", "item", "filename", "width_px", "height_px")
_MADE_BY = ("embedder", "embedder_version")
_FACTS = {
    "perceptual_hash": pl.String(),
    "chroma_layout": pl.String(),
    "sharpness": pl.Float64(),
}
"""What tells near-duplicates, and which of them is best; see `media.picture_facts`."""
_BATCH = 256
"""Pictures indexed at a time: so many are lost when a process is killed, and found again."""
_MOST_ALIKE = 50
_BLOCK = 2048
"""Vectors compared with all others at a time, so memory does not grow with their square."""
ALIKE = 0.93
"""Likeness from which two pictures are looked at as near-duplicates."""
_SAME_POINTS = 40
"""Local features in one arrangement that make two pictures the same: different products of one
kind share fewer than 20."""
SURELY_ALIKE = 0.985
"""The same where there are no local features to go by."""


@dataclass(frozen=True)
class Source:
    """A table whose pictures are indexed."""

    pipeline: str
    table: Table


SOURCES = (
    Source("library", UPLOADS),
    Source("staging", STAGED_IMAGES),
    Source("product_video", COMMERCIAL_IMAGES),
    Source("design", DESIGNS),
)


@dataclass(frozen=True)
class CaughtUp:
    """What became of pictures that the index did not know."""

    added: int
    removed: int
    unreadable: int
    pictures: int
    """In the index afterwards."""


@dataclass(frozen=True)
class SimilarImage:
    """A picture that is like another one."""

    key: str
    similarity: float
    """Cosine, -1 to 1."""
    cosines: Mapping[str, float]
    """The same of each part, such as shape and colour."""
    pipeline: str
    job: str
    item: str
    filename: str
    width_px: int
    height_px: int


@dataclass
class ImageIndex:
    """Finds pictures like a picture, whatever pipeline they came from."""

    table: VectorIndex
    embeddings: Embeddings
    workers: MediaWorkers
    reports: Reports
    limits: MediaLimits = field(default_factory=MediaLimits)

    def catch_up(self) -> CaughtUp:
        """Index what jobs have made since, forget what is no more; what was done."""
        wanted = self._wanted()
        known = self.table.rows(columns=["id"])["id"]
        gone = sorted(set(known) - set(wanted["id"]))
        self.table.delete(gone)
        fresh = wanted.join(known.to_frame(), on="id", how="anti")
        unreadable = 0
        for start in range(0, fresh.height, _BATCH):
            rows = self._described(fresh.slice(start, _BATCH))
            unreadable += rows["vector"].null_count()
            self.table.upsert(rows)
        pictures = len(known) - len(gone) + fresh.height
        return CaughtUp(fresh.height - unreadable, len(gone), unreadable, pictures)

    def similar(self, picture: str | bytes, limit: int = 20) -> list[SimilarImage]:
        """The pictures most like one, which is a key of the store or an encoded picture.

        It is not in the answer itself, and what was reported is not either. `InvalidRequest` for
        a key that has no picture; the picture's own refusal where it cannot be read.
        """
        from media.embeddings import cosines

        query = self._vector(picture)
        hidden = self.reports.reported().keys() | {picture}
        found = self.table.nearest(
            query, limit=limit + len(hidden), columns=[*_SHOWN, "id", "vector"]
        )
        shown = found.filter(~pl.col("id").is_in([key for key in hidden if isinstance(key, str)]))
        shown = shown.head(limit)
        parts = cosines(self.embeddings.embedder.parts, query, shown["vector"].to_numpy())
        return [
            SimilarImage(
                key=row["id"],
                similarity=row["similarity"],
                cosines={name: float(values[n]) for name, values in parts.items()},
                **{name: row[name] for name in _SHOWN},
            )
            for n, row in enumerate(shown.to_dicts())
        ]

    def duplicates(self) -> "list[DuplicateGroup]":
        """Groups of pictures that are nearly the same, the sharpest of each to be kept."""
        from media.duplicates import near_duplicates

        columns = ["id", "content_sha256", "width_px", "height_px", *_FACTS]
        rows = self.table.rows("vector IS NOT NULL", [*columns, "vector"]).sort("id")
        if rows.height < 2:
            return []
        alike = self._alike(rows["vector"].to_numpy(), rows["content_sha256"].to_list())
        return near_duplicates(rows.drop("vector").rename({"id": "key"}), alike)

    def tend(self) -> str:
        """Merge and index by size; how it is searched now."""
        self.table.tend()
        return self.table.describe().searched_by

    def _wanted(self) -> pl.DataFrame:
        """A row for each picture that should be in the index: the newest job's, where several."""
        frames = []
        for source in SOURCES:
            rows = self.embeddings.tables.ready_rows(source.table)
            if "kind" in rows.columns:
                rows = rows.filter(pl.col("kind") == "image")
            frames.append(
                rows.select(
                    *("job", "item", "filename", "width_px", "height_px"),
                    pipeline=pl.lit(source.pipeline),
                    id="key",
                    content_sha256="content_sha256"
                    if "content_sha256" in rows.columns
                    else "sha256",
                )
            )
        return pl.concat(frames).unique("id", keep="last", maintain_order=True)

    def _described(self, pictures: pl.DataFrame) -> pl.DataFrame:
        """The rows of a batch; what cannot be read has no vector and is not tried again."""
        from media.picture_facts import picture_facts

        rows = pictures.to_dicts()
        data = list(
            each(self.embeddings.store.find, [row["id"] for row in rows], self.workers.count + 2)
        )
        there = {
            row["content_sha256"]: found
            for row, found in zip(rows, data, strict=True)
            if found is not None
        }
        vectors = self.embeddings.made(there).select(*_MADE_BY, "vector", content_sha256="sha256")

        def facts(found: bytes | None) -> Row:
            try:
                told = found and self.workers.run(picture_facts, found, self.limits)
            except ShowroomError:
                told = None
            return {
                "perceptual_hash": told.perceptual_hash if told else None,
                "chroma_layout": told.chroma_layout if told else None,
                "sharpness": told.sharpness if told else None,
            }

        measured = pl.DataFrame(
            list(each(facts, data, self.workers.count + 2)),
            schema=_FACTS,
        )
        whole = pl.concat([pictures, measured], how="horizontal")
        return whole.join(vectors, on="content_sha256", how="left", maintain_order="left")

    def _vector(self, picture: str | bytes) -> "NDArray[np.float32]":
        import numpy as np

        if isinstance(picture, bytes):
            return self._embedded(picture)
        quoted = picture.replace("'", "''")
        known = self.table.rows(f"id = '{quoted}' AND vector IS NOT NULL", ["vector"])
        if known.height:
            return np.asarray(known["vector"][0], np.float32)
        data = self.embeddings.store.find(picture)
        if data is None:
            raise InvalidRequest(f"there is no picture {picture}: give its key, or a file")
        return self._embedded(data)

    def _embedded(self, data: bytes) -> "NDArray[np.float32]":
        [embedded] = self.embeddings.embedder.embed([data])
        if isinstance(embedded, ShowroomError):
            raise embedded
        return embedded.vector

    def _alike(
        self, vectors: "NDArray[np.float32]", hashes: Sequence[str]
    ) -> Iterator[tuple[int, int, float]]:
        """Pairs of rows whose vectors tell that they show the same picture.

        With local features likeness proposes and an arrangement of points decides: two black
        dresses are alike and are not the same picture.
        """
        import numpy as np

        least = ALIKE if self.embeddings.embedder.tells_same_products else SURELY_ALIKE
        for start in range(0, len(vectors), _BLOCK):
            likeness = vectors[start : start + _BLOCK] @ vectors[start:].T
            for row, values in enumerate(likeness):
                after = row + 1 + np.flatnonzero(values[row + 1 :] >= least)
                # Beyond some, a picture is a kind of picture.
                nearest = after[np.argsort(-values[after])][:_MOST_ALIKE].tolist()
                for other in self._same(hashes, start + row, [start + n for n in nearest]):
                    yield start + row, other, float(values[other - start])

    def _same(self, hashes: Sequence[str], row: int, others: Sequence[int]) -> Sequence[int]:
        """Those of some alike rows that show the same picture."""
        embedder = self.embeddings.embedder
        if not others or not embedder.tells_same_products:
            return others
        own, *features = self.embeddings.features([hashes[n] for n in (row, *others)])
        counts = embedder.inliers(own, features) if own else [0] * len(others)
        return [n for n, count in zip(others, counts, strict=True) if count >= _SAME_POINTS]


def layout_of(dimensions: int) -> IndexLayout:
    """What the index holds."""
    return IndexLayout(
        pl.Schema(
            {
                "id": pl.String(),
                "pipeline": pl.String(),
                "job": pl.String(),
                "item": pl.String(),
                "filename": pl.String(),
                "width_px": pl.Int64(),
                "height_px": pl.Int64(),
                "content_sha256": pl.String(),
                **_FACTS,
                **dict.fromkeys(_MADE_BY, pl.String()),
                "vector": pl.Array(pl.Float32(), dimensions),
            }
        ),
        of_few_values=("pipeline",),
    )
