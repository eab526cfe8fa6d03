"""The staging pipeline with Replicate, spoken to over HTTP: costs, budgets, kills."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from media.pipelines.staging import STAGED_IMAGES, STAGING_PROMPTS
from media.requests import Parameters
from orchestration.once import JobRunner
from resources.dagster_home import open_instance
from resources.deployments import Deployment
from resources.settings import PROJECT_ROOT, Settings
from tests.pipelines.job_tables import rows
from tests.resources.replicate.http import TOKEN
from tests.resources.replicate.parts import FILL, KONTEXT, QWEN, QWEN_USD, photo
from tests.resources.replicate.server import ReplicateServer

PARAMETERS: Parameters = {"room_type": "office", "style": "modern,industrial", "variations": 2}


@pytest.fixture
def replicate() -> Iterator[ReplicateServer]:
    with ReplicateServer() as server:
        yield server


@pytest.fixture
def asking(settings: Settings, replicate: ReplicateServer) -> Iterator[JobRunner]:
    """A runner over an installation that has a token."""
    served = settings.model_copy(
        update={"replicate_api_token": SecretStr(TOKEN), "replicate_url": replicate.url}
    )
    with Deployment(served) as deployment, open_instance(served) as instance:
        yield JobRunner.over(deployment, instance)


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A photo in which no preview could be drawn."""
    path = tmp_path / "room.jpg"
    path.write_bytes(photo(640, 480))
    return path


def run(runner: JobRunner, photos: list[Path], params: Parameters) -> str:
    job = runner.deployment.submissions.submit("staging", photos, params)
    assert runner.run_job(job) == "done"
    return job


def test_each_picture_is_paid_for_once_and_the_job_tells_what_it_cost(
    asking: JobRunner, replicate: ReplicateServer, room: Path
) -> None:
    job = run(asking, [room], PARAMETERS)
    prompts = rows(asking, STAGING_PROMPTS, job)
    assert prompts.select("provider", "model", "estimated_cost_usd").unique().rows() == [
        ("replicate", QWEN, QWEN_USD)
    ]
    staged = rows(asking, STAGED_IMAGES, job)
    assert staged.select("status", "cost_usd").unique().rows() == [("ready", QWEN_USD)]
    assert staged["prediction"].n_unique() == 4
    assert staged["seed"].to_list() == prompts["seed"].to_list()
    asked = {(question[2], question[3]) for question in replicate.bill}
    assert asked == set(prompts.select("prompt", "seed").rows())
    assert set(replicate.bill.values()) == {1}
    assert asking.ledger.job(job).cost_usd == pytest.approx(4 * QWEN_USD)

    again = run(asking, [room], PARAMETERS)
    assert replicate.charged == 4
    assert asking.ledger.job(again).cost_usd == 0
    assert rows(asking, STAGED_IMAGES, again)["key"].to_list() == staged["key"].to_list()


def test_a_job_keeps_to_its_budget(
    asking: JobRunner, replicate: ReplicateServer, room: Path
) -> None:
    job = run(asking, [room], {**PARAMETERS, "max_cost_usd": 2.5 * QWEN_USD})
    staged = rows(asking, STAGED_IMAGES, job)
    outcomes = sorted(staged["reason"].to_list(), key=str)
    assert outcomes == [None, None, "budget_spent", "budget_spent"]
    assert replicate.charged == 2
    item = asking.ledger.job(job).items[0]
    assert (len(item.outputs), len(item.withheld)) == (2, 2)


def test_one_picture_that_fails_costs_one_row_and_a_retry_asks_for_it_alone(
    asking: JobRunner, replicate: ReplicateServer, room: Path
) -> None:
    replicate.fated("moderated", "succeeded", "succeeded", "succeeded")
    job = run(asking, [room], PARAMETERS)
    staged = rows(asking, STAGED_IMAGES, job)
    assert sorted(staged["reason"].to_list(), key=str) == [None, None, None, "moderated"]
    before = len(replicate.bodies)
    assert asking.run_job(job) == "done"
    assert len(replicate.bodies) == before + 1
    assert set(rows(asking, STAGED_IMAGES, job)["status"]) == {"ready"}


def test_models_are_chosen_by_name_and_an_area_needs_one_that_takes_masks(
    asking: JobRunner, replicate: ReplicateServer, room: Path
) -> None:
    for model, params, reason in (
        (KONTEXT, {}, None),
        (FILL, {"area": "0,50,100,100"}, None),
        (QWEN, {"area": "floor"}, "mode_not_offered"),
        ("nobody/nothing", {}, "mode_not_offered"),
    ):
        job = run(asking, [room], {"room_type": "office", "model": model, **params})
        assert rows(asking, STAGED_IMAGES, job)["reason"].to_list() == [reason], model
    assert sorted(question[0] for question in replicate.bill) == sorted([KONTEXT, FILL])


@pytest.mark.parametrize("moment", ["upload", "create", "get"])
def test_a_run_that_is_killed_while_it_waits_is_finished_by_the_next_and_pays_once(
    asking: JobRunner, replicate: ReplicateServer, room: Path, moment: str
) -> None:
    job = asking.deployment.submissions.submit("staging", [room], PARAMETERS)
    reached = threading.Event()

    def notice(kind: str, phase: str) -> None:
        if (kind, phase) == (moment, "after"):
            reached.set()

    replicate.on_request = notice
    replicate.takes_s = 0.5
    process = _run_once(asking.deployment.settings, replicate)
    assert reached.wait(60)
    process.send_signal(signal.SIGKILL)
    process.wait()

    # The place in the pool that the killed run held is free again, or this would never end.
    assert _run_once(asking.deployment.settings, replicate).wait(90) == 0

    details = asking.ledger.job(job)
    assert (details.state, details.items[0].status) == ("done", "ready")
    assert len(details.items[0].outputs) == 4
    assert sorted(replicate.bill.values()) == [1, 1, 1, 1]
    assert details.cost_usd == pytest.approx(4 * QWEN_USD)


def _run_once(settings: Settings, replicate: ReplicateServer) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "orchestration.cli.main", "run", "--once"],
        cwd=PROJECT_ROOT,
        env={
            **os.environ,
            "SHOWROOM_HOME": str(settings.home),
            "SHOWROOM_REPLICATE_API_TOKEN": TOKEN,
            "SHOWROOM_REPLICATE_URL": replicate.url,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
