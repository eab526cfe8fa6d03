"""Take the pictures of the app, which lie in `app/` beside this script.

    .venv/bin/python docs/images/take_app_pictures.py [HOME]

Runs `showroom demo` and some jobs more in HOME (a temporary folder when left out), decides about
some of what was made, starts `showroom up` over it, and looks at it all in Chromium, which has to
be installed. A HOME that has been filled before is not filled again. Takes some minutes.
"""

import json
from collections.abc import Callable, Mapping

from playwright.sync_api import Page
from screenshots import (
    APP_PORT,
    FOLDER,
    Scheme,
    asked_home,
    keep,
    run,
    sample,
    served,
    tab,
    wait_until,
)

APP = f"http://127.0.0.1:{APP_PORT}"
SIZE_PX, NARROW_PX = (1280, 900), (400, 900)
MAX_BYTES = 120_000

Show = Callable[[Page], None]
"""Brings a page to where it is to be seen."""


def take_all(environment: Mapping[str, str]) -> None:
    """All pictures of an installation."""
    jobs: dict[str, str] = {}
    for job in json.loads(run(environment, "jobs", "--json")):
        jobs[job["pipeline"]] = job["job"]  # newest first: what is left is the demo's
    for pipeline, verdict in (("library", "--approve"), ("design", "--favourite")):
        run(environment, "review", "--job", jobs[pipeline], verdict)
    with served(environment, f"{APP}/_stcore/health"):
        for name, (show, size_px, scheme) in shots(jobs).items():
            with tab(size_px, scheme) as page:
                page.set_default_timeout(120_000)
                show(page)
                wait_until(lambda: is_drawn(page), 60)
                keep(page, FOLDER / "app" / f"{name}.png", MAX_BYTES, rest_ms=1500)


def is_drawn(page: Page) -> bool:
    """Whether a page has come to rest."""
    return page.locator("[data-test-script-state=notRunning]").count() > 0


def shots(jobs: Mapping[str, str]) -> dict[str, tuple[Show, tuple[int, int], Scheme]]:
    """What is shown, in which size and light, by the name of its picture."""
    room = opens(f"review?show=All&job={jobs['staging']}", "Before")
    wide: dict[str, Show] = {
        "submit": submit,
        "jobs": opens("jobs", "Done"),
        "job": opens(f"jobs?job={jobs['library']}", "How long each step took"),
        "review-room": room,
        "review-clip": opens(f"review?show=All&job={jobs['product_video']}", "frame by frame"),
        "search": search,
        "catalogue": opens("catalogue", "Denim jacket"),
        "insights": opens("insights", "Insights"),
        "health": opens("health", "Settings in force"),
    }
    return {
        **{name: (show, SIZE_PX, "light") for name, show in wide.items()},
        "review-phone": (room, NARROW_PX, "light"),
        "review-dark": (opens("review?show=All&view=Grid", "Approve"), SIZE_PX, "dark"),
    }


def opens(address: str, words: str) -> Show:
    """Opens a page and waits for some of its words."""

    def show(page: Page) -> None:
        page.goto(f"{APP}/{address}")
        page.locator("main, [data-testid=stMain]").get_by_text(words).first.wait_for()

    return show


def submit(page: Page) -> None:
    """A room chosen, its file and what is to be made of it, and the estimate."""
    page.goto(f"{APP}/?what=staging")
    page.get_by_text("Drop photos of rooms here").wait_for()
    with page.expect_file_chooser() as asked:
        page.get_by_role("button", name="Upload", exact=True).click()
    asked.value.set_files(sample("staging/empty-room.jpg"))
    page.get_by_role("button", name="Remove empty-room.jpg").wait_for()
    page.get_by_role("button", name="Scandinavian").click()
    page.get_by_text("1 file · 2 pictures").wait_for()


def search(page: Page) -> None:
    """Products by words."""
    page.goto(f"{APP}/search")
    words = page.get_by_role("textbox", name="What are you looking for?")
    words.fill("blue linen dress")
    words.press("Enter")
    page.get_by_text("Score", exact=True).first.wait_for()


if __name__ == "__main__":
    asked_home(__doc__, take_all)
