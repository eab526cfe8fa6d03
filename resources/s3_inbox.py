"""The inbox in an S3 bucket, looked at with boto3 and not through the object store's library.

S3 takes any text as a key: `a//b.jpg` and `../b.jpg` are two objects like others. The object
store's library holds keys to be paths and fails a listing as a whole on one that is none, so one
odd name would keep everybody waiting. An arrival's key has such parts as percent codes.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from media import keys
from media.errors import StoreUnavailable, UploadVanished
from resources.inbox import Arrival, Inbox, is_unfinished
from resources.settings import Settings

if TYPE_CHECKING:
    from botocore.client import BaseClient

_log = logging.getLogger(__name__)

_DELETED_AT_ONCE = 1000
_CHUNK_BYTES = 8_000_000
_GONE = {"NoSuchKey", "404", "PreconditionFailed", "412"}
# What a path may not hold: control characters, a percent sign of its own, a part that is empty
# or only dots, and the ending that the object store's library takes for its own temporary file.
_NO_PATH = re.compile(r"[%\\\x00-\x1f\x7f]|(?<![^/])/|(?<![^/])\.{1,2}(?=/|$)|#(?=\d+$)")


class S3Inbox(Inbox):
    """An inbox in S3: an object is there whole or not at all, so it is complete at once."""

    def __init__(self, client: "BaseClient", bucket: str, prefix: str) -> None:
        self._client: Any = client
        self._bucket = bucket
        self._prefix = prefix

    @classmethod
    def from_settings(cls, settings: Settings) -> "S3Inbox":
        """The inbox of the bucket that the settings name; credentials as boto3 finds them."""
        import boto3
        from botocore.config import Config

        bucket, _, prefix = settings.store_url.removeprefix("s3://").strip("/").partition("/")
        config = Config(
            retries={"mode": "standard", "max_attempts": 4},
            s3={"addressing_style": "path" if settings.s3_endpoint else "auto"},
        )
        client = boto3.client(
            "s3",
            endpoint_url=settings.s3_endpoint or None,
            region_name=settings.s3_region,
            config=config,
        )
        return cls(client, bucket, f"{prefix}/" if prefix else "")

    def arrivals(self, pipeline: str) -> list[Arrival]:
        """Everything there for one pipeline, in key order; unfinished names too."""
        folder = keys.inbox_prefix(pipeline)
        found = (
            Arrival(
                key=folder + _NO_PATH.sub(_percent, name),
                filename=name,
                etag=stored["ETag"],
                bytes=stored["Size"],
                arrived_at=stored["LastModified"],
                complete=not is_unfinished(name.split("/")),
            )
            for stored in self._objects(folder)
            # Consoles make empty objects of such names to show a folder.
            if (name := stored["Key"].removeprefix(self._prefix + folder))
            and not name.endswith("/")
        )
        return sorted(found, key=lambda arrival: arrival.key)

    def read(self, key: str, etag: str | None) -> bytes:
        """The bytes of an arrival; `UploadVanished` when it is gone or has been replaced."""
        with _answering(key):
            data: bytes = self._body(key, etag).read()
        return data

    @contextmanager
    def on_disk(self, key: str, etag: str | None) -> Iterator[Path]:
        """A copy; `UploadVanished` when the arrival is gone or has been replaced."""
        with NamedTemporaryFile(prefix="showroom-") as file:
            with _answering(key):
                for chunk in self._body(key, etag).iter_chunks(_CHUNK_BYTES):
                    file.write(chunk)
            file.flush()
            yield Path(file.name)

    def _body(self, key: str, etag: str | None) -> Any:
        condition = {"IfMatch": etag} if etag else {}
        return self._client.get_object(Bucket=self._bucket, Key=self._raw(key), **condition)["Body"]

    def copy(self, key: str, target: str) -> None:
        """Store an arrival under the key `target`; the bucket does it on its own side."""
        with _answering(key):
            self._client.copy_object(
                Bucket=self._bucket,
                Key=self._prefix + target,
                CopySource={"Bucket": self._bucket, "Key": self._raw(key)},
            )

    def drain(self, taken: Iterable[tuple[str, str | None]]) -> None:
        """Remove (key, etag) arrivals that are safe elsewhere; replaced ones stay."""
        wanted = {self._raw(key): etag for key, etag in taken}
        folders = {"/".join(key.removeprefix(self._prefix).split("/")[:2]) for key in wanted}
        there = {
            stored["Key"]: stored["ETag"] for folder in folders for stored in self._objects(folder)
        }
        gone = [key for key, etag in wanted.items() if key in there and etag in {None, there[key]}]
        for start in range(0, len(gone), _DELETED_AT_ONCE):
            batch = [{"Key": key} for key in gone[start : start + _DELETED_AT_ONCE]]
            with _answering("what is done with"):
                answer = self._client.delete_objects(
                    Bucket=self._bucket, Delete={"Objects": batch, "Quiet": True}
                )
            for error in answer.get("Errors", []):
                _log.warning("%s is done with and cannot be removed: %s", error["Key"], error)

    def prepare(self, pipelines: Iterable[str]) -> None:
        """Nothing to do: a bucket has no folders."""

    def _objects(self, folder: str) -> Iterator[dict[str, Any]]:
        pages = self._client.get_paginator("list_objects_v2")
        with _answering(folder):
            for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix + folder):
                yield from page.get("Contents", [])

    def _raw(self, key: str) -> str:
        return self._prefix + unquote(key)


@contextmanager
def _answering(key: str) -> Iterator[None]:
    """Turns boto3's errors into ours, naming the key."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in _GONE:
            raise UploadVanished("the upload is gone or was replaced") from error
        raise StoreUnavailable(f"the bucket did not answer for {key}: {error}") from error
    except BotoCoreError as error:
        raise StoreUnavailable(f"the bucket did not answer for {key}: {error}") from error


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{ord(char):02X}" for char in match.group())
