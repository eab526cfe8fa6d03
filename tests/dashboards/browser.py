"""A real browser, and the app it looks at: `pytest_plugins = ("tests.dashboards.browser",)`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

import pytest

from resources.settings import PREFIX, PROJECT_ROOT
from tests.ports import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RunApp = Callable[[Mapping[str, str]], AbstractContextManager[str]]

_NAMED = "SHOWROOM_TEST_BROWSER"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_IS_UP = "You can now view"


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Chromium: the one that `SHOWROOM_TEST_BROWSER` names, the system's, or Playwright's own."""
    from playwright.sync_api import Error, sync_playwright

    path = os.environ.get(_NAMED) or next(filter(None, map(shutil.which, _NAMES)), None)
    with sync_playwright() as playwright:
        try:
            made = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        except Error as error:
            pytest.skip(f"no browser here: set {_NAMED} or install chromium ({error.message[:80]})")
        yield made
        made.close()


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """An empty tab, 1280 pixels wide, that knows nothing of earlier ones."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    # Most of a minute on a machine that runs all tests at once is still no failure.
    context.set_default_timeout(90_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def run_app() -> RunApp:
    """Runs the app over the installation that some environment variables describe; its URL."""
    return running_app


@contextmanager
def running_app(settings: Mapping[str, str]) -> Iterator[str]:
    """The app over the installation that these environment variables describe; its URL."""
    port = settings.get(f"{PREFIX}APP_PORT", str(free_port()))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    with subprocess.Popen(
        [sys.executable, "-m", "dashboards"],
        cwd=PROJECT_ROOT,
        env={**kept, f"{PREFIX}APP_PORT": port, **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as app:
        try:
            assert app.stdout is not None
            said = []
            for line in app.stdout:
                said.append(line)
                if _IS_UP in line:
                    break
            else:
                pytest.fail("the app did not start: " + "".join(said))
            yield f"http://127.0.0.1:{port}"
        finally:
            app.terminate()
            app.communicate(timeout=30)
