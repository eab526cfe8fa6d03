"""Uploads: the bytes of an item as they arrived, in the inbox, in a submission or at a URL."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from media import keys
from media.errors import ShowroomError, UploadVanished
from media.requests import RequestedItem
from resources.inbox import Inbox
from resources.object_store import ObjectStore
from resources.url_ingest import UrlIngest


@dataclass(frozen=True)
class Uploads:
    """Reads what has arrived. A URL is fetched into its submission once, and read from there."""

    store: ObjectStore
    inbox: Inbox
    urls: UrlIngest

    def fetch(self, item: RequestedItem, max_bytes: int) -> None:
        """Fetch the item's URL to its key, if it has one and it is not there yet.

        Raises what `UrlIngest.fetch` raises; nothing is stored then.
        """
        if item.url and self.store.head(item.key) is None:
            self.urls.fetch(item.url, item.key, max_bytes)

    def read(self, item: RequestedItem, kept: str | None = None) -> bytes:
        """The bytes of an item as they arrived; `UploadVanished` when they are gone.

        `kept` is where an earlier run of the job has put them, should the inbox be drained.
        """
        try:
            return self._arrived(item)
        except UploadVanished:
            if kept is None:
                raise
        try:
            return self.store.get(kept)
        except FileNotFoundError:
            raise UploadVanished("the upload is gone, and what was kept of it too") from None

    def _arrived(self, item: RequestedItem) -> bytes:
        if item.key.startswith(keys.INBOX):
            return self.inbox.read(item.key, item.etag)
        try:
            return self.store.get(item.key)
        except FileNotFoundError:
            raise UploadVanished("the uploaded file is gone") from None

    @contextmanager
    def on_disk(self, item: RequestedItem) -> Iterator[Path]:
        """A local file with the item's bytes, for reading; `UploadVanished` when they are gone."""
        if item.key.startswith(keys.INBOX):
            with self.inbox.on_disk(item.key, item.etag) as path:
                yield path
            return
        if self.store.head(item.key) is None:
            raise UploadVanished("the uploaded file is gone")
        with self.store.on_disk(item.key) as path:
            yield path

    def keep_refused(self, job: str, item: RequestedItem) -> str | None:
        """Keep a refused item for its owner to see, for a set time; its key, None if it is gone."""
        target = keys.refused_file(job, item.item, item.filename)
        try:
            self.copy(item, target)
        except (FileNotFoundError, ShowroomError):
            return None
        return target

    def copy(self, item: RequestedItem, target: str) -> None:
        """Keep an item's bytes, as they arrived, under the key `target` too."""
        if item.key.startswith(keys.INBOX):
            self.inbox.copy(item.key, target)
        else:
            self.store.copy(item.key, target)
