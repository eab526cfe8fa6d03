"""URL ingest: a file that lies elsewhere becomes an object of the store, whole or not at all.

check --> open (judge, connect, follow redirects) --> count, hash --> the store's writer
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    wait_exponential_jitter,
)

from media.addresses import parse_networks
from media.errors import EmptyFile, InvalidSetting, ShowroomError
from media.urls import BucketUrl, HttpUrl, parse_url
from resources.bucket_downloads import BucketDownloads
from resources.downloads import Deadline, Download, gathered
from resources.object_store import ObjectStore
from resources.public_addresses import PublicAddresses, Resolver, resolve
from resources.settings import PREFIX

if TYPE_CHECKING:
    from resources.http_downloads import HttpDownloads

_backoff = wait_exponential_jitter(initial=0.25, max=10, jitter=0.5)


@dataclass(frozen=True)
class Fetched:
    """A file that was fetched and stored."""

    bytes: int
    sha256: str
    filename: str
    """As the server names it, else from the URL; safe to show, never a path."""
    media_type: str | None
    """As the server claims; the file's own type is told from its bytes."""


@dataclass(frozen=True)
class UrlIngest:
    """Fetches http, https and, where the operator opened the bucket, s3 URLs; for many threads."""

    store: ObjectStore
    max_bytes: int
    timeout_s: float = 600.0
    """For a whole file, redirects and tries included."""
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 30.0
    """How long a server may be silent."""
    allowed_networks: Sequence[str] = ()
    """Networks in CIDR form that may be fetched from although they are not public."""
    buckets: Sequence[str] = ()
    """Buckets that anybody who may submit may read from, with this installation's rights."""
    s3_endpoint: str = ""
    s3_region: str = "us-east-1"
    tries: int = 4
    resolver: Resolver = resolve

    def __post_init__(self) -> None:
        try:
            parse_networks(self.allowed_networks)
        except ValueError as error:
            raise InvalidSetting(f"{PREFIX}URL_NETWORKS: {error}") from error

    @cached_property
    def _addresses(self) -> PublicAddresses:
        return PublicAddresses(parse_networks(self.allowed_networks), self.resolver)

    @cached_property
    def _web(self) -> "HttpDownloads":
        from resources.http_downloads import HttpDownloads

        return HttpDownloads(self._addresses, self.connect_timeout_s, self.read_timeout_s)

    @cached_property
    def _buckets(self) -> BucketDownloads:
        return BucketDownloads(
            self.buckets,
            self.s3_endpoint,
            self.s3_region,
            self.connect_timeout_s,
            self.read_timeout_s,
        )

    def check(self, url: str) -> None:
        """Raise what can be said of a URL before anything is asked of any machine.

        `UnsupportedUrl` for one that is malformed, of another scheme, with a password, at a
        port for other protocols or in a bucket that is not open; `ForbiddenAddress` where it
        spells out an address that is not public. A name's addresses are judged when it is
        connected to.
        """
        self._permitted(url)

    def _permitted(self, url: str) -> HttpUrl | BucketUrl:
        parsed = parse_url(url)
        if isinstance(parsed, BucketUrl):
            self._buckets.require(parsed)
        elif parsed.address is not None:
            self._addresses.require(parsed.address)
        return parsed

    def fetch(self, url: str, key: str, max_bytes: int | None = None) -> Fetched:
        """Store the file at `url` under `key`, in constant memory; at most `max_bytes` of it.

        Raises the refusals of `check`, `UrlNotFound`, `TooLarge` and `EmptyFile` at once, and
        `DownloadFailed` or `StoreUnavailable` after some tries or when the time is over. Then
        nothing is under `key` that was not there before.
        """
        source = self._permitted(url)
        deadline = Deadline(self.timeout_s)
        most = self.max_bytes if max_bytes is None else max_bytes
        trying = Retrying(
            retry=retry_if_exception(_is_worth_a_try),
            wait=_wait_s,
            stop=lambda state: (
                state.attempt_number >= self.tries or state.upcoming_sleep >= deadline.left_s
            ),
            reraise=True,
        )
        return trying(self._fetch_once, source, key, most, deadline)

    def _fetch_once(
        self, source: HttpUrl | BucketUrl, key: str, max_bytes: int, deadline: Deadline
    ) -> Fetched:
        with self._open(source, max_bytes, deadline) as download:
            counted = _Counted()
            self.store.put_chunks(key, counted.through(gathered(download.chunks)))
            return Fetched(
                counted.bytes, counted.sha256.hexdigest(), download.filename, download.media_type
            )

    def _open(
        self, source: HttpUrl | BucketUrl, max_bytes: int, deadline: Deadline
    ) -> AbstractContextManager[Download]:
        if isinstance(source, BucketUrl):
            return self._buckets.open(source, max_bytes, deadline)
        return self._web.open(source, max_bytes, deadline)


class _Counted:
    """The size and hash of what passes through; `EmptyFile` when nothing did."""

    def __init__(self) -> None:
        self.bytes = 0
        self.sha256 = hashlib.sha256()

    def through(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self.bytes += len(chunk)
            self.sha256.update(chunk)
            yield chunk
        if not self.bytes:
            raise EmptyFile("there are no bytes at the address")


def _is_worth_a_try(error: BaseException) -> bool:
    return isinstance(error, ShowroomError) and error.retryable


def _wait_s(state: RetryCallState) -> float:
    """Longer from try to try, and as long as the server asked for."""
    from resources.http_downloads import ServerBusy

    error = state.outcome.exception() if state.outcome else None
    asked_s = error.retry_after_s if isinstance(error, ServerBusy) else 0.0
    return asked_s + _backoff(state)
