"""Videos taken in from disk, in a folder and in a bucket."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from media.errors import UploadVanished
from media.job_ids import new_job_id
from media.pipelines.product_video import KINDS, SOURCE_VIDEOS
from media.requests import JobRequest, RequestedItem
from resources.deployments import Deployment
from resources.settings import PROJECT_ROOT

CLIP = PROJECT_ROOT / "data" / "samples" / "armchair-turning-round.mp4"


def dropped(deployment: Deployment, *clips: tuple[str, bytes]) -> JobRequest:
    for name, data in clips:
        deployment.store.put(f"inbox/product_video/{name}", data)
    [request] = deployment.intake.claim(deployment.intake.look())
    return request


def test_a_clip_is_stored_once_under_its_hash(anywhere: Deployment) -> None:
    data = CLIP.read_bytes()
    request = dropped(anywhere, ("a.mp4", data), ("b.mp4", data))
    rows = anywhere.video_originals.take(request, SOURCE_VIDEOS, KINDS).to_dicts()
    assert [(row["status"], row["format"], row["codec"]) for row in rows] == [
        ("ready", "mp4", "h264")
    ] * 2
    [stored] = anywhere.store.objects("originals/")
    assert stored.key == rows[0]["key"] == rows[1]["key"]
    assert rows[0]["sha256"] in stored.key
    assert hashlib.sha256(anywhere.store.get(stored.key)).hexdigest() == rows[0]["sha256"]


def test_a_picture_is_refused_and_kept(anywhere: Deployment) -> None:
    picture = b"\xff\xd8\xff\xe0" + bytes(100)
    request = dropped(anywhere, ("photo.jpg", picture))
    [row] = anywhere.video_originals.take(request, SOURCE_VIDEOS, KINDS).to_dicts()
    assert (row["status"], row["reason"]) == ("refused", "unsupported_type")
    assert anywhere.store.get(row["key"]) == picture


def test_a_large_clip_is_refused_by_its_size(deployment: Deployment) -> None:
    small = replace(deployment.settings.video_limits, max_upload_bytes=1000)
    originals = replace(deployment.video_originals, video_limits=small)
    request = dropped(deployment, ("a.mp4", CLIP.read_bytes()))
    [row] = originals.take(request, SOURCE_VIDEOS, KINDS).to_dicts()
    assert (row["status"], row["reason"]) == ("refused", "too_large")
    assert list(deployment.store.objects("originals/")) == []


def test_what_was_made_before_is_read_from_where_it_was_put(anywhere: Deployment) -> None:
    request = dropped(anywhere, ("a.mp4", CLIP.read_bytes()))
    first = anywhere.video_originals.take(request, SOURCE_VIDEOS, KINDS)
    anywhere.tables.write(SOURCE_VIDEOS, request.job, first)
    assert anywhere.intake.drain() == [request.job]
    assert anywhere.video_originals.take(request, SOURCE_VIDEOS, KINDS).equals(first)


def test_an_upload_that_is_gone_has_failed(deployment: Deployment) -> None:
    job = new_job_id()
    item = RequestedItem(item="0001", key=f"submissions/{job}/0001-a.mp4", filename="a.mp4")
    request = JobRequest(
        job=job, pipeline="product_video", submitted_at=datetime.now(UTC), items=[item]
    )
    [row] = deployment.video_originals.take(request, SOURCE_VIDEOS, KINDS).to_dicts()
    assert (row["status"], row["reason"]) == ("failed", "upload_vanished")


def test_bytes_that_change_while_they_are_stored_are_not_stored(anywhere: Deployment) -> None:
    with pytest.raises(UploadVanished):
        anywhere.store.put_file("originals/aa/other.mp4", CLIP, hashlib.sha256(b"").hexdigest())
    assert anywhere.store.head("originals/aa/other.mp4") is None
