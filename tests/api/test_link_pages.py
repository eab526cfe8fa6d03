"""The pages of published links: in a real browser, and how sizes of one picture go together."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from fastapi import FastAPI

from api.link_pages import cards, gallery
from resources.deployments import Deployment
from resources.published_pictures import PublishedPicture
from tests.api.test_links import HOSTILE, JOB, MakePicture, Parsed, app_over, path_of
from tests.resources.shown_designs import decide, show_designs

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ("tests.dashboards.browser",)


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of an app that is served."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        desk = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=desk.run, args=([taken],))
        thread.start()
        try:
            yield f"http://127.0.0.1:{taken.getsockname()[1]}"
        finally:
            desk.should_exit = True
            thread.join()


@pytest.mark.parametrize("where", ["deployment", "bucket_deployment"])
def test_a_browser_shows_the_pictures_within_the_policy(
    request: pytest.FixtureRequest, where: str, browser: "Browser", make_picture: MakePicture
) -> None:
    deployment: Deployment = request.getfixturevalue(where)
    picture = make_picture(480, 360, image_format="WEBP")
    made = show_designs(deployment, JOB, [picture], HOSTILE, (480, 360))
    decide(deployment, "approved", *made)
    path = path_of(deployment.published_links.link_to(JOB))
    with served(app_over(deployment)) as url:
        page = browser.new_page(viewport={"width": 400, "height": 800})
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.goto(url + path)
        page.wait_for_load_state("networkidle")
        width_px = page.evaluate("document.images[0].naturalWidth")
        assert (width_px, page.locator("img").count()) == (480, 1)
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.gallery')).display") == "grid"
        )
        assert page.evaluate("document.documentElement.scrollWidth") == 400
        assert [line for line in told if "policy" in line.lower()] == []
        with page.expect_download() as saving:
            page.get_by_text("Download", exact=True).click()
        assert saving.value.suggested_filename.endswith("-design-1.webp")
        assert Path(saving.value.path()).read_bytes() == picture
        page.close()


def sizes(name: str, *widths_px: int, item: str = "0001") -> list[PublishedPicture]:
    """Sizes of one picture of an upload."""
    return [
        PublishedPicture(
            item, "room.jpg", f"{name}{width}x", f"{item}{name}{width}", width, width, 9, "webp"
        )
        for width in widths_px
    ]


def test_sizes_of_one_picture_are_one_card() -> None:
    pictures = [*sizes("", 300, 1024, 640), *sizes("page-2-", 200), *sizes("", 300, item="0002")]
    first, page, second = cards(pictures)
    assert [(card.title, card.caption) for card in (first, page, second)] == [
        ("room", ""),
        ("room", "page-2"),
        ("room", ""),
    ]
    assert [name for name, _ in first.sizes] == ["300x", "1024x", "640x"]
    assert (first.small(400).width_px, first.small(641).width_px) == (640, 1024)
    assert (first.large.width_px, page.small(400).width_px) == (1024, 200)


def test_sizes_that_came_out_equal_are_offered_once() -> None:
    preset = ["thumbnail", "md", "lg", "instagram_story"]
    keys = ["a", "b", "b", "c"]
    pictures = [
        PublishedPicture("0001", "room.jpg", name, key, 100, 100, 2_500_000, "jpeg")
        for name, key in zip(preset, keys, strict=True)
    ]
    [card] = cards(pictures)
    assert [name for name, _ in card.sizes] == ["thumbnail", "md, lg", "instagram_story"]
    page = Parsed(gallery("t", pictures, "local", datetime(2026, 1, 2, 3, 4, tzinfo=UTC)))
    assert [link["aria-label"] for link in page.of("a") if "download" in link] == [
        "Download room, thumbnail, 100 \u00d7 100 px",
        "Download room, md, lg, 100 \u00d7 100 px",
        "Download room, instagram_story, 100 \u00d7 100 px",
    ]
    assert "2.5 MB JPEG" in page.text
    assert "2 January 2026, 03:04 UTC" in page.text
    assert "Shared by" not in page.text
