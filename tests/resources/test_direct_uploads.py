"""Direct uploads: put straight into a bucket, believed only for what is found there."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from media import keys
from media.errors import InvalidParameter, InvalidRequest
from media.job_ids import new_job_id
from orchestration.once import JobRunner
from resources.dagster_home import open_instance
from resources.deployments import Deployment
from resources.direct_uploads import UPLOAD_S, Upload
from resources.settings import Settings
from tests.conftest import MakePicture


def put(upload: Upload, *contents: bytes) -> list[tuple[str, str]]:
    """The files of an upload, put as a browser does; what `complete` is told of them."""
    for signed, content in zip(upload.puts, contents, strict=False):
        assert httpx.put(signed.url, content=content).status_code == 200
    return [(signed.key, signed.filename) for signed in upload.puts[: len(contents)]]


def submitted(deployment: Deployment) -> list[str]:
    return deployment.intake.submissions()


@pytest.fixture
def bucket_runner(bucket_deployment: Deployment) -> Iterator[JobRunner]:
    """A runner over an installation in a bucket."""
    with open_instance(bucket_deployment.settings) as instance:
        yield JobRunner.over(bucket_deployment, instance)


def test_files_put_at_their_addresses_become_a_job(
    bucket_runner: JobRunner, make_picture: MakePicture
) -> None:
    deployment = bucket_runner.deployment
    photos = [make_picture(color=color) for color in ("tomato", "teal")]
    upload = deployment.direct_uploads.begin([("Küche #1.jpg", 1), ("../a%b.jpg", 2)])
    assert [signed.position for signed in upload.puts] == [1, 2]
    left = upload.puts[0].expires_at - datetime.now(UTC)
    assert timedelta(seconds=UPLOAD_S - 60) < left <= timedelta(seconds=UPLOAD_S)
    files = put(upload, *photos)
    # Until it is completed it is no job.
    assert not deployment.intake.look().anything

    params = {"presets": "sm"}
    job = deployment.submissions.complete(upload.job, "library", files, params, "ada", "Elm")
    assert job == upload.job
    assert list(bucket_runner.run_waiting(lambda _: None)) == [job]
    details = bucket_runner.ledger.job(job)
    assert [(item.filename, item.status) for item in details.items] == [
        ("Küche #1.jpg", "ready"),
        ("../a%b.jpg", "ready"),
    ]
    request = deployment.intake.request(job)
    assert (request.owner, request.project) == ("ada", "Elm")
    # The sizes are those of the bytes, whatever the browser had said.
    assert [item.bytes for item in request.items] == [len(photo) for photo in photos]
    assert list(deployment.store.objects(keys.SUBMISSIONS)) == []


def test_an_upload_is_sent_once(bucket_deployment: Deployment) -> None:
    submissions = bucket_deployment.submissions
    upload = bucket_deployment.direct_uploads.begin([("a.jpg", 1)])
    files = put(upload, b"x")
    submissions.complete(upload.job, "library", files, {})
    for _ in ("while it waits", "once it is claimed"):
        with pytest.raises(InvalidRequest, match=f"sent already; it is job {upload.job}"):
            submissions.complete(upload.job, "staging", files, {})
        bucket_deployment.intake.claim(bucket_deployment.intake.look())
    assert bucket_deployment.intake.request(upload.job).pipeline == "library"


def test_a_file_that_has_not_arrived_is_named(bucket_deployment: Deployment) -> None:
    upload = bucket_deployment.direct_uploads.begin([("a.jpg", 1), ("b.jpg", 1), ("c.jpg", 1)])
    arrived = put(upload, b"x")
    asked = [(signed.key, signed.filename) for signed in upload.puts]
    with pytest.raises(InvalidRequest, match=r"not to the end: b\.jpg, c\.jpg"):
        bucket_deployment.submissions.complete(upload.job, "library", asked, {})
    assert submitted(bucket_deployment) == []
    # Those that did arrive may be sent without the others.
    bucket_deployment.submissions.complete(upload.job, "library", arrived, {})
    assert submitted(bucket_deployment) == [upload.job]


@pytest.mark.parametrize(("pipeline", "most"), [("library", 10), ("product_video", 20)])
def test_a_file_larger_than_is_taken_is_named_and_deleted_whatever_was_declared(
    bucket_settings: Settings, pipeline: str, most: int
) -> None:
    small = bucket_settings.model_copy(update={"max_upload_bytes": 10, "max_video_bytes": 20})
    with Deployment(small) as deployment:
        upload = deployment.direct_uploads.begin([("fits.bin", 1), ("huge.bin", 1)])
        files = put(upload, b"x" * most, b"x" * (most + 1))
        with pytest.raises(InvalidRequest, match=rf"at most {most} bytes .*huge\.bin \({most + 1}"):
            deployment.submissions.complete(upload.job, pipeline, files, {})
        assert submitted(deployment) == []
        assert [deployment.store.head(key) is not None for key, _ in files] == [True, False]


def test_only_files_of_the_upload_are_taken(bucket_deployment: Deployment) -> None:
    uploads, submissions = bucket_deployment.direct_uploads, bucket_deployment.submissions
    mine, other = uploads.begin([("a.jpg", 1)]), uploads.begin([("secret.jpg", 1)])
    own, foreign = put(mine, b"x"), put(other, b"y")
    bucket_deployment.store.put("originals/aa/b.jpg", b"z")
    for files, named in (
        (foreign, "not a file of this upload: secret.jpg"),
        ([("originals/aa/b.jpg", "b.jpg")], "not a file of this upload: b.jpg"),
        ([*own, *own], "named twice"),
        ([], "not 0"),
    ):
        with pytest.raises(InvalidRequest, match=named):
            submissions.complete(mine.job, "library", files, {})
    with pytest.raises(InvalidRequest, match="is not the id of an upload"):
        submissions.complete("../x", "library", own, {})
    with pytest.raises(InvalidParameter, match="qualty"):
        submissions.complete(mine.job, "library", own, {"qualty": 1})
    assert submitted(bucket_deployment) == []


def test_what_is_never_sent_is_removed_and_no_other_submission(
    bucket_deployment: Deployment,
) -> None:
    uploads, submissions = bucket_deployment.direct_uploads, bucket_deployment.submissions
    abandoned, sent = uploads.begin([("a.jpg", 1), ("b.jpg", 1)]), uploads.begin([("c.jpg", 1)])
    put(abandoned, b"x", b"y")
    submissions.complete(sent.job, "library", put(sent, b"z"), {})
    rejected = new_job_id()
    bucket_deployment.store.put(keys.submission_rejection(rejected), b"{}")
    now, day = datetime.now(UTC), timedelta(days=1)
    assert uploads.remove_abandoned(now, day) == 0
    assert uploads.remove_abandoned(now + 2 * day, day) == 2
    left = {stored.key.split("/")[1] for stored in bucket_deployment.store.objects("submissions/")}
    assert left == {sent.job, rejected}


@pytest.mark.parametrize(
    ("files", "named"),
    [([], "not 0"), ([("a.jpg", 1)] * 501, "not 501"), ([("film.mp4", 5_000_000_001)], "film.mp4")],
)
def test_an_upload_that_cannot_be_meant_is_refused(
    bucket_deployment: Deployment, files: list[tuple[str, int]], named: str
) -> None:
    with pytest.raises(InvalidRequest, match=named):
        bucket_deployment.direct_uploads.begin(files)


def test_a_folder_offers_none_and_says_what_to_do(
    deployment: Deployment, bucket_deployment: Deployment
) -> None:
    assert not deployment.direct_uploads.offered
    assert bucket_deployment.direct_uploads.offered
    with pytest.raises(InvalidRequest, match="submit the files as usual"):
        deployment.direct_uploads.begin([("a.jpg", 1)])
