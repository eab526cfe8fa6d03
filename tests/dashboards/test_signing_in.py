"""Signing in with a real identity provider in a real browser: people see their own jobs."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from orchestration.once import JobRunner
from resources.settings import PREFIX
from tests.conftest import MakePicture
from tests.dashboards.identity_provider import (
    CLIENT,
    CLIENT_SECRET,
    IdentityProvider,
    identity_provider,
)
from tests.ports import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.dashboards.browser import RunApp

pytest_plugins = ("tests.dashboards.browser",)

ANA, BEN, CLEO = "ana@example.org", "ben@example.org", "cleo@example.org"


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    with identity_provider() as made:
        yield made


@pytest.fixture
def jobs(runner: JobRunner, make_picture: MakePicture, tmp_path: Path) -> dict[str, str]:
    """A job of Ana's and one of Ben's."""
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(make_picture())
    made = {
        owner: runner.deployment.submissions.submit(
            "library", [photo], {"presets": ["thumbnail"]}, owner
        )
        for owner in (ANA, BEN)
    }
    for job in made.values():
        runner.run_job(job)
    return made


def test_everyone_sees_their_own(
    provider: IdentityProvider,
    jobs: dict[str, str],
    runner: JobRunner,
    page: "Page",
    run_app: "RunApp",
) -> None:
    from playwright.sync_api import expect

    home, port = runner.deployment.settings.home, free_port()
    (home / "secrets.toml").write_text(
        f"""
        [auth]
        redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
        cookie_secret = "{"a secret for cookies, long enough" * 2}"
        client_id = "{CLIENT}"
        client_secret = "{CLIENT_SECRET}"
        server_metadata_url = "{provider.url}/.well-known/openid-configuration"
        """
    )
    settings = {"HOME": str(home), "APP_PORT": str(port), "OPERATORS": CLEO, "WORKERS": "1"}
    with run_app({f"{PREFIX}{name}": value for name, value in settings.items()}) as url:

        def sees(job: str) -> bool:
            page.goto(f"{url}/jobs?job={job}")
            told = page.get_by_text(f"There is no job {job}").or_(page.get_by_text("photo.jpg"))
            told.first.wait_for()
            return page.get_by_text("photo.jpg").count() > 0

        page.goto(f"{url}/jobs")
        expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=30_000)
        assert page.get_by_role("link", name="Jobs").count() == 0

        for person, seen in ((ANA, {ANA}), (CLEO, {ANA, BEN})):
            provider.person = person
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_text(person)).to_be_visible(timeout=30_000)
            assert {owner for owner, job in jobs.items() if sees(job)} == seen
            page.get_by_role("button", name="Sign out").click()
            page.get_by_role("button", name="Sign in").wait_for()


def test_without_a_provider_the_app_is_open(
    runner: JobRunner, page: "Page", run_app: "RunApp"
) -> None:
    from playwright.sync_api import expect

    home = runner.deployment.settings.home
    with run_app({f"{PREFIX}HOME": str(home), f"{PREFIX}WORKERS": "1"}) as url:
        page.goto(url)
        expect(page.get_by_role("heading", name="Submit")).to_be_visible(timeout=30_000)
        assert page.get_by_role("button", name="Sign out").count() == 0
