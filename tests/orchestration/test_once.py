"""Jobs done in one process: every item reaches an end, and what was killed is taken up."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import psutil
import pytest

from media import keys
from media.errors import UnknownJob
from orchestration.once import MAX_ATTEMPTS, JobRunner
from orchestration.run_processes import PROCESS_TAG, process_name
from resources.job_records import JobState
from tests.conftest import MakePicture

Drop = Callable[[str, bytes], Path]


def run_all(runner: JobRunner) -> list[str]:
    """The jobs run."""
    return list(runner.run_waiting(lambda _: None))


@pytest.fixture
def dead_process() -> str:
    """The name of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    name = process_name(process.pid)
    process.communicate(b"\n")
    assert not psutil.pid_exists(process.pid)
    return name


def test_a_dropped_photo_becomes_its_variants(
    runner: JobRunner, drop: Drop, make_picture: MakePicture
) -> None:
    path = drop("kitchen/door.jpg", make_picture(1600, 1200))
    [job] = run_all(runner)
    details = runner.ledger.job(job)
    [item] = details.items
    assert (details.state, item.status, item.filename) == ("done", "ready", "kitchen/door.jpg")
    assert {output.name: output.width_px for output in item.outputs} == {
        "thumbnail": 300, "sm": 640, "md": 1024, "lg": 1600, "xl": 1600,
    }  # fmt: skip
    assert not path.exists()
    assert {timing.step for timing in details.timings} >= {"uploads"}


def test_refused_items_leave_the_others_alone(
    runner: JobRunner, drop: Drop, make_picture: MakePicture
) -> None:
    drop("a good.jpg", make_picture())
    drop("b text.jpg", b"not a picture at all")
    drop("c cut.jpg", make_picture()[:2000])
    [job] = run_all(runner)
    details = runner.ledger.job(job)
    assert [(item.status, item.reason) for item in details.items] == [
        ("ready", None), ("refused", "unsupported_type"), ("refused", "corrupt"),
    ]  # fmt: skip
    kept = [stored.key for stored in runner.deployment.store.objects(keys.REFUSED)]
    assert kept == [f"refused/{job}/0002/b text.jpg", f"refused/{job}/0003/c cut.jpg"]


def test_the_same_files_again_make_nothing_new(
    runner: JobRunner, drop: Drop, make_picture: MakePicture
) -> None:
    picture = make_picture()
    drop("a.jpg", picture)
    [first] = run_all(runner)
    before = {stored.key for stored in runner.deployment.store.objects("outputs/")}
    drop("a.jpg", picture)
    [second] = run_all(runner)
    assert second != first
    assert {stored.key for stored in runner.deployment.store.objects("outputs/")} == before
    assert runner.ledger.job(second).items[0].outputs == runner.ledger.job(first).items[0].outputs


def test_new_content_under_an_old_name_is_a_new_job(
    runner: JobRunner, drop: Drop, make_picture: MakePicture
) -> None:
    drop("sofa.jpg", make_picture(color="tomato"))
    [first] = run_all(runner)
    drop("sofa.jpg", make_picture(color="teal"))
    [second] = run_all(runner)
    tables = [runner.ledger.job(job).items[0].outputs[0].key for job in (first, second)]
    assert len(set(tables)) == 2


def test_a_run_whose_process_is_gone_is_run_again(
    runner: JobRunner, drop: Drop, make_picture: MakePicture, dead_process: str
) -> None:
    drop("a.jpg", make_picture())
    job = _claimed(runner)
    run = _begun_run(runner, job, dead_process)
    assert run_all(runner) == [job]
    assert runner.ledger.state(job) is JobState.DONE
    closed = runner.instance.get_run_by_id(run.run_id)
    assert closed is not None
    assert closed.status is dg.DagsterRunStatus.FAILURE


def test_a_job_that_kills_its_process_every_time_is_left_as_failed(
    runner: JobRunner, drop: Drop, make_picture: MakePicture, dead_process: str
) -> None:
    drop("a.jpg", make_picture())
    job = _claimed(runner)
    for _ in range(MAX_ATTEMPTS):
        _begun_run(runner, job, dead_process)
    assert run_all(runner) == []
    assert runner.ledger.state(job) is JobState.FAILED


def test_a_run_of_a_living_process_is_left_alone(
    runner: JobRunner, drop: Drop, make_picture: MakePicture
) -> None:
    drop("a.jpg", make_picture())
    job = _claimed(runner)
    _begun_run(runner, job, process_name(psutil.Process().pid))
    assert run_all(runner) == []
    assert runner.ledger.state(job) is JobState.RUNNING


def test_a_claim_without_a_run_is_taken_up(
    runner: JobRunner, drop: Drop, make_picture: MakePicture
) -> None:
    drop("a.jpg", make_picture())
    [request] = runner.deployment.intake.claim(runner.deployment.intake.look())
    assert run_all(runner) == [request.job]


def test_a_failed_job_tells_why_and_waits_for_a_retry(
    runner: JobRunner, drop: Drop, make_picture: MakePicture
) -> None:
    drop("a.jpg", make_picture())
    intake, store = runner.deployment.intake, runner.deployment.store
    [request] = intake.claim(intake.look())
    broken = request.model_copy(update={"params": {"quality": 900}})
    store.put(keys.job_request(request.job), broken.model_dump_json().encode())
    assert run_all(runner) == [request.job]
    details = runner.ledger.job(request.job)
    assert details.state is JobState.FAILED
    assert "quality" in str(details.error)
    assert run_all(runner) == []
    store.put(keys.job_request(request.job), request.model_dump_json().encode())
    assert runner.run_job(request.job) is JobState.DONE


def test_an_unknown_job_is_said_to_be_unknown(runner: JobRunner) -> None:
    with pytest.raises(UnknownJob, match="01J00000000000000000000000"):
        runner.run_job("01J00000000000000000000000")


def _claimed(runner: JobRunner) -> str:
    [request] = runner.deployment.intake.claim(runner.deployment.intake.look())
    runner.instance.add_dynamic_partitions("library_jobs", [request.job])
    return request.job


def _begun_run(runner: JobRunner, job: str, process: str) -> dg.DagsterRun:
    """A run as it stands in the history when its process was killed in the middle."""
    return runner.instance.create_run_for_job(
        runner.definitions.get_job("library_job"),
        status=dg.DagsterRunStatus.STARTED,
        tags={"dagster/partition": job, PROCESS_TAG: process},
    )
