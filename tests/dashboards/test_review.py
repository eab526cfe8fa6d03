"""The review page: what is shown, and what each click keeps."""

from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.installation import desk
from dashboards.reviewing.again import MADE, asked_for
from dashboards.reviewing.worklist import Worklist
from media import keys
from media.pipeline import pipeline_named
from media.pipelines.library import IMAGE_VARIANTS
from media.requests import parse_request
from media.reviews import REVIEWS, Decision
from resources.deployments import Deployment
from resources.job_board import JobFilter
from resources.review_queue import Standing
from resources.settings import Settings
from tests.dashboards.conftest import Filled, OpenPage, UseHome, said


def decisions(page: AppTest) -> dict[str, Decision]:
    """What counts in the page's installation, read from the store."""
    deployment = desk().deployment
    rows = deployment.tables.ready_rows(REVIEWS)
    return deployment.reviews.of_keys(rows["key"].to_list())


def batches() -> pl.DataFrame:
    return desk().deployment.tables.ready_rows(REVIEWS)


def work(page: AppTest) -> Worklist:
    made = page.session_state["review-worklist"]
    assert isinstance(made, Worklist)
    return made


def click(page: AppTest, key: str) -> AppTest:
    return page.button(key=key).click().run()


def open_job(open_page: OpenPage, filled: Filled, pipeline: str, **query: str) -> AppTest:
    page = open_page("review", filled.home, job=filled.jobs[pipeline], **query)
    assert not page.exception
    return page


def test_an_empty_installation_leads_to_submit(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("review", tmp_path / "new")
    assert "Nothing was made yet" in said(page)
    assert any(link.proto.label == "Submit something" for link in page.main.get("page_link"))


@pytest.mark.parametrize(
    ("pipeline", "words"),
    [
        ("staging", "Structure kept"),
        ("product_video", "The clip, frame by frame"),
        ("design", "Products like it"),
        ("library", "1 size"),
    ],
)
def test_each_pipeline_shows_its_own(
    open_page: OpenPage, filled: Filled, pipeline: str, words: str
) -> None:
    page = open_job(open_page, filled, pipeline)
    assert words in said(page)
    assert "0 of" in said(page)


def test_approving_keeps_it_and_moves_on_until_all_is_decided(
    open_page: OpenPage, own_filled: Filled
) -> None:
    page = open_job(open_page, own_filled, "library")
    first, second = work(page).entries
    page = click(page, "review-A")
    assert work(page).current == second
    assert {key: one.decision for key, one in decisions(page).items()} == dict.fromkeys(
        first.keys, "approved"
    )
    page = click(page, "review-X")
    assert "everything here is decided" in said(page)
    assert f"showroom get {first.job} approved-pictures --approved" in said(page)
    assert {one.decision for key, one in decisions(page).items() if key in second.keys} == {
        "rejected"
    }


def test_undo_brings_back_what_was_before_and_where_one_was(
    open_page: OpenPage, own_filled: Filled
) -> None:
    page = open_job(open_page, own_filled, "library")
    entry = work(page).current
    assert entry is not None
    click(page, "review-F")
    click(page, "review-A")
    click(page, "review-U")
    assert work(page).current == entry
    assert {(d.decision, d.is_favourite) for d in decisions(page).values()} == {("undecided", True)}
    click(page, "review-U")
    assert not any(d.is_favourite for d in decisions(page).values())
    assert not work(page).undos


def test_a_key_pressed_twice_is_one_decision(open_page: OpenPage, own_filled: Filled) -> None:
    page = open_job(open_page, own_filled, "library", show="All")
    click(page, "review-A")
    click(page, "review-back")
    before = batches().height
    click(page, "review-A")
    assert batches().height == before


def test_sizes_that_are_picked_are_decided_about_alone(
    open_page: OpenPage, own_filled: Filled
) -> None:
    add_sizes(own_filled, "md")
    page = open_job(open_page, own_filled, "library")
    entry = work(page).current
    assert entry is not None
    assert len(entry.keys) == 2
    page.button_group(key="look-" + "/".join(entry.place) + "-only").set_value(["md"]).run()
    click(page, "review-X")
    assert decisions(page).keys() == {entry.keys[1]}


def add_sizes(filled: Filled, *names: str) -> None:
    """See that each image of the library job comes in further sizes."""
    job = filled.jobs["library"]
    with Deployment(Settings(home=filled.home)) as deployment:
        rows = deployment.tables.read(IMAGE_VARIANTS, job)
        assert rows is not None
        more = [
            rows.with_columns(name=pl.lit(name), key=pl.col("key") + f".{name}") for name in names
        ]
        deployment.tables.write(IMAGE_VARIANTS, job, pl.concat([rows, *more]))


def test_a_note_is_kept_and_goes_with_the_verdict(open_page: OpenPage, own_filled: Filled) -> None:
    page = open_job(open_page, own_filled, "staging", show="All")
    page.text_area[0].set_value("The sofa floats").run()
    assert [d.note for d in decisions(page).values()] == ["The sofa floats"]
    click(page, "review-X")
    [decision] = decisions(page).values()
    assert (decision.decision, decision.note) == ("rejected", "The sofa floats")


def test_what_cannot_be_kept_is_said_in_words(open_page: OpenPage, own_filled: Filled) -> None:
    page = open_job(open_page, own_filled, "staging")
    (own_filled.home / "store" / "tables" / "staged_images").rename(own_filled.home / "gone")
    page = click(page, "review-A")
    assert not page.exception
    assert any("There is no picture under" in str(error.value) for error in page.error)


def test_the_grid_decides_about_what_is_selected_as_one_batch(
    open_page: OpenPage, own_filled: Filled
) -> None:
    page = open_job(open_page, own_filled, "library", view="Grid")
    assert page.button(key="grid-A").disabled
    click(page, "grid-all")
    click(page, "grid-A")
    entries = work(page).entries
    assert {d.decision for d in decisions(page).values()} == {"approved"}
    assert decisions(page).keys() == {key for entry in entries for key in entry.keys}
    assert batches()["job"].n_unique() == 1


def test_a_large_set_is_decided_about_after_a_question(
    open_page: OpenPage, own_filled: Filled
) -> None:
    add_sizes(own_filled, *(f"size-{number}" for number in range(12)))
    page = open_job(open_page, own_filled, "library", view="Grid")
    click(page, "grid-all")
    page = click(page, "grid-X")
    assert not decisions(page)
    assert "26 pictures will be rejected" in said(page)


def test_look_closer_leads_from_the_grid_to_the_picture(
    open_page: OpenPage, filled: Filled
) -> None:
    page = open_job(open_page, filled, "library", view="Grid")
    second = work(page).entries[1]
    page = click(page, "look-at-" + "/".join(second.place))
    assert page.session_state["view"] == "One by one"
    assert work(page).current == second


def test_filters_show_what_stands_so(open_page: OpenPage, own_filled: Filled) -> None:
    page = open_job(open_page, own_filled, "library")
    click(page, "review-A")
    page = open_job(open_page, own_filled, "library", show="Approved", view="Grid")
    assert len(work(page).entries) == 1
    page = open_job(open_page, own_filled, "library", show="Rejected")
    assert "Nothing is rejected" in said(page)
    page = click(page, "review-lead-Undecided")
    assert page.session_state["show"] == "Undecided"
    assert len(work(page).entries) == 1


def test_a_reported_picture_is_marked(open_page: OpenPage, own_filled: Filled) -> None:
    page = open_job(open_page, own_filled, "staging")
    entry = work(page).current
    assert entry is not None
    page.text_input[0].set_value("It shows a face").run()
    click(page, "review-report-it")
    [report] = desk().deployment.reports.of(entry.keys[0])
    assert report.why == "It shows a face"
    assert "Reported" in said(page)


def test_approved_pictures_can_be_shared(open_page: OpenPage, own_filled: Filled) -> None:
    page = open_job(open_page, own_filled, "staging", show="All")
    assert "Share approved" not in said(page)
    click(page, "review-A")
    page = click(page, "review-share-make")
    assert "/links/" in said(page)
    assert "It shows 1 picture now" in said(page)


def test_again_makes_a_child_job_with_the_changes(use_home: UseHome, own_filled: Filled) -> None:
    def form() -> None:
        import streamlit as st

        from dashboards.page import opened
        from dashboards.reviewing.again import again_form

        again_form(*opened(), st.query_params["job"], "0001")

    use_home(own_filled.home)
    page = AppTest.from_function(form, default_timeout=60)
    page.query_params["job"] = own_filled.jobs["staging"]
    page.run()
    assert "free" in page.info[0].value
    variations = next(field for field in page.number_input if field.label == "Variations")
    variations.set_value(2).run()
    click(page, "again-send")
    job = page.session_state[MADE]
    request = parse_request(desk().deployment.store.get(keys.submission_request(job)))
    assert request.parent_job == own_filled.jobs["staging"]
    assert request.params["variations"] == 2
    assert {"style", "room_type"} <= request.params.keys()


def test_a_brief_is_prefilled_from_what_it_said(use_home: UseHome, filled: Filled) -> None:
    use_home(filled.home)
    request = desk().deployment.intake.request(filled.jobs["design"])
    asked = asked_for(desk(), pipeline_named("design"), request, "0001")
    assert (asked["prompt"], asked["images"]) == ("red dress", 1)


def test_jobs_of_others_are_not_shown(open_page: OpenPage, filled: Filled) -> None:
    job = filled.jobs["staging"]
    page = open_page("review", filled.home, signed_in="ann@example.com", job=job)
    assert f"There is no job {job}" in said(page)
    page = open_page("review", filled.home, signed_in="ann@example.com")
    assert "Nothing was made yet" in said(page)


def test_the_list_goes_on_behind_its_end_and_stops_at_the_last(
    open_page: OpenPage, filled: Filled
) -> None:
    page = open_page("review", filled.home, show="All")
    everything = work(page).queue.find(JobFilter(), Standing.ALL, limit=1_000).entries
    while not page.button(key="review-next").disabled:
        page = click(page, "review-next")
    assert work(page).current == everything[-1]
