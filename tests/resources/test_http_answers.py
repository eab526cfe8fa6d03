"""Answers of web servers: which are files, which are tried again, which are refused."""

import gzip
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from media.errors import DownloadFailed, UnsupportedUrl, UrlNotFound
from resources.object_store import ObjectStore
from resources.settings import Settings
from resources.url_ingest import UrlIngest
from tests.resources.file_server import (
    FileServer,
    Route,
    certificate,
    cut,
    drip,
    file,
    held_open,
    one_after_the_other,
    raw,
    redirect,
    silence,
    status,
)

KEY = "submissions/J/0001-clip.mp4"
SOME_BYTES = bytes(range(256)) * 12_000

Ingest = Callable[..., UrlIngest]


@pytest.fixture
def server() -> Iterator[FileServer]:
    with FileServer() as running:
        yield running


@pytest.fixture
def store(settings: Settings) -> ObjectStore:
    return ObjectStore.from_settings(settings)


@pytest.fixture
def ingest(store: ObjectStore) -> Ingest:
    """Makes an ingest that may fetch from this machine, and tries once."""

    def make(**changes: Any) -> UrlIngest:
        chosen = {"tries": 1, "allowed_networks": ["127.0.0.0/8"], **changes}
        return UrlIngest(store, max_bytes=10_000_000, **chosen)

    return make


def test_a_drip_ends_with_the_time_for_the_whole_download(
    server: FileServer, ingest: Ingest
) -> None:
    server.routes["/clip"] = drip()
    with pytest.raises(DownloadFailed, match=r"longer than 0\.3 seconds"):
        ingest(timeout_s=0.3, tries=4).fetch(server.url("/clip"), KEY)


def test_a_silent_server_is_not_waited_for(server: FileServer, ingest: Ingest) -> None:
    server.routes["/clip"] = silence
    with pytest.raises(DownloadFailed, match=r"anything for 0\.1 seconds"):
        ingest(read_timeout_s=0.1).fetch(server.url("/clip"), KEY)


def test_a_name_server_without_an_answer_is_not_waited_for(ingest: Ingest) -> None:
    never = threading.Event()

    def resolver(host: str, port: int) -> list[str]:
        never.wait()
        return ["127.0.0.1"]

    with pytest.raises(DownloadFailed, match="resolved in time"):
        ingest(resolver=resolver, connect_timeout_s=0.1).fetch("http://files.example/a", KEY)
    never.set()


def test_a_server_that_keeps_the_connection_open_does_not_hold_up_the_file(
    server: FileServer, ingest: Ingest, store: ObjectStore
) -> None:
    server.routes["/clip"] = held_open(SOME_BYTES)
    ingest(read_timeout_s=5).fetch(server.url("/clip"), KEY)
    assert store.get(KEY) == SOME_BYTES


def test_identity_is_asked_for_and_gzip_is_undone(
    server: FileServer, ingest: Ingest, store: ObjectStore
) -> None:
    zipped = gzip.compress(SOME_BYTES) + gzip.compress(b"and a second part")
    server.routes["/clip"] = file(zipped, Content_Encoding="GZIP")
    fetched = ingest().fetch(server.url("/clip"), KEY)
    assert store.get(KEY) == SOME_BYTES + b"and a second part"
    assert fetched.bytes == len(SOME_BYTES) + 17
    [(_, asked)] = server.requests
    assert asked["Accept-Encoding"] == "identity"
    assert asked["Host"] == f"127.0.0.1:{server.port}"


@pytest.mark.parametrize(
    "route",
    [
        file(gzip.compress(SOME_BYTES)[:-9], Content_Encoding="gzip"),
        file(b"not gzip at all", Content_Encoding="gzip"),
        file(b"x", Content_Encoding="br"),
        raw(b"SSH-2.0-OpenSSH_9.2\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
        raw(b""),
    ],
)
def test_an_answer_that_cannot_be_understood_is_a_failure(
    server: FileServer, ingest: Ingest, store: ObjectStore, route: Route
) -> None:
    server.routes["/clip"] = route
    with pytest.raises(DownloadFailed):
        ingest().fetch(server.url("/clip"), KEY)
    assert store.head(KEY) is None


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410, 451, 206, 304])
def test_what_a_server_does_not_give_is_asked_for_once(
    server: FileServer, ingest: Ingest, code: int
) -> None:
    server.routes["/clip"] = status(code)
    with pytest.raises(UrlNotFound, match=str(code)) as refused:
        ingest(tries=4).fetch(server.url("/clip"), KEY)
    assert len(server.requests) == 1
    assert "corp" not in str(refused.value)


@pytest.mark.parametrize("code", [429, 500, 503])
def test_a_server_that_is_busy_is_asked_again(
    server: FileServer, ingest: Ingest, store: ObjectStore, code: int
) -> None:
    server.routes["/clip"] = one_after_the_other(
        status(code, Retry_After="0"), cut(b"half", 8), file(SOME_BYTES)
    )
    ingest(tries=3).fetch(server.url("/clip"), KEY)
    assert store.get(KEY) == SOME_BYTES
    assert len(server.requests) == 3


def test_a_server_that_asks_for_more_time_than_there_is_is_not_waited_for(
    server: FileServer, ingest: Ingest
) -> None:
    server.routes["/clip"] = status(503, Retry_After="3600")
    with pytest.raises(DownloadFailed, match="503"):
        ingest(tries=4, timeout_s=60).fetch(server.url("/clip"), KEY)
    assert len(server.requests) == 1


def test_tries_come_to_an_end(server: FileServer, ingest: Ingest) -> None:
    server.routes["/clip"] = status(500)
    with pytest.raises(DownloadFailed, match="500"):
        ingest(tries=2).fetch(server.url("/clip"), KEY)
    assert len(server.requests) == 2


def test_nobody_at_the_port_is_a_failure(ingest: Ingest) -> None:
    with FileServer() as gone:
        url = gone.url("/clip")
    with pytest.raises(DownloadFailed, match="cannot be reached"):
        ingest().fetch(url, KEY)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_the_last_url_gives_the_name(
    server: FileServer, ingest: Ingest, code: int
) -> None:
    server.routes["/a"] = redirect("/b/c?x", code)
    server.routes["/b/c?x"] = redirect("clip.mp4", code)
    server.routes["/b/clip.mp4"] = file(SOME_BYTES)
    assert ingest().fetch(server.url("/a"), KEY).filename == "clip.mp4"
    assert server.connections == 3


def test_the_server_may_name_the_file(server: FileServer, ingest: Ingest) -> None:
    server.routes["/a.php?id=1"] = file(
        b"x", Content_Disposition='attachment; filename="../Chair (1).mp4"'
    )
    assert ingest().fetch(server.url("/a.php?id=1"), KEY).filename == "Chair (1).mp4"


def test_a_loop_of_redirects_ends(server: FileServer, ingest: Ingest) -> None:
    server.routes["/a"] = redirect("/a")
    with pytest.raises(UrlNotFound, match="more than 5 times"):
        ingest(tries=4).fetch(server.url("/a"), KEY)
    assert len(server.requests) == 6


@pytest.fixture
def secure_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    """A server that proves to be files.example, to whom trusts it."""
    authority, tls = certificate(tmp_path, "files.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with FileServer(tls=tls) as running:
        yield running


def test_https_proves_the_name_and_not_the_address(
    secure_server: FileServer, ingest: Ingest, store: ObjectStore
) -> None:
    secure_server.routes["/clip.mp4"] = file(SOME_BYTES)
    fetching = ingest(resolver=lambda host, port: ["127.0.0.1"])
    fetching.fetch(f"https://files.example:{secure_server.port}/clip.mp4", KEY)
    assert store.get(KEY) == SOME_BYTES
    for impostor in ("other.example", "127.0.0.1"):
        with pytest.raises(DownloadFailed, match="certificate"):
            fetching.fetch(f"https://{impostor}:{secure_server.port}/clip.mp4", KEY)


def test_a_certificate_nobody_vouches_for_is_none(
    secure_server: FileServer, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    fetching = ingest(resolver=lambda host, port: ["127.0.0.1"])
    with pytest.raises(DownloadFailed, match="certificate"):
        fetching.fetch(f"https://files.example:{secure_server.port}/clip.mp4", KEY)


def test_https_is_not_given_up_by_a_redirect(
    secure_server: FileServer, server: FileServer, ingest: Ingest
) -> None:
    secure_server.routes["/clip"] = redirect(server.url("/clip"))
    fetching = ingest(resolver=lambda host, port: ["127.0.0.1"])
    with pytest.raises(UnsupportedUrl, match="from https to http"):
        fetching.fetch(f"https://files.example:{secure_server.port}/clip", KEY)
    assert server.connections == 0
