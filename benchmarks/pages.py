"""The app's pages in a browser, over ten thousand jobs with a hundred thousand pictures."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.request import urlopen

from benchmarks.accounting import clean_environment
from benchmarks.busy_home import SHARES, fill
from benchmarks.report import Line, print_section
from resources.settings import PROJECT_ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = ("submit", "jobs", "review", "search", "catalogue", "insights", "health")
REPETITIONS = 3
FIRST_PAINT_S = 2.0
INTERACTION_S = 0.5
PORT = 8597
_PATIENCE_S = 60
_IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
_MAIN = "[data-testid=stMain]"
_SAYS_ELSE = f"words => document.querySelector('{_MAIN}').innerText !== words"
_REST_MS = 1000
"""What goes on after an answer is not to be measured with the next one."""


def pages(workspace: Path) -> None:
    """Fill an installation, serve the app over it, open each page anew and use it."""
    from playwright.sync_api import sync_playwright

    browser_path = os.environ.get("TEST_BROWSER") or shutil.which("chromium")
    if browser_path is None:
        print("\nThe app: not measured, there is no chromium here")
        return
    home = workspace / "busy"
    pictures = fill(home)
    with _served(home) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        painted = {name: _first_paint(browser, url, name) for name in PAGES}
        used = {what: median(seconds) for what, seconds in _interactions(browser, url)}
        browser.close()
    print_section(
        f"The app over {sum(SHARES.values()):,} jobs and {pictures:,} pictures, medians",
        [
            *(
                Line.at_most(f"{name} is seen", title_s, FIRST_PAINT_S, "s")
                for name, (title_s, _) in painted.items()
            ),
            *(
                Line(f"{name} is drawn to its end", f"{whole_s:.2f} s")
                for name, (_, whole_s) in painted.items()
            ),
            *(Line.at_most(what, seconds, INTERACTION_S, "s") for what, seconds in used.items()),
        ],
    )


@contextmanager
def _served(home: Path) -> Iterator[str]:
    """The app over an installation, up when the block is entered."""
    environment = clean_environment(SHOWROOM_HOME=str(home), SHOWROOM_APP_PORT=str(PORT))
    app = subprocess.Popen(
        [sys.executable, "-m", "dashboards"],
        cwd=PROJECT_ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{PORT}"
    try:
        _until_up(f"{url}/_stcore/health")
        yield url
    finally:
        app.terminate()
        app.wait(30)


def _until_up(url: str) -> None:
    patience = threading.Event()
    for _ in range(_PATIENCE_S * 10):
        try:
            with urlopen(url) as answer:  # noqa: S310 - our own server
                answer.read()
        except OSError:
            patience.wait(0.1)
        else:
            return
    raise RuntimeError("the app did not come up")


def _first_paint(browser: "Browser", url: str, name: str) -> tuple[float, float]:
    """Seconds from asking for a page until it is seen, and until all of it is; a visitor each."""
    seconds = [_seconds_of_visit(browser, f"{url}/{name}") for _ in range(REPETITIONS)]
    return median(title_s for title_s, _ in seconds), median(whole_s for _, whole_s in seconds)


def _seconds_of_visit(browser: "Browser", address: str) -> tuple[float, float]:
    with _visitor(browser, address) as (_, title_s, whole_s):
        return title_s, whole_s


@contextmanager
def _visitor(browser: "Browser", address: str) -> Iterator[tuple["Page", float, float]]:
    """Somebody who has not been here before, with a page that is drawn to its end.

    With it the seconds until the page's title was seen, and until all of it was.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(_PATIENCE_S * 1000)
    started = time.perf_counter()
    page.goto(address)
    page.locator("h1").first.wait_for()
    title_s = time.perf_counter() - started
    page.wait_for_selector(_IDLE)
    yield page, title_s, time.perf_counter() - started
    context.close()


def _interactions(browser: "Browser", url: str) -> Iterator[tuple[str, list[float]]]:
    """What people do on the pages, and how long each time took until it was seen."""
    with _visitor(browser, f"{url}/jobs") as (page, _, _):
        failed = page.get_by_role("button", name="Failed 250")
        every = page.get_by_role("button", name="All 10,")
        times = [
            (_timed(page, failed.click), _timed(page, every.click)) for _ in range(REPETITIONS)
        ]
        yield "jobs: those that failed", [first for first, _ in times]
        yield "jobs: all of them again", [second for _, second in times]
    with _visitor(browser, f"{url}/review") as (page, _, _):
        yield (
            "review: A approves and shows the next",
            [_timed(page, lambda: page.keyboard.press("a")) for _ in range(2 * REPETITIONS)],
        )
    with _visitor(browser, f"{url}/insights") as (page, _, _):
        periods = [page.get_by_text(f"{days} days", exact=True).first for days in (7, 90, 30)]
        yield "insights: another period", [_timed(page, period.click) for period in periods]


def _timed(page: "Page", act: Callable[[], object]) -> float:
    """Seconds until the page says something else than before; it comes to rest before the next."""
    words = page.locator(_MAIN).inner_text()
    started = time.perf_counter()
    act()
    page.wait_for_function(_SAYS_ELSE, arg=words)
    seen_s = time.perf_counter() - started
    page.wait_for_selector(_IDLE)
    page.wait_for_timeout(_REST_MS)
    return seen_s
