"""Sharing from the command line: the address, what it shows, and an end to it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from media.errors import InvalidRequest, UnknownJob
from orchestration.cli import linking, reading
from resources.deployments import Deployment
from resources.published_links import WithdrawnLink
from tests.resources.shown_designs import decide, show_designs

Showroom = Callable[..., Result]


@pytest.fixture
def showroom(deployment: Deployment) -> Showroom:
    """Runs a command over the test's installation."""
    app = typer.Typer()
    for module in (linking, reading):
        module.add_to(app)
    home = str(deployment.settings.home)

    def call(*arguments: object, **environment: str) -> Result:
        given = {"SHOWROOM_HOME": home, "COLUMNS": "60", **environment}
        return CliRunner().invoke(app, [*map(str, arguments)], env=given)

    return call


@pytest.fixture
def job(deployment: Deployment) -> str:
    """A design job with three pictures of which nothing was decided."""
    job = deployment.submissions.submit("design", [], {"prompt": "a red dress"})
    deployment.intake.claim(deployment.intake.look())
    show_designs(deployment, job, [b"one", b"two", b"three"], "parameters.json")
    return job


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def read(deployment: Deployment, url: str) -> str:
    return deployment.published_links.read(url.rpartition("/")[2]).job


def test_a_link_is_printed_whole_with_what_it_shows(
    showroom: Showroom, job: str, deployment: Deployment
) -> None:
    first, *others = showroom("link", job).output.splitlines()
    assert read(deployment, first) == job
    assert "Nothing of the job is approved yet" in " ".join(" ".join(others).split())
    assert f"showroom review --job {job} --approve" in others
    assert "SHOWROOM_PUBLIC_URL" in " ".join(others)
    decide(deployment, "approved", *show_designs(deployment, job, [b"one", b"two"]))
    public = showroom("link", job, SHOWROOM_PUBLIC_URL="https://pictures.example")
    assert public.output.startswith("https://pictures.example/links/")
    assert "It shows 2 pictures now" in public.output
    assert "SHOWROOM_PUBLIC_URL" not in public.output


def test_programs_are_told_as_json(showroom: Showroom, job: str, deployment: Deployment) -> None:
    said = told(showroom("link", job, "--days", 1, "--owner", "ada", "--json"))
    assert read(deployment, said["url"]) == job
    assert (said["job"], said["by"], said["pictures"]) == (job, "ada", 0)


def test_a_link_shows_what_get_copies_of_what_is_approved(
    showroom: Showroom, job: str, deployment: Deployment, tmp_path: Path
) -> None:
    keys = show_designs(deployment, job, [bytes([number]) for number in range(6)])
    decide(deployment, "approved", *keys[:4])
    decide(deployment, "rejected", keys[1], keys[4])
    deployment.reports.report(keys[2], "not for children")
    copied = told(showroom("get", job, tmp_path / "out", "--approved", "--json"))
    shown = deployment.published_links.pictures(job)
    assert [picture.key for picture in shown] == [file["key"] for file in copied]
    assert [picture.key for picture in shown] == [keys[0], keys[3]]
    assert told(showroom("link", job, "--json"))["pictures"] == 2


def test_links_can_be_withdrawn(showroom: Showroom, job: str, deployment: Deployment) -> None:
    old = told(showroom("link", job, "--json"))["url"]
    assert "All links of" in showroom("link", job, "--withdraw").output
    with pytest.raises(WithdrawnLink):
        read(deployment, old)
    assert read(deployment, told(showroom("link", job, "--json"))["url"]) == job
    assert told(showroom("link", job, "--withdraw", "--json")) == {"job": job, "withdrawn": True}


def test_what_cannot_be_is_said(showroom: Showroom, job: str) -> None:
    for arguments in ((job, "--days", 31), (job, "--days", 1, "--withdraw")):
        assert isinstance(showroom("link", *arguments).exception, InvalidRequest)
    assert isinstance(showroom("link", "nonsense").exception, UnknownJob)
