"""Reviews as data: of a picture's decisions the newest counts, and a change keeps the rest."""

from datetime import UTC, datetime, timedelta
from typing import cast

import polars as pl
import pytest

from media.errors import InvalidRequest
from media.reviews import (
    MAX_NOTE,
    REVIEWS,
    Decision,
    ReviewedPicture,
    Verdict,
    newest_decisions,
    review_rows,
    revised,
)

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PICTURE = ReviewedPicture("outputs/a.webp", "design", "01K0", "0001", "design-1")


def rows(batch: str, at: datetime, decision: Verdict) -> pl.DataFrame:
    made = Decision(PICTURE.key, decision, is_favourite=True, note="so", owner="a", decided_at=at)
    return review_rows(batch, [(made, PICTURE)])


def test_a_decision_comes_back_from_its_row_with_where_the_picture_is_from() -> None:
    frame = REVIEWS.check(rows("B1", NOON, "approved"))
    [row] = frame.to_dicts()
    assert (row["job"], row["item"], row["status"]) == ("B1", "0001", "ready")
    assert (row["pipeline"], row["picture_job"], row["picture_item"], row["name"]) == (
        *("design", "01K0", "0001"),
        "design-1",
    )
    [decision] = newest_decisions(frame).values()
    assert decision == Decision(PICTURE.key, "approved", True, "so", "a", NOON)


def test_the_newest_decision_counts_in_whatever_order_rows_come() -> None:
    older = rows("B2", NOON, "approved")
    newer = rows("B1", NOON + timedelta(microseconds=1), "rejected")
    for frames in ([older, newer], [newer, older]):
        assert newest_decisions(pl.concat(frames))[PICTURE.key].decision == "rejected"


def test_two_of_one_moment_are_told_apart_the_same_way_each_time() -> None:
    first, second = rows("B1", NOON, "approved"), rows("B2", NOON, "rejected")
    for frames in ([first, second], [second, first]):
        assert newest_decisions(pl.concat(frames))[PICTURE.key].decision == "rejected"


def test_no_rows_are_no_decisions() -> None:
    assert newest_decisions(REVIEWS.empty()) == {}


def test_a_favourite_keeps_what_was_decided_and_why() -> None:
    before = Decision("k", "rejected", note="blurred", owner="a", decided_at=NOON)
    assert revised("k", before, is_favourite=True) == Decision("k", "rejected", True, "blurred")
    assert revised("k", before, note="too dark") == Decision("k", "rejected", False, "too dark")


def test_another_decision_does_not_keep_the_note_of_the_one_before() -> None:
    before = Decision("k", "rejected", is_favourite=True, note="blurred")
    assert revised("k", before, decision="approved") == Decision("k", "approved", True, None)
    assert revised("k", before, decision="rejected").note == "blurred"
    assert revised("k", before, decision="approved", note="fine").note == "fine"


def test_a_first_decision_starts_undecided() -> None:
    assert revised("k", None, is_favourite=True) == Decision("k", "undecided", is_favourite=True)


def test_a_note_is_tidied_and_an_empty_one_is_none() -> None:
    assert Decision("k", note="  so \ud83d\n").checked().note == "so ?"
    assert Decision("k", note=" \n").checked().note is None
    assert len(Decision("k", note="x" * MAX_NOTE).checked().note or "") == MAX_NOTE


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (Decision("k", note="x" * (MAX_NOTE + 1)), "2,001 characters"),
        (Decision("k", cast("Verdict", "perhaps")), "approved, rejected or undecided"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(decision: Decision, said: str) -> None:
    with pytest.raises(InvalidRequest, match=said):
        decision.checked()
