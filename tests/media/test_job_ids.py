"""Job ids: sortable by time, and the same drop has the same id."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from media.job_ids import JOB_ID_PATTERN, gathered_job_id, job_created_at, new_job_id

NOON = datetime(2026, 3, 1, 12, 0, 0, 123_000, UTC)
DROP = [("inbox/library/a.jpg", "e1"), ("inbox/library/b.jpg", "e2")]

MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC))
DROPS = st.lists(st.tuples(st.text(), st.text()), min_size=1, max_size=5, unique=True)


@given(MOMENTS, DROPS)
def test_the_same_drop_has_the_same_id_in_any_order(
    arrived_at: datetime, drop: list[tuple[str, str]]
) -> None:
    job = gathered_job_id("library", arrived_at, drop)
    assert job == gathered_job_id("library", arrived_at, reversed(drop))
    assert JOB_ID_PATTERN.fullmatch(job)


@given(MOMENTS, MOMENTS)
def test_ids_sort_by_the_time_of_the_drop(one: datetime, other: datetime) -> None:
    earlier, later = sorted([one, other])
    if later - earlier >= timedelta(milliseconds=1):
        assert gathered_job_id("library", earlier, DROP) < gathered_job_id("library", later, DROP)


def test_another_drop_is_another_job() -> None:
    ids = {
        gathered_job_id("library", NOON, DROP),
        gathered_job_id("staging", NOON, DROP),
        gathered_job_id("library", NOON + timedelta(milliseconds=1), DROP),
        gathered_job_id("library", NOON, DROP[:1]),
        gathered_job_id("library", NOON, [DROP[0], ("inbox/library/b.jpg", "e3")]),
        gathered_job_id("library", NOON, [DROP[0], ("inbox/library/c.jpg", "e2")]),
    }
    assert len(ids) == 6


def test_file_names_that_are_not_unicode_have_an_id() -> None:
    job = gathered_job_id("library", NOON, [("inbox/library/\udcff.jpg", "e1")])
    assert JOB_ID_PATTERN.fullmatch(job)


@given(MOMENTS)
def test_an_id_tells_its_time_to_the_millisecond(arrived_at: datetime) -> None:
    created_at = job_created_at(gathered_job_id("library", arrived_at, DROP))
    assert abs(created_at - arrived_at) <= timedelta(milliseconds=1)
    assert created_at.tzinfo is UTC


def test_new_ids_are_unique_and_lawful() -> None:
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    ids = [new_job_id() for _ in range(200)]
    assert len(set(ids)) == 200
    assert all(JOB_ID_PATTERN.fullmatch(job) for job in ids)
    assert all(before <= job_created_at(job) <= datetime.now(UTC) for job in ids)


def test_what_is_no_id_does_not_look_like_one() -> None:
    job = new_job_id()
    for wrong in (job.lower(), job[:-1], job + "0", "8" + job[1:], job[:-1] + "U", "../" + job):
        assert JOB_ID_PATTERN.fullmatch(wrong) is None, wrong
