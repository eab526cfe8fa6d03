"""The object store: the same promises in a folder and in a bucket."""

import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from media.errors import StoreUnavailable
from media.keys import safe_segment
from resources.deployments import Deployment
from resources.object_store import ObjectStore
from resources.settings import Settings

ODD_NAMES = [
    'it\'s "quoted".jpg',
    "Küche und Flur.jpg",
    "客厅 \U0001f6cb.png",
    " space at both ends ",
    "100%.jpg",
    "%2e%2e",
    "a%2Fb.jpg",
    "-rf.jpg",
    ".hidden",
    "a*?<>|[]{}^`~&=+;,@!.jpg",
    "a#1.jpg",
    "x" * 180,
    "e\u0301 is not é.jpg",
]
UNSAFE_NAMES = ["..", ".", "", "a#1", "in/b.jpg", "a\\b.jpg", "tab\t.jpg", "x" * 300 + ".jpg"]


@pytest.fixture
def store(anywhere: Deployment) -> ObjectStore:
    return anywhere.store


def stored_keys(store: ObjectStore, prefix: str) -> list[str]:
    return [stored.key for stored in store.objects(prefix)]


def test_what_is_put_is_got_and_replaced_whole(store: ObjectStore) -> None:
    store.put("jobs/a/request.json", b"first, and longer")
    store.put("jobs/a/request.json", b"second")
    assert store.get("jobs/a/request.json") == b"second"
    store.put("jobs/a/empty", b"")
    assert store.get("jobs/a/empty") == b""


def test_put_new_never_replaces(store: ObjectStore) -> None:
    assert store.put_new("claims/a.json", b"mine")
    assert not store.put_new("claims/a.json", b"yours")
    assert store.get("claims/a.json") == b"mine"


def test_of_many_that_put_new_at_once_one_wins(store: ObjectStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda n: store.put_new("claims/a.json", b"%d" % n), range(8)))
    assert sum(won) == 1
    assert store.get("claims/a.json") == b"%d" % won.index(True)


def test_head_tells_size_and_an_etag_that_changes_with_the_content(store: ObjectStore) -> None:
    assert store.head("a/b.json") is None
    store.put("a/b.json", b"12345")
    first = store.head("a/b.json")
    store.put("a/b.json", b"123456")
    second = store.head("a/b.json")
    assert first is not None
    assert second is not None
    assert (first.key, first.bytes, second.bytes) == ("a/b.json", 5, 6)
    assert first.etag
    assert first.etag != second.etag
    assert first.modified_at <= second.modified_at
    assert second.modified_at.tzinfo is not None


def test_a_missing_key_is_a_file_not_found_error(store: ObjectStore) -> None:
    with pytest.raises(FileNotFoundError):
        store.get("jobs/nobody/request.json")
    with pytest.raises(FileNotFoundError):
        store.copy("jobs/nobody/request.json", "jobs/somebody/request.json")
    assert store.head("jobs/somebody/request.json") is None


def test_objects_are_listed_below_a_prefix_in_key_order(store: ObjectStore) -> None:
    for key in ("a/b/2", "a/b/10", "a/b/c/1", "a/bb/1", "a/b.json", "b/1"):
        store.put(key, key.encode())
    assert stored_keys(store, "a/b/") == ["a/b/10", "a/b/2", "a/b/c/1"]
    assert [stored.bytes for stored in store.objects("a/b/")] == [6, 5, 7]
    assert stored_keys(store, "nothing/") == []
    heads = [store.head(key) for key in stored_keys(store, "a/b/")]
    assert heads == list(store.objects("a/b/"))


def test_folders_are_the_names_that_have_something_below_them(store: ObjectStore) -> None:
    for key in ("outputs/library/b/1", "outputs/library/a/0001/1", "outputs/library/file"):
        store.put(key, b"")
    assert store.folders("outputs/library/") == ["a", "b"]
    assert store.folders("outputs/") == ["library"]
    assert store.folders("nothing/") == []


def test_deleting_what_is_gone_is_no_error(store: ObjectStore) -> None:
    for key in ("a/1", "a/2", "a/3"):
        store.put(key, b"x")
    store.delete(["a/1", "a/gone", "a/3"])
    store.delete(["a/1"])
    store.delete([])
    assert stored_keys(store, "a/") == ["a/2"]


def test_more_objects_than_one_answer_lists_are_all_deleted(store: ObjectStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: store.put(f"a/{n:04d}", b""), range(1001)))
    assert len(stored_keys(store, "a/")) == 1001
    store.delete(stored_keys(store, "a/"))
    assert stored_keys(store, "a/") == []


def test_a_file_and_a_copy_arrive_whole(store: ObjectStore, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(bytes(range(256)) * 50_000)
    store.put_file("a/file", path)
    store.copy("a/file", "b/copy")
    assert store.get("b/copy") == store.get("a/file") == path.read_bytes()
    with pytest.raises(FileNotFoundError):
        store.put_file("a/other", tmp_path / "missing")


def test_odd_names_are_names_like_any_other(store: ObjectStore) -> None:
    keys = [f"refused/J/{name}" for name in [*ODD_NAMES, *map(safe_segment, UNSAFE_NAMES)]]
    for key in keys:
        store.put(key, key.encode())
    assert stored_keys(store, "refused/J/") == sorted(keys)
    for key in keys:
        store.copy(key, f"copies/{key}")
        assert store.get(f"copies/{key}") == store.get(key) == key.encode()
    store.delete(keys)
    assert stored_keys(store, "refused/") == []


def test_a_reader_never_sees_half_an_object(store: ObjectStore) -> None:
    versions = {bytes([n]) * 3_000_000 for n in range(8)}
    store.put("a/b", next(iter(versions)))
    with ThreadPoolExecutor(4) as pool:
        writing = [pool.submit(store.put, "a/b", version) for version in versions]
        seen = [store.get("a/b")]
        while not all(write.done() for write in writing):
            seen.append(store.get("a/b"))
            assert stored_keys(store, "a/") == ["a/b"]
    assert set(seen) <= versions
    for write in writing:
        write.result()


def test_a_server_that_is_not_there_is_an_outage_and_not_an_empty_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{closed.getsockname()[1]}"
        settings = Settings(home=tmp_path, store="s3://bucket/rooms", s3_endpoint=endpoint)
        with pytest.raises(StoreUnavailable, match="inbox/library/"):
            list(ObjectStore.from_settings(settings).objects("inbox/library/"))


def test_a_folder_that_cannot_be_written_is_an_outage(deployment: Deployment) -> None:
    deployment.store.put("jobs", b"a file where a folder should be")
    with pytest.raises(StoreUnavailable, match="jobs/a/request"):
        deployment.store.put("jobs/a/request.json", b"{}")


def test_a_bucket_lets_others_in_by_a_signed_address(bucket_deployment: Deployment) -> None:
    store, key = bucket_deployment.store, "outputs/Küche & Flur 100%.webp"
    sent = store.signed_url(key, "PUT", 60)
    assert sent is not None
    assert httpx.put(sent, content=b"a picture").status_code == 200
    assert store.get(key) == b"a picture"
    there = store.signed_url(key)
    assert there is not None
    assert httpx.get(there).content == b"a picture"
    lasting = [parse_qs(urlsplit(url).query)["X-Amz-Expires"] for url in (sent, there)]
    assert lasting == [["60"], ["600"]]


def test_a_bucket_tells_browsers_what_an_object_is(bucket_deployment: Deployment) -> None:
    store = bucket_deployment.store
    for key, told in (("a/room.webp", "image/webp"), ("a/b.jpg", "image/jpeg")):
        store.put(key, b"a picture")
        address = store.signed_url(key)
        assert address
        assert httpx.get(address).headers["content-type"] == told


def test_a_signed_address_is_for_its_method_only(bucket_deployment: Deployment) -> None:
    # The bucket of the tests checks no signature, so this looks at the signatures themselves.
    signed = {
        (query["X-Amz-Date"][0], method): query["X-Amz-Signature"][0]
        for method in ("GET", "PUT", "GET")
        if (url := bucket_deployment.store.signed_url("a.webp", method))
        and (query := parse_qs(urlsplit(url).query))
    }
    moments = {moment for moment, _ in signed}
    both = [each for each in moments if {(each, "GET"), (each, "PUT")} <= signed.keys()]
    assert both
    assert all(signed[each, "GET"] != signed[each, "PUT"] for each in both)


def test_a_folder_has_no_addresses_to_sign(deployment: Deployment) -> None:
    assert deployment.store.signed_url("outputs/a.webp") is None
