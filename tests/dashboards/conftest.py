"""What the pages' tests share: an installation with a little of everything, and pages to run."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from orchestration.once import JobRunner
from resources.dagster_home import open_instance
from resources.deployments import Deployment
from resources.settings import PREFIX, PROJECT_ROOT, Settings
from tests.filled_installation import fill

APP = PROJECT_ROOT / "dashboards" / "review.py"

OpenPage = Callable[..., AppTest]
UseHome = Callable[[Path], None]


@dataclass(frozen=True)
class Filled:
    """An installation of which no process holds anything, and its jobs by pipeline.

    `library` has three items of which one is refused, `staging` a room, `product_video` a clip,
    `catalogue` a shop of eight products, `design` one picture.
    """

    home: Path
    jobs: dict[str, str]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """Made once for all pages: look only. What changes something takes `own_filled`."""
    folder = tmp_path_factory.mktemp("dashboards")
    settings = Settings(home=folder / "home", inbox_settle_s=0, workers=2)
    with Deployment(settings) as deployment, open_instance(settings) as instance:
        jobs = fill(JobRunner.over(deployment, instance), folder)
    return Filled(settings.home, jobs)


@pytest.fixture
def own_filled(filled: Filled, tmp_path: Path) -> Filled:
    """A copy of the filled installation that a test may change."""
    shutil.copytree(filled.home, tmp_path / "own")
    return Filled(tmp_path / "own", filled.jobs)


@pytest.fixture
def use_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[UseHome]:
    """Makes an installation the one that the environment describes; closes it at the end."""

    def use(home: Path) -> None:
        monkeypatch.setenv(f"{PREFIX}HOME", str(home))
        monkeypatch.setenv(f"{PREFIX}WORKERS", "1")
        monkeypatch.setenv(f"{PREFIX}INBOX_SETTLE_S", "0")

    yield use
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def open_page(use_home: UseHome) -> OpenPage:
    """Opens a page of the app on an installation: `open_page("jobs", home, job=...)`.

    Further names are the address's query. The page has run when it is returned. With `signed_in`
    people sign in, and this e-mail address has; without, the app is open.
    """

    def open_it(name: str, home: Path, signed_in: str | None = None, **query: str) -> AppTest:
        use_home(home)
        app = AppTest.from_file(str(APP), default_timeout=60)
        if signed_in:
            app.secrets["auth"] = {"client_id": "tests"}
            app.user = {"is_logged_in": True, "email": signed_in}
        app.switch_page(f"views/{name}.py")
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        assert not [error for error in app.error if "This page broke" in error.value]
        return app

    return open_it


def said(page: AppTest) -> str:
    """All the words in the page's main part and its dialog, to look for a sentence in."""
    lines: list[str] = []
    dialogs = [element for dialog in page.get("dialog") for element in cast("Block", dialog)]
    for element in [*page.main, *dialogs]:
        for name in ("label", "value", "text", "body"):
            told = (getattr(element, name, None), getattr(element.proto, name, None))
            lines += [text for text in told if isinstance(text, str) and text not in lines[-2:]]
    return "\n".join(lines)
