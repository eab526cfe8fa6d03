"""The jobs page: the list with its filters, one job, and what its buttons do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import PageLink

from media import keys
from media.job_ids import new_job_id
from media.reviews import Decision
from resources.child_jobs import originals_of
from resources.deployments import Deployment, settings_from_environment
from resources.job_desk import JobDesk, open_desk
from tests.dashboards.conftest import Filled, OpenPage, UseHome, said


@contextmanager
def at_home() -> Iterator[Deployment]:
    """The installation of the page under test, as another process sees it."""
    with Deployment(settings_from_environment()) as deployment:
        yield deployment


def submitted(deployment: Deployment, folder: Path, name: str = "roof.jpg", **more: str) -> str:
    """A library job that waits."""
    path = folder / name
    path.write_bytes(b"no picture")
    return deployment.submissions.submit("library", [path], {}, **more)


def links(page: AppTest) -> list[str]:
    """The labels of the links of jobs that the list shows, without the marks of Markdown."""
    labels = [str(cast("PageLink", link).value).replace("\\", "") for link in page.get("page_link")]
    return [label for label in labels if label.partition(":")[0] in ("Done", "Waiting", "Failed")]


def press(page: AppTest, label: str) -> AppTest:
    """Press the button of this label."""
    [button] = [button for button in page.button if button.label == label]
    button.click()
    return page.run()


def test_where_there_are_no_jobs_it_leads_to_submit(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("jobs", tmp_path / "home")
    assert not page.exception
    assert "No jobs yet" in said(page)
    assert [cast("PageLink", link).value for link in page.get("page_link")] == ["Submit something"]


def test_jobs_are_listed_newest_first_with_what_came_of_them(
    filled: Filled, open_page: OpenPage
) -> None:
    page = open_page("jobs", filled.home)
    assert not page.exception
    assert links(page) == [
        "Done: armchair-turning-round.mp4",
        "Done: large.jpg and 2 more",
        "Done: empty-room.jpg",
        "Done: red dress",
        "Done: products.csv and 6 more",
    ]
    assert "2 pictures · " in said(page)
    assert "1 refused" in said(page)
    assert "All 5" in [button.label for button in page.button]


def test_filters_leave_the_jobs_that_are_meant(filled: Filled, open_page: OpenPage) -> None:
    page = open_page("jobs", filled.home)
    page.text_input(key="find-jobs").set_value("BROKEN").run()
    assert links(page) == ["Done: large.jpg and 2 more"]
    page.text_input(key="find-jobs").set_value(filled.jobs["design"].lower()).run()
    assert links(page) == ["Done: red dress"]
    page.text_input(key="find-jobs").set_value("").run()
    page.selectbox(key="kind-of-jobs").set_value("staging").run()
    assert links(page) == ["Done: empty-room.jpg"]
    assert page.query_params["kind"] == "staging"
    page.text_input(key="find-jobs").set_value("BROKEN").run()
    assert "No such jobs" in said(page)
    press(page, "Show all jobs")
    assert len(links(page)) == 5
    assert not page.exception


def test_the_address_keeps_filters_and_nonsense_in_it_counts_as_nothing(
    filled: Filled, open_page: OpenPage
) -> None:
    page = open_page("jobs", filled.home, state="done", kind="library", find="large")
    assert links(page) == ["Done: large.jpg and 2 more"]
    page = open_page("jobs", filled.home, state="sideways", kind="x", page="-3")
    assert not page.exception
    assert len(links(page)) == 5


def test_states_are_counted_and_pages_cut_on_the_server(
    use_home: UseHome, open_page: OpenPage, tmp_path: Path
) -> None:
    use_home(tmp_path / "home")
    with at_home() as deployment:
        jobs = [submitted(deployment, tmp_path, f"{number}.jpg") for number in range(23)]
    page = open_page("jobs", tmp_path / "home")
    assert "23 jobs wait, and nothing is there to run them" in said(page)
    assert links(page) == [f"Waiting: {number}.jpg" for number in range(22, 2, -1)]
    page.pagination(key="page-of-jobs").set_value(2).run()
    assert links(page) == [f"Waiting: {number}.jpg" for number in range(2, -1, -1)]
    press(page, "Waiting 23")
    assert len(links(page)) == 20
    page = open_page("jobs", tmp_path / "home", page="2")
    assert len(links(page)) == 3
    page = open_page("jobs", tmp_path / "home", page="900")
    assert len(links(page)) == 3
    assert len(set(jobs)) == 23


def test_a_job_tells_its_items_reasons_steps_and_settings(
    filled: Filled, open_page: OpenPage
) -> None:
    page = open_page("jobs", filled.home, job=filled.jobs["library"])
    words = said(page)
    assert not page.exception
    assert "large\\.jpg and 2 more" in words
    assert "1 file was refused" in words
    assert "<b>broken.jpg</b> " in words
    assert "What to do:" in words
    assert "Taking the files in" in words
    assert "Making sizes of the pictures" in words
    assert "outcomes" not in words
    assert "<dt>Sizes to make</dt><dd>sm</dd>" in words
    assert len(page.get("image")) == 2


@pytest.mark.parametrize("pipeline", ["catalogue", "design", "staging", "product_video"])
def test_every_kind_of_job_has_its_page(filled: Filled, open_page: OpenPage, pipeline: str) -> None:
    page = open_page("jobs", filled.home, job=filled.jobs[pipeline])
    assert not page.exception
    assert "How long each step took" in said(page)
    buttons = [button.label for button in page.button]
    assert ("Review its pictures" in buttons) == (pipeline != "catalogue")


def test_running_a_job_again_leaves_a_wish(own_filled: Filled, open_page: OpenPage) -> None:
    job = own_filled.jobs["library"]
    page = press(open_page("jobs", own_filled.home, job=job), "Run it again")
    with at_home() as deployment:
        assert list(deployment.intake.retries().values()) == [job]
    assert "It is to run again, and nothing is there to run it" in said(page)
    assert "Run it again" not in [button.label for button in page.button]
    page = open_page("jobs", own_filled.home)
    assert "Will run again in a moment" in said(page)


def test_a_job_that_waits_says_so_and_cannot_be_cancelled_yet(
    use_home: UseHome, open_page: OpenPage, tmp_path: Path
) -> None:
    use_home(tmp_path / "home")
    with at_home() as deployment:
        job = submitted(deployment, tmp_path, "*[roof](x) $1 :red[a].jpg")
    page = open_page("jobs", tmp_path / "home", job=job)
    assert not page.exception
    assert "It waits, and nothing is there to run it" in said(page)
    [cancel] = [button for button in page.button if button.label == "Cancel"]
    assert cancel.disabled
    # A file's name is a name, whatever it looks like.
    assert page.title[0].value.replace("\\", "") == "*[roof](x) $1 :red[a].jpg"
    assert all(f"\\{char}" in page.title[0].value for char in "*[]()$:")


def test_other_peoples_jobs_are_not_there(
    own_filled: Filled, use_home: UseHome, open_page: OpenPage, tmp_path: Path
) -> None:
    use_home(own_filled.home)
    with at_home() as deployment:
        mine = submitted(deployment, tmp_path, owner="ann@example.com")
    page = open_page("jobs", own_filled.home, signed_in="ann@example.com")
    assert links(page) == ["Waiting: roof.jpg"]
    page.text_input(key="find-jobs").set_value("jpg").run()
    assert "large" not in said(page)
    theirs = open_page(
        "jobs", own_filled.home, signed_in="ann@example.com", job=own_filled.jobs["library"]
    )
    none = open_page("jobs", own_filled.home, signed_in="ann@example.com", job=new_job_id())
    assert "There is no such job" in said(none)
    assert "There is no such job" in said(theirs)
    assert "large" not in said(theirs)
    assert "Waiting" in said(
        open_page("jobs", own_filled.home, signed_in="ann@example.com", job=mine)
    )


def test_a_rejected_submission_says_why(
    use_home: UseHome, open_page: OpenPage, tmp_path: Path
) -> None:
    use_home(tmp_path / "home")
    job = new_job_id()
    with at_home() as deployment:
        deployment.store.put(keys.submission_request(job), b"{}")
        deployment.intake.claim(deployment.intake.look())
    page = open_page("jobs", tmp_path / "home", job=job)
    assert not page.exception
    assert page.title[0].value == "Rejected"
    assert "request.json: job: Field required" in said(page)


@pytest.mark.parametrize("job", ["../../etc/passwd", "x" * 3000, "01M7Z8T1Q73HF4K7RQB10TEQHB"])
def test_what_is_no_job_is_said_to_be_none(open_page: OpenPage, tmp_path: Path, job: str) -> None:
    page = open_page("jobs", tmp_path / "home", job=job)
    assert not page.exception
    assert "There is no such job" in said(page)


def test_approved_pictures_are_shared(own_filled: Filled, open_page: OpenPage) -> None:
    job = own_filled.jobs["staging"]
    page = open_page("jobs", own_filled.home, job=job)
    press(page, "Share approved")
    assert "Nothing of this job is approved yet" in said(page)
    with _desk(own_filled.home) as desk:
        [item] = desk.ledger.job(job).items
        desk.deployment.reviews.decide([Decision(item.outputs[0].key, "approved")])
    page = press(open_page("jobs", own_filled.home, job=job), "Share approved")
    assert "1 picture is approved" in said(page)
    [address] = [code.value for code in page.code if "/links/" in code.value]
    with at_home() as deployment:
        link = deployment.published_links.read(address.rsplit("/", 1)[-1])
    assert (link.job, link.by) == (job, "local")


def test_a_job_leads_to_the_one_it_was_made_from_and_back(
    own_filled: Filled, use_home: UseHome, open_page: OpenPage
) -> None:
    parent = own_filled.jobs["staging"]
    use_home(own_filled.home)
    with at_home() as deployment:
        request = deployment.intake.request(parent)
        originals = originals_of(request, deployment.tables)
        child = deployment.submissions.again(request, originals, {"style": "industrial"})
        deployment.intake.claim(deployment.intake.look())
    page = open_page("jobs", own_filled.home, job=parent)
    assert "Made from it: Waiting" in said(page)
    page = open_page("jobs", own_filled.home, job=child)
    assert "The job it was made from" in said(page)


@contextmanager
def _desk(home: Path) -> Iterator[JobDesk]:
    with at_home() as deployment, open_desk(deployment) as desk:
        assert deployment.settings.home == home
        yield desk
