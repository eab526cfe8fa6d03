"""Journeys through the whole of Showroom in a real browser, by what is on the screen only."""

import base64
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from PIL import Image, ImageStat

from resources.settings import PREFIX, PROJECT_ROOT
from tests.conftest import MakePicture
from tests.ports import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from tests.dashboards.browser import Serve, Served

pytest_plugins = ("tests.dashboards.browser",)

Role = Literal["button", "link", "radio"]

SAMPLES = PROJECT_ROOT / "data" / "samples"
SHOWROOM = Path(sys.executable).with_name("showroom")
APP = (sys.executable, "-m", "dashboards")
MAIN_ACTIONS: dict[str, tuple[Role, str]] = {
    "": ("button", "^Upload$"),
    "jobs": ("link", "^Done: "),
    "review": ("button", "^Approve"),
    "search": ("radio", "^Pictures$"),
    "catalogue": ("radio", "^Imports$"),
    "insights": ("radio", "^7 days$"),
    "health": ("button", "Look again"),
}
"""What each page is mostly for, as it is called on a screen that is as narrow as a phone's."""
JOB_MS = 240_000
"""How long a job may take on a machine that runs all tests at once."""

# Files that are dropped are made in the page, which is where a person's hand would bring them.
_CARRY = """files => {
  const carried = new DataTransfer();
  for (const {name, data} of files) {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    carried.items.add(new File([bytes], name));
  }
  return carried;
}"""


# What scrolls sideways though it is as wide as the screen: the page itself, or what holds it.
_SIDEWAYS = """() => [...document.querySelectorAll("*")]
  .filter((each) => each.clientWidth > 0.95 * innerWidth && each.scrollWidth > each.clientWidth
    && (each === document.scrollingElement
      || ["auto", "scroll"].includes(getComputedStyle(each).overflowX)))
  .map((each) => each.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("journeys") / "home"


@pytest.fixture(scope="module")
def showroom(browser: "Browser", serve: "Serve", home: Path) -> Iterator["Served"]:
    """`showroom up`, which all journeys share; nothing may break in it."""
    settings = {
        "HOME": str(home),
        "PORT": str(free_port()),
        "API_PORT": str(free_port()),
        "WORKERS": "2",
    }
    with serve([str(SHOWROOM), "up"], {PREFIX + key: settings[key] for key in settings}) as up:
        yield up


@pytest.fixture(autouse=True)
def _nothing_breaks(showroom: "Served") -> Iterator[None]:
    before = len(showroom.said)
    yield
    said = "".join(showroom.said[before:])
    assert "Traceback" not in said, said


def choose(page: "Page", url: str, kind: str, place: str, files: Sequence[Path]) -> None:
    """Choose a kind of job on the first page, and drop files where it says so."""
    at_rest(page, url)
    page.get_by_role("radio", name=kind).click()
    where = page.get_by_role("region", name=place).get_by_role("button", name="Upload", exact=True)
    where.wait_for()
    carried = [
        {"name": path.name, "data": base64.b64encode(path.read_bytes()).decode()} for path in files
    ]
    where.dispatch_event("drop", {"dataTransfer": page.evaluate_handle(_CARRY, carried)})
    for path in files:
        page.get_by_role("button", name=f"Remove {path.name}").wait_for()


def send(page: "Page", what: str) -> None:
    """Send what the summary says in these words, and watch until it is done."""
    from playwright.sync_api import expect

    expect(page.get_by_text(what, exact=True)).to_be_visible()
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("link", name="Watch this job").click()
    expect(page.get_by_text(re.compile(r"Done$"))).to_be_visible(timeout=JOB_MS)


def shown(page: "Page") -> "Locator":
    """The name of the picture that is reviewed."""
    return page.get_by_role("heading", level=3).first


def copied_as_told(page: "Page", home: Path, folder: Path) -> list[Path]:
    """The files that the command on the screen copies, run as it is written there."""
    command = shlex.split(page.get_by_text("showroom get").inner_text())
    assert command[0] == "showroom"
    environment = {**os.environ, f"{PREFIX}HOME": str(home)}
    subprocess.run([SHOWROOM, *command[1:]], cwd=folder, env=environment, check=True)
    return [path for path in folder.rglob("*") if path.is_file()]


def let_it_draw(page: "Page") -> None:
    """Wait until a page has been drawn to its end, by Streamlit's own sign; the screen has none."""
    page.locator("[data-test-script-state=notRunning]").wait_for()


def at_rest(page: "Page", url: str) -> None:
    """Open a page, and see that it was drawn to its end and nothing in it broke."""
    page.goto(url)
    page.get_by_role("heading", level=1).wait_for()
    let_it_draw(page)
    words = page.locator("body").inner_text()
    assert "This page broke" not in words
    assert "Traceback" not in words


def brightness(page: "Page") -> float:
    """How bright the middle of a page's pixels is, of 255."""
    shot = Image.open(io.BytesIO(page.screenshot())).convert("L")
    return ImageStat.Stat(shot).median[0]


def test_a_room_from_the_photo_to_the_shared_picture(
    page: "Page", showroom: "Served", home: Path, tmp_path: Path
) -> None:
    from playwright.sync_api import expect

    photo = SAMPLES / "staging" / "empty-room.jpg"
    choose(page, showroom.url, "Rooms", "Drop photos of rooms here", [photo])
    page.get_by_role("button", name="Industrial").click()
    send(page, "1 file · 2 pictures")

    page.get_by_role("button", name="Review its pictures").click()
    slider = page.get_by_role("slider", name="How much of the picture before is shown")
    slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuenow", "52")
    page.get_by_role("button", name="Approve").wait_for()
    let_it_draw(page)
    first = shown(page).inner_text()
    page.keyboard.press("a")
    expect(page.get_by_role("button", name=f"{first}: approved")).to_be_visible()
    expect(shown(page)).not_to_have_text(first)
    let_it_draw(page)
    page.keyboard.press("x")
    expect(page.get_by_text("Well done, everything here is decided")).to_be_visible()

    [copy] = copied_as_told(page, home, tmp_path)
    assert copy.stem == first.lower().replace(" ", "-")

    page.get_by_role("button", name="Share approved").click()
    page.get_by_role("button", name="Make a link").click()
    page.goto(page.get_by_text(re.compile(r"^http://127\.0\.0\.1:")).inner_text())
    page.get_by_role("heading", name="1 picture").wait_for()
    page.get_by_role("img", name=photo.stem).evaluate("picture => picture.decode()")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert Path(download.value.path()).read_bytes() == copy.read_bytes()


def test_a_clip_from_the_upload_to_the_cutout(
    page: "Page", showroom: "Served", home: Path, tmp_path: Path
) -> None:
    from playwright.sync_api import expect

    clip = SAMPLES / "armchair-turning-round.mp4"
    choose(page, showroom.url, "Product videos", "Drop clips here", [clip])
    for unwanted in ("Real place", "Creative"):
        page.get_by_role("button", name=unwanted).click()
    views = page.get_by_role("spinbutton", name="Views of each product")
    views.fill("1")
    views.press("Enter")
    send(page, "1 file · up to 2 pictures")

    page.get_by_role("button", name="Review its pictures").click()
    expect(shown(page)).to_have_text("View 1, transparent")
    let_it_draw(page)
    page.get_by_role("button", name=re.compile(r"^View 1, (?!transparent)")).click()
    expect(shown(page)).not_to_have_text("View 1, transparent")
    let_it_draw(page)
    page.get_by_role("button", name="Reject").click()
    expect(shown(page)).to_have_text("View 1, transparent")
    let_it_draw(page)
    page.get_by_role("button", name="Approve").click()
    page.get_by_text("Well done, everything here is decided").wait_for()

    [copy] = copied_as_told(page, home, tmp_path)
    with Image.open(copy) as cutout:
        assert cutout.getchannel("A").getextrema() == (0, 255)


def test_a_catalogue_from_the_import_to_what_looks_alike(page: "Page", showroom: "Served") -> None:
    from playwright.sync_api import expect

    files = [path for path in (SAMPLES / "catalogue").iterdir() if path.name != "ateliers.csv"]
    place = "Drop the catalogue's file and the pictures it names here"
    choose(page, showroom.url, "Catalogues", place, files)
    send(page, f"{len(files)} files")

    page.get_by_role("link", name="Search").click()
    words = page.get_by_role("textbox", name="What are you looking for?")
    words.fill("denim jacket")
    words.press("Enter")
    expect(page.get_by_role("img", name="Denim jacket", exact=True)).to_be_visible()
    for part in ("Score", "Likeness", "Price", "Brand", "Availability"):
        page.get_by_text(part, exact=True).filter(visible=True).first.wait_for()
    similar = page.get_by_role("button", name="Similar")
    by_words = similar.count()
    similar.first.click()
    page.get_by_text("Like this picture").wait_for()
    expect(similar.nth(by_words)).to_be_visible()


def test_every_page_of_a_filled_installation(
    page: "Page", browser: "Browser", showroom: "Served", make_picture: MakePicture, tmp_path: Path
) -> None:
    photo, broken = tmp_path / "photo.jpg", tmp_path / "broken.jpg"
    photo.write_bytes(make_picture())
    broken.write_bytes(b"no picture")
    choose(page, showroom.url, "Images and PDFs", "Drop images and PDFs here", [photo, broken])
    send(page, "2 files · 10 pictures")
    its_page = page.url.rsplit("/", 1)[1]
    pages = {**MAIN_ACTIONS, its_page: ("button", "^Review its pictures$")}

    with browser.new_context(viewport={"width": 400, "height": 800}) as context:
        context.set_default_timeout(90_000)
        narrow = context.new_page()
        for name, (role, words) in pages.items():
            at_rest(narrow, f"{showroom.url}/{name}")
            assert narrow.evaluate(_SIDEWAYS) == [], name
            narrow.get_by_role(role, name=re.compile(words)).first.click(trial=True)
        assert brightness(narrow) > 200
        narrow.emulate_media(color_scheme="dark")
        at_rest(narrow, f"{showroom.url}/review")
        assert brightness(narrow) < 100


def test_no_page_of_an_empty_installation_breaks(page: "Page", serve: "Serve", home: Path) -> None:
    settings = {f"{PREFIX}HOME": str(home.parent / "empty"), f"{PREFIX}WORKERS": "1"}
    with serve(APP, settings) as app:
        for name in MAIN_ACTIONS:
            at_rest(page, f"{app.url}/{name}")
            assert page.get_by_role("button", name=re.compile("Sign (in|out)")).count() == 0
    assert "Traceback" not in "".join(app.said)
