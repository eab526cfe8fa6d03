"""The bucket inbox: what other programs put into a bucket, valid keys or not."""

import socket
from collections.abc import Callable
from pathlib import Path

import boto3
import pytest

from media.errors import StoreUnavailable
from media.pipelines.library import KINDS, UPLOADS
from resources.deployments import Deployment
from resources.settings import Settings

PutRaw = Callable[[str, bytes], None]


@pytest.fixture
def put_raw(bucket_settings: Settings) -> PutRaw:
    """Puts an object straight into the inbox's place in the bucket, past our own store."""
    client = boto3.client("s3", endpoint_url=bucket_settings.s3_endpoint, region_name="us-east-1")
    bucket, _, prefix = bucket_settings.store.removeprefix("s3://").partition("/")
    return lambda name, data: client.put_object(
        Bucket=bucket, Key=f"{prefix}/inbox/library/{name}", Body=data
    )


def test_an_object_is_there_whole_or_not_at_all_so_it_counts_at_once(
    bucket_deployment: Deployment, put_raw: PutRaw
) -> None:
    put_raw("a.jpg", b"x")
    put_raw("empty.jpg", b"")
    arrivals = bucket_deployment.inbox.arrivals("library")
    assert [(a.filename, a.bytes, a.complete) for a in arrivals] == [
        ("a.jpg", 1, True),
        ("empty.jpg", 0, True),
    ]


def test_the_same_content_under_the_same_name_is_not_taken_for_a_replacement(
    bucket_deployment: Deployment, put_raw: PutRaw
) -> None:
    put_raw("a.jpg", b"same")
    (first,) = bucket_deployment.inbox.arrivals("library")
    put_raw("a.jpg", b"same")
    assert bucket_deployment.inbox.read(first.key, first.etag) == b"same"


def test_the_folders_that_consoles_make_are_no_uploads(
    bucket_deployment: Deployment, put_raw: PutRaw
) -> None:
    put_raw("", b"")
    put_raw("rooms/", b"")
    put_raw("rooms/a.jpg", b"x")
    arrivals = bucket_deployment.inbox.arrivals("library")
    assert [arrival.filename for arrival in arrivals] == ["rooms/a.jpg"]


@pytest.mark.parametrize(
    "name", ["a//b.jpg", "//b.jpg", "./b.jpg", "../b.jpg", "a/..", "50%25.jpg", "x#1", "ü 'q'.jpg"]
)
def test_a_key_that_is_no_path_is_taken_like_any_other(
    bucket_deployment: Deployment, put_raw: PutRaw, name: str
) -> None:
    inbox, store = bucket_deployment.inbox, bucket_deployment.store
    put_raw("good.jpg", b"good")
    put_raw(name, b"odd")
    [arrival] = [found for found in inbox.arrivals("library") if found.filename == name]
    assert arrival.complete
    assert inbox.read(arrival.key, arrival.etag) == b"odd"
    inbox.copy(arrival.key, "refused/job/0001/kept")
    assert store.get("refused/job/0001/kept") == b"odd"
    inbox.drain([(arrival.key, arrival.etag)])
    assert [found.filename for found in inbox.arrivals("library")] == ["good.jpg"]


def test_keys_of_odd_names_stay_below_the_inbox(
    bucket_deployment: Deployment, put_raw: PutRaw
) -> None:
    put_raw("../../secret.jpg", b"x")
    [arrival] = bucket_deployment.inbox.arrivals("library")
    assert ".." not in arrival.key.split("/")
    assert arrival.key.startswith("inbox/library/")


def test_a_bucket_that_does_not_answer_is_an_outage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{closed.getsockname()[1]}"
        settings = Settings(home=tmp_path, store="s3://bucket/rooms", s3_endpoint=endpoint)
        with pytest.raises(StoreUnavailable):
            Deployment(settings).inbox.arrivals("library")


def test_an_upload_that_vanished_cannot_be_kept_and_that_is_no_crash(
    bucket_settings: Settings, put_raw: PutRaw
) -> None:
    settings = bucket_settings.model_copy(update={"max_upload_bytes": 3})
    with Deployment(settings) as deployment:
        put_raw("heavy.jpg", b"12345")
        (request,) = deployment.intake.claim(deployment.intake.look())
        deployment.store.delete(["inbox/library/heavy.jpg"])
        (row,) = deployment.originals.take(request, UPLOADS, KINDS).to_dicts()
    assert (row["reason"], row["key"]) == ("too_large", None)
