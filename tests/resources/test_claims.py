"""Claims: what has arrived becomes a job once, however often it is seen."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from media import keys
from media.errors import StoreUnavailable, UnknownJob
from media.job_ids import job_created_at
from media.requests import JobRequest
from resources.deployments import Deployment
from resources.intake import Intake
from resources.settings import Settings

Drop = Callable[[str, bytes], Path]


def put(deployment: Deployment, name: str, data: bytes = b"x") -> None:
    deployment.store.put(f"inbox/library/{name}", data)


def claim(deployment: Deployment) -> list[JobRequest]:
    return deployment.intake.claim(deployment.intake.look())


def after_a_crash(deployment: Deployment) -> Intake:
    """The intake of a process that has just started over the same store."""
    return Intake(deployment.store, deployment.inbox, deployment.tables)


def test_what_has_arrived_becomes_one_job_with_an_item_per_file(anywhere: Deployment) -> None:
    for name in ("b.jpg", "a.jpg", "rooms/c.jpg"):
        put(anywhere, name, name.encode())
    (request,) = claim(anywhere)
    assert [(item.item, item.filename) for item in request.items] == [
        ("0001", "a.jpg"),
        ("0002", "b.jpg"),
        ("0003", "rooms/c.jpg"),
    ]
    assert [anywhere.uploads.read(item) for item in request.items] == [
        item.filename.encode() for item in request.items
    ]
    assert [item.bytes for item in request.items] == [5, 5, 11]
    assert request.pipeline == "library"
    assert abs(job_created_at(request.job) - request.submitted_at) <= timedelta(milliseconds=1)


def test_what_is_claimed_is_not_seen_again(anywhere: Deployment) -> None:
    put(anywhere, "a.jpg")
    assert anywhere.intake.look().anything
    (request,) = claim(anywhere)
    assert not anywhere.intake.look().anything
    assert not after_a_crash(anywhere).look().anything
    assert after_a_crash(anywhere).open_claims() == {request.job: request}
    put(anywhere, "b.jpg")
    (later,) = claim(anywhere)
    assert [item.filename for item in later.items] == ["b.jpg"]


def test_the_same_drop_claimed_twice_is_the_same_job(anywhere: Deployment) -> None:
    put(anywhere, "a.jpg")
    put(anywhere, "b.jpg")
    view = anywhere.intake.look()
    first = anywhere.intake.claim(view)
    assert anywhere.intake.claim(view) == first
    assert after_a_crash(anywhere).claim(view) == first
    assert list(after_a_crash(anywhere).open_claims()) == [first[0].job]


def test_a_claim_lost_before_it_was_written_is_made_again_as_the_same_job(
    anywhere: Deployment,
) -> None:
    put(anywhere, "a.jpg")
    (first,) = claim(anywhere)
    anywhere.store.delete([keys.claim(first.job), keys.job_request(first.job)])
    restarted = after_a_crash(anywhere)
    assert restarted.claim(restarted.look()) == [first]


def test_a_claim_interrupted_halfway_ends_as_a_job_that_can_be_run(deployment: Deployment) -> None:
    put(deployment, "a.jpg")
    deployment.store.put("jobs", b"a file where a folder should be, so no record can be written")
    with pytest.raises(StoreUnavailable):
        claim(deployment)
    deployment.store.delete(["jobs"])
    restarted = after_a_crash(deployment)
    restarted.claim(restarted.look())
    (job,) = restarted.open_claims()
    assert [item.filename for item in restarted.request(job).items] == ["a.jpg"]


def test_new_content_under_a_claimed_name_is_a_new_job(anywhere: Deployment) -> None:
    put(anywhere, "a.jpg", b"old")
    (first,) = claim(anywhere)
    put(anywhere, "a.jpg", b"newer")
    (second,) = claim(anywhere)
    assert second.job != first.job
    assert [item.filename for item in second.items] == ["a.jpg"]
    assert anywhere.uploads.read(second.items[0]) == b"newer"


def test_a_burst_is_split_into_jobs_of_the_size_that_is_set(deployment: Deployment) -> None:
    for number in range(7):
        put(deployment, f"{number}.jpg")
    intake = Intake(deployment.store, deployment.inbox, deployment.tables, job_items=3)
    view = intake.look()
    requests = intake.claim(view)
    assert [len(request.items) for request in requests] == [3, 3, 1]
    assert len({request.job for request in requests}) == 3
    assert {item.filename for request in requests for item in request.items} == {
        f"{number}.jpg" for number in range(7)
    }
    assert intake.claim(view) == requests


def test_files_still_arriving_are_told_and_not_taken(settings: Settings, drop: Drop) -> None:
    with Deployment(settings.model_copy(update={"inbox_settle_s": 3600.0})) as patient:
        drop("whole.jpg", b"whole")
        os.utime(settings.home / "store/inbox/library/whole.jpg", (1e9, 1e9))
        drop("partial.jpg.part", b"half")
        view = patient.intake.look()
        assert view.arriving
        assert [arrival.filename for arrival in view.fresh["library"]] == ["whole.jpg"]


def test_nothing_is_arriving_when_all_is_there(anywhere: Deployment) -> None:
    put(anywhere, "a.jpg")
    assert not anywhere.intake.look().arriving


def test_ten_thousand_claimed_files_leave_nothing_fresh(
    deployment: Deployment, settings: Settings
) -> None:
    folder = settings.home / "store" / "inbox" / "library"
    for number in range(10_000):
        (folder / f"{number:05d}.jpg").touch()
    requests = claim(deployment)
    assert sum(len(request.items) for request in requests) == 10_000
    assert not deployment.intake.look().anything
    assert not after_a_crash(deployment).look().anything


def test_a_job_that_never_was_is_unknown(anywhere: Deployment) -> None:
    for ask in (anywhere.intake.request, anywhere.intake.ask_again):
        with pytest.raises(UnknownJob, match="01K0000000000000000000000A"):
            ask("01K0000000000000000000000A")
    assert anywhere.intake.retries() == {}


def test_wishes_to_run_a_job_again_stand_until_granted(anywhere: Deployment) -> None:
    put(anywhere, "a.jpg")
    (request,) = claim(anywhere)
    anywhere.intake.ask_again(request.job)
    anywhere.intake.ask_again(request.job)
    wishes = after_a_crash(anywhere).retries()
    assert list(wishes.values()) == [request.job, request.job]
    first, second = wishes
    anywhere.intake.granted([first])
    assert list(anywhere.intake.retries()) == [second]
    anywhere.intake.granted([first, second])
    assert anywhere.intake.retries() == {}
