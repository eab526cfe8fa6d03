"""Fetching: what lies at a URL arrives whole in the store, or nothing does."""

import hashlib
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import boto3
import pytest

from media.errors import (
    DownloadFailed,
    EmptyFile,
    ShowroomError,
    StoreUnavailable,
    TooLarge,
    UnsupportedUrl,
    UrlNotFound,
)
from resources.downloads import PIECE_BYTES, gathered
from resources.object_store import ObjectStore
from resources.settings import Settings
from resources.url_ingest import UrlIngest
from tests.resources.file_server import (
    FileServer,
    Route,
    chunked,
    cut,
    drip,
    file,
    gzip_bomb,
    one_after_the_other,
    silence,
    status,
)

KEY = "submissions/J/0001-clip.mp4"
SOME_BYTES = bytes(range(256)) * 12_000  # 3 MB
MANY_BYTES = SOME_BYTES * 8  # more than one part of a multipart upload
LIMIT_BYTES = 100_000_000

Ingest = Callable[..., UrlIngest]
Leftovers = Callable[[], list[str]]


@pytest.fixture
def server() -> Iterator[FileServer]:
    with FileServer() as running:
        yield running


@pytest.fixture
def store_settings(request: pytest.FixtureRequest) -> Settings:
    """Settings of a folder store; a test may ask for a bucket instead."""
    name = getattr(request, "param", "settings")
    made: Settings = request.getfixturevalue(name)
    return made


anywhere = pytest.mark.parametrize(
    "store_settings", ["settings", "bucket_settings"], indirect=True, ids=["folder", "bucket"]
)


@pytest.fixture
def store(store_settings: Settings) -> ObjectStore:
    return ObjectStore.from_settings(store_settings)


@pytest.fixture
def ingest(store: ObjectStore) -> Ingest:
    """Makes an ingest that may fetch from this machine, and tries once."""

    def make(**changes: Any) -> UrlIngest:
        chosen = {"tries": 1, "allowed_networks": ["127.0.0.0/8"], **changes}
        return UrlIngest(store, max_bytes=chosen.pop("max_bytes", LIMIT_BYTES), **chosen)

    return make


@pytest.fixture
def leftovers(store_settings: Settings) -> Leftovers:
    """Everything in the store, temporary files and unfinished uploads included."""
    if not store_settings.store:
        folder = Path(store_settings.store_url)
        return lambda: [path.name for path in folder.rglob("*") if path.is_file()]
    client = boto3.client(
        "s3", endpoint_url=store_settings.s3_endpoint, region_name=store_settings.s3_region
    )
    bucket = store_settings.store.removeprefix("s3://").partition("/")[0]

    def listed() -> list[str]:
        objects = client.list_objects_v2(Bucket=bucket).get("Contents", [])
        uploads = client.list_multipart_uploads(Bucket=bucket).get("Uploads", [])
        return [found["Key"] for found in [*objects, *uploads]]

    return listed


@anywhere
def test_a_file_arrives_whole_with_its_hash_name_and_type(
    server: FileServer, ingest: Ingest, store: ObjectStore
) -> None:
    server.routes["/a/My%20clip.mp4?v=1"] = file(MANY_BYTES, Content_Type="video/mp4; x=y")
    fetched = ingest().fetch(server.url("/a/My%20clip.mp4?v=1"), KEY)
    assert store.get(KEY) == MANY_BYTES
    assert fetched.bytes == len(MANY_BYTES)
    assert fetched.sha256 == hashlib.sha256(MANY_BYTES).hexdigest()
    assert (fetched.filename, fetched.media_type) == ("My clip.mp4", "video/mp4")


@anywhere
def test_a_file_of_unknown_length_arrives_whole(
    server: FileServer, ingest: Ingest, store: ObjectStore
) -> None:
    server.routes["/clip"] = chunked(bytes(70_001), times=200)
    fetched = ingest().fetch(server.url("/clip"), KEY)
    assert fetched.bytes == 200 * 70_001
    assert store.get(KEY) == bytes(fetched.bytes)


@anywhere
@pytest.mark.parametrize(
    ("route", "error"),
    [
        pytest.param(file(bytes(20_000_001)), TooLarge, id="declared too large"),
        pytest.param(chunked(bytes(1_000_000), None), TooLarge, id="endless"),
        pytest.param(
            file(gzip_bomb(50_000_000), Content_Encoding="gzip"), TooLarge, id="gzip bomb"
        ),
        pytest.param(cut(bytes(15_000_000), 16_000_000), DownloadFailed, id="cut with length"),
        pytest.param(chunked(bytes(1_000_000), 15, whole=False), DownloadFailed, id="cut chunks"),
        pytest.param(drip(), DownloadFailed, id="drip"),
        pytest.param(drip(headers_too=True), DownloadFailed, id="drip of headers"),
        pytest.param(silence, DownloadFailed, id="silence"),
        pytest.param(file(b""), EmptyFile, id="empty"),
        pytest.param(chunked(b"", 0), EmptyFile, id="empty chunks"),
        pytest.param(file(b"", Content_Encoding="gzip"), EmptyFile, id="empty gzip"),
        pytest.param(status(204), EmptyFile, id="204"),
        pytest.param(status(503), DownloadFailed, id="503"),
        pytest.param(status(404), UrlNotFound, id="404"),
    ],
)
def test_nothing_is_left_of_what_does_not_arrive(
    server: FileServer,
    ingest: Ingest,
    leftovers: Leftovers,
    route: Route,
    error: type[ShowroomError],
) -> None:
    server.routes["/clip"] = route
    fetching = ingest(max_bytes=20_000_000, timeout_s=1.5, read_timeout_s=0.5)
    with pytest.raises(error):
        fetching.fetch(server.url("/clip"), KEY)
    assert leftovers() == []


@anywhere
def test_what_was_there_before_stays_when_nothing_arrives(
    server: FileServer, ingest: Ingest, store: ObjectStore
) -> None:
    store.put(KEY, b"before")
    server.routes["/clip"] = cut(bytes(15_000_000), 16_000_000)
    with pytest.raises(DownloadFailed):
        ingest().fetch(server.url("/clip"), KEY)
    assert store.get(KEY) == b"before"


def test_a_store_that_cannot_be_written_is_an_outage(
    server: FileServer, ingest: Ingest, store: ObjectStore
) -> None:
    store.put("submissions", b"a file where a folder should be")
    server.routes["/clip"] = file(SOME_BYTES)
    with pytest.raises(StoreUnavailable, match="submissions/J"):
        ingest().fetch(server.url("/clip"), KEY)


def test_the_limit_is_the_last_size_that_is_taken(server: FileServer, ingest: Ingest) -> None:
    for path, route in [("/told", file(bytes(1000))), ("/untold", chunked(bytes(10), 100))]:
        server.routes[path] = route
        assert ingest(max_bytes=1000).fetch(server.url(path), KEY).bytes == 1000
        assert ingest(max_bytes=1).fetch(server.url(path), KEY, max_bytes=1000).bytes == 1000
        with pytest.raises(TooLarge, match=r"\b999\b"):
            ingest(max_bytes=LIMIT_BYTES).fetch(server.url(path), KEY, max_bytes=999)


def test_many_threads_fetch_at_once(server: FileServer, ingest: Ingest, store: ObjectStore) -> None:
    contents = [bytes([n]) * 1_000_000 for n in range(16)]
    for n, content in enumerate(contents):
        server.routes[f"/{n}"] = file(content)
    fetching = ingest()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: fetching.fetch(server.url(f"/{n}"), f"a/{n}"), range(16)))
    assert [store.get(f"a/{n}") for n in range(16)] == contents


@pytest.fixture
def open_bucket(bucket_settings: Settings) -> Callable[[str, bytes], str]:
    """Puts an object into a bucket of somebody else; its URL."""
    client = boto3.client("s3", endpoint_url=bucket_settings.s3_endpoint, region_name="us-east-1")
    bucket = "theirs-" + bucket_settings.store.removeprefix("s3://").partition("/")[0]
    client.create_bucket(Bucket=bucket)

    def put(key: str, data: bytes) -> str:
        client.put_object(Bucket=bucket, Key=key, Body=data, ContentType="video/mp4")
        return f"s3://{bucket}/{key}"

    return put


@pytest.mark.parametrize("store_settings", ["bucket_settings"], indirect=True)
def test_an_object_of_an_open_bucket_arrives_whole(
    store_settings: Settings,
    ingest: Ingest,
    store: ObjectStore,
    open_bucket: Callable[[str, bytes], str],
) -> None:
    url = open_bucket("a//../My clip?.mp4", MANY_BYTES)
    bucket = url.split("/")[2]
    fetching = ingest(buckets=[bucket], s3_endpoint=store_settings.s3_endpoint)
    fetched = fetching.fetch(url, KEY)
    assert store.get(KEY) == MANY_BYTES
    assert (fetched.filename, fetched.media_type) == ("My clip?.mp4", "video/mp4")
    assert fetched.bytes == len(MANY_BYTES)


@pytest.mark.parametrize("store_settings", ["bucket_settings"], indirect=True)
def test_what_an_open_bucket_does_not_give(
    store_settings: Settings,
    ingest: Ingest,
    leftovers: Leftovers,
    open_bucket: Callable[[str, bytes], str],
) -> None:
    url = open_bucket("clip.mp4", SOME_BYTES)
    empty = open_bucket("empty.mp4", b"")
    bucket = url.split("/")[2]
    fetching = ingest(buckets=[bucket, "nobodys"], s3_endpoint=store_settings.s3_endpoint)
    with pytest.raises(TooLarge):
        fetching.fetch(url, KEY, max_bytes=len(SOME_BYTES) - 1)
    with pytest.raises(EmptyFile):
        fetching.fetch(empty, KEY)
    for absent in (f"{url}.gone", "s3://nobodys/clip.mp4"):
        with pytest.raises(UrlNotFound):
            fetching.fetch(absent, KEY)
    with pytest.raises(UnsupportedUrl, match="SHOWROOM_URL_BUCKETS"):
        fetching.check(f"s3://{bucket}2/clip.mp4")
    with FileServer() as gone:
        endpoint = f"http://127.0.0.1:{gone.port}"
    with pytest.raises(DownloadFailed):
        ingest(buckets=[bucket], s3_endpoint=endpoint).fetch(url, KEY)
    assert leftovers() == []


def test_an_object_that_is_cut_off_is_a_failure(
    server: FileServer, ingest: Ingest, leftovers: Leftovers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    server.routes["/bucket/clip.mp4"] = one_after_the_other(cut(b"half", 8), file(b"whole"))
    fetching = ingest(buckets=["bucket"], s3_endpoint=server.url(""))
    with pytest.raises(DownloadFailed, match="in the middle"):
        fetching.fetch("s3://bucket/clip.mp4", KEY)
    assert leftovers() == []
    assert fetching.fetch("s3://bucket/clip.mp4", KEY).bytes == 5


@pytest.mark.parametrize("store_settings", ["bucket_settings"], indirect=True)
def test_unfinished_uploads_would_be_seen(store_settings: Settings, leftovers: Leftovers) -> None:
    """Without this, a server that lists no uploads would make the tests above pass."""
    client = boto3.client(
        "s3", endpoint_url=store_settings.s3_endpoint, region_name=store_settings.s3_region
    )
    bucket = store_settings.store.removeprefix("s3://").partition("/")[0]
    client.create_multipart_upload(Bucket=bucket, Key="unfinished")
    assert leftovers() == ["unfinished"]


def test_bytes_sent_one_by_one_are_written_in_pieces() -> None:
    pieces = list(gathered(b"x" for _ in range(2 * PIECE_BYTES + 1)))
    assert [len(piece) for piece in pieces] == [PIECE_BYTES, PIECE_BYTES, 1]


def test_what_a_file_unzips_to_is_never_held_in_memory(server: FileServer, ingest: Ingest) -> None:
    server.routes["/clip"] = file(gzip_bomb(90_000_000), Content_Encoding="gzip")
    server.routes["/first"] = file(b"what is imported on the way is not the file's")
    fetching = ingest()
    fetching.fetch(server.url("/first"), f"{KEY}-first")
    tracemalloc.start()
    try:
        assert fetching.fetch(server.url("/clip"), KEY).bytes == 90_000_000
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak_bytes < 45_000_000
