"""The submit page: what is chosen is what is sent, and what it costs is said before."""

from pathlib import Path

import pytest
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec
from streamlit.testing.v1 import AppTest

from dashboards.submitting.sending import Gathered, Order, send
from media import keys
from media.errors import InvalidParameter
from media.pipeline import all_pipelines, pipeline_named
from media.requests import JobRequest, parse_request
from resources.deployments import Deployment
from resources.object_store import ObjectStore
from resources.settings import PREFIX, PROJECT_ROOT, Settings
from resources.submissions import Submissions
from tests.dashboards.conftest import OpenPage, said

JPEG = ("room.jpg", b"a photo of a room", "image/jpeg")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def files_of(page: AppTest) -> None:
    """Choose one photo."""
    page.file_uploader[0].set_value([JPEG])
    page.run()


def press_send(page: AppTest) -> None:
    button = next(button for button in page.button if button.label == "Send")
    assert not button.disabled
    button.click().run()
    assert not page.exception


def may_send(page: AppTest) -> bool:
    return not next(button for button in page.button if button.label == "Send").disabled


def stored(home: Path) -> list[str]:
    store = ObjectStore.from_settings(Settings(home=home))
    return [found.key for found in store.objects(keys.SUBMISSIONS)]


def request(home: Path) -> JobRequest:
    """What was asked in the newest job that was sent."""
    key = max(key for key in stored(home) if key.endswith("/request.json"))
    return parse_request((home / "store" / key).read_bytes())


def send_earlier(home: Path, project: str) -> None:
    """A job of before."""
    Submissions(ObjectStore.from_settings(Settings(home=home))).submit(
        "library", ["https://example.com/a.jpg"], {}, project=project
    )


@pytest.mark.parametrize("name", all_pipelines())
def test_each_pipeline_opens_by_its_address_and_sends_nothing_by_itself(
    open_page: OpenPage, home: Path, name: str
) -> None:
    page = open_page("submit", home, what=name)

    assert not page.exception
    assert "Not ready to send" in said(page)
    assert not may_send(page)
    assert stored(home) == []


def test_a_photo_becomes_a_job_with_its_settings_and_project(
    open_page: OpenPage, home: Path
) -> None:
    send_earlier(home, "Harbour 7")
    page = open_page("submit", home, what="staging")
    files_of(page)
    assert "1 file · 1 picture" in said(page)
    assert "Free" in said(page)

    room = next(box for box in page.selectbox if box.label == "Room")
    room.select("bedroom")
    project = next(box for box in page.selectbox if box.label == "Project")
    project.select("Harbour 7").run()
    press_send(page)

    asked = request(home)
    assert (asked.pipeline, asked.owner, asked.project) == ("staging", "local", "Harbour 7")
    assert asked.params == {"room_type": "bedroom"}
    (item,) = asked.items
    assert (item.filename, item.bytes) == ("room.jpg", len(JPEG[1]))
    assert (home / "store" / item.key).read_bytes() == JPEG[1]
    assert "Sent to Rooms" in said(page)
    assert not may_send(page), "the form is empty again"
    assert room.key not in {box.key for box in page.selectbox}


def test_addresses_become_items_that_are_fetched_later(open_page: OpenPage, home: Path) -> None:
    page = open_page("submit", home, what="library")
    way = next(each for each in page.segmented_control if each.label == "Where are they?")
    way.set_value("Web addresses").run()
    addresses = next(area for area in page.text_area if "addresses" in area.label)

    addresses.input("https://example.com/a.jpg\n\nexample.com/b.jpg").run()
    assert not may_send(page)
    assert "Mend the address example.com/b.jpg" in said(page)

    addresses.input("https://example.com/a.jpg\nhttps://example.com/b.jpg").run()
    press_send(page)

    urls = [item.url for item in request(home).items]
    assert urls == ["https://example.com/a.jpg", "https://example.com/b.jpg"]


def test_words_are_enough_for_a_design(open_page: OpenPage, home: Path) -> None:
    page = open_page("submit", home, what="design")
    assert "Write down your idea" in said(page)

    idea = next(area for area in page.text_area if area.label == "Your idea")
    idea.input("a red summer dress").run()
    assert "4 pictures" in said(page)
    press_send(page)

    assert request(home).params == {"prompt": "a red summer dress"}


def test_what_it_would_cost_is_said_before(
    open_page: OpenPage, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}REPLICATE_API_TOKEN", "none")
    monkeypatch.setenv(f"{PREFIX}REPLICATE_COST_USD", "0.011")
    page = open_page("submit", home, what="staging")
    page.file_uploader[0].set_value([JPEG, ("other.jpg", b"another", "image/jpeg")])
    variations = next(each for each in page.number_input if each.label == "Variations")

    variations.set_value(3).run()

    assert "2 files · 6 pictures" in said(page)
    assert "$0.066" in said(page).replace("\\", "")
    assert stored(home) == []


def test_what_is_wrong_keeps_it_from_being_sent(open_page: OpenPage, home: Path) -> None:
    page = open_page("submit", home, what="staging")
    files_of(page)
    assert may_send(page)

    words = next(area for area in page.text_area if area.label == "Your own words")
    words.input("short").run()

    assert not may_send(page)
    assert "Mend the settings first" in said(page)


def test_too_many_files_are_said(open_page: OpenPage, home: Path) -> None:
    page = open_page("submit", home, what="staging")
    most = pipeline_named("staging").max_items

    page.file_uploader[0].set_value(
        [(f"{n}.jpg", b"%d" % n, "image/jpeg") for n in range(most + 1)]
    )
    page.run()

    assert not may_send(page)
    assert f"One job takes {most} files, and here are {most + 1}" in said(page)


def test_what_is_too_large_is_named(
    open_page: OpenPage, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}MAX_UPLOAD_BYTES", "10")
    page = open_page("submit", home, what="library")

    files_of(page)

    assert not may_send(page)
    assert "Remove what is larger than 10 B: room.jpg" in said(page)


def test_whoever_has_nothing_running_is_told_how_to_run_it(open_page: OpenPage, home: Path) -> None:
    from resources.dagster_home import up_lock

    assert "showroom up" in said(open_page("submit", home))

    lock = up_lock(Settings(home=home))
    with lock.acquire():
        assert "showroom up" not in said(open_page("submit", home))


def test_of_what_is_refused_nothing_stays(deployment: Deployment) -> None:
    record = UploadedFileRec("1", "album/room.jpg", "image/jpeg", b"a photo")
    gathered = Gathered([UploadedFile(record, FileURLs())])

    with pytest.raises(InvalidParameter):
        send(deployment, Order("staging", {"variations": 99}, "local"), gathered)
    assert list(deployment.store.objects(keys.SUBMISSIONS)) == []

    job = send(deployment, Order("staging", {}, "ada"), gathered)
    asked = parse_request(deployment.store.get(keys.submission_request(job)))
    assert asked.owner == "ada"
    assert [(item.filename, item.bytes) for item in asked.items] == [("room.jpg", 7)]


def test_the_page_works_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}HOME", str(home))
    page = AppTest.from_file(str(PROJECT_ROOT / "dashboards/views/submit.py"), default_timeout=60)

    page.run()
    files_of(page)

    assert not page.exception
    assert may_send(page)


def test_a_sample_of_ours_needs_no_file(open_page: OpenPage, home: Path) -> None:
    page = open_page("submit", home, what="staging")
    page.segmented_control("submit-0-staging-way").set_value("A sample of ours").run()
    assert "empty-room.jpg" in said(page)
    press_send(page)
    sent = request(home)
    assert (sent.pipeline, [item.filename for item in sent.items]) == (
        "staging",
        ["empty-room.jpg"],
    )
