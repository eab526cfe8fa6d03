"""Downloads by http and https, from public machines only, redirects included.

Each request has a connection of its own, so every one, a redirect's too, is resolved and judged
anew. No proxy of the environment is used: behind one, the address could not be judged.
"""

import re
import ssl
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

import httpcore

from media.errors import DownloadFailed, EmptyFile, UnsupportedUrl, UrlNotFound
from media.http_headers import attachment_name, media_type, retry_after_s
from media.urls import HttpUrl
from resources.downloads import PIECE_BYTES, Deadline, Download, capped, require_room
from resources.public_addresses import PublicAddresses
from resources.public_network import PublicNetwork

MAX_REDIRECTS = 5
_GZIP = 16 + zlib.MAX_WBITS
_REDIRECTIONS = {301, 302, 303, 307, 308}
_TRY_LATER = {408, 425, 429}


class ServerBusy(DownloadFailed):
    """The server answered that it cannot, now; it may have said when to ask again."""

    def __init__(self, message: str, retry_after_s: float) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


@dataclass(frozen=True)
class HttpDownloads:
    """Opens files on web servers."""

    addresses: PublicAddresses
    connect_timeout_s: float
    read_timeout_s: float
    """How long a server may be silent."""

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        import httpx

        # Reads SSL_CERT_FILE and SSL_CERT_DIR, by which a company adds its own authority.
        return httpx.create_ssl_context()

    @contextmanager
    def open(self, url: HttpUrl, max_bytes: int, deadline: Deadline) -> Iterator[Download]:
        """The file at `url`, its chunks to be read before leaving.

        Raises the refusals `ForbiddenAddress`, `UnsupportedUrl` (a redirect that is not
        followed), `UrlNotFound`, `TooLarge` and `EmptyFile`, and `DownloadFailed` for what the
        next try may bring; while the chunks are read, too. A body without a length that is cut
        off cannot be told from a whole one.
        """
        with self._in_our_words(deadline), self._pool(deadline) as pool:
            for _ in range(MAX_REDIRECTS + 1):
                with self._answer(pool, url) as response:
                    location = _location(response)
                    if location is None:
                        _require_file(response)
                        yield _download(url, response, max_bytes)
                        return
                url = url.redirected(location)
            raise UrlNotFound(f"the address redirects more than {MAX_REDIRECTS} times")

    def _pool(self, deadline: Deadline) -> httpcore.ConnectionPool:
        network = PublicNetwork(self.addresses, deadline)
        return httpcore.ConnectionPool(
            ssl_context=self._tls, max_keepalive_connections=0, network_backend=network
        )

    @contextmanager
    def _answer(self, pool: httpcore.ConnectionPool, url: HttpUrl) -> Iterator[httpcore.Response]:
        target = httpcore.URL(scheme=url.scheme, host=url.host, port=url.port, target=url.target)
        headers = [
            ("Host", url.authority),
            ("User-Agent", "Showroom"),
            ("Accept", "*/*"),
            ("Accept-Encoding", "identity"),
            ("Connection", "close"),
        ]
        timeouts = {
            "connect": self.connect_timeout_s,
            "read": self.read_timeout_s,
            "write": self.read_timeout_s,
        }
        with pool.stream(
            "GET", target, headers=headers, extensions={"timeout": timeouts}
        ) as response:
            yield response

    @contextmanager
    def _in_our_words(self, deadline: Deadline) -> Iterator[None]:
        """Turns the library's errors into ours, without anything that the server wrote."""
        try:
            yield
        except httpcore.TimeoutException as error:
            deadline.require_time()
            did_not = (
                f"answer within {self.connect_timeout_s:g}"
                if isinstance(error, httpcore.ConnectTimeout)
                else f"send anything for {self.read_timeout_s:g}"
            )
            raise DownloadFailed(f"the server did not {did_not} seconds") from error
        except httpcore.ConnectError as error:
            raise DownloadFailed("the server cannot be reached") from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise DownloadFailed("the server stopped in the middle, or speaks no HTTP") from error
        except zlib.error as error:
            raise DownloadFailed("what the server sends is not compressed as it says") from error


def _header(response: httpcore.Response, name: bytes) -> str:
    value = next((value for key, value in response.headers if key.lower() == name), b"")
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _location(response: httpcore.Response) -> str | None:
    """Where the answer redirects to; None when it does not."""
    if response.status not in _REDIRECTIONS:
        return None
    location = _header(response, b"location")
    if not location:
        raise UnsupportedUrl("the address redirects, and does not say where to")
    return location


def _require_file(response: httpcore.Response) -> None:
    """Raise unless the answer is a file."""
    status = response.status
    if status in {200, 203}:
        return
    if status in {204, 205}:
        raise EmptyFile("there are no bytes at the address")
    if status >= 500 or status in _TRY_LATER:
        raise ServerBusy(
            f"the server cannot give the file now (status {status})",
            retry_after_s(_header(response, b"retry-after"), datetime.now(UTC)),
        )
    if status in {401, 403}:
        raise UrlNotFound(f"the server does not give the file to everybody (status {status})")
    raise UrlNotFound(f"the server has no file at the address (status {status})")


def _download(url: HttpUrl, response: httpcore.Response, max_bytes: int) -> Download:
    length = _header(response, b"content-length")
    require_room(int(length) if re.fullmatch("[0-9]+", length) else None, max_bytes)
    chunks = capped(response.iter_stream(), max_bytes)
    encoding = _header(response, b"content-encoding").strip().lower()
    if encoding in {"gzip", "x-gzip"}:
        chunks = capped(_unzipped(chunks), max_bytes)
    elif encoding not in {"", "identity"}:
        raise DownloadFailed("the server compresses the file in a way it was not asked to")
    return Download(
        chunks,
        attachment_name(_header(response, b"content-disposition")) or url.filename,
        media_type(_header(response, b"content-type")),
    )


def _unzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What gzip holds, in pieces of limited size however much a few bytes expand to."""
    unzip = None
    for chunk in chunks:
        rest = chunk
        while rest:
            if unzip is None or unzip.eof:
                unzip = zlib.decompressobj(_GZIP)
            piece = unzip.decompress(rest, PIECE_BYTES)
            while piece:
                yield piece
                # After the end of a part this would count the next part's bytes twice.
                piece = b"" if unzip.eof else unzip.decompress(unzip.unconsumed_tail, PIECE_BYTES)
            rest = unzip.unused_data
    if unzip is not None and not unzip.eof:
        raise DownloadFailed("the server stopped in the middle of the file")
