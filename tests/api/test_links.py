"""Published links over HTTP: what the page shows, what it says, and what it gives away."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.links import link_routes
from api.main import create_app
from media.http_headers import attachment_name
from resources.deployments import Deployment
from resources.published_links import PublishedLinks
from resources.published_pictures import PublishedPictures
from resources.settings import PROJECT_ROOT
from tests.resources.shown_designs import decide, show_designs
from tests.resources.table_rows import job_id

JOB = job_id(1)
HOSTILE = "\"><img src=x onerror=alert(1)>'<\u202egnp.</title><script>alert(2)</script>&.txt"

MakePicture = Callable[..., bytes]


def app_over(deployment: Deployment) -> FastAPI:
    routes = link_routes(deployment.published_links, deployment.store)
    return create_app(deployment.store, None, links=routes)


@pytest.fixture
def client(deployment: Deployment) -> Iterator[TestClient]:
    """Somebody who was sent a link."""
    with TestClient(app_over(deployment), follow_redirects=False) as made:
        yield made


@pytest.fixture
def pictures(deployment: Deployment) -> list[str]:
    """Three pictures, the first two approved."""
    made = show_designs(deployment, JOB, [b"<first>", b"<second>", b"<third>"], "Été, summer.txt")
    decide(deployment, "approved", *made[:2])
    return made


def path_of(url: str) -> str:
    return urlsplit(url).path


def listed(client: TestClient, path: str) -> list[dict[str, str]]:
    answer = client.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    found: list[dict[str, str]] = answer.json()["pictures"]
    return found


class Parsed(HTMLParser):
    """The tags of a page with their attributes, and all of its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.text += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of each such tag."""
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.usefixtures("pictures")
def test_a_page_shows_what_is_approved_with_its_size_and_a_download(
    client: TestClient, deployment: Deployment
) -> None:
    answer = client.get(path_of(deployment.published_links.link_to(JOB, by="ada")))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    page = Parsed(answer.text)
    assert [image["alt"] for image in page.of("img")] == [
        "Été, summer, design-1",
        "Été, summer, design-2",
    ]
    assert {image["loading"] for image in page.of("img")} == {"lazy"}
    assert "2 pictures - Showroom" in page.text
    assert "Shared by ada" in page.text
    assert "800 \u00d7 600 px" in page.text
    assert {"name": "robots", "content": "noindex, nofollow"} in page.of("meta")
    saved = [link["href"] for link in page.of("a") if "download" in link]
    for place, data in zip(saved, (b"<first>", b"<second>"), strict=True):
        answer = client.get(f"/links/{place}")
        assert answer.content == data
        assert answer.headers["Content-Disposition"].startswith("attachment;")


@pytest.mark.usefixtures("pictures")
def test_programs_are_told_the_same(client: TestClient, deployment: Deployment) -> None:
    url = deployment.published_links.link_to(JOB)
    first, second = listed(client, path_of(url))
    assert first.pop("url").startswith(f"{url}/pictures/")
    assert first == {
        "name": "design-1",
        "item": "0001",
        "filename": "Été, summer.txt",
        "width_px": 800,
        "height_px": 600,
        "bytes": 7,
        "format": "webp",
    }
    answer = client.get(path_of(second["url"]))
    assert (answer.content, answer.headers["Content-Type"]) == (b"<second>", "image/webp")
    # A browser asks for both, and is shown the page.
    both = {"Accept": "text/html,application/json;q=0.9"}
    assert client.get(path_of(url), headers=both).text.startswith("<!doctype html>")


def test_what_is_decided_later_counts_for_who_looks_later(
    client: TestClient, deployment: Deployment, pictures: list[str]
) -> None:
    path = path_of(deployment.published_links.link_to(JOB))
    first, second = (path_of(picture["url"]) for picture in listed(client, path))
    decide(deployment, "rejected", pictures[0])
    deployment.reports.report(pictures[1], "not for children")
    for gone in (first, second):
        answer = client.get(gone)
        assert (answer.status_code, b"<first>" in answer.content) == (404, False)
        assert "not shown" in answer.text
    assert listed(client, path) == []
    assert "Nothing is approved yet" in client.get(path).text
    decide(deployment, "approved", pictures[2])
    [third] = listed(client, path)
    assert client.get(path_of(third["url"])).content == b"<third>"


def test_nothing_is_kept_on_the_way_nor_told_to_others(
    client: TestClient, deployment: Deployment, pictures: list[str]
) -> None:
    path = path_of(deployment.published_links.link_to(JOB))
    [first, _] = listed(client, path)
    answers = [client.get(path), client.get(path_of(first["url"])), client.get("/links/made-up")]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "script-src" not in policy
    assert all(key not in answer.text for key in pictures for answer in answers)


def test_a_name_stays_a_name(client: TestClient, deployment: Deployment) -> None:
    decide(deployment, "approved", *show_designs(deployment, JOB, [b"one"], HOSTILE))
    answer = client.get(path_of(deployment.published_links.link_to(JOB, by=HOSTILE)))
    page = Parsed(answer.text)
    known = "html head meta title style body main header h1 h2 p div figure figcaption a img "
    assert {tag for tag, _ in page.tags} <= {
        *known.split(),
        "bdi",
        "time",
        "ul",
        "li",
        "span",
        "small",
    }
    [image] = page.of("img")
    assert set(image) == {"src", "alt", "width", "height", "loading"}
    # What comes before a slash would be a folder.
    name = HOSTILE.rpartition("/")[2].removesuffix(".txt")
    assert image["alt"] == f"{name}, design-1"
    assert HOSTILE in page.text


@pytest.mark.parametrize(
    "name", ["plain", "Été 'red' \"x\" \\ 100%", "客厅", "a\u202egnp.exe\r\nX: y"]
)
def test_a_download_has_a_name_that_people_know(
    client: TestClient, deployment: Deployment, name: str
) -> None:
    decide(deployment, "approved", *show_designs(deployment, JOB, [b"one"], name))
    [picture] = listed(client, path_of(deployment.published_links.link_to(JOB)))
    answer = client.get(path_of(picture["url"]), params={"download": 1})
    said = answer.headers["Content-Disposition"]
    assert said.isascii()
    assert "X" not in {header.upper() for header in answer.headers}
    full = deployment.published_links.pictures(JOB)[0].download_name
    for turning in "\u202e\r\n":
        full = full.replace(turning, "")
    assert attachment_name(said) == full.replace("\\", "-")


def test_a_part_of_a_picture_can_be_asked_for(
    client: TestClient, deployment: Deployment, pictures: list[str]
) -> None:
    deployment.store.put(pictures[0], bytes(range(256)))
    [first, _] = listed(client, path_of(deployment.published_links.link_to(JOB)))
    answer = client.get(path_of(first["url"]), headers={"Range": "bytes=250-"})
    assert (answer.status_code, answer.content) == (206, bytes(range(250, 256)))
    head = client.head(path_of(first["url"]))
    assert (head.status_code, head.content, head.headers["Content-Length"]) == (200, b"", "256")


@pytest.mark.usefixtures("pictures")
def test_a_link_that_does_not_count_is_answered_in_words(
    client: TestClient, deployment: Deployment
) -> None:
    shown = PublishedPictures(
        deployment.store, deployment.tables, deployment.reviews, deployment.reports
    )
    past = datetime.now(UTC) - timedelta(days=7, seconds=1)
    then = PublishedLinks(deployment.settings, deployment.store, shown, lambda: past)
    ended = path_of(then.link_to(JOB))
    withdrawn = path_of(deployment.published_links.link_to(JOB))
    deployment.published_links.withdraw(JOB)
    expected = [
        (f"{withdrawn}x", 404, "This link does not work"),
        (ended, 410, "It worked until"),
        (withdrawn, 410, "It was withdrawn."),
    ]
    for path, status, said in expected:
        for place in (path, f"{path}/pictures/0"):
            answer = client.get(place)
            assert (answer.status_code, said in answer.text) == (status, True)
            assert "Ask whoever sent you" in answer.text
            asked = client.get(place, headers={"Accept": "application/json"})
            assert (asked.status_code, said in asked.json()["detail"]) == (status, True)


def test_a_picture_whose_bytes_are_gone_is_said(
    client: TestClient, deployment: Deployment, pictures: list[str]
) -> None:
    [first, _] = listed(client, path_of(deployment.published_links.link_to(JOB)))
    deployment.store.delete([pictures[0]])
    answer = client.get(path_of(first["url"]))
    assert (answer.status_code, "not there any more" in answer.text) == (404, True)


def test_a_bucket_gives_the_bytes_itself_for_ten_minutes(bucket_deployment: Deployment) -> None:
    made = show_designs(bucket_deployment, JOB, [b"one"], "Été.txt")
    decide(bucket_deployment, "approved", *made)
    with TestClient(app_over(bucket_deployment), follow_redirects=False) as client:
        [picture] = listed(client, path_of(bucket_deployment.published_links.link_to(JOB)))
        answer = client.get(path_of(picture["url"]))
        assert (answer.status_code, answer.headers["Cache-Control"]) == (307, "private, no-store")
        there = answer.headers["Location"]
        assert parse_qs(urlsplit(there).query)["X-Amz-Expires"] == ["600"]
        assert httpx.get(there).content == b"one"
        saved = client.get(path_of(picture["url"]), params={"download": "1"})
        assert (saved.status_code, saved.content) == (200, b"one")
        assert attachment_name(saved.headers["Content-Disposition"]) == "Été-design-1.webp"


def test_showing_links_takes_no_dagster() -> None:
    code = "import sys, api.links, resources.published_links; print('dagster' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"
