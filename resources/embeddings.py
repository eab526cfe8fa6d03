"""Embeddings of stored pictures: each content embedded once by each version of an embedder."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from media import keys
from media.errors import READY, ShowroomError
from media.tables import Table
from resources.embedder import Embedder
from resources.object_store import ObjectStore
from resources.progress import Progress, each
from resources.tables import Tables

VECTORS = pl.Schema(
    {
        "sha256": pl.String(),
        "status": pl.String(),
        "reason": pl.String(),
        "detail": pl.String(),
        "embedder": pl.String(),
        "embedder_version": pl.String(),
        "vector": pl.List(pl.Float32()),
        "seconds": pl.Float64(),
    }
)
"""A row per picture: its content's hash, its vector or why there is none, and by whom."""

_THREADS = 8


@dataclass(frozen=True)
class Embeddings:
    """Embeds pictures with this installation's embedder, and keeps their local features."""

    store: ObjectStore
    tables: Tables
    embedder: Embedder
    progress: Progress

    @property
    def name(self) -> str:
        """The embedder with its version: vectors under two names are never compared."""
        return f"{self.embedder.provider}-{self.embedder.version}"

    def known(self, table: Table, hashes: set[str]) -> pl.DataFrame:
        """The rows, as `VECTORS`, of pictures that other jobs' rows of `table` have vectors of."""
        own = (pl.col("embedder") == self.embedder.provider) & (
            pl.col("embedder_version") == self.embedder.version
        )
        rows = self.tables.rows_with(table, "sha256", hashes).filter(own)
        latest = rows.unique("sha256", keep="last", maintain_order=True)
        return latest.with_columns(seconds=pl.lit(0.0)).select(VECTORS.names()).cast(VECTORS)

    def made(self, pictures: Mapping[str, bytes]) -> pl.DataFrame:
        """The rows, as `VECTORS`, of encoded pictures by the SHA-256 of their bytes."""
        if not pictures:
            return VECTORS.to_frame()
        started = time.monotonic()
        found = self.embedder.embed(list(pictures.values()))
        seconds = (time.monotonic() - started) / len(pictures)
        features = {
            self._features_key(sha256): embedded.local_features
            for sha256, embedded in zip(pictures, found, strict=True)
            if not isinstance(embedded, ShowroomError) and embedded.local_features
        }
        list(each(lambda kept: self.store.put(*kept), list(features.items()), _THREADS))
        outcomes = [e.outcome() if isinstance(e, ShowroomError) else READY for e in found]
        rows = [
            {
                **outcome,
                "sha256": sha256,
                "embedder": self.embedder.provider,
                "embedder_version": self.embedder.version,
                "seconds": seconds,
            }
            for sha256, outcome in zip(pictures, outcomes, strict=True)
        ]
        vectors = [None if isinstance(e, ShowroomError) else e.vector.tolist() for e in found]
        column = pl.Series("vector", vectors, pl.List(pl.Float32()))
        return pl.DataFrame(rows).with_columns(column).select(VECTORS.names()).cast(VECTORS)

    def vectors(
        self, table: Table, key_of: Mapping[str, str], job: str | None = None
    ) -> pl.DataFrame:
        """The rows, as `VECTORS`, of stored pictures, their keys by their content's hash.

        What rows of `table` know is taken from there. In batches, so memory does not grow with
        their number; a `job` that waits for them is told how far it is.
        """
        known = self.known(table, set(key_of))
        there = set(known["sha256"])
        fresh = [sha256 for sha256 in key_of if sha256 not in there]
        size = self.embedder.at_once
        batches = [fresh[start : start + size] for start in range(0, len(fresh), size)]
        made = (self.made(self._read({sha: key_of[sha] for sha in batch})) for batch in batches)
        if job:
            return pl.concat([known, *self.progress.follow(job, table.name, made, len(batches))])
        return pl.concat([known, *made])

    def _read(self, key_of: Mapping[str, str]) -> dict[str, bytes]:
        """The pictures that are still there."""
        data = each(self.store.find, list(key_of.values()), _THREADS)
        return {sha: found for sha, found in zip(key_of, data, strict=True) if found is not None}

    def features(self, hashes: Sequence[str]) -> list[bytes | None]:
        """The kept local features of pictures, in order; None where there are none."""
        keys_ = [self._features_key(sha256) for sha256 in hashes]
        return list(each(self.store.find, keys_, _THREADS))

    def _features_key(self, sha256: str) -> str:
        return keys.local_features(self.name, sha256)
