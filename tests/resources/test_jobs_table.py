"""The table of jobs: a row for each from its claim on, whatever was cut short in between."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from media import keys
from media.errors import READY, StoreUnavailable
from media.jobs_table import JOBS
from media.pipeline import all_tables
from media.pipelines.library import UPLOADS
from media.requests import JobRequest
from resources.deployments import Deployment
from resources.intake import Intake


def claim(deployment: Deployment) -> list[JobRequest]:
    return deployment.intake.claim(deployment.intake.look())


def after_a_crash(deployment: Deployment) -> Intake:
    """The intake of a process that has just started over the same store."""
    return Intake(deployment.store, deployment.inbox, deployment.tables)


def in_table(deployment: Deployment) -> list[str]:
    return sorted(deployment.tables.ready_rows(JOBS)["job"])


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"photo")
    return path


def test_jobs_are_counted_by_owner_and_project_in_sql(anywhere: Deployment, photo: Path) -> None:
    submit = anywhere.submissions.submit
    mine = submit("library", [photo, photo], {}, "ada", "Elm Street 4")
    submit("staging", [photo], {}, "ada")
    anywhere.store.put("inbox/library/loose.jpg", b"x")
    assert in_table(anywhere) == []
    claim(anywhere)
    counted = anywhere.warehouse.query(
        "SELECT owner, project, count(*) AS jobs, sum(items) AS items "
        "FROM jobs GROUP BY ALL ORDER BY ALL",
        all_tables(),
    )
    assert [tuple(row.values()) for row in counted] == [
        ("ada", "Elm Street 4", 1, 2),
        ("ada", None, 1, 1),
        ("local", None, 1, 1),
    ]
    [row] = anywhere.tables.rows_with(JOBS, "job", [mine]).to_dicts()
    asked = anywhere.intake.request(mine)
    assert (row["pipeline"], row["submitted_at"]) == ("library", asked.submitted_at)
    assert (row["item"], row["parent_job"]) == ("0001", None)


def test_a_job_claimed_twice_has_one_row(anywhere: Deployment) -> None:
    anywhere.store.put("inbox/library/a.jpg", b"x")
    view = anywhere.intake.look()
    anywhere.intake.claim(view)
    [request] = after_a_crash(anywhere).claim(view)
    assert in_table(anywhere) == [request.job]


def test_a_row_that_a_kill_left_out_is_written_by_the_next_process(deployment: Deployment) -> None:
    deployment.store.put("inbox/library/a.jpg", b"x")
    # So that the claim and the record are written, and then no more.
    deployment.store.put("tables/jobs", b"a file where a folder should be")
    with pytest.raises(StoreUnavailable):
        claim(deployment)
    deployment.store.delete(["tables/jobs"])
    restarted = after_a_crash(deployment)
    assert restarted.drain() == []
    assert in_table(deployment) == list(restarted.open_claims())


def test_a_row_that_was_merged_is_not_written_again(anywhere: Deployment) -> None:
    anywhere.store.put("inbox/library/a.jpg", b"x")
    [request] = claim(anywhere)
    now, grace = datetime.now(UTC), timedelta(minutes=10)
    for passed in (timedelta(0), timedelta(hours=1)):
        anywhere.tables.compact(JOBS, at_least=1, grace=grace, now=now + passed)
    after_a_crash(anywhere).drain()
    assert anywhere.store.head(keys.job_table(JOBS.name, request.job)) is None
    assert in_table(anywhere) == [request.job]


def test_looking_at_open_claims_reads_their_rows_once(deployment: Deployment) -> None:
    deployment.store.put("inbox/library/a.jpg", b"x")
    [request] = claim(deployment)
    key = keys.job_table(JOBS.name, request.job)
    restarted = after_a_crash(deployment)
    restarted.drain()
    # A process that has seen the row does not look for it with each look at the inbox.
    deployment.store.delete([key])
    restarted.drain()
    assert deployment.store.head(key) is None


def test_a_drained_job_keeps_its_row(anywhere: Deployment) -> None:
    anywhere.store.put("inbox/library/a.jpg", b"x")
    [request] = claim(anywhere)
    row = {"job": request.job, "item": "0001", **READY, "key": "originals/aa/a.jpg"}
    anywhere.tables.write(UPLOADS, request.job, UPLOADS.rows([row]))
    assert anywhere.intake.drain() == [request.job]
    assert in_table(anywhere) == [request.job]
