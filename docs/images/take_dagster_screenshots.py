"""Take the pictures of the Dagster UI that `docs/operating.md` shows, beside which they lie.

    .venv/bin/python docs/images/take_dagster_screenshots.py [HOME]

Runs `showroom demo` and some jobs more in HOME (a temporary folder when left out), starts
`showroom up` over it, makes tables of three jobs anew, and looks at it all in Chromium, which has
to be installed. A HOME that has been filled before is not filled again. Takes some minutes.
"""

import argparse
import io
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
SAMPLES = ROOT / "data" / "samples"
COMMAND = str(ROOT / ".venv" / "bin" / "showroom")
PORT = 3050
UI = f"http://127.0.0.1:{PORT}"
SIZE_PX = (1440, 810)
MAX_BYTES = 150_000
STAGED = "/assets/staging/staged_images"

MORE_JOBS = [
    ["staging", "staging/empty-room.jpg", "--set", "style=modern,industrial"],
    ["staging", "staging/empty-room.jpg", "--set", "style=traditional", "--set", "variations=3"],
    ["staging", "staging/empty-room.jpg", "living-room.jpg", "--set", "style=contemporary"],
    ["library", "house-at-dusk.jpg", "lookbook.avif", "half uploaded.jpg"],
    ["library", "living-room.jpg", "brochure.pdf"],
]
PEOPLE = ("ada@example.org", "bo@example.org")

LAUNCH = """mutation Launch($params: LaunchBackfillParams!) {
  launchPartitionBackfill(backfillParams: $params) {
    __typename
    ... on LaunchBackfillSuccess { backfillId }
    ... on PythonError { message }
  }
}"""
STATUS = """query Status($id: String!) {
  partitionBackfillOrError(backfillId: $id) { ... on PartitionBackfill { status } }
}"""


def main() -> None:
    """Fill the home if it is new, serve it, and take every picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", nargs="?", type=Path, help="an installation's home")
    home = parser.parse_args().home
    with tempfile.TemporaryDirectory() as folder:
        take_all(home or Path(folder) / "home")


def take_all(home: Path) -> None:
    """All pictures of the installation in `home`, which is filled first when it is new."""
    environment = {**os.environ, "SHOWROOM_HOME": str(home), "SHOWROOM_API_PORT": str(PORT + 1)}
    if not (home / "store" / "jobs").exists():
        fill(environment)
    jobs = json.loads(run(environment, "jobs", "--json"))
    staged = [job["job"] for job in jobs if job["pipeline"] == "staging"]
    with served(environment):
        backfill = materialized(["staging/staging_prompts", "staging/staged_images"], staged[:3])
        for name, show in shots(staged, backfill).items():
            take(name, show)


def fill(environment: Mapping[str, str]) -> None:
    """The demo's jobs, and more of some pipelines for plots to have points."""
    run(environment, "demo")
    for number, (pipeline, *rest) in enumerate(MORE_JOBS):
        files = [str(SAMPLES / each) if "." in each and "=" not in each else each for each in rest]
        owner = ["--owner", PEOPLE[number % 2], "--project", "Elm Street 4"]
        run(environment, "submit", pipeline, *files, *owner)
    run(environment, "run", "--once")


def run(environment: Mapping[str, str], *arguments: str) -> str:
    """What a command of `showroom` prints."""
    done = subprocess.run(  # noqa: S603 - our own command
        [COMMAND, *arguments], env=dict(environment), cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    return done.stdout.decode()


@contextmanager
def served(environment: Mapping[str, str]) -> Iterator[None]:
    """`showroom up` for as long as it takes."""
    up = subprocess.Popen(  # noqa: S603 - our own command
        [COMMAND, "up", "--port", str(PORT)],
        env=dict(environment),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(is_serving)
        yield
    finally:
        up.send_signal(signal.SIGINT)
        up.wait()


def is_serving() -> bool:
    """Whether the UI answers."""
    with suppress(httpx.TransportError):
        return httpx.get(f"{UI}/server_info").is_success
    return False


def wait_until(holds: Callable[[], bool], seconds: float = 300) -> None:
    """Look twice a second until it holds; `TimeoutError` after so long."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds} s for {holds}")
        time.sleep(0.5)


def asked(query: str, **variables: object) -> Any:
    """What the UI's GraphQL says to a query: its first field."""
    body = {"query": query, "variables": variables}
    answer = httpx.post(f"{UI}/graphql", json=body, timeout=60).raise_for_status().json()
    return next(iter(answer["data"].values()))


def materialized(assets: list[str], jobs: list[str]) -> str:
    """The id of a backfill of these tables and jobs, once it has ended."""
    selection = [{"path": asset.split("/")} for asset in assets]
    params = {"assetSelection": selection, "partitionNames": jobs}
    backfill = str(asked(LAUNCH, params=params)["backfillId"])
    wait_until(lambda: asked(STATUS, id=backfill)["status"].startswith("COMPLETED"))
    return backfill


def shots(jobs: list[str], backfill: str) -> dict[str, Callable[[Page], None]]:
    """What is shown, by the name of its picture; each leaves the page as it is to be seen."""

    def lineage(page: Page) -> None:
        page.goto(f"{UI}/locations/orchestration.definitions/asset-groups/staging")
        page.get_by_text("Hide navigation").click()
        page.get_by_text("staged_images").first.wait_for()
        page.reload()  # so that the graph fits the room that it has now
        page.get_by_text("Latest event").last.wait_for()

    def partition(page: Page) -> None:
        page.goto(f"{UI}{STAGED}?view=partitions&partition={jobs[0]}")
        page.get_by_text("structure_score_mean").wait_for()

    def before_after(page: Page) -> None:
        page.goto(f"{UI}{STAGED}?view=partitions&partition={jobs[1]}")
        page.get_by_text("[Show Markdown]").first.click()
        page.locator("img[alt='before after']").wait_for()

    def plots(page: Page) -> None:
        page.goto(f"{UI}{STAGED}?view=overview")
        page.get_by_role("button", name="Plots").click()
        page.get_by_text("structure_score_mean").scroll_into_view_if_needed()

    def checks(page: Page) -> None:
        page.goto(f"{UI}{STAGED}?view=checks&checkDetail=outcomes")
        page.get_by_text("Latest execution").wait_for()

    def materialize(page: Page) -> None:
        page.goto(f"{UI}{STAGED}?view=partitions")
        page.get_by_text(jobs[0][:10]).first.wait_for()
        page.get_by_role("button", name="Materialize").first.click()
        page.get_by_role("button", name="All", exact=True).click()

    def backfilled(page: Page) -> None:
        page.goto(f"{UI}/runs/b/{backfill}?tab=runs")
        page.get_by_text("Success").first.wait_for()

    return {
        "dagster-lineage": lineage,
        "dagster-partition": partition,
        "dagster-before-after": before_after,
        "dagster-plots": plots,
        "dagster-checks": checks,
        "dagster-materialize": materialize,
        "dagster-backfill": backfilled,
    }


def take(name: str, show: Callable[[Page], None]) -> None:
    """Store what `show` leaves on the page as `<name>.png`, in few colours."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": SIZE_PX[0], "height": SIZE_PX[1]})
        show(page)
        page.wait_for_timeout(3000)  # for charts and graphs to come to rest
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        browser.close()
    path = FOLDER / f"{name}.png"
    for colors in (192, 96, 48):
        picture.quantize(colors, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= MAX_BYTES:
            break
    print(f"{path.name}: {path.stat().st_size:,} bytes")  # noqa: T201 - a script's word


if __name__ == "__main__":
    main()
