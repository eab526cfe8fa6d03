"""Reviews: kept batch by batch beside the tables, whoever else decides, and found again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from media import keys
from media.errors import READY, InvalidRequest, MisleadingName
from media.job_ids import JOB_ID_PATTERN
from media.pipeline import all_tables
from media.pipelines.design import DESIGNS
from media.pipelines.product_video import COMMERCIAL_IMAGES
from media.requests import JobRequest, RequestedItem
from media.reviews import MAX_NOTE, REVIEWS, Decision
from resources.deployments import Deployment
from resources.reviews import Reviews
from tests.resources.table_rows import job_id

FIRST, SECOND, SHOT = (
    keys.output("design", job_id(1), "0001", "design-1-0a1b", "webp"),
    keys.output("design", job_id(1), "0001", "design-2-0c1d", "webp"),
    keys.output("product_video", job_id(3), "0001", "solid-0e1f", "webp"),
)


def show(deployment: Deployment, job: str, *shown: str) -> None:
    """A design job that shows the pictures under these keys, and one that was refused."""
    rows = [
        {"job": job, "item": "0001", **READY, "filename": "brief.txt", "name": f"design-{n}"}
        | {"key": key}
        for n, key in enumerate(shown, start=1)
    ]
    refused = {"job": job, "item": "0002", **MisleadingName("no").outcome(), "key": "outputs/no"}
    deployment.tables.write(DESIGNS, job, DESIGNS.rows([*rows, refused]))
    ask(deployment, job, "design")


def ask(deployment: Deployment, job: str, pipeline: str) -> None:
    item = RequestedItem(item="0001", key="inbox/x", filename="x")
    request = JobRequest(job=job, pipeline=pipeline, submitted_at=datetime.now(UTC), items=[item])
    deployment.store.put(keys.job_request(job), request.model_dump_json().encode())


@pytest.fixture
def reviews(anywhere: Deployment) -> Reviews:
    show(anywhere, job_id(1), FIRST, SECOND)
    shot = {"job": job_id(3), "item": "0001", **READY, "filename": "clip.mp4", "product": "shoe"}
    shot |= {"view": "front", "name": "solid-1600x1600", "key": SHOT}
    anywhere.tables.write(COMMERCIAL_IMAGES, job_id(3), COMMERCIAL_IMAGES.rows([shot]))
    ask(anywhere, job_id(3), "product_video")
    return Reviews(anywhere.store, anywhere.tables)


def test_a_decision_comes_back_as_it_was_made(reviews: Reviews) -> None:
    before = datetime.now(UTC)
    batch = reviews.decide([Decision(FIRST, "approved", True, " very été ")], "ada")
    assert JOB_ID_PATTERN.fullmatch(batch)
    [(key, kept)] = reviews.of_keys([FIRST, SECOND, "outputs/unheard of"]).items()
    assert (key, kept.key, kept.decision, kept.is_favourite) == (FIRST, FIRST, "approved", True)
    assert (kept.note, kept.owner) == ("very été", "ada")
    assert kept.decided_at is not None
    assert before <= kept.decided_at <= datetime.now(UTC)


def test_a_row_says_where_its_picture_is_from(reviews: Reviews, anywhere: Deployment) -> None:
    batch = reviews.decide([Decision(SHOT, "rejected"), Decision(SECOND)], "ada")
    rows = anywhere.tables.read(REVIEWS, batch)
    assert rows is not None
    told = rows.select("item", "key", "pipeline", "picture_job", "picture_item", "name").rows()
    assert told == [
        ("0001", SHOT, "product_video", job_id(3), "0001", "shoe-front-solid-1600x1600"),
        ("0002", SECOND, "design", job_id(1), "0001", "design-2"),
    ]


def test_the_newest_decision_counts_and_the_older_stay_as_rows(
    reviews: Reviews, anywhere: Deployment
) -> None:
    for decision in ("approved", "rejected", "undecided", "approved", "rejected"):
        reviews.decide([Decision(FIRST, decision)], "ada")
    assert reviews.of_keys([FIRST])[FIRST].decision == "rejected"
    assert anywhere.tables.ready_rows(REVIEWS).height == 5


def test_of_one_batch_the_last_decision_about_a_picture_is_kept(reviews: Reviews) -> None:
    reviews.decide([Decision(FIRST, "approved"), Decision(FIRST, "rejected")], "ada")
    assert reviews.of_keys([FIRST])[FIRST].decision == "rejected"


def test_a_job_is_told_about_the_pictures_it_shows_whoever_made_them(
    reviews: Reviews, anywhere: Deployment
) -> None:
    show(anywhere, job_id(2), FIRST)
    reviews.decide([Decision(FIRST, "approved"), Decision(SHOT, "rejected")], "ada")
    assert set(reviews.of_job(job_id(1))) == {FIRST}
    assert set(reviews.of_job(job_id(2))) == {FIRST}
    assert set(reviews.of_job(job_id(3))) == {SHOT}
    [row] = anywhere.tables.rows_with(REVIEWS, "key", [FIRST]).to_dicts()
    assert row["picture_job"] == job_id(1)


@pytest.mark.parametrize("job", [job_id(9), "no job", "../jobs", ""])
def test_a_job_that_shows_nothing_has_no_decisions(reviews: Reviews, job: str) -> None:
    assert reviews.of_job(job) == {}


def test_decisions_at_the_same_moment_are_all_kept(reviews: Reviews, anywhere: Deployment) -> None:
    together = Barrier(8)

    def decide(number: int) -> str:
        together.wait(timeout=30)
        return reviews.decide([Decision(FIRST, "approved", note=str(number))], f"owner {number}")

    with ThreadPoolExecutor(8) as pool:
        batches = set(pool.map(decide, range(8)))
    rows = anywhere.tables.ready_rows(REVIEWS)
    assert set(rows["job"]) == batches
    assert set(rows["note"]) == set("01234567")
    assert reviews.of_keys([FIRST])[FIRST].decision == "approved"


@pytest.mark.parametrize(
    "key",
    [
        FIRST + "x",
        "",
        "outputs/no",
        "outputs/\x00",
        "outputs/\ud800",
        "../outputs",
        "originals/ab/abc.png",
    ],
)
def test_a_key_that_no_job_shows_is_refused_with_the_whole_batch(
    reviews: Reviews, anywhere: Deployment, key: str
) -> None:
    anywhere.store.put("originals/ab/abc.png", b"an original")
    with pytest.raises(InvalidRequest, match="no picture under"):
        reviews.decide([Decision(FIRST, "approved"), Decision(key, "approved")], "ada")
    assert reviews.of_keys([FIRST, key]) == {}


@pytest.mark.parametrize(
    ("decisions", "owner"),
    [
        ([], "ada"),
        ([Decision(FIRST, "approved")], " "),
        ([Decision(FIRST, "approved", note="x" * (MAX_NOTE + 1))], "ada"),
    ],
)
def test_what_says_too_little_or_too_much_is_refused(
    reviews: Reviews, decisions: list[Decision], owner: str
) -> None:
    with pytest.raises(InvalidRequest):
        reviews.decide(decisions, owner)
    assert reviews.of_keys([FIRST]) == {}


def test_decisions_survive_being_merged(reviews: Reviews, anywhere: Deployment) -> None:
    now, grace = datetime.now(UTC), timedelta(minutes=10)
    reviews.decide([Decision(FIRST, "approved")], "ada")
    reviews.decide([Decision(FIRST, "rejected"), Decision(SECOND, "approved")], "ada")
    for passed in (timedelta(0), 2 * grace):
        anywhere.tables.compact(REVIEWS, at_least=1, grace=grace, now=now + passed)
        found = reviews.of_job(job_id(1))
        assert {key: found[key].decision for key in found} == {
            FIRST: "rejected",
            SECOND: "approved",
        }
    left = [stored.key for stored in anywhere.store.objects(keys.table_prefix("reviews"))]
    assert all(key.startswith(keys.compacted_prefix("reviews")) for key in left)
    reviews.decide([Decision(FIRST, "undecided")], "ada")
    assert reviews.of_keys([FIRST])[FIRST].decision == "undecided"


def test_analysts_see_each_decision_once_with_its_time(
    reviews: Reviews, anywhere: Deployment
) -> None:
    reviews.decide([Decision(FIRST, "approved", True)], "ada")
    kept = reviews.of_keys([FIRST])[FIRST]
    [row] = anywhere.warehouse.query(
        "SELECT key, decision, is_favourite, note, owner, decided_at FROM reviews", all_tables()
    )
    assert row == vars(kept)
