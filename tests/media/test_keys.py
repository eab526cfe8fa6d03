"""Keys: whatever people call their files, a key stays in its folder and tells the name."""

import os

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from media import keys
from media.keys import file_name, safe_segment

ANY_NAME = st.text(max_size=400)
FILE_NAME = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
ORDINARY = st.text(
    st.characters(codec="utf-8", exclude_categories=["C"], exclude_characters="%/\\#"),
    min_size=1,
    max_size=40,
).filter(lambda name: name.strip(".") != "")

JOB = "01K0000000000000000000000A"


@given(ANY_NAME)
@example("")
@example(".")
@example("..")
@example("../../etc/passwd")
@example("." * 300)
@example("\ud800.jpg")
@example("photo.\x7f\x00")
@example("%" * 199 + ".jpg")
def test_a_segment_stays_in_its_folder_and_fits_a_file_system(name: str) -> None:
    segment = safe_segment(name)
    assert segment not in {"", ".", ".."}
    assert not set(segment) & {"/", "\\", "\0", "\n"}
    assert len(segment.encode()) <= 200
    assert os.path.normpath(f"/folder/{segment}") == f"/folder/{segment}"


@given(ORDINARY)
@example("Küche 'neu' (2).jpg")
@example(".hidden")
@example("a..b.jpg")
@example("-rf.jpg")
@example("客厅.png")
def test_an_ordinary_name_is_left_as_it_is(name: str) -> None:
    assert safe_segment(name) == name


@given(FILE_NAME)
@example("100%.jpg")
@example("%2F.jpg")
@example("a/b\\c\n.jpg")
@example("photo#1")
@example("..")
def test_a_short_name_is_restored_from_its_segment(name: str) -> None:
    segment = safe_segment(name)
    if len(segment.encode()) < 200:
        assert file_name(segment) == name


@given(st.text(min_size=1, max_size=300), st.text(min_size=1, max_size=300))
@example("a/b", "a%2Fb")
@example("photo#1", "photo%231")
@example(".", "%2E")
@example("\ud800", "%ED%A0%80")
@example("x" * 300 + "a.jpg", "x" * 300 + "b.jpg")
@example("x" * 300 + ".jpg", "x" * 300 + ".png")
@example("x" * 250 + "a", "x" * 250 + "b")
def test_distinct_names_stay_distinct(one: str, other: str) -> None:
    assert (safe_segment(one) == safe_segment(other)) == (one == other)


def test_a_name_that_is_too_long_keeps_its_start_and_its_extension() -> None:
    segment = safe_segment("Wohnzimmer " + "ü" * 300 + ".jpeg")
    assert segment.startswith("Wohnzimmer üüü")
    assert segment.endswith(".jpeg")
    assert 190 <= len(segment.encode()) <= 200


@pytest.mark.parametrize("name", ["photo#1", "#1", "a#b#22"])
def test_no_segment_ends_like_a_temporary_file_of_the_store(name: str) -> None:
    assert "#" not in safe_segment(name).rsplit("b", 1)[-1]
    assert safe_segment(name + ".jpg") == name + ".jpg"


def test_equal_names_of_one_submission_have_keys_of_their_own() -> None:
    one, other = (keys.submission_file(JOB, position, "photo.jpg") for position in (1, 2))
    assert one != other
    assert one.startswith(keys.submission_prefix(JOB))
    assert one.endswith("photo.jpg")


def test_an_output_name_cannot_leave_its_item() -> None:
    key = keys.output("library", JOB, "0001", "../../../originals/x", "webp")
    assert key.startswith(f"outputs/library/{JOB}/0001/")
    assert ".." not in key.split("/")
    assert key.count("/") == 4


@pytest.mark.parametrize("filename", ["../../x.jpg", "a/b/x.jpg", "/x.jpg", "..", "a/.."])
def test_a_refused_file_lies_in_the_folder_of_its_item(filename: str) -> None:
    prefix, _, name = keys.refused_file(JOB, "0007", filename).rpartition("/")
    assert prefix == f"refused/{JOB}/0007"
    assert name in {"x.jpg", "%2E%2E"}
