"""The insights page: figures, what is chosen, and whose jobs are counted."""

from pathlib import Path

import polars as pl
from streamlit.testing.v1 import AppTest

from dashboards.charts.look import bars, by_day
from dashboards.reason_words import reason_words
from media.errors import CorruptMedia, OutOfTime
from tests.dashboards.conftest import Filled, OpenPage, said


def figures(page: AppTest) -> dict[str, str]:
    """The page's figures by what they are called."""
    return {metric.label: metric.value for metric in page.metric}


def test_without_jobs_it_leads_to_submit(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("insights", tmp_path / "home")
    assert not page.exception
    assert "Nothing to count yet" in said(page)
    assert [getattr(link, "value", None) for link in page.get("page_link")] == ["Submit files"]


def test_what_came_of_the_files_is_counted_and_drawn(filled: Filled, open_page: OpenPage) -> None:
    page = open_page("insights", filled.home)
    assert not page.exception
    told = figures(page)
    # A table with eight pictures or fewer, a photo twice, a broken one, a room, a clip, an idea.
    assert int(told["Files"]) > 10
    assert int(told["Pictures made"]) >= 4
    assert told["Paid"] == "free"
    words = said(page)
    for question in ("What became of the files?", "Do staged rooms stay the same rooms?"):
        assert question in words
    assert "**Unsupported type** (Images and PDFs, 1 file)" in words
    assert str(filled.home / "showroom.duckdb") in words
    # A constant's description is for who reads the code.
    assert "is said to be the same" not in words


def test_a_kind_of_job_can_be_chosen_in_the_address(filled: Filled, open_page: OpenPage) -> None:
    page = open_page("insights", filled.home)
    [kind] = [box for box in page.selectbox if box.label == "Kind"]
    kind.set_value("staging")
    page.run()
    assert figures(page)["Files"] == "1"
    assert "All files were taken" in said(page)


def test_with_sign_in_only_ones_own_jobs_are_counted(filled: Filled, open_page: OpenPage) -> None:
    page = open_page("insights", filled.home, signed_in="ann@example.com")
    assert not page.exception
    assert "Nothing to count yet" in said(page)
    assert not page.metric


def test_reasons_are_said_as_the_error_tree_says_them() -> None:
    assert reason_words(CorruptMedia.reason) == (CorruptMedia.__doc__ or "").splitlines()[0]
    assert reason_words(OutOfTime.reason) == (OutOfTime.__doc__ or "").splitlines()[0]
    assert reason_words("of_tomorrow") == "Of tomorrow."


def test_a_thing_has_its_own_colour_whatever_else_is_there() -> None:
    rows = pl.DataFrame({"name": ["a"], "items": [3], "what": ["Failed"]})
    drawn = bars(rows, "name", "items", "Files", color="what", colors={"Ready": 2, "Failed": 3})
    scale = drawn.to_dict()["encoding"]["color"]["scale"]
    assert scale["domain"] == ["Failed"]
    assert scale["range"] == ["#a8687b"]


def test_days_without_jobs_are_drawn_too() -> None:
    import datetime as dt

    rows = pl.DataFrame({"day": [dt.date(2026, 2, 3)], "items": [1], "kind": ["Rooms"]})
    period = (dt.date(2026, 2, 1), dt.date(2026, 2, 28))
    axis = by_day(rows, "items", "Files", "kind", period).to_dict()["encoding"]["x"]["scale"]
    assert [end["date"] for end in axis["domain"]] == [1, 28]
