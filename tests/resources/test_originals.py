"""Originals: every upload is checked, stored once by its content, and told of in a row."""

import hashlib
from typing import Any

import polars as pl
import pytest

from media import keys
from media.pipelines.library import KINDS, UPLOADS
from media.requests import JobRequest
from resources.deployments import Deployment
from resources.progress import JobProgress
from resources.settings import Settings
from tests.conftest import MakePicture
from tests.media.pdf_files import locked_pdf, pdf
from tests.resources.conftest import SubmitBytes

Row = dict[str, Any]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Limits that small files exceed."""
    return settings.model_copy(update={"max_upload_bytes": 200_000, "max_pixels": 1_000_000})


def take(deployment: Deployment, request: JobRequest) -> list[Row]:
    """Take a job's uploads and write their table, as the asset does."""
    rows = deployment.originals.take(request, UPLOADS, KINDS)
    deployment.tables.write(UPLOADS, request.job, rows)
    return rows.to_dicts()


def stored(deployment: Deployment, prefix: str = "originals/") -> list[str]:
    return [found.key for found in deployment.store.objects(prefix)]


def test_what_is_taken_is_identified_and_stored_under_its_hash(
    deployment: Deployment, submit_bytes: SubmitBytes, make_picture: MakePicture
) -> None:
    photo, document = make_picture(80, 60), pdf()
    request = submit_bytes([("rooms/sofa.jpg", photo), ("plan.pdf", document)])
    first, second = take(deployment, request)
    sha256 = hashlib.sha256(photo).hexdigest()
    expected = {
        "job": request.job,
        "item": "0001",
        "status": "ready",
        "reason": None,
        "filename": "rooms/sofa.jpg",
        "sha256": sha256,
        "bytes": len(photo),
        "kind": "image",
        "format": "jpeg",
        "width_px": 80,
        "height_px": 60,
        "key": keys.original(sha256, "jpg"),
    }
    assert {name: first[name] for name in expected} == expected
    assert (second["item"], second["kind"], second["pages"]) == ("0002", "pdf", 1)
    assert deployment.store.get(first["key"]) == photo
    assert deployment.store.get(second["key"]) == document
    assert len(stored(deployment)) == 2


def test_each_refusal_has_its_reason_and_keeps_its_file(
    deployment: Deployment, submit_bytes: SubmitBytes, make_picture: MakePicture
) -> None:
    photo = make_picture(400, 300)
    wide = make_picture(1001, 1000, image_format="PNG")
    assert len(wide) < deployment.settings.max_upload_bytes
    files = [
        ("empty.jpg", b"", "empty"),
        ("notes.jpg", b"plain text", "unsupported_type"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unsupported_type"),
        ("cut off.jpg", photo[: len(photo) // 2], "corrupt"),
        ("cut off.pdf", pdf()[:-40], "corrupt"),
        ("heavy.jpg", photo + bytes(200_000), "too_large"),
        ("wide.png", wide, "too_large"),
        ("locked.pdf", locked_pdf(user_password=True), "encrypted"),
        ("in/good.jpg", photo, None),
    ]
    request = submit_bytes([(name, data) for name, data, _ in files])
    rows = take(deployment, request)
    assert [row["reason"] for row in rows] == [reason for _, _, reason in files]
    assert {row["status"] for row in rows[:-1]} == {"refused"}
    assert rows[-1]["status"] == "ready"
    for row, (name, data, _) in zip(rows[:-1], files, strict=False):
        assert row["key"] == keys.refused_file(request.job, row["item"], name)
        assert deployment.store.get(row["key"]) == data
        assert row["detail"]
    assert stored(deployment) == [rows[-1]["key"]]


def test_an_upload_that_vanished_has_failed_and_costs_nobody_else(
    deployment: Deployment, submit_bytes: SubmitBytes, make_picture: MakePicture
) -> None:
    request = submit_bytes([("gone.jpg", make_picture()), ("here.jpg", make_picture(80, 60))])
    deployment.store.delete([request.items[0].key])
    gone, here = take(deployment, request)
    assert (gone["status"], gone["reason"], gone["key"]) == ("failed", "upload_vanished", None)
    assert here["status"] == "ready"


def test_an_upload_replaced_after_the_claim_is_not_taken_for_it(
    deployment: Deployment, make_picture: MakePicture
) -> None:
    deployment.store.put("inbox/library/a.jpg", make_picture(80, 60))
    (request,) = deployment.intake.claim(deployment.intake.look())
    deployment.store.put("inbox/library/a.jpg", make_picture(80, 60, "navy"))
    (row,) = take(deployment, request)
    assert (row["status"], row["reason"]) == ("failed", "upload_vanished")
    assert stored(deployment) == []


def test_the_same_content_twice_in_a_job_is_probed_and_stored_once(
    deployment: Deployment, submit_bytes: SubmitBytes, make_picture: MakePicture
) -> None:
    photo = make_picture(80, 60)
    request = submit_bytes([("a.jpg", photo), ("b.jpg", photo), ("c", photo)])
    rows = take(deployment, request)
    assert [row["filename"] for row in rows] == ["a.jpg", "b.jpg", "c"]
    assert [row["status"] for row in rows] == ["ready"] * 3
    assert stored(deployment) == [rows[0]["key"]]
    assert len({row["key"] for row in rows}) == 1
    progress = deployment.progress.of(request.job)
    assert progress == JobProgress(step="uploads", done=1, total=1)


def test_the_same_refused_content_twice_is_kept_for_each_item(
    deployment: Deployment, submit_bytes: SubmitBytes, make_picture: MakePicture
) -> None:
    broken = make_picture(80, 60)[:-500]
    rows = take(deployment, submit_bytes([("a.jpg", broken), ("b.jpg", broken)]))
    assert [row["reason"] for row in rows] == ["corrupt", "corrupt"]
    assert [deployment.store.get(row["key"]) for row in rows] == [broken, broken]
    assert rows[0]["key"] != rows[1]["key"]


def test_content_known_from_an_earlier_job_is_not_probed_again(
    deployment: Deployment, submit_bytes: SubmitBytes, make_picture: MakePicture
) -> None:
    photo = make_picture(80, 60)
    first_job = submit_bytes([("a.jpg", photo)])
    (first,) = take(deployment, first_job)
    second_job = submit_bytes([("renamed.jpg", photo)])
    (second,) = take(deployment, second_job)
    assert deployment.progress.of(second_job.job) is None
    own = {"job": second_job.job, "filename": "renamed.jpg"}
    assert second == first | own
    assert stored(deployment) == [first["key"]]


def test_known_content_whose_original_is_gone_is_stored_again(
    deployment: Deployment, submit_bytes: SubmitBytes, make_picture: MakePicture
) -> None:
    photo = make_picture(80, 60)
    (first,) = take(deployment, submit_bytes([("a.jpg", photo)]))
    deployment.store.delete([first["key"]])
    (second,) = take(deployment, submit_bytes([("a.jpg", photo)]))
    assert second["status"] == "ready"
    assert deployment.store.get(second["key"]) == photo


def test_a_loose_drop_is_taken_like_a_submission(
    anywhere: Deployment, make_picture: MakePicture
) -> None:
    photo = make_picture(80, 60)
    anywhere.store.put("inbox/library/rooms/100% 1.jpg", photo)
    anywhere.store.put("inbox/library/notes.txt", b"plain text")
    (request,) = anywhere.intake.claim(anywhere.intake.look())
    refused, ready = take(anywhere, request)
    assert (refused["filename"], refused["reason"]) == ("notes.txt", "unsupported_type")
    assert anywhere.store.get(refused["key"]) == b"plain text"
    assert (ready["filename"], ready["status"]) == ("rooms/100% 1.jpg", "ready")
    assert anywhere.store.get(ready["key"]) == photo
    assert UPLOADS.check(pl.DataFrame([refused, ready], schema=UPLOADS.schema)).height == 2
