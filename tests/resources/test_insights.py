"""Insights on rows that are written down: what is counted, of whose jobs, and on which day."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from media.errors import READY
from media.job_ids import gathered_job_id
from media.jobs_table import JOBS
from media.limits import MediaLimits, VideoLimits
from media.pipelines.design import PIPELINE as DESIGN
from media.pipelines.library import IMAGE_VARIANTS, PDF_PAGES, UPLOADS
from media.pipelines.product_video import FRAME_SCORES, PRODUCT_VIEWS
from media.pipelines.staging import ROOM_LAYOUTS, ROOM_PHOTOS, STAGED_IMAGES, STAGING_PROMPTS
from media.reviews import REVIEWS
from media.tables import Table
from resources.deployments import Deployment
from resources.insights import CountedRows, InsightFilter, Insights

TODAY = date(2026, 11, 20)
REFUSED = {"status": "refused", "reason": "corrupt", "detail": "It cannot be decoded."}


class Rows:
    """Writes rows of jobs, and counts them."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment

    def job(self, name: str, days_ago: float = 0, **own: object) -> str:
        """A job of that day, in the table of jobs unless it is `untold`; its id."""
        at = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC) - timedelta(days=days_ago)
        job = gathered_job_id("any", at, [(name, "")])
        if not own.pop("untold", False):
            told = {"pipeline": "library", "owner": "local", "items": 1, "submitted_at": at}
            self.put(JOBS, job, {**told, **own})
        return job

    def put(self, table: Table, job: str, *rows: Mapping[str, object]) -> None:
        """The rows of a job, each of item 0001 and ready unless it says otherwise."""
        whole = [{"job": job, "item": "0001", **READY, **row} for row in rows]
        self.deployment.tables.write(table, job, table.rows(whole))

    def told(self, limits: MediaLimits | None = None, **wanted: Any) -> Insights:
        """What the jobs that are meant came to."""
        counted = CountedRows(self.deployment.warehouse, limits or MediaLimits(), VideoLimits())
        return counted.insights(InsightFilter(**wanted), TODAY)


@pytest.fixture
def rows(deployment: Deployment) -> Rows:
    return Rows(deployment)


def statuses(told: Insights) -> dict[str, int]:
    """How many items came to what."""
    return dict(told.outcomes.group_by("status").agg(pl.col("items").sum()).iter_rows())


def test_an_installation_without_jobs_has_nothing_to_tell(rows: Rows) -> None:
    told = rows.told()
    assert all(frame.is_empty() for frame in vars(told).values())


def test_an_item_is_refused_by_the_first_table_that_has_no_ready_row_of_it(rows: Rows) -> None:
    job = rows.job("a")
    rows.put(UPLOADS, job, {}, {"item": "0002", **REFUSED}, {"item": "0003"})
    late = {"status": "failed", "reason": "time_limit", "detail": "It took too long."}
    rows.put(
        IMAGE_VARIANTS,
        job,
        {"name": "md", **late},
        {"name": "sm"},
        {"item": "0003", "name": "sm", **late},
    )
    told = rows.told()
    assert statuses(told) == {"ready": 1, "refused": 1, "failed": 1}
    assert set(told.reasons.select("reason", "example").iter_rows()) == {
        ("corrupt", "It cannot be decoded."),
        ("time_limit", "It took too long."),
    }


def test_tables_that_may_lack_speak_for_no_item(rows: Rows) -> None:
    job = rows.job("d", pipeline="design")
    rows.put(DESIGN.first_table, job, {})
    [matches] = [table for table in DESIGN.tables if table.name == "product_matches"]
    assert matches.name in DESIGN.optional
    rows.put(matches, job, REFUSED)
    assert statuses(rows.told()) == {"ready": 1}


def test_a_job_counts_on_the_day_of_its_id_and_in_one_period(rows: Rows) -> None:
    for name, days_ago in (("today", 0), ("six", 6), ("seven", 7), ("thirteen", 13), ("old", 14)):
        rows.put(UPLOADS, rows.job(name, days_ago), {})
    told = rows.told(days=7)
    counted = dict(told.outcomes.select("day", "is_before").iter_rows())
    assert counted == {
        TODAY: False,
        date(2026, 11, 14): False,
        date(2026, 11, 13): True,
        date(2026, 11, 7): True,
    }
    assert rows.told().outcomes["items"].sum() == 5


def test_only_the_owners_the_projects_and_the_pipelines_jobs_are_counted(rows: Rows) -> None:
    for owner, project in (("ann", "Harbour"), ("ann", None), ("ben", "Harbour")):
        job = rows.job(f"{owner} {project}", owner=owner, project=project)
        rows.put(UPLOADS, job, {})
    staged = rows.job("room", owner="ann", pipeline="staging")
    rows.put(ROOM_PHOTOS, staged, {})
    assert statuses(rows.told(owner="ann")) == {"ready": 3}
    assert statuses(rows.told(owner="ann", project="Harbour")) == {"ready": 1}
    assert statuses(rows.told(pipeline="staging")) == {"ready": 1}
    assert rows.told(project="x' OR '1'='1").outcomes.is_empty()


def test_a_job_older_than_the_table_of_jobs_is_the_local_owners(rows: Rows) -> None:
    rows.put(UPLOADS, rows.job("old", untold=True), {})
    assert statuses(rows.told(owner="local")) == {"ready": 1}
    assert rows.told(owner="ann").outcomes.is_empty()


def test_pictures_and_sums_are_told_by_day_project_and_provider(rows: Rows) -> None:
    job = rows.job("room", 1, pipeline="staging", project="Harbour")
    for table in (ROOM_PHOTOS, ROOM_LAYOUTS, STAGING_PROMPTS):
        rows.put(table, job, {})
    paid = {"provider": "replicate", "cost_usd": 0.03, "seconds": 4.0}
    rows.put(
        STAGED_IMAGES,
        job,
        {"key": "a", **paid},
        {"key": "b", **paid, "seconds": 8.0},
        {"key": "c", **paid, "cost_usd": 0.0, "seconds": 0.0},
        {**paid, **REFUSED},
    )
    [made] = rows.told().made.to_dicts()
    assert made.pop("cost_usd") == pytest.approx(0.09)
    assert made == {
        "day": date(2026, 11, 19),
        "pipeline": "staging",
        "project": "Harbour",
        "provider": "replicate",
        "is_before": False,
        "pictures": 3,
    }
    [timing] = rows.told().timings.to_dicts()
    # What was found from earlier work took no time and says nothing of how long a picture takes.
    assert (timing["pictures"], timing["median_s"]) == (2, 6.0)


def test_of_decisions_about_a_picture_the_newest_counts(rows: Rows) -> None:
    job = rows.job("room", pipeline="staging")
    rows.put(STAGED_IMAGES, job, *({"key": key, "style": "modern"} for key in "abc"))
    first, second = datetime(2026, 11, 20, 9, tzinfo=UTC), datetime(2026, 11, 20, 10, tzinfo=UTC)
    said = [("a", "approved", first), ("a", "rejected", second), ("b", "approved", first)]
    said += [("c", "approved", first), ("c", "undecided", second)]
    rows.put(
        REVIEWS,
        rows.job("batch", untold=True),
        *({"key": key, "decision": what, "decided_at": at} for key, what, at in said),
    )
    [told] = rows.told().decisions.to_dicts()
    assert (told["style"], told["approved"], told["rejected"]) == ("modern", 1, 1)


def test_scores_are_counted_in_bins_that_hold_the_largest_too(rows: Rows) -> None:
    job = rows.job("room", pipeline="staging")
    rows.put(
        STAGED_IMAGES,
        job,
        {"key": "a", "structure_score": 1.0, "needs_review": False},
        {"key": "b", "structure_score": 0.97, "needs_review": False},
        {"key": "c", "structure_score": 0.31, "needs_review": True},
    )
    clip = rows.job("clip", pipeline="product_video")
    rows.put(FRAME_SCORES, clip, *({"sharpness": float(n)} for n in range(240)))
    rows.put(PRODUCT_VIEWS, clip, {"sharpness": 9_000.0})
    told = rows.told()
    assert told.structure.rows() == [(0.3, True, 1), (0.95, False, 2)]
    frames = told.sharpness.group_by("is_chosen").agg(pl.col("frames").sum())
    assert dict(frames.iter_rows()) == {False: 240, True: 1}
    assert told.sharpness.height <= 2 * 24


def test_uploads_close_to_what_is_refused_are_told(rows: Rows) -> None:
    job = rows.job("large")
    rows.put(
        UPLOADS,
        job,
        {"bytes": 95, "width_px": 10, "height_px": 10},
        {"item": "0002", "bytes": 10, "width_px": 30, "height_px": 30},
        {"item": "0003", "bytes": 99, **REFUSED},
    )
    rows.put(PDF_PAGES, job)
    told = rows.told(limits=MediaLimits(max_upload_bytes=100, max_pixels=1_000))
    assert told.near_limits.rows() == [
        ("library", "bytes", 1, 95.0, 100.0),
        ("library", "pixels", 1, 900.0, 1_000.0),
    ]


def test_a_moments_rows_answer_several_questions(rows: Rows) -> None:
    rows.put(UPLOADS, rows.job("a", owner="ann"), {})
    rows.put(UPLOADS, rows.job("b", 40, owner="ben"), {})
    counted = CountedRows(rows.deployment.warehouse, MediaLimits(), VideoLimits())
    asked = [InsightFilter(owner="ann"), InsightFilter(days=7), InsightFilter()]
    assert [counted.insights(each, TODAY).outcomes["items"].sum() for each in asked] == [1, 1, 2]
