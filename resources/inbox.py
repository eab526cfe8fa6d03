"""The inbox: what people and scripts have dropped, and whether it has fully arrived.

`FolderInbox` looks at a folder itself and not through the object store's listing, which one
file name that is not valid unicode would fail as a whole. `BucketInbox` has it easier: an
object in a bucket is there whole or not at all.
"""

import logging
import os
import re
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import unquote_to_bytes

from media import keys
from media.errors import StoreUnavailable, UploadVanished
from resources.object_store import ObjectStore

_log = logging.getLogger(__name__)

PARTIAL_SUFFIXES = (".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart")


@dataclass(frozen=True)
class Arrival:
    """One file in the inbox. `filename` is its path below `inbox/<pipeline>/`."""

    key: str
    filename: str
    etag: str
    bytes: int
    arrived_at: datetime
    complete: bool


class Inbox(ABC):
    """Where loose drops arrive; an arrival's etag changes when its content is replaced."""

    @abstractmethod
    def arrivals(self, pipeline: str) -> list[Arrival]:
        """Everything there for one pipeline, in key order; unfinished files too."""

    @abstractmethod
    def read(self, key: str, etag: str | None) -> bytes:
        """The bytes of an arrival; `UploadVanished` when it is gone or has been replaced."""

    @abstractmethod
    def on_disk(self, key: str, etag: str | None) -> AbstractContextManager[Path]:
        """A local file with the bytes of an arrival, for reading, without holding it in memory.

        `UploadVanished` when it is gone, or was replaced meanwhile.
        """

    @abstractmethod
    def copy(self, key: str, target: str) -> None:
        """Store an arrival under the key `target` without holding it in memory."""

    @abstractmethod
    def drain(self, taken: Iterable[tuple[str, str | None]]) -> None:
        """Remove (key, etag) arrivals that are safe elsewhere; replaced ones stay."""

    @abstractmethod
    def prepare(self, pipelines: Iterable[str]) -> None:
        """Make the places to drop into, so that people find them."""


class FolderInbox(Inbox):
    """An inbox in a folder. A file is complete when nobody seems to be writing it any more:

    it was renamed, linked or finished with its times set (its status is newer than its last
    write), or it has not been written to for `settle_s` seconds. Hidden files and the partial
    names that browsers and upload tools use are never complete.
    """

    def __init__(self, store: ObjectStore, folder: Path, settle_s: float) -> None:
        self._store = store
        self._folder = folder
        self._settle_s = settle_s

    def arrivals(self, pipeline: str) -> list[Arrival]:
        """Everything there for one pipeline, in key order; unfinished files too."""
        root = os.fsencode(self._folder / keys.inbox_prefix(pipeline))
        now = time.time()
        found = (self._arrival(pipeline, path, stat, now) for path, stat in _files_below(root, b""))
        return sorted(found, key=lambda arrival: arrival.key)

    def _arrival(self, pipeline: str, path: bytes, stat: os.stat_result, now: float) -> Arrival:
        names = path.decode("utf-8", "surrogateescape").split("/")
        segments = [_segment(name) for name in names]
        settled = stat.st_ctime_ns > stat.st_mtime_ns and stat.st_size > 0
        # The status time, which nobody can set: cameras and copies give any write time.
        unchanged = now - stat.st_ctime >= self._settle_s
        return Arrival(
            key=keys.inbox_prefix(pipeline) + "/".join(segments),
            filename=path.decode("utf-8", "replace"),
            etag=_etag(stat),
            bytes=stat.st_size,
            arrived_at=datetime.fromtimestamp(stat.st_ctime, UTC),
            complete=(settled or unchanged) and not is_unfinished(names),
        )

    def read(self, key: str, etag: str | None) -> bytes:
        """The bytes of an arrival; `UploadVanished` when it is gone or has been replaced."""
        try:
            with self._path(key).open("rb") as file:
                data = file.read()
                now = _etag(os.fstat(file.fileno()))
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            raise UploadVanished("the upload is gone") from error
        except OSError as error:
            raise StoreUnavailable(f"the upload cannot be read: {error.strerror}") from error
        if etag is not None and now != etag:
            raise UploadVanished("the upload was replaced before it was copied")
        return data

    @contextmanager
    def on_disk(self, key: str, etag: str | None) -> Iterator[Path]:
        """The file itself; `UploadVanished` when it is gone, or was replaced meanwhile."""
        path = self._path(key)
        self._require_unchanged(path, etag)
        yield path
        self._require_unchanged(path, etag)

    def _require_unchanged(self, path: Path, etag: str | None) -> None:
        try:
            now = _etag(path.stat())
        except (FileNotFoundError, NotADirectoryError) as error:
            raise UploadVanished("the upload is gone") from error
        if etag is not None and now != etag:
            raise UploadVanished("the upload was replaced before it was copied")

    def copy(self, key: str, target: str) -> None:
        """Store an arrival under the key `target` without holding it in memory."""
        self._store.put_file(target, self._path(key))

    def drain(self, taken: Iterable[tuple[str, str | None]]) -> None:
        """Remove (key, etag) arrivals that are safe elsewhere; replaced ones stay."""
        for key, etag in taken:
            path = self._path(key)
            try:
                if etag is None or _etag(path.stat()) == etag:
                    path.unlink()
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError as error:
                _log.warning("%s is done with and cannot be removed: %s", path, error.strerror)

    def prepare(self, pipelines: Iterable[str]) -> None:
        """Make the places to drop into, so that people find them."""
        for pipeline in pipelines:
            (self._folder / keys.inbox_prefix(pipeline)).mkdir(parents=True, exist_ok=True)

    def _path(self, key: str) -> Path:
        parts = [os.fsdecode(unquote_to_bytes(part)) for part in PurePosixPath(key).parts]
        if any(part in {"..", "."} or "/" in part or "\0" in part for part in parts):
            raise UploadVanished(f"{key} is not a key of the inbox")
        return self._folder.joinpath(*parts)


class BucketInbox(Inbox):
    """An inbox in a bucket, listed through the object store."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def arrivals(self, pipeline: str) -> list[Arrival]:
        """Everything there for one pipeline, in key order; partial names too."""
        prefix = keys.inbox_prefix(pipeline)
        return [
            Arrival(
                key=stored.key,
                filename=stored.key.removeprefix(prefix),
                etag=stored.etag,
                bytes=stored.bytes,
                arrived_at=stored.modified_at,
                complete=not is_unfinished(stored.key.removeprefix(prefix).split("/")),
            )
            for stored in self._store.objects(prefix)
        ]

    def read(self, key: str, etag: str | None) -> bytes:
        """The bytes of an arrival; `UploadVanished` when it is gone or has been replaced."""
        self._require_unchanged(key, etag)
        return self._store.get(key)

    @contextmanager
    def on_disk(self, key: str, etag: str | None) -> Iterator[Path]:
        """A copy; `UploadVanished` when the arrival is gone, or was replaced meanwhile."""
        with self._store.on_disk(key) as path:
            self._require_unchanged(key, etag)
            yield path

    def _require_unchanged(self, key: str, etag: str | None) -> None:
        stored = self._store.head(key)
        if stored is None:
            raise UploadVanished("the upload is gone")
        if etag is not None and stored.etag != etag:
            raise UploadVanished("the upload was replaced before it was copied")

    def copy(self, key: str, target: str) -> None:
        """Store an arrival under the key `target`; the bucket does it on its own side."""
        self._store.copy(key, target)

    def drain(self, taken: Iterable[tuple[str, str | None]]) -> None:
        """Remove (key, etag) arrivals that are safe elsewhere; replaced ones stay."""
        wanted = dict(taken)
        folders = {key.rsplit("/", 1)[0] + "/" for key in wanted}
        stored = [found for folder in folders for found in self._store.objects(folder)]
        self._store.delete(
            {
                found.key
                for found in stored
                if found.key in wanted and wanted[found.key] in {None, found.etag}
            }
        )

    def prepare(self, pipelines: Iterable[str]) -> None:
        """Nothing to do: a bucket has no folders."""


def _files_below(root: bytes, below: bytes) -> Iterator[tuple[bytes, os.stat_result]]:
    """(path relative to the inbox, stat) of each regular file; links are not followed."""
    try:
        entries = list(os.scandir(os.path.join(root, below)))  # noqa: PTH118 - bytes paths
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        _log.warning("a folder of the inbox cannot be looked into: %s", error)
        return
    for entry in entries:
        path = below + b"/" + entry.name if below else entry.name
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _files_below(root, path)
            elif entry.is_file(follow_symlinks=False):
                yield path, entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue


def _segment(name: str) -> str:
    """A name as a reversible key segment: bytes that are not unicode become percent codes."""
    if name.isprintable() and "%" not in name and not name[-1:].isdigit():
        return name
    raw = name.encode("utf-8", "surrogateescape")
    text = raw.replace(b"%", b"%25").decode("utf-8", "surrogateescape")
    coded = "".join(_coded(char) for char in text)
    head, hash_sign, digits = coded.rpartition("#")
    return f"{head}%23{digits}" if hash_sign and digits.isdigit() else coded


def _coded(char: str) -> str:
    if "\udc80" <= char <= "\udcff":
        return f"%{ord(char) - 0xDC00:02X}"
    if char < " " or char in {"\x7f", "\\"}:
        return f"%{ord(char):02X}"
    return char


def is_unfinished(names: list[str]) -> bool:
    """Whether a path, as its parts, is hidden or has a name that upload tools use meanwhile."""
    hidden = any(re.match(r"\.[^.]", name) for name in names)
    return hidden or names[-1].lower().endswith(PARTIAL_SUFFIXES)


def _etag(stat: os.stat_result) -> str:
    return f"{stat.st_ino:x}-{stat.st_mtime_ns:x}-{stat.st_size:x}"
