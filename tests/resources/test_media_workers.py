"""Media workers: whatever an item does to its process, its caller hears and the next is served."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import psutil
import pytest

from media.errors import (
    CorruptMedia,
    DecoderCrashed,
    OutOfMemory,
    OutOfTime,
    ShowroomError,
    UnexpectedError,
)
from resources.media_workers import Allowance, MediaWorkers
from tests.resources import worker_tasks

MEMORY_BYTES = 500_000_000
PATIENT_S = 60.0


@pytest.fixture(scope="module")
def shared() -> Iterator[MediaWorkers]:
    """Workers for the tests that leave them as they were."""
    with MediaWorkers(2, MEMORY_BYTES, PATIENT_S) as workers:
        yield workers


@pytest.fixture
def workers() -> Iterator[MediaWorkers]:
    """One worker, for the tests that do it harm."""
    with MediaWorkers(1, MEMORY_BYTES, PATIENT_S) as made:
        yield made


def test_a_result_comes_back_from_another_process(shared: MediaWorkers) -> None:
    assert shared.run(worker_tasks.double, 21, plus=1) == 43
    assert shared.run(worker_tasks.own_pid) != os.getpid()
    assert len(shared.run(worker_tasks.return_lots, 50_000_000)) == 50_000_000


def test_a_refusal_comes_out_as_itself(shared: MediaWorkers) -> None:
    with pytest.raises(CorruptMedia, match=r"^cut off$") as raised:
        shared.run(worker_tasks.refuse, "cut off")
    assert raised.value.outcome() == {
        "status": "refused",
        "reason": "corrupt",
        "detail": "cut off",
    }


@pytest.mark.parametrize("task", [worker_tasks.divide_by_zero, worker_tasks.exit_politely])
def test_an_error_nobody_foresaw_is_unexpected_and_named(
    shared: MediaWorkers, task: Callable[[], object]
) -> None:
    with pytest.raises(UnexpectedError, match=r"ZeroDivisionError|SystemExit"):
        shared.run(task)


def test_the_log_says_where_an_unforeseen_error_happened(
    shared: MediaWorkers, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(UnexpectedError):
        shared.run(worker_tasks.divide_by_zero)
    assert "return 1 / 0" in caplog.text


@pytest.mark.parametrize("task", [worker_tasks.raise_awkward, worker_tasks.return_function])
def test_what_cannot_travel_between_processes_costs_one_item(
    workers: MediaWorkers, task: Callable[[], object]
) -> None:
    with pytest.raises(ShowroomError):
        workers.run(task)
    assert workers.run(worker_tasks.double, 2) == 4


def test_work_without_end_is_stopped_and_the_next_item_is_served(tmp_path: Path) -> None:
    with MediaWorkers(1, MEMORY_BYTES, time_s=0.5) as workers:
        started = tmp_path / "started"
        with pytest.raises(OutOfTime, match=r"longer than 0\.5 seconds"):
            workers.run(worker_tasks.hang, str(started))
        assert not psutil.pid_exists(int(started.read_text()))
        assert workers.run(worker_tasks.double, 2) == 4


def test_waiting_for_a_free_worker_does_not_count_as_working() -> None:
    with MediaWorkers(1, MEMORY_BYTES, time_s=1.5) as workers, ThreadPoolExecutor(6) as threads:
        slow = [threads.submit(workers.run, worker_tasks.take_a_while, 0.4) for _ in range(6)]
        assert [future.result() for future in slow] == [0.4] * 6


@pytest.mark.parametrize(
    "task", [worker_tasks.hoard_memory, partial(worker_tasks.return_lots, 4_000_000_000)]
)
def test_too_much_memory_is_refused_and_the_next_item_is_served(
    workers: MediaWorkers, task: Callable[[], object]
) -> None:
    with pytest.raises(OutOfMemory):
        workers.run(task)
    assert workers.run(worker_tasks.double, 2) == 4


def test_an_item_may_have_more_memory_of_its_own_up_to_a_bound() -> None:
    large = partial(worker_tasks.allocate, MEMORY_BYTES)
    with MediaWorkers(1, MEMORY_BYTES, PATIENT_S, most_bytes=3 * MEMORY_BYTES) as workers:
        with pytest.raises(OutOfMemory):
            workers.run(large)
        assert workers.run_within(Allowance(2 * MEMORY_BYTES, PATIENT_S), large) == MEMORY_BYTES
        # What one item was allowed is not the next one's.
        with pytest.raises(OutOfMemory):
            workers.run(large)
        bound = Allowance(10 * MEMORY_BYTES, PATIENT_S)
        with pytest.raises(OutOfMemory):
            workers.run_within(bound, worker_tasks.allocate, 3 * MEMORY_BYTES)


def test_an_item_may_have_a_time_of_its_own(shared: MediaWorkers) -> None:
    with pytest.raises(OutOfTime, match=r"longer than 0\.2 seconds"):
        shared.run_within(Allowance(MEMORY_BYTES, 0.2), worker_tasks.take_a_while, 60.0)


@pytest.mark.parametrize(
    ("task", "cause"),
    [
        (worker_tasks.exit_at_once, "exit code 3"),
        (worker_tasks.touch_address_zero, "SIGSEGV"),
    ],
)
def test_a_crash_is_refused_with_its_cause_and_the_next_item_is_served(
    workers: MediaWorkers, task: Callable[[], None], cause: str
) -> None:
    with pytest.raises(DecoderCrashed, match=cause):
        workers.run(task)
    assert workers.run(worker_tasks.double, 2) == 4


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGABRT, signal.SIGTERM])
def test_a_worker_that_is_killed_costs_one_item(
    workers: MediaWorkers, number: signal.Signals
) -> None:
    with pytest.raises(DecoderCrashed):
        workers.run(worker_tasks.die_of, int(number))
    assert workers.run(worker_tasks.double, 2) == 4


def test_a_worker_killed_while_it_waits_costs_no_item_and_leaves_no_other_behind() -> None:
    with MediaWorkers(2, MEMORY_BYTES, PATIENT_S) as pool, ThreadPoolExecutor(2) as threads:
        pids = {threads.submit(pool.run, worker_tasks.own_pid_after, 0.3) for _ in range(2)}
        killed, other = (psutil.Process(future.result()) for future in pids)
        killed.kill()
        psutil.wait_procs([killed])
        assert pool.run(worker_tasks.double, 2) == 4
        assert pool.run(worker_tasks.double, 3) == 6
    assert psutil.wait_procs([other], timeout=10)[0] == [other]


def test_a_crash_that_was_not_the_items_fault_is_forgiven(
    workers: MediaWorkers, tmp_path: Path
) -> None:
    assert workers.run(worker_tasks.crash_once, str(tmp_path / "crashed")) == "second time"


def test_many_threads_get_each_their_own_result(shared: MediaWorkers) -> None:
    def ask(number: int) -> int | str:
        if number % 10:
            return shared.run(worker_tasks.double, number)
        with pytest.raises(CorruptMedia) as raised:
            shared.run(worker_tasks.refuse, str(number))
        return str(raised.value)

    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(ask, range(200)))
    assert answers == [n * 2 if n % 10 else str(n) for n in range(200)]


def test_a_crash_among_others_costs_only_its_own_item() -> None:
    with MediaWorkers(2, MEMORY_BYTES, PATIENT_S) as pool, ThreadPoolExecutor(4) as threads:
        crash = threads.submit(pool.run, worker_tasks.exit_at_once)
        others = [threads.submit(pool.run, worker_tasks.double, number) for number in range(20)]
        assert [future.result() for future in others] == [number * 2 for number in range(20)]
        with pytest.raises(DecoderCrashed):
            crash.result()


def test_closing_abandons_the_work_and_leaves_no_worker_behind(tmp_path: Path) -> None:
    workers = MediaWorkers(2, MEMORY_BYTES, time_s=10)
    places = [tmp_path / "one", tmp_path / "two"]
    with ThreadPoolExecutor(2) as threads:
        hanging = [threads.submit(workers.run, worker_tasks.hang, str(place)) for place in places]
        pids: list[str] = []
        while len(pids) < 2 and not any(future.done() for future in hanging):
            pids = [pid for place in places if place.exists() and (pid := place.read_text())]
        workers.close()
        for future in hanging:
            with pytest.raises(ShowroomError):
                future.result()
    assert [place.read_text() for place in places] == pids, "the work was begun again"
    assert not any(psutil.pid_exists(int(pid)) for pid in pids)
    workers.close()


def test_ctrl_c_in_the_terminal_leaves_the_workers_to_their_parent(workers: MediaWorkers) -> None:
    pid = workers.run(worker_tasks.own_pid)
    os.kill(pid, signal.SIGINT)
    assert workers.run(worker_tasks.own_pid) == pid
