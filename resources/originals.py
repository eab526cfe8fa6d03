"""Originals: a job's uploads become known, checked bytes that never change again.

    read and hash every item -> what earlier jobs know of these bytes -> probe the rest
    -> originals/<sha256>, or refused/<job>/<item>

Each content is probed and stored once, however many items and jobs hold it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import polars as pl

from media import keys
from media.errors import READY, Refusal, ShowroomError, TooLarge, UploadVanished
from media.formats import SNIFF_BYTES, detect_format, require_honest_name
from media.limits import MediaLimits
from media.requests import JobRequest, RequestedItem
from media.tables import Table
from resources.media_workers import MediaWorkers
from resources.object_store import ObjectStore
from resources.progress import Progress, each
from resources.tables import Tables
from resources.uploads import Uploads

Facts = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """An item with the hash and size of its bytes, or with what kept them from being read."""

    item: RequestedItem
    sha256: str | None = None
    bytes: int | None = None
    error: ShowroomError | None = None


@dataclass(frozen=True)
class Originals:
    """Takes a job's uploads in."""

    store: ObjectStore
    uploads: Uploads
    tables: Tables
    workers: MediaWorkers
    progress: Progress
    limits: MediaLimits

    def at_least(self, longer_side_px: int) -> "Originals":
        """The same, but refusing pictures whose longer side has fewer pixels."""
        return replace(self, limits=replace(self.limits, min_longer_side_px=longer_side_px))

    def take(self, request: JobRequest, table: Table, kinds: frozenset[str]) -> pl.DataFrame:
        """One row per item, ready or refused or failed; ready ones are stored as originals.

        `kinds` are the kinds of media the pipeline takes, such as image and pdf. A job that is
        made again after its inbox was drained reads from where it put the bytes before.
        """
        earlier = self.tables.read(table, request.job)
        before = (
            {row["item"]: row["key"] for row in earlier.to_dicts()} if earlier is not None else {}
        )
        readings = [
            *each(
                lambda item: self._read(item, before.get(item.item)), request.items, self._threads
            )
        ]
        known = self._known(table, readings)
        firsts = list(
            {r.sha256: r for r in readings if _takeable(r) and r.sha256 not in known}.values()
        )
        probed = each(
            lambda reading: self._probe(reading, before.get(reading.item.item), kinds),
            firsts,
            self._threads,
        )
        for reading, facts in zip(
            firsts, self.progress.follow(request.job, table.name, probed, len(firsts)), strict=True
        ):
            known[str(reading.sha256)] = facts
        rows = each(
            lambda reading: self._row(request.job, reading, known, before), readings, self._threads
        )
        return table.rows(list(rows))

    @property
    def _threads(self) -> int:
        # Two more than the workers: while they decode, somebody reads and somebody writes.
        return self.workers.count + 2

    def _read(self, item: RequestedItem, before: str | None) -> Reading:
        try:
            if (item.bytes or 0) > self.max_bytes:
                raise self._too_large(item.bytes or 0)
            if before is None:
                self.uploads.fetch(item, self.max_bytes)
            sha256, size, head = self._hashed(item, before)
        except ShowroomError as error:
            return Reading(item, bytes=item.bytes, error=error)
        reading = Reading(item, sha256, size)
        try:
            if size > self.max_bytes:
                raise self._too_large(size)
            require_honest_name(detect_format(head), item.filename)
        except ShowroomError as error:
            return replace(reading, error=error)
        return reading

    @property
    def max_bytes(self) -> int:
        """The largest upload taken."""
        return self.limits.max_upload_bytes

    def _hashed(self, item: RequestedItem, before: str | None) -> tuple[str, int, bytes]:
        """SHA-256, size and first bytes of an item."""
        data = self.uploads.read(item, before)
        return hashlib.sha256(data).hexdigest(), len(data), data[:SNIFF_BYTES]

    def _too_large(self, size: int) -> TooLarge:
        limit = self.max_bytes
        return TooLarge(f"the file has {size:,} bytes; at most {limit:,} are taken")

    def _known(self, table: Table, readings: list[Reading]) -> dict[str, Facts]:
        """What earlier jobs found out about the same bytes, where they are still stored."""
        hashes = {str(reading.sha256) for reading in readings if _takeable(reading)}
        rows = self.tables.rows_with(table, "sha256", hashes).unique("sha256", keep="last")
        facts = {row["sha256"]: _facts_of(row) for row in rows.to_dicts()}
        return {sha: fact for sha, fact in facts.items() if self.store.head(fact["key"])}

    def _probe(self, reading: Reading, before: str | None, kinds: frozenset[str]) -> Facts:
        """The facts of bytes never seen before, which are then stored."""
        from media.probe import probe_upload

        sha256 = str(reading.sha256)
        try:
            data = self.uploads.read(reading.item, before)
            if hashlib.sha256(data).hexdigest() != sha256:
                raise UploadVanished("the upload was replaced while it was read")
            found = asdict(self.workers.run(probe_upload, data, self.limits, kinds))
        except ShowroomError as error:
            return error.outcome()
        key = keys.original(sha256, found.pop("extension"))
        if self.store.head(key) is None:
            self.store.put(key, data)
        return {**READY, **found, "key": key}

    def _row(
        self,
        job: str,
        reading: Reading,
        known: Mapping[str, Facts],
        before: Mapping[str, str | None],
    ) -> Facts:
        item = reading.item
        facts = reading.error.outcome() if reading.error else known[str(reading.sha256)]
        row = {
            "job": job,
            "item": item.item,
            "filename": item.filename,
            "sha256": reading.sha256,
            "bytes": reading.bytes,
            **facts,
        }
        if facts["status"] == Refusal.status:
            row["key"] = before.get(item.item) or self.uploads.keep_refused(job, item)
        return row


def _takeable(reading: Reading) -> bool:
    return reading.error is None


def _facts_of(row: Facts) -> Facts:
    own = {"job", "item", "filename", "sha256", "bytes"}
    return {name: value for name, value in row.items() if name not in own}
