"""`showroom up` as a whole: a dropped photo is done, a killed run is done again, it stops clean."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import httpx
import psutil
import pytest

from orchestration.once import JobRunner
from orchestration.run_processes import PROCESS_TAG
from resources.job_records import JobState
from resources.replicate.webhooks import ReplicateWebhooks
from resources.settings import PROJECT_ROOT
from tests.api.signed_webhooks import SECRET, signed
from tests.conftest import MakePicture
from tests.ports import free_port

Drop = Callable[[str, bytes], Path]
PATIENCE_S = 120


@pytest.fixture
def api_port() -> int:
    return free_port()


@pytest.fixture
def up(runner: JobRunner, api_port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """`showroom up` over the test's installation; interrupted at the end if it still runs."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "orchestration.cli.main", "up", "--port", str(port)],
        cwd=PROJECT_ROOT,
        env={
            **os.environ,
            "SHOWROOM_HOME": str(runner.deployment.settings.home),
            "SHOWROOM_REPLICATE_WEBHOOK_URL": "https://showroom.example",
            "SHOWROOM_REPLICATE_WEBHOOK_SECRET": SECRET,
            "SHOWROOM_API_PORT": str(api_port),
            "SHOWROOM_APP_PORT": str(free_port()),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    yield process
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def until(condition: Callable[[], object]) -> None:
    """Return once `condition` holds; fail after two minutes."""
    patience = threading.Event()
    for _ in range(PATIENCE_S * 10):
        if condition():
            return
        patience.wait(0.1)
    raise AssertionError("it did not come to pass")


def test_services_call_its_api(
    runner: JobRunner, up: "subprocess.Popen[bytes]", api_port: int
) -> None:
    body = b'{"id": "gm3qorzdhgbfurvjtvhg6dckhu", "status": "succeeded"}'
    url = f"http://127.0.0.1:{api_port}/webhooks/replicate"
    answers: list[httpx.Response] = []

    def answered() -> bool:
        with contextlib.suppress(httpx.ConnectError):
            answers.append(httpx.post(url, content=body, headers=signed(body)))
        return bool(answers)

    until(answered)
    assert answers[0].json() == {"new": True}
    assert ReplicateWebhooks(runner.deployment.store).has_word_of("gm3qorzdhgbfurvjtvhg6dckhu")
    assert httpx.post(url, content=body).status_code == 401
    up.send_signal(signal.SIGINT)
    assert up.wait(60) == 0
    with pytest.raises(httpx.ConnectError):
        httpx.post(url, content=body)


def test_photos_dropped_while_it_runs(
    runner: JobRunner, up: "subprocess.Popen[bytes]", drop: Drop, make_picture: MakePicture
) -> None:
    drop("first.jpg", make_picture())
    until(lambda: [job.state for job in runner.ledger.jobs()] == [JobState.DONE])
    [first] = runner.ledger.jobs()

    for number in range(40):
        drop(f"{number}.jpg", make_picture(2400, 1600, color=f"hsl({number * 9}, 70%, 50%)"))
    until(lambda: _running_process(runner, first.job))
    killed = _running_process(runner, first.job)
    assert killed is not None
    killed.kill()
    until(lambda: {job.state for job in runner.ledger.jobs()} == {JobState.DONE})
    items = [
        item.status
        for job in runner.ledger.jobs()
        if job.job != first.job
        for item in runner.ledger.job(job.job).items
    ]
    assert items == ["ready"] * 40

    parts = psutil.Process(up.pid).children(recursive=True)
    up.send_signal(signal.SIGINT)
    assert up.wait(60) == 0
    _, alive = psutil.wait_procs(parts, timeout=30)
    assert alive == []


def _running_process(runner: JobRunner, other_than: str) -> psutil.Process | None:
    """The process of a run that has begun its steps, of another job than the one named."""
    for record in runner.ledger.jobs():
        run = runner.ledger.last_run(record.job)
        if record.job == other_than or run is None or PROCESS_TAG not in run.tags:
            continue
        if run.status is dg.DagsterRunStatus.STARTED:
            return psutil.Process(int(run.tags[PROCESS_TAG].rsplit(":", 2)[1]))
    return None
