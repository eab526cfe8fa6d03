"""A real browser, and the app it looks at: `pytest_plugins = ("tests.dashboards.browser",)`."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

import pytest

from resources.settings import PREFIX, PROJECT_ROOT
from tests.ports import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RunApp = Callable[[Mapping[str, str]], AbstractContextManager[str]]
Serve = Callable[[Sequence[str], Mapping[str, str]], AbstractContextManager["Served"]]

APP = (sys.executable, "-m", "dashboards")

_NAMED = "TEST_BROWSER"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_IS_UP = "You can now view"
_PATIENCE_MS = 90_000
_STOPS_WITHIN_S = 60


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Chromium: the one that `TEST_BROWSER` names, the system's, or Playwright's own.

    Without one its tests are skipped; but one that is named has to be there.
    """
    from playwright.sync_api import Error, sync_playwright

    named = os.environ.get(_NAMED)
    path = named or next(filter(None, map(shutil.which, _NAMES)), None)
    with sync_playwright() as playwright:
        try:
            made = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        except Error as error:
            if named:
                raise
            why = error.message.splitlines()[0][:80]
            pytest.skip(f"no browser here: install chromium, or name one in {_NAMED} ({why})")
        yield made
        made.close()


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """An empty tab, 1280 pixels wide, that knows nothing of earlier ones."""
    from playwright.sync_api import expect

    context = browser.new_context(viewport={"width": 1280, "height": 900})
    # Most of a minute on a machine that runs all tests at once is still no failure.
    context.set_default_timeout(_PATIENCE_MS)
    expect.set_options(timeout=_PATIENCE_MS)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def run_app() -> RunApp:
    """Runs the app over the installation that some environment variables describe; its URL."""
    return running_app


@pytest.fixture(scope="session")
def serve() -> Serve:
    """Runs a command that serves the app, see `serving`."""
    return serving


@contextmanager
def running_app(settings: Mapping[str, str]) -> Iterator[str]:
    """The app over the installation that these environment variables describe; its URL."""
    with serving(APP, settings) as app:
        yield app.url


@dataclass(frozen=True)
class Served:
    """An app that runs, and what it and all beside it have written so far, line by line."""

    url: str
    said: list[str] = field(default_factory=list)


@contextmanager
def serving(command: Sequence[str], settings: Mapping[str, str]) -> Iterator[Served]:
    """Runs a command that serves the app, from when it answers until it has stopped.

    `settings` are environment variables, and the only ones of Showroom that it gets.
    """
    port = settings.get(f"{PREFIX}APP_PORT", str(free_port()))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    served, is_up = Served(f"http://127.0.0.1:{port}"), threading.Event()
    with subprocess.Popen(
        command,
        cwd=PROJECT_ROOT,
        env={**kept, f"{PREFIX}APP_PORT": port, **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        reader = threading.Thread(target=_read, args=(process.stdout, served.said, is_up))
        reader.start()
        try:
            is_up.wait()
            if not any(_IS_UP in line for line in served.said):
                pytest.fail("the app did not start: " + "".join(served.said))
            yield served
        finally:
            process.send_signal(signal.SIGINT if process.poll() is None else 0)
            process.wait(_STOPS_WITHIN_S)
            reader.join()


def _read(lines: IO[str], said: list[str], is_up: threading.Event) -> None:
    """Keep what is written, so that nobody who writes has to wait; tell when the app answers."""
    for line in lines:
        said.append(line)
        if _IS_UP in line:
            is_up.set()
    is_up.set()
