"""Files that a browser puts straight into a bucket, in a real browser over a real protocol."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dashboards.submitting.direct_upload import Choice, choice_of
from media import keys
from media.requests import parse_request
from resources.direct_uploads import DirectUploads
from resources.object_store import ObjectStore
from resources.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from tests.dashboards.browser import RunApp

pytest_plugins = ("tests.dashboards.browser",)

PUTS = "**/submissions/**"


@pytest.fixture(scope="module")
def bucket(s3_endpoint: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """An installation over a bucket that all tests here share."""
    import boto3

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        name = "from-the-browser"
        client = boto3.client("s3", endpoint_url=s3_endpoint, region_name="us-east-1")
        client.create_bucket(Bucket=name)
        home = tmp_path_factory.mktemp("direct") / "home"
        yield Settings(home=home, store=f"s3://{name}/rooms", s3_endpoint=s3_endpoint, workers=1)


@pytest.fixture(scope="module")
def app(bucket: Settings, run_app: "RunApp") -> Iterator[str]:
    """The app over that bucket."""
    settings = {
        "SHOWROOM_HOME": str(bucket.home),
        "SHOWROOM_STORE": bucket.store,
        "SHOWROOM_S3_ENDPOINT": bucket.s3_endpoint,
        "SHOWROOM_WORKERS": "1",
    }
    with run_app(settings) as url:
        yield url


@pytest.fixture
def store(bucket: Settings) -> ObjectStore:
    """What the app puts files into, without those of earlier tests."""
    made = ObjectStore.from_settings(bucket)
    made.delete(_submitted(made))
    return made


def choose(page: "Page", app: str, folder: Path, **files: bytes) -> None:
    """Open the page for images and choose these files, whose names get `.jpg`."""
    paths = [folder / f"{name}.jpg" for name in files]
    for path, data in zip(paths, files.values(), strict=True):
        path.write_bytes(data)
    page.goto(f"{app}/?what=library")
    page.get_by_label("Files to send").first.set_input_files(paths)
    page.get_by_role("button", name="Send", exact=True).and_(page.locator(":enabled")).wait_for()


def send(page: "Page") -> None:
    page.get_by_role("button", name="Send", exact=True).click()


def sent(store: ObjectStore) -> dict[str, bytes]:
    """The files of the only job that was sent, by name."""
    found = [key for key in _submitted(store) if key.endswith("/request.json")]
    assert len(found) == 1
    request = parse_request(store.get(found[0]))
    assert request.pipeline == "library"
    return {item.filename: store.get(item.key) for item in request.items}


def _submitted(store: ObjectStore) -> list[str]:
    return [stored.key for stored in store.objects(keys.SUBMISSIONS)]


def test_files_go_from_the_browser_to_the_bucket_and_become_a_job(
    page: "Page", app: str, store: ObjectStore, tmp_path: Path
) -> None:
    from playwright.sync_api import expect

    files = {"red": b"r" * 3_000_000, "blue": b"b" * 10, "green": b"g" * 20}
    choose(page, app, tmp_path, **files)
    page.get_by_role("button", name="Remove blue.jpg").click()
    (tmp_path / "film.mp4").write_bytes(b"film")
    page.get_by_label("Files to send").first.set_input_files(tmp_path / "film.mp4")
    page.get_by_text("not a file of this kind").wait_for()
    page.get_by_text("2 files").wait_for()

    send(page)

    page.get_by_text("Watch this job").wait_for()
    assert sent(store) == {"red.jpg": files["red"], "green.jpg": files["green"]}
    # The form is empty again.
    expect(page.get_by_text("red.jpg")).to_have_count(0)


def test_a_file_can_be_cancelled_while_it_is_sent(
    page: "Page", app: str, store: ObjectStore, tmp_path: Path
) -> None:
    choose(page, app, tmp_path, wanted=b"w", unwanted=b"u")
    held: list[Route] = []
    page.route(PUTS, lambda route: held.append(route))  # noqa: PLW0108 - it has to be a function

    send(page)
    page.get_by_role("button", name="Cancel unwanted.jpg").click()
    page.get_by_text("left out").wait_for()
    for route in held:
        if "unwanted" not in route.request.url:
            route.continue_()

    page.get_by_text("Watch this job").wait_for()
    assert sent(store) == {"wanted.jpg": b"w"}


def test_a_file_that_did_not_arrive_is_sent_again(
    page: "Page", app: str, store: ObjectStore, tmp_path: Path
) -> None:
    choose(page, app, tmp_path, picture=b"p")
    page.route(PUTS, lambda route: route.abort())

    send(page)
    page.get_by_text("did not arrive").wait_for()
    assert _submitted(store) == []
    page.unroute(PUTS)
    page.get_by_role("button", name="Try again: picture.jpg").click()

    page.get_by_text("Watch this job").wait_for()
    assert sent(store) == {"picture.jpg": b"p"}


def test_all_can_be_cancelled_and_sent_after_all(
    page: "Page", app: str, store: ObjectStore, tmp_path: Path
) -> None:
    choose(page, app, tmp_path, picture=b"p")
    page.route(PUTS, lambda route: None)

    send(page)
    page.get_by_role("button", name="Cancel all").click()
    page.get_by_role("button", name="Remove picture.jpg").wait_for()
    assert _submitted(store) == []
    page.unroute(PUTS)
    send(page)

    page.get_by_text("Watch this job").wait_for()
    assert sent(store) == {"picture.jpg": b"p"}


def test_the_end_of_another_upload_is_not_counted(store: ObjectStore) -> None:
    upload = DirectUploads(store).begin([("a.jpg", 1), ("b.jpg", 2)])
    chosen = [{"name": "a.jpg", "bytes": 1}, {"name": "b.jpg", "bytes": 2}]
    files = (("a.jpg", 1), ("b.jpg", 2))

    of_it = choice_of(chosen, {"job": upload.job, "arrived": [2, 7]}, upload)
    of_another = choice_of(chosen, {"job": "another", "arrived": [1]}, upload)

    assert of_it == Choice(files, (2,))
    assert of_another == Choice(files)
    assert choice_of(None, None, None) == Choice(())
