"""Items that are URLs: fetched when the job runs, and refused alone."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from media.job_ids import new_job_id
from media.pipelines.library import KINDS, UPLOADS
from media.requests import JobRequest
from resources.deployments import Deployment
from resources.settings import Settings
from tests.conftest import MakePicture
from tests.resources.file_server import FileServer, file


@pytest.fixture
def files() -> Iterator[FileServer]:
    with FileServer() as server:
        yield server


@pytest.fixture
def intranet(settings: Settings) -> Iterator[Deployment]:
    """An installation that may fetch from this machine."""
    with Deployment(settings.model_copy(update={"url_networks": "127.0.0.0/8"})) as made:
        yield made


def claimed(deployment: Deployment, sources: list[str]) -> JobRequest:
    job = deployment.submissions.submit("library", sources, {})
    return next(
        request
        for request in deployment.intake.claim(deployment.intake.look())
        if request.job == job
    )


def take(deployment: Deployment, request: JobRequest) -> list[dict[str, object]]:
    rows = deployment.originals.take(request, UPLOADS, KINDS)
    deployment.tables.write(UPLOADS, request.job, rows)
    return rows.to_dicts()


def test_a_url_is_fetched_named_after_its_path_and_drained(
    intranet: Deployment, files: FileServer, make_picture: MakePicture
) -> None:
    photo = make_picture()
    files.routes["/shoot/living%20room.jpg?size=full"] = file(photo)
    request = claimed(intranet, [files.url("/shoot/living%20room.jpg?size=full")])
    [row] = take(intranet, request)
    assert (row["status"], row["filename"], row["bytes"]) == (
        "ready",
        "living room.jpg",
        len(photo),
    )
    assert intranet.store.get(str(row["key"])) == photo
    assert intranet.intake.drain() == [request.job]
    assert list(intranet.store.objects("submissions/")) == []

    # Made again after that, the job reads what it kept and asks nobody.
    asked = len(files.requests)
    [again] = take(intranet, request)
    assert again == row
    assert len(files.requests) == asked


def test_what_cannot_be_fetched_costs_its_own_item_only(
    intranet: Deployment, files: FileServer, make_picture: MakePicture
) -> None:
    files.routes["/good.jpg"] = file(make_picture())
    request = claimed(
        intranet,
        [
            files.url("/gone.jpg"),
            "ftp://example.org/a.jpg",
            "http://[fe80::1]/a.jpg",
            files.url("/good.jpg"),
        ],
    )
    rows = take(intranet, request)
    assert [row["reason"] for row in rows] == [
        "url_not_found",
        "unsupported_url",
        "forbidden_address",
        None,
    ]
    # There is nothing left to save: the claim is done with, and a retry asks again.
    assert intranet.intake.drain() == [request.job]
    files.routes["/gone.jpg"] = file(make_picture(color="navy"))
    assert [row["status"] for row in take(intranet, request)] == [
        "ready",
        "refused",
        "refused",
        "ready",
    ]


def test_this_machine_is_not_public(
    deployment: Deployment, files: FileServer, make_picture: MakePicture
) -> None:
    files.routes["/a.jpg"] = file(make_picture())
    [row] = take(deployment, claimed(deployment, [files.url("/a.jpg")]))
    assert (row["status"], row["reason"], row["key"]) == ("refused", "forbidden_address", None)
    assert files.connections == 0


def test_a_request_written_by_hand_may_hold_urls(
    intranet: Deployment, files: FileServer, make_picture: MakePicture
) -> None:
    files.routes["/a.jpg"] = file(make_picture())
    job = new_job_id()
    key = f"submissions/{job}/0001-a.jpg"
    item = {"item": "0001", "key": key, "filename": "a.jpg", "url": files.url("/a.jpg")}
    request = JobRequest.model_validate(
        {"job": job, "pipeline": "library", "submitted_at": datetime.now(UTC), "items": [item]}
    )
    intranet.store.put(f"submissions/{job}/request.json", request.model_dump_json().encode())
    [found] = intranet.intake.claim(intranet.intake.look())
    assert [row["status"] for row in take(intranet, found)] == ["ready"]
