"""Submissions: checked before anything is stored, and wrong ones set aside with a reason."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from media import keys
from media.errors import InvalidParameter, InvalidRequest, UnknownPipeline
from media.job_ids import new_job_id
from media.requests import MAX_ITEMS, JobRequest
from resources.deployments import Deployment

OTHER_JOB = "01K0000000000000000000000A"

PutRequest = Callable[..., str]


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "Küche #1"
    path.write_bytes(b"photo")
    return path


@pytest.fixture
def put_request(deployment: Deployment) -> PutRequest:
    """Puts a `request.json` as a script of somebody else would; keyword arguments change it."""

    def put(
        items: list[dict[str, Any]] | None = None, folder: str | None = None, **changes: Any
    ) -> str:
        job = folder or new_job_id()
        item = {"item": "0001", "key": f"submissions/{job}/a.jpg", "filename": "a.jpg"}
        request = {
            "job": job,
            "pipeline": "library",
            "submitted_at": datetime.now(UTC).isoformat(),
            "items": [item | own for own in items or [{}]],
        }
        deployment.store.put(f"submissions/{job}/a.jpg", b"x")
        deployment.store.put(
            f"submissions/{job}/request.json", json.dumps(request | changes).encode()
        )
        return job

    return put


def claim(deployment: Deployment) -> list[JobRequest]:
    return deployment.intake.claim(deployment.intake.look())


def rejection(deployment: Deployment, job: str) -> dict[str, str]:
    told: dict[str, str] = json.loads(deployment.store.get(keys.submission_rejection(job)))
    return told


def test_a_submission_is_claimed_with_its_files_and_parameters(
    anywhere: Deployment, photo: Path
) -> None:
    job = anywhere.submissions.submit("library", [photo, photo], {"presets": ["md"]}, owner="ana")
    assert anywhere.intake.submissions() == [job]
    assert anywhere.intake.look().submitted == [job]
    (request,) = claim(anywhere)
    assert (request.job, request.owner, request.params) == (job, "ana", {"presets": ["md"]})
    assert [item.filename for item in request.items] == ["Küche #1", "Küche #1"]
    assert [anywhere.uploads.read(item) for item in request.items] == [b"photo"] * 2
    assert anywhere.intake.request(job) == request
    assert not anywhere.intake.look().anything


def test_a_submission_without_its_request_is_not_complete(
    anywhere: Deployment, photo: Path
) -> None:
    job = anywhere.submissions.submit("library", [photo], {})
    anywhere.store.delete([keys.submission_request(job)])
    assert len(list(anywhere.store.objects(keys.submission_prefix(job)))) == 1
    assert not anywhere.intake.look().anything


@pytest.mark.parametrize(
    ("pipeline", "count", "params", "error", "named"),
    [
        ("library", 1, {"qualty": 80}, InvalidParameter, "qualty"),
        ("library", 1, {"quality": 101}, InvalidParameter, "quality: "),
        ("libary", 1, {}, UnknownPipeline, "'libary'"),
        ("library", 0, {}, InvalidRequest, "not 0"),
        ("library", MAX_ITEMS + 1, {}, InvalidRequest, "not 501"),
    ],
)
def test_a_wrong_submission_stores_nothing(
    deployment: Deployment,
    photo: Path,
    pipeline: str,
    count: int,
    params: dict[str, Any],
    error: type[InvalidRequest],
    named: str,
) -> None:
    with pytest.raises(error, match=named):
        deployment.submissions.submit(pipeline, [photo] * count, params)
    assert list(deployment.store.objects("")) == []


def test_a_missing_file_is_named_and_nothing_is_stored(
    deployment: Deployment, photo: Path, tmp_path: Path
) -> None:
    with pytest.raises(InvalidRequest) as raised:
        deployment.submissions.submit("library", [photo, tmp_path / "gone.jpg", tmp_path], {})
    assert str(raised.value) == f"not a file: {tmp_path / 'gone.jpg'}, {tmp_path}"
    assert list(deployment.store.objects("")) == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"colour": "red"}, "colour: is not known"),
        ({"pipeline": "libary"}, "'libary'"),
        ({"params": {"qualty": 1}}, "qualty: is not known"),
        ({"items": [{"params": {"quality": 0}}]}, "quality: "),
        ({"job": OTHER_JOB}, OTHER_JOB),
        ({"items": [{}, {}]}, "0001"),
        ({"items": [{"key": "../../etc/passwd"}]}, "item 0001: key"),
        ({"items": [{"key": f"submissions/{OTHER_JOB}/0001-a.jpg"}]}, "item 0001: key"),
        ({"items": [{"key": "inbox/library/a.jpg"}]}, "item 0001: key"),
        ({"items": [{"key": "refused/x/0001/a.jpg"}]}, "item 0001: key"),
        ({"items": [{"key": "originals/../jobs/x/request.json"}]}, "item 0001: key"),
        ({"items": [{"key": "/originals/aa/b.jpg"}]}, "item 0001: key"),
        ({"items": [{"key": "originals//b.jpg"}]}, "item 0001: key"),
        ({"items": [{"key": "originals/./b.jpg"}]}, "item 0001: key"),
        ({"items": [{"key": "originals/bell\x07.jpg"}]}, "item 0001: key"),
    ],
)
def test_a_request_that_cannot_be_meant_is_set_aside_with_its_reason(
    deployment: Deployment, put_request: PutRequest, changes: dict[str, Any], named: str
) -> None:
    wrong, right = put_request(**changes), put_request()
    assert [request.job for request in claim(deployment)] == [right]
    told = rejection(deployment, wrong)
    assert named in told["detail"]
    assert told["reason"] in {"invalid_request", "invalid_parameter", "unknown_pipeline"}
    assert not deployment.intake.look().anything
    assert list(deployment.intake.open_claims()) == [right]


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff\xfe", b"\x89PNG", b"null", b"[1]"])
def test_a_request_that_is_none_is_set_aside(
    deployment: Deployment, put_request: PutRequest, data: bytes
) -> None:
    wrong = new_job_id()
    deployment.store.put(keys.submission_request(wrong), data)
    right = put_request()
    assert [request.job for request in claim(deployment)] == [right]
    assert rejection(deployment, wrong)["detail"].startswith("request.json: ")


def test_a_request_put_right_is_taken(deployment: Deployment, put_request: PutRequest) -> None:
    job = put_request(colour="red")
    assert claim(deployment) == []
    put_request(folder=job)
    assert [request.job for request in claim(deployment)] == [job]


def test_what_is_no_submission_is_left_alone(
    deployment: Deployment, put_request: PutRequest
) -> None:
    job = new_job_id()
    for key in (
        "submissions/request.json",
        "submissions/readme/request.json",
        f"submissions/{job.lower()}/request.json",
        f"submissions/{job}/deeper/request.json",
        f"submissions/{job}/request.json.txt",
        f"submissions/{job}/.request.json",
    ):
        deployment.store.put(key, b"{}")
    right = put_request()
    assert deployment.intake.submissions() == [right]
    assert [request.job for request in claim(deployment)] == [right]


def test_a_file_name_that_is_not_unicode_disturbs_no_other_submission(
    deployment: Deployment, put_request: PutRequest, tmp_path: Path
) -> None:
    assert deployment.store.folder is not None
    folder = deployment.store.folder / "submissions" / new_job_id()
    folder.mkdir(parents=True)
    (folder / "caf\udce9.jpg").write_bytes(b"x")
    right = put_request()
    assert [request.job for request in claim(deployment)] == [right]


def test_a_submitted_file_name_that_is_not_unicode_is_taken(
    deployment: Deployment, tmp_path: Path
) -> None:
    path = tmp_path / "caf\udce9.jpg"
    path.write_bytes(b"photo")
    deployment.submissions.submit("library", [path], {})
    (request,) = claim(deployment)
    assert request.items[0].filename == "caf\ufffd.jpg"
    assert deployment.uploads.read(request.items[0]) == b"photo"
