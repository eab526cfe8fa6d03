"""What is to be decided about is found job by job, newest first, and each filter keeps its word."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from media.job_ids import new_job_id
from media.pipelines.library import IMAGE_VARIANTS, PDF_PAGES
from media.pipelines.staging import STAGED_IMAGES
from media.reviews import REVIEWS, Decision
from media.tables import Table
from resources.dagster_home import open_instance
from resources.decision_book import DecisionBook
from resources.deployments import Deployment
from resources.job_board import JobFilter
from resources.job_desk import JobDesk
from resources.review_queue import Entry, ReviewQueue, Standing

JOBS = 20
"""More than the first batch of the walk."""


@pytest.fixture
def desk(deployment: Deployment) -> Iterator[JobDesk]:
    """The desk of an installation in which nothing runs."""
    with open_instance(deployment.settings) as instance:
        yield JobDesk(deployment, instance)


@pytest.fixture
def queue(desk: JobDesk) -> ReviewQueue:
    """A queue that remembers nothing yet."""
    return ReviewQueue(desk.board, desk.deployment.tables)


def add(desk: JobDesk, pipeline: str, table: Table, rows: Sequence[dict[str, object]]) -> str:
    """A job that has made these rows; its id."""
    job = new_job_id()
    desk.instance.add_dynamic_partitions(f"{pipeline}_jobs", [job])
    key = f"outputs/{pipeline}/{job}"
    ready = [
        {"job": job, "item": "0001", "status": "ready", "key": f"{key}/{row['name']}.webp"} | row
        for row in rows
    ]
    desk.deployment.tables.write(table, job, table.rows(ready))
    desk.board.look_again()
    return job


def staged(desk: JobDesk, *names: str, needs_review: bool = False) -> str:
    """A job of one room with these pictures."""
    rows = [{"name": name, "needs_review": needs_review} for name in names]
    return add(desk, "staging", STAGED_IMAGES, rows)


def decide(desk: JobDesk, queue: ReviewQueue, *decisions: Decision) -> None:
    desk.deployment.reviews.decide(decisions)
    queue.book.look_again()


def named(entries: Sequence[Entry]) -> list[str]:
    return [entry.name for entry in entries]


def test_newest_jobs_come_first_page_by_page_and_each_entry_once(
    desk: JobDesk, queue: ReviewQueue
) -> None:
    jobs = [staged(desk, "modern-1", "modern-2") for _ in range(JOBS)]
    entries: list[Entry] = []
    while True:
        found = queue.find(JobFilter(), Standing.UNDECIDED, entries[-1] if entries else None, 7)
        entries += found.entries
        if found.is_last:
            break
    assert [entry.job for entry in entries[::2]] == sorted(jobs, reverse=True)
    assert named(entries) == ["modern-1", "modern-2"] * JOBS


def test_the_place_after_an_entry_is_kept_when_entries_before_it_are_decided(
    desk: JobDesk, queue: ReviewQueue
) -> None:
    staged(desk, "a", "b", "c", "d")
    first = queue.find(JobFilter(), Standing.UNDECIDED, None, 2).entries
    decide(desk, queue, *(Decision(entry.keys[0], "approved") for entry in first))
    rest = queue.find(JobFilter(), Standing.UNDECIDED, first[-1], 2)
    assert (named(rest.entries), rest.is_last) == (["c", "d"], True)


def test_each_standing_finds_what_stands_so(desk: JobDesk, queue: ReviewQueue) -> None:
    job = staged(desk, "approved", "rejected", "star", "open")
    doubtful = staged(desk, "doubtful", "doubtful-approved", needs_review=True)
    key = f"outputs/staging/{job}/{{}}.webp".format
    decide(
        desk,
        queue,
        Decision(key("approved"), "approved"),
        Decision(key("rejected"), "rejected"),
        Decision(key("star"), is_favourite=True),
        Decision(f"outputs/staging/{doubtful}/doubtful-approved.webp", "approved"),
    )
    found = {
        standing: set(named(queue.find(JobFilter(), standing).entries)) for standing in Standing
    }
    assert found == {
        Standing.UNDECIDED: {"star", "open", "doubtful"},
        Standing.LOOK_FIRST: {"doubtful"},
        Standing.APPROVED: {"approved", "doubtful-approved"},
        Standing.REJECTED: {"rejected"},
        Standing.FAVOURITES: {"star"},
        Standing.ALL: {"approved", "rejected", "star", "open", "doubtful", "doubtful-approved"},
    }
    record = desk.board.find(job)
    assert record is not None
    assert queue.decided(record) == (2, 4)


def test_renditions_of_one_picture_are_one_entry_and_pages_are_several(
    desk: JobDesk, queue: ReviewQueue
) -> None:
    job = add(
        desk,
        "library",
        IMAGE_VARIANTS,
        [
            {"name": "sm"},
            {"name": "md", "key": "outputs/same.webp"},
            {"name": "lg", "key": "outputs/same.webp"},
            {"name": "no", "status": "failed", "reason": "timed_out", "key": None},
        ],
    )
    pages: list[dict[str, object]] = [
        {"name": f"page-000{page}-{size}", "page": page, "item": "0002", "job": job}
        for page in (1, 2)
        for size in ("sm", "md")
    ]
    ready = [row | {"status": "ready", "key": f"outputs/{row['name']}.jpg"} for row in pages]
    desk.deployment.tables.write(PDF_PAGES, job, PDF_PAGES.rows(ready))
    entries = queue.find(JobFilter(), Standing.ALL).entries
    assert [(entry.item, entry.name, len(entry.keys)) for entry in entries] == [
        ("0001", "", 2),
        ("0002", "page 1", 2),
        ("0002", "page 2", 2),
    ]


def test_an_entry_is_undecided_until_all_of_its_pictures_are(
    desk: JobDesk, queue: ReviewQueue
) -> None:
    job = add(desk, "library", IMAGE_VARIANTS, [{"name": "sm"}, {"name": "md"}])
    decide(desk, queue, Decision(f"outputs/library/{job}/sm.webp", "approved"))
    assert queue.find(JobFilter(), Standing.UNDECIDED).entries
    decide(desk, queue, Decision(f"outputs/library/{job}/md.webp", "rejected"))
    assert not queue.find(JobFilter(), Standing.UNDECIDED).entries


def test_jobs_of_others_and_of_other_projects_are_left_out(
    desk: JobDesk, queue: ReviewQueue
) -> None:
    job = staged(desk, "modern-1")
    staged(desk, "modern-1")
    assert not queue.find(JobFilter(owner="ann@example.com"), Standing.ALL).entries
    [entry] = queue.find(JobFilter(among=(job,)), Standing.ALL).entries
    assert entry.job == job


def test_the_book_knows_decisions_of_others_once_they_are_merged_too(desk: JobDesk) -> None:
    tables, job = desk.deployment.tables, staged(desk, "a", "b")
    book = DecisionBook(tables)
    assert book.current() == {}
    desk.deployment.reviews.decide([Decision(f"outputs/staging/{job}/a.webp", "approved")])
    desk.deployment.reviews.decide([Decision(f"outputs/staging/{job}/b.webp", "rejected")])
    now = datetime.now(UTC)
    tables.compact(REVIEWS, at_least=2, grace=timedelta(0), now=now)
    tables.compact(REVIEWS, at_least=2, grace=timedelta(0), now=now + timedelta(hours=1))
    book.look_again()
    verdicts = sorted(decision.decision for decision in book.current().values())
    assert verdicts == ["approved", "rejected"]


def test_of_one_picture_the_newest_decision_counts_in_the_book(desk: JobDesk) -> None:
    key = f"outputs/staging/{staged(desk, 'a')}/a.webp"
    book = DecisionBook(desk.deployment.tables)
    for note in ("first", "second"):
        desk.deployment.reviews.decide([Decision(key, "approved", note=note)])
        book.look_again()
        assert book.current()[key].note == note
