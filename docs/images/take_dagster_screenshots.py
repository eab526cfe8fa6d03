"""Take the pictures of the Dagster UI that `docs/operating.md` shows, beside which they lie.

    .venv/bin/python docs/images/take_dagster_screenshots.py [HOME]

Runs `showroom demo` and some jobs more in HOME (a temporary folder when left out), starts
`showroom up` over it, makes tables of three jobs anew, and looks at it all in Chromium, which has
to be installed. A HOME that has been filled before is not filled again. Takes some minutes.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx
from playwright.sync_api import Page
from screenshots import FOLDER, PORT, asked_home, keep, run, served, tab, wait_until

UI = f"http://127.0.0.1:{PORT}"
SIZE_PX = (1440, 810)
MAX_BYTES = 150_000
STAGED = "/assets/staging/staged_images"

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


def take_all(environment: Mapping[str, str]) -> None:
    """All pictures of an installation."""
    jobs = json.loads(run(environment, "jobs", "--json"))
    staged = [job["job"] for job in jobs if job["pipeline"] == "staging"]
    with served(environment, f"{UI}/server_info"):
        backfill = materialized(["staging/staging_prompts", "staging/staged_images"], staged[:3])
        for name, show in shots(staged, backfill).items():
            with tab(SIZE_PX) as page:
                show(page)
                keep(page, FOLDER / f"{name}.png", MAX_BYTES)


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


if __name__ == "__main__":
    asked_home(__doc__, take_all)
