"""The object store: originals, outputs, tables and requests under keys, in a folder or a bucket.

Every write is whole or absent: obstore writes a temporary file and renames it in a folder,
and makes one put (or one completed multipart upload) in a bucket.
"""

import hashlib
import mimetypes
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, TYPE_CHECKING, cast

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import AzureStore, GCSStore, LocalStore, S3Store
from obstore.store import ObjectStore as Backend
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from media.errors import StoreUnavailable, UploadVanished
from resources.settings import Settings

if TYPE_CHECKING:
    from obstore import HTTP_METHOD, Attributes, ObjectMeta
    from obstore.store import RetryConfig

# The library's own tries would multiply with ours; these are for its connections only.
_CONNECTION_RETRIES: "RetryConfig" = {"max_retries": 1, "retry_timeout": timedelta(seconds=30)}
_CHUNK_BYTES = 8_000_000

_retrying = retry(
    retry=retry_if_exception_type(StoreUnavailable),
    wait=wait_exponential_jitter(initial=0.1, max=2),
    stop=stop_after_attempt(4),
    reraise=True,
)


@dataclass(frozen=True)
class StoredObject:
    """What a listing tells of an object: its key, size in bytes, etag and age."""

    key: str
    bytes: int
    etag: str
    modified_at: datetime


class ObjectStore:
    """Bytes under keys. A missing key is a `FileNotFoundError`; an outage `StoreUnavailable`."""

    def __init__(self, backend: Backend, folder: Path | None = None) -> None:
        self._backend = backend
        self.folder = folder

    @classmethod
    def from_settings(cls, settings: Settings) -> "ObjectStore":
        """The store the settings name; a folder is made when missing."""
        url = settings.store_url
        if "://" not in url:
            return cls(LocalStore(url, mkdir=True, automatic_cleanup=True), Path(url))
        if url.startswith("s3://") and settings.s3_endpoint:
            return cls(
                S3Store.from_url(
                    url,
                    retry_config=_CONNECTION_RETRIES,
                    endpoint=settings.s3_endpoint,
                    region=settings.s3_region,
                    virtual_hosted_style_request=False,
                    client_options={"allow_http": settings.s3_endpoint.startswith("http://")},
                )
            )
        if url.startswith("s3://"):
            return cls(
                S3Store.from_url(url, region=settings.s3_region, retry_config=_CONNECTION_RETRIES)
            )
        return cls(obstore.store.from_url(url))

    @_retrying
    def get(self, key: str) -> bytes:
        """The bytes under `key`."""
        with _named(key):
            return bytes(obstore.get(self._backend, key).bytes())

    def find(self, key: str) -> bytes | None:
        """The bytes under `key`, or None."""
        try:
            return self.get(key)
        except FileNotFoundError:
            return None

    @_retrying
    def put(self, key: str, data: bytes) -> None:
        """Store `data` under `key`, whole, replacing what was there."""
        with _named(key):
            obstore.put(self._backend, key, data, attributes=self._attributes(key))

    def _attributes(self, key: str) -> "Attributes | None":
        """What a bucket says of an object to a browser; a folder keeps bytes only."""
        told, _ = mimetypes.guess_type(key, strict=False)
        return None if self.folder is not None or told is None else {"Content-Type": told}

    @_retrying
    def put_file(self, key: str, path: Path, sha256: str | None = None) -> None:
        """Store a local file under `key` without holding it in memory.

        With `sha256` nothing is stored, and `UploadVanished` raised, unless the bytes have it.
        """
        with _named(key), path.open("rb") as file:
            data = _checked(file, sha256) if sha256 else file
            obstore.put(self._backend, key, data, attributes=self._attributes(key))

    @contextmanager
    def on_disk(self, key: str) -> Iterator[Path]:
        """A local file with the bytes under `key`: the store's own, or a copy for the time being.

        It is for reading only. A copy is streamed, so it takes disk and no memory.
        """
        if self.folder is not None and (path := self.folder / key).is_file():
            yield path
            return
        with NamedTemporaryFile(prefix="showroom-", suffix=Path(key).suffix) as file:
            self._download(key, file)
            yield Path(file.name)

    @_retrying
    def _download(self, key: str, file: IO[bytes]) -> None:
        file.seek(0)
        file.truncate()
        with _named(key):
            for chunk in obstore.get(self._backend, key).stream(min_chunk_size=_CHUNK_BYTES):
                file.write(chunk)
        file.flush()

    def put_chunks(self, key: str, chunks: Iterable[bytes]) -> None:
        """Store what `chunks` make up under `key`, whole; nothing when they end in an error."""
        # The writer leaves nothing behind when its block is left by an error.
        with _named(key), obstore.open_writer(self._backend, key, max_concurrency=4) as writer:
            for chunk in chunks:
                writer.write(chunk)

    @_retrying
    def copy(self, source: str, target: str) -> None:
        """Store the object `source` under `target` too; a bucket does it on its own side."""
        with _named(source):
            obstore.copy(self._backend, source, target)

    @_retrying
    def put_new(self, key: str, data: bytes) -> bool:
        """Store `data` unless `key` exists; whether it was stored."""
        try:
            with _named(key):
                obstore.put(self._backend, key, data, mode="create")
        except AlreadyExistsError:
            return False
        return True

    @_retrying
    def head(self, key: str) -> StoredObject | None:
        """What is stored under `key`, or None."""
        try:
            with _named(key):
                meta = obstore.head(self._backend, key)
        except FileNotFoundError:
            return None
        return StoredObject(key, meta["size"], meta["e_tag"] or "", meta["last_modified"])

    def signed_url(self, key: str, method: str = "GET", seconds: int = 600) -> str | None:
        """An address at which anyone may `method` (GET, PUT, HEAD ...) the object for `seconds`.

        Nothing is asked of the store, so nothing need be under `key`. None where addresses cannot
        be signed, as in a folder.
        """
        if not isinstance(self._backend, S3Store | AzureStore | GCSStore):
            return None
        lasting = timedelta(seconds=seconds)
        with _named(key):
            return obstore.sign(self._backend, cast("HTTP_METHOD", method), key, lasting)

    def objects(self, prefix: str) -> Iterator[StoredObject]:
        """Everything under `prefix` (which ends in `/`), in key order."""
        try:
            with _named(prefix):
                found = [meta for batch in obstore.list(self._backend, prefix) for meta in batch]
        except StoreUnavailable:
            if self.folder is None:
                raise
            found = self._listed_one_by_one(self.folder / prefix)
        for meta in sorted(found, key=lambda meta: meta["path"]):
            yield StoredObject(
                meta["path"], meta["size"], meta["e_tag"] or "", meta["last_modified"]
            )

    def _listed_one_by_one(self, folder: Path) -> "list[ObjectMeta]":
        """What is below a folder, without files whose names no key can have.

        The library fails a listing as a whole on one file name that is not unicode; nobody
        who put such a file there shall keep the others waiting.
        """
        found = []
        for path in folder.rglob("*"):
            if path.is_file():
                with suppress(BaseError, ValueError, OSError):
                    key = path.relative_to(cast("Path", self.folder)).as_posix()
                    found.append(obstore.head(self._backend, key))
        return found

    def folders(self, prefix: str) -> list[str]:
        """The names directly under `prefix` that have something below them, sorted."""
        with _named(prefix):
            listing = obstore.list_with_delimiter(self._backend, prefix)
        return sorted(
            common.rstrip("/").rsplit("/", 1)[-1] for common in listing["common_prefixes"]
        )

    def delete(self, keys: Iterable[str]) -> None:
        """Remove the keys; those already gone are no error."""
        self._delete(list(keys))

    @_retrying
    def _delete(self, keys: Sequence[str]) -> None:
        if self.folder is None:
            with _named("a list of keys to delete"):
                obstore.delete(self._backend, keys)
            return
        for key in keys:
            try:
                with _named(key):
                    obstore.delete(self._backend, key)
            except FileNotFoundError:
                continue

    @cached_property
    def description(self) -> str:
        """The store in words, for people."""
        return str(self.folder) if self.folder else repr(self._backend)


@contextmanager
def _named(key: str) -> Iterator[None]:
    """Turns the library's errors into ours, naming the key."""
    try:
        yield
    except (AlreadyExistsError, FileNotFoundError):
        raise
    except (BaseError, OSError) as error:
        raise StoreUnavailable(f"the store did not answer for {key}: {error}") from error


def _checked(file: IO[bytes], sha256: str) -> Iterator[bytes]:
    """The file in parts; the error at its end keeps a file that has changed from being stored."""
    seen = hashlib.sha256()
    while part := file.read(_CHUNK_BYTES):
        seen.update(part)
        yield part
    if seen.hexdigest() != sha256:
        raise UploadVanished("the upload was replaced while it was read")
