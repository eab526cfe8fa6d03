"""Submitting from the command line: projects, estimates, and jobs done again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from media import keys
from media.errors import READY, EmptyFile, InvalidParameter, InvalidRequest, UnknownJob
from media.pipelines.library import UPLOADS
from media.requests import JobRequest, Parameters, parse_request
from orchestration.cli import submitting
from resources.deployments import Deployment

Showroom = Callable[..., Result]


@pytest.fixture
def showroom(deployment: Deployment) -> Showroom:
    """Runs a command over the test's installation."""
    app = typer.Typer()
    submitting.add_to(app)
    home = str(deployment.settings.home)

    def call(*arguments: object, **environment: str) -> Result:
        environment |= {"SHOWROOM_HOME": home, "COLUMNS": "300"}
        return CliRunner().invoke(app, [*map(str, arguments)], env=environment)

    return call


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "front door.jpg"
    path.write_bytes(b"photo")
    return path


@pytest.fixture
def parent(deployment: Deployment, photo: Path) -> JobRequest:
    """A job of two photos, the second refused."""
    params: Parameters = {"presets": "sm", "quality": 80}
    deployment.submissions.submit("library", [photo, photo], params, "ada", "Elm")
    [request] = deployment.intake.claim(deployment.intake.look())
    first, second = ({"job": request.job, "item": item.item} for item in request.items)
    outcomes = [
        {**first, **READY, "key": keys.original("a" * 64, "jpg")},
        {**second, **EmptyFile("empty").outcome()},
    ]
    deployment.tables.write(UPLOADS, request.job, UPLOADS.rows(outcomes))
    return request


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def sent(deployment: Deployment, job: str) -> JobRequest:
    return parse_request(deployment.store.get(keys.submission_request(job)))


def test_a_job_is_submitted_for_a_project(
    showroom: Showroom, deployment: Deployment, photo: Path
) -> None:
    job = told(showroom("submit", "library", photo, "--project", " Elm  Street", "--json"))["job"]
    assert sent(deployment, job).project == "Elm Street"
    refused = showroom("submit", "library", photo, "--project", "x" * 101)
    assert isinstance(refused.exception, InvalidRequest)
    assert str(refused.exception).startswith("project: ")
    assert deployment.intake.submissions() == [job]


def test_an_estimate_is_told_and_nothing_is_sent(
    showroom: Showroom, deployment: Deployment, photo: Path
) -> None:
    asked = ("submit", "staging", photo, photo, "--set", "style=modern,industrial", "--estimate")
    free = told(showroom(*asked, "--json"))
    assert (free["pictures"], free["at_most_usd"]) == (4, 0)
    paid = showroom(*asked, SHOWROOM_REPLICATE_API_TOKEN="nobody asks with it")  # noqa: S106
    assert paid.exit_code == 0, paid.output
    assert "0.044" in paid.stdout
    assert "Rooms are staged by qwen/qwen-image-edit at Replicate" in paid.stdout
    wrong = showroom("submit", "staging", photo, "--set", "style=gothic", "--estimate")
    assert isinstance(wrong.exception, InvalidParameter)
    assert list(deployment.store.objects("")) == []


def test_a_job_is_done_again_with_changes(
    showroom: Showroom, deployment: Deployment, parent: JobRequest, photo: Path
) -> None:
    result = showroom(
        *("again", parent.job, "--set", "presets=thumbnail", "--set", "quality="),
        *("--set", f"watermark_image={photo}", "--owner", "ben", "--json"),
    )
    answer = told(result)
    assert answer == {
        "job": answer["job"],
        "state": "waiting",
        "parent_job": parent.job,
        "left_out": ["0002"],
    }
    assert "0002" in result.stderr
    child = sent(deployment, answer["job"])
    assert (child.parent_job, child.owner, child.project) == (parent.job, "ben", "Elm")
    logo = str(child.params["watermark_image"])
    assert child.params == {"presets": "thumbnail", "watermark_image": logo}
    assert deployment.store.get(logo) == b"photo"
    assert [item.item for item in child.items] == ["0001"]


@pytest.mark.parametrize(
    ("options", "error", "named"),
    [
        (["--set", "quality"], InvalidParameter, "write key=value"),
        (["--set", "quality=101"], InvalidParameter, "quality: "),
        (["--set", "watermark_image=no such.png"], InvalidParameter, "no such.png is not a file"),
        (["--item", "0002"], InvalidRequest, "submit the files anew"),
        (["--item", "0003"], InvalidRequest, "no item 0003"),
    ],
)
def test_what_cannot_be_done_again_is_said_and_nothing_is_sent(
    showroom: Showroom,
    deployment: Deployment,
    parent: JobRequest,
    options: list[str],
    error: type[InvalidRequest],
    named: str,
) -> None:
    result = showroom("again", parent.job, *options)
    assert isinstance(result.exception, error)
    assert named in str(result.exception)
    assert deployment.intake.submissions() == [parent.job]


def test_a_job_that_never_was_cannot_be_done_again(showroom: Showroom) -> None:
    assert isinstance(showroom("again", "01K0000000000000000000000A").exception, UnknownJob)
