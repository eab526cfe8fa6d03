"""A job made again: after the inbox was drained, after a refusal expired, after a crash."""

from typing import Any

from media.pipelines.library import KINDS, UPLOADS
from media.requests import JobRequest
from resources.deployments import Deployment
from tests.conftest import MakePicture
from tests.resources.conftest import SubmitBytes

Row = dict[str, Any]


def take(deployment: Deployment, request: JobRequest) -> list[Row]:
    """Take a job's uploads and write their table, as the asset does."""
    rows = deployment.originals.take(request, UPLOADS, KINDS)
    deployment.tables.write(UPLOADS, request.job, rows)
    return rows.to_dicts()


def test_a_job_made_again_after_draining_gives_the_same_rows(
    anywhere: Deployment, make_picture: MakePicture
) -> None:
    anywhere.store.put("inbox/library/a.jpg", make_picture(80, 60))
    anywhere.store.put("inbox/library/copy of a.jpg", make_picture(80, 60))
    anywhere.store.put("inbox/library/broken.jpg", make_picture(80, 60)[:-500])
    anywhere.store.put("inbox/library/empty.jpg", b"")
    (request,) = anywhere.intake.claim(anywhere.intake.look())
    first = take(anywhere, request)
    assert anywhere.intake.drain() == [request.job]
    before = [found.key for found in anywhere.store.objects("")]
    assert take(anywhere, request) == first
    assert take(anywhere, request) == first
    assert [found.key for found in anywhere.store.objects("")] == before


def test_a_job_made_again_after_its_refusals_expired_does_not_crash(
    deployment: Deployment, submit_bytes: SubmitBytes, make_picture: MakePicture
) -> None:
    request = submit_bytes([("a.jpg", make_picture(80, 60)), ("notes.txt", b"plain text")])
    ready, refused = take(deployment, request)
    deployment.intake.drain()
    deployment.store.delete([refused["key"]])
    again = take(deployment, request)
    assert again[0] == ready
    assert again[1]["status"] in {"refused", "failed"}


def test_a_job_made_again_after_an_original_was_deleted_does_not_crash(
    deployment: Deployment, submit_bytes: SubmitBytes, make_picture: MakePicture
) -> None:
    request = submit_bytes([("a.jpg", make_picture(80, 60)), ("b.jpg", make_picture(90, 60))])
    gone, kept = take(deployment, request)
    deployment.intake.drain()
    deployment.store.delete([gone["key"]])
    again = take(deployment, request)
    assert (again[0]["status"], again[0]["reason"]) == ("failed", "upload_vanished")
    assert again[1] == kept


def test_a_crash_before_the_table_was_written_leaves_everything_to_be_taken_again(
    deployment: Deployment, make_picture: MakePicture
) -> None:
    deployment.store.put("inbox/library/a.jpg", make_picture(80, 60))
    (request,) = deployment.intake.claim(deployment.intake.look())
    deployment.originals.take(request, UPLOADS, KINDS)
    assert deployment.intake.drain() == []
    (row,) = take(deployment, request)
    assert row["status"] == "ready"
    assert len(list(deployment.store.objects("originals/"))) == 1
    assert deployment.intake.drain() == [request.job]
