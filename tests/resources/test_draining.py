"""Draining: the inbox is emptied once its files are safe, and never before."""

from datetime import UTC, datetime, timedelta

from media import keys
from media.errors import READY
from media.job_ids import new_job_id
from media.pipelines.library import UPLOADS
from media.requests import JobRequest
from resources.deployments import Deployment
from resources.intake import Intake


def claimed(deployment: Deployment, *names: str) -> JobRequest:
    """A claimed drop of these files."""
    for name in names:
        deployment.store.put(f"inbox/library/{name}", name.encode())
    (request,) = deployment.intake.claim(deployment.intake.look())
    return request


def write_uploads(deployment: Deployment, request: JobRequest) -> None:
    """The table that says the job's originals are safe."""
    rows = [
        {"job": request.job, "item": item.item, **READY, "key": "originals/aa/a.jpg"}
        for item in request.items
    ]
    deployment.tables.write(UPLOADS, request.job, UPLOADS.rows(rows))


def left(deployment: Deployment) -> list[str]:
    return [arrival.filename for arrival in deployment.inbox.arrivals("library")]


def test_the_inbox_is_drained_once_the_first_table_is_written(anywhere: Deployment) -> None:
    request = claimed(anywhere, "a.jpg", "rooms/100% 1")
    assert anywhere.intake.drain() == []
    assert left(anywhere) == ["a.jpg", "rooms/100% 1"]
    write_uploads(anywhere, request)
    assert anywhere.intake.drain() == [request.job]
    assert left(anywhere) == []
    assert anywhere.intake.open_claims() == {}
    assert anywhere.intake.drain() == []
    assert anywhere.intake.request(request.job) == request


def test_another_jobs_files_stay(anywhere: Deployment) -> None:
    done = claimed(anywhere, "done.jpg")
    waiting = claimed(anywhere, "waiting.jpg")
    anywhere.store.put("inbox/library/new.jpg", b"x")
    write_uploads(anywhere, done)
    assert anywhere.intake.drain() == [done.job]
    assert left(anywhere) == ["new.jpg", "waiting.jpg"]
    assert list(anywhere.intake.open_claims()) == [waiting.job]


def test_a_file_replaced_since_the_claim_stays_and_becomes_a_job(anywhere: Deployment) -> None:
    request = claimed(anywhere, "a.jpg")
    anywhere.store.put("inbox/library/a.jpg", b"newer content")
    write_uploads(anywhere, request)
    anywhere.intake.drain()
    assert left(anywhere) == ["a.jpg"]
    (second,) = anywhere.intake.claim(anywhere.intake.look())
    assert second.job != request.job
    assert anywhere.uploads.read(second.items[0]) == b"newer content"


def test_the_same_file_dropped_again_later_is_a_job_again(anywhere: Deployment) -> None:
    request = claimed(anywhere, "a.jpg")
    write_uploads(anywhere, request)
    anywhere.intake.drain()
    again = claimed(anywhere, "a.jpg")
    assert anywhere.intake.open_claims() == {again.job: again}


def test_a_submission_is_drained_whole(anywhere: Deployment) -> None:
    job = new_job_id()
    key = keys.submission_file(job, 1, "a.jpg")
    anywhere.store.put(key, b"x")
    anywhere.store.put(f"submissions/{job}/unmentioned.txt", b"x")
    request = JobRequest.model_validate(
        {
            "job": job,
            "pipeline": "library",
            "submitted_at": "2026-03-01T12:00:00Z",
            "items": [{"item": "0001", "key": key, "filename": "a.jpg"}],
        }
    )
    anywhere.store.put(keys.submission_request(job), request.model_dump_json().encode())
    anywhere.intake.claim(anywhere.intake.look())
    write_uploads(anywhere, request)
    assert anywhere.intake.drain() == [job]
    assert list(anywhere.store.objects(keys.SUBMISSIONS)) == []
    assert not anywhere.intake.look().anything


def test_a_drain_that_died_before_the_claim_was_deleted_is_finished(anywhere: Deployment) -> None:
    request = claimed(anywhere, "a.jpg")
    write_uploads(anywhere, request)
    anywhere.store.delete(["inbox/library/a.jpg"])
    restarted = Intake(anywhere.store, anywhere.inbox, anywhere.tables)
    assert restarted.drain() == [request.job]
    assert restarted.open_claims() == {}


def test_a_job_that_has_not_been_drained_is_not_claimed_again_after_a_crash(
    anywhere: Deployment,
) -> None:
    request = claimed(anywhere, "a.jpg")
    write_uploads(anywhere, request)
    restarted = Intake(anywhere.store, anywhere.inbox, anywhere.tables)
    assert not restarted.look().anything
    restarted.drain()
    assert not restarted.look().anything


def test_a_claim_whose_table_was_merged_meanwhile_is_drained(anywhere: Deployment) -> None:
    request = claimed(anywhere, "a.jpg")
    write_uploads(anywhere, request)
    now, grace = datetime.now(UTC), timedelta(minutes=10)
    for passed in (timedelta(0), timedelta(hours=1)):
        anywhere.tables.compact(UPLOADS, at_least=1, grace=grace, now=now + passed)
    anywhere.store.delete([keys.job_table(UPLOADS.name, request.job)])
    assert anywhere.intake.drain() == [request.job]
    assert left(anywhere) == []


def test_a_job_keeps_its_record_although_its_claim_was_interrupted(anywhere: Deployment) -> None:
    request = claimed(anywhere, "a.jpg")
    anywhere.store.delete([keys.job_request(request.job)])
    write_uploads(anywhere, request)
    assert anywhere.intake.drain() == [request.job]
    assert anywhere.intake.request(request.job) == request
