"""Signing in with a real identity provider in a real browser: people see their own jobs."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from resources.deployments import Deployment
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
def jobs(deployment: Deployment, make_picture: MakePicture, tmp_path: Path) -> dict[str, str]:
    """A job of Ana's and one of Ben's, which nobody runs; each is called after its file."""
    made = {}
    for owner in (ANA, BEN):
        photo = tmp_path / f"{owner}.jpg"
        photo.write_bytes(make_picture())
        made[owner] = deployment.submissions.submit("library", [photo], {}, owner)
    return made


def test_everyone_sees_their_own(
    provider: IdentityProvider,
    jobs: dict[str, str],
    deployment: Deployment,
    page: "Page",
    run_app: "RunApp",
) -> None:
    from playwright.sync_api import expect

    home, port = deployment.settings.home, free_port()
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

        def sign_in(person: str) -> None:
            provider.person = person
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_role("region", name="Sidebar")).to_contain_text(person)

        def listed() -> set[str]:
            page.goto(f"{url}/jobs")
            page.get_by_role("link", name=re.compile(r"\.jpg$")).first.wait_for()
            return {each for each in jobs if page.get_by_role("link", name=each).count()}

        page.goto(f"{url}/jobs")
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
        assert page.get_by_role("link", name="Jobs").count() == 0

        sign_in(ANA)
        assert listed() == {ANA}
        page.goto(f"{url}/jobs?job={jobs[BEN]}")
        expect(page.get_by_text(f"There is no job {jobs[BEN]}")).to_be_visible()
        page.get_by_role("button", name="Sign out").click()
        sign_in(CLEO)
        assert listed() == {ANA, BEN}
