"""Published pictures: what of a job may be shown to anyone now, told from its tables alone.

The same rule as for `showroom get --approved`, without Dagster: the front desk asks it each time
somebody looks.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from media import keys
from media.job_ids import JOB_ID_PATTERN
from media.pipeline import all_pipelines, table_named
from media.requests import JobRequest, parse_request
from resources.job_records import ItemRecord, item_record
from resources.object_store import ObjectStore
from resources.publishing import left_out
from resources.reports import Reports
from resources.reviews import Reviews
from resources.submissions import PARAMETERS_FILE
from resources.tables import Tables


@dataclass(frozen=True)
class PublishedPicture:
    """One picture that may be shown; sizes in pixels and bytes, where they are known."""

    item: str
    filename: str
    """Name of the upload, without folders."""
    name: str
    """What tells it from the others of its item."""
    key: str
    width_px: int | None
    height_px: int | None
    bytes: int | None
    format: str | None

    @cached_property
    def id(self) -> str:
        """Names the picture in addresses: the same one always, whatever else is shown."""
        said = "\0".join((self.item, self.name, self.key))
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:20]

    @property
    def title(self) -> str:
        """The upload's name without its extension; empty for a job that was sent in words."""
        return "" if self.filename == PARAMETERS_FILE else PurePosixPath(self.filename).stem

    @property
    def download_name(self) -> str:
        """The name of a file that somebody saves."""
        stem = "-".join(part for part in (self.title, self.name) if part)
        return f"{stem}{PurePosixPath(self.key).suffix}"


class PublishedPictures:
    """Finds what people have approved."""

    def __init__(
        self, store: ObjectStore, tables: Tables, reviews: Reviews, reports: Reports
    ) -> None:
        self._store = store
        self._tables = tables
        self._reviews = reviews
        self._reports = reports

    def request(self, job: str) -> JobRequest | None:
        """What was asked; None for a job that there is not, or that nobody has claimed yet."""
        if not JOB_ID_PATTERN.fullmatch(job):
            return None
        data = self._store.find(keys.job_request(job))
        return None if data is None else parse_request(data)

    def of(self, job: str) -> list[PublishedPicture]:
        """A job's pictures that are approved, and neither rejected nor reported, in their order.

        Empty for a job that has made nothing.
        """
        items = self._items(job)
        decisions = self._reviews.of_keys([one.key for item in items for one in item.outputs])
        reported = self._reports.reported().keys()
        left = left_out(items, reported, decisions, approved=True)
        return [one for item in items for one in _pictures(item) if one.key not in left]

    def find(self, job: str, picture: str) -> PublishedPicture | None:
        """The picture of this id, if `of` has it now; nothing is asked about the others."""
        items = self._items(job)
        pictures = (one for item in items for one in _pictures(item))
        if (found := next((one for one in pictures if one.id == picture), None)) is None:
            return None
        reported = {found.key} if self._reports.of(found.key) else set()
        decisions = self._reviews.of_keys([found.key])
        return None if found.key in left_out(items, reported, decisions, approved=True) else found

    def _items(self, job: str) -> list[ItemRecord]:
        """A job's items with their outputs."""
        request = self.request(job)
        pipeline = all_pipelines().get(request.pipeline) if request else None
        if request is None or pipeline is None:
            return []
        rows: dict[str, dict[str, list[dict[str, Any]]]] = {}
        for name in pipeline.published:
            frame = self._tables.read(table_named(name), job)
            for row in frame.to_dicts() if frame is not None else []:
                rows.setdefault(row["item"], {}).setdefault(name, []).append(row)
        return [
            item_record(entry.item, entry.filename, rows[entry.item], pipeline)
            for entry in request.items
            if entry.item in rows
        ]


def _pictures(item: ItemRecord) -> list[PublishedPicture]:
    filename = item.filename.rsplit("/", 1)[-1]
    return [
        PublishedPicture(
            item.item,
            filename,
            output.name,
            output.key,
            output.width_px,
            output.height_px,
            output.bytes,
            output.format,
        )
        for output in item.outputs
    ]
