"""Catalogue files: what arrives becomes bytes in the store, and rows whenever they are read.

A file that names people is encrypted before it is stored; the others lie as they came.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from media import keys
from media.errors import READY, Refusal, ShowroomError, TooLarge, UnsupportedType, UploadVanished
from media.limits import MediaLimits
from media.pipelines.catalogue import CATALOGUE_FILES
from media.requests import JobRequest, RequestedItem
from resources.contact_seal import ContactSeal
from resources.media_workers import Allowance, MediaWorkers
from resources.object_store import ObjectStore
from resources.progress import Progress, each
from resources.submissions import PARAMETERS_FILE
from resources.tables import Tables
from resources.uploads import Uploads

if TYPE_CHECKING:
    from media.catalogues.reading import CatalogueContents
    from media.pipelines.catalogue import CatalogueParameters

Row = dict[str, Any]
ParametersOf = Callable[[str], "CatalogueParameters"]

_BYTES_PER_S = 500_000
"""Slower than a catalogue is ever read."""
_SEALED = "sealed"
"""Extension of a file whose bytes are encrypted."""


@dataclass(frozen=True)
class CatalogueFiles:
    """Takes a job's catalogues and their pictures in, and reads catalogues again."""

    store: ObjectStore
    uploads: Uploads
    tables: Tables
    workers: MediaWorkers
    progress: Progress
    limits: MediaLimits
    memory_bytes: int
    """What a worker may use to read a catalogue."""
    seal: ContactSeal

    def take(self, request: JobRequest, parameters_of: ParametersOf) -> pl.DataFrame:
        """The rows of `catalogue_files`: one per item, with the key under which it is safe."""
        earlier = self.tables.read(CATALOGUE_FILES, request.job)
        kept = dict(earlier.select("item", "key").rows()) if earlier is not None else {}

        def row(item: RequestedItem) -> Row:
            own = {"job": request.job, "item": item.item, "filename": item.filename}
            try:
                facts = self._taken(item, kept.get(item.item), parameters_of(item.item))
            except Refusal as error:
                key = kept.get(item.item) or self.uploads.keep_refused(request.job, item)
                return {**own, **error.outcome(), "bytes": item.bytes, "key": key}
            except ShowroomError as error:
                return {**own, **error.outcome(), "bytes": item.bytes}
            return {**own, **READY, **facts}

        rows = each(row, request.items, self.workers.count + 2)
        count = len(request.items)
        followed = self.progress.follow(request.job, CATALOGUE_FILES.name, rows, count)
        return CATALOGUE_FILES.rows(list(followed))

    def read(self, file: Row, asked: "CatalogueParameters") -> "CatalogueContents":
        """The rows in a file, by its row of `catalogue_files`."""
        data = self._opened(self.store.get(file["key"]), file["key"])
        return self._contents(file["filename"], data, asked)

    def _contents(
        self, filename: str, data: bytes, asked: "CatalogueParameters"
    ) -> "CatalogueContents":
        """What a worker reads in some bytes, with more time and memory for more of them."""
        from media.catalogues.reading import read_catalogue

        time_s = self.workers.allowance.time_s + len(data) / _BYTES_PER_S
        allowance = Allowance(self.memory_bytes, time_s)
        return self.workers.run_within(allowance, read_catalogue, data, filename, asked)

    def _taken(self, item: RequestedItem, kept: str | None, asked: "CatalogueParameters") -> Row:
        most = self.limits.max_upload_bytes
        if kept is None:
            self.uploads.fetch(item, most)
        data = self._bytes(item, kept)
        if len(data) > most:
            raise TooLarge(f"the file has {len(data):,} bytes; at most {most:,} are taken")
        if item.filename == PARAMETERS_FILE:
            facts: Row = {"kind": "parameters", "format": "json", "rows": 0, "bad_rows": 0}
            extension, names_people = "json", False
        elif _is_image(data):
            facts, extension, names_people = *self._image(data), False
        else:
            facts, names_people = self._catalogue(item.filename, data, asked)
            extension = str(facts["format"])
        sha256 = hashlib.sha256(data).hexdigest()
        key = keys.original(sha256, f"{extension}.{_SEALED}" if names_people else extension)
        if self.store.head(key) is None:
            self.store.put(key, self.seal.seal_bytes(data) if names_people else data)
        return {**facts, "sha256": sha256, "bytes": len(data), "key": key}

    def _bytes(self, item: RequestedItem, kept: str | None) -> bytes:
        """The bytes as they were uploaded; they may come from an original, which may be sealed."""
        try:
            return self._opened(self.uploads.read(item), item.key)
        except UploadVanished:
            if kept is None:
                raise
            return self._opened(self.uploads.read(item, kept), kept)

    def _image(self, data: bytes) -> tuple[Row, str]:
        from media.probe import probe_upload

        found = self.workers.run(probe_upload, data, self.limits, frozenset({"image"}))
        return {"kind": "image", "format": found.format}, found.extension

    def _catalogue(
        self, filename: str, data: bytes, asked: "CatalogueParameters"
    ) -> tuple[Row, bool]:
        read = self._contents(filename, data, asked)
        facts = {
            "kind": read.kind,
            "format": read.format,
            "rows": read.count,
            "bad_rows": read.bad,
            "columns": list(read.columns),
            "ignored": list(read.ignored),
        }
        return facts, read.holds_contacts

    def _opened(self, data: bytes, key: str | None) -> bytes:
        return self.seal.open_bytes(data) if key and key.endswith(f".{_SEALED}") else data


def _is_image(data: bytes) -> bool:
    from media.formats import detect_format

    try:
        return detect_format(data).kind == "image"
    except UnsupportedType:
        return False
