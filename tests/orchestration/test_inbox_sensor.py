"""The inbox sensor: what arrives is asked to run, once, whatever is killed in between."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import dagster as dg
import pytest

from orchestration.inbox_sensor import tick
from resources.dagster_home import up_lock
from resources.deployments import Deployment
from resources.inbox import Arrival, FolderInbox
from resources.intake import Intake

Drop = Callable[[str, bytes], Path]


class WatchedInbox(FolderInbox):
    """A folder inbox that tells when it has been looked at."""

    def __init__(self, deployment: Deployment) -> None:
        assert deployment.store.folder is not None
        super().__init__(deployment.store, deployment.store.folder, settle_s=0)
        self.looked = threading.Event()

    def arrivals(self, pipeline: str) -> list[Arrival]:
        """Everything there; sets `looked` afterwards."""
        found = super().arrivals(pipeline)
        self.looked.set()
        return found


def ask(
    deployment: Deployment,
    cursor: str | None = None,
    look_for_s: float = 0,
    intake: Intake | None = None,
) -> dg.SensorResult | dg.SkipReason:
    """One tick as a fresh sensor process would make it."""
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_sensor_context(instance=instance, cursor=cursor)
        intake = intake or Intake(deployment.store, deployment.inbox, deployment.tables)
        return tick(context, intake, deployment.settings, look_for_s)


def result_of(answer: dg.SensorResult | dg.SkipReason) -> dg.SensorResult:
    """The answer, which must ask for runs."""
    assert isinstance(answer, dg.SensorResult)
    return answer


def run_keys(answer: dg.SensorResult | dg.SkipReason) -> list[str]:
    """The run keys asked for."""
    return [str(request.run_key) for request in result_of(answer).run_requests or []]


def test_an_empty_inbox_asks_for_nothing(deployment: Deployment) -> None:
    assert isinstance(ask(deployment), dg.SkipReason)


def test_a_burst_is_one_job_with_its_partition(deployment: Deployment, drop: Drop) -> None:
    for number in range(5):
        drop(f"photo {number}.jpg", b"bytes")
    answer = result_of(ask(deployment))
    requests = answer.run_requests or []
    [job] = [str(request.partition_key) for request in requests]
    assert requests[0].job_name == "library_job"
    assert [added.partition_keys for added in answer.dynamic_partitions_requests or []] == [[job]]
    assert len(deployment.intake.request(job).items) == 5


def test_what_was_asked_for_is_not_asked_for_again(deployment: Deployment, drop: Drop) -> None:
    drop("a.jpg", b"bytes")
    first = result_of(ask(deployment))
    assert isinstance(ask(deployment, first.cursor), dg.SkipReason)


def test_a_sensor_killed_before_its_answer_arrived_asks_for_the_same_job(
    deployment: Deployment, drop: Drop
) -> None:
    drop("a.jpg", b"bytes")
    lost = run_keys(ask(deployment))
    drop("b.jpg", b"other")
    assert run_keys(ask(deployment)) == lost


def test_more_files_than_a_job_holds_become_several_jobs(
    deployment: Deployment, drop: Drop
) -> None:
    for number in range(501):
        drop(f"{number}.jpg", b"bytes")
    jobs = run_keys(ask(deployment))
    assert sorted(len(deployment.intake.request(job).items) for job in jobs) == [1, 500]


def test_a_tick_that_is_waiting_sees_what_arrives(deployment: Deployment, drop: Drop) -> None:
    inbox = WatchedInbox(deployment)
    intake = Intake(deployment.store, inbox, deployment.tables)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(ask, deployment, look_for_s=60, intake=intake)
        assert inbox.looked.wait(10)
        drop("late.jpg", b"bytes")
        assert len(run_keys(answer.result(30))) == 1


def test_a_waiting_tick_ends_when_showroom_up_is_stopped(deployment: Deployment) -> None:
    inbox = WatchedInbox(deployment)
    lock = up_lock(deployment.settings)
    lock.acquire()
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(
            ask,
            deployment,
            look_for_s=600,
            intake=Intake(deployment.store, inbox, deployment.tables),
        )
        assert inbox.looked.wait(10)
        lock.release()
        assert isinstance(answer.result(30), dg.SkipReason)


def test_a_wish_to_run_again_is_a_new_run_of_the_same_job(
    deployment: Deployment, drop: Drop
) -> None:
    drop("a.jpg", b"bytes")
    first = result_of(ask(deployment))
    [job] = run_keys(first)
    deployment.intake.ask_again(job)
    again = result_of(ask(deployment, first.cursor))
    [request] = again.run_requests or []
    assert request.partition_key == job
    assert request.run_key != job
    assert isinstance(ask(deployment, again.cursor), dg.SkipReason)
    assert not deployment.intake.retries()


def test_files_still_being_written_are_waited_for(
    deployment: Deployment, drop: Drop, tmp_path: Path
) -> None:
    settled_late = deployment.settings.model_copy(update={"inbox_settle_s": 3600})
    slow = Deployment(settled_late)
    drop("whole.jpg", b"bytes")
    assert slow.store.folder is not None
    (slow.store.folder / "inbox" / "library" / "growing.jpg").write_bytes(b"half")
    [job] = run_keys(ask(slow))
    assert [item.filename for item in slow.intake.request(job).items] == ["whole.jpg"]


@pytest.mark.parametrize("name", ["photo.jpg.part", ".hidden.jpg", "folder/.hidden/photo.jpg"])
def test_unfinished_names_wait(deployment: Deployment, drop: Drop, name: str) -> None:
    drop(name, b"bytes")
    assert isinstance(ask(deployment), dg.SkipReason)
