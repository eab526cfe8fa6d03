"""Runs killed with SIGKILL while they wait for pictures: none is paid for twice, none is lost."""

import random
from collections.abc import Iterator
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from tests.resources.replicate.kills import (
    IMAGINING,
    PICTURES,
    killed_at_random,
    killed_on_request,
    preloaded,
)
from tests.resources.replicate.server import ReplicateServer

ROUNDS = 12
_STEPS = [
    ("model", "before"),
    ("upload", "before"),
    ("upload", "after"),
    ("create", "before"),
    ("create", "after"),
    ("get", "before"),
    ("get", "after"),
    ("download", "before"),
    ("download", "after"),
]
_STEPS_WITHOUT_PHOTO = [step for step in _STEPS if step[0] != "upload"]


@pytest.fixture(scope="module")
def context() -> ForkServerContext:
    """Where children come from."""
    return preloaded()


@pytest.fixture
def server() -> Iterator[ReplicateServer]:
    """A Replicate that works for a while and lists what it began a little later."""
    with ReplicateServer(takes_s=0.1, listed_after_s=0.03) as made:
        yield made


@pytest.mark.parametrize("step", _STEPS, ids="-".join)
def test_a_kill_at_any_step_costs_nothing_twice(
    context: ForkServerContext, server: ReplicateServer, tmp_path: Path, step: tuple[str, str]
) -> None:
    found = killed_on_request(context, server, tmp_path, step)
    assert (found.kills, found.twice, found.lost, found.wrong_bills) == (1, 0, 0, 0)
    assert server.charged == PICTURES


@pytest.mark.parametrize("step", _STEPS_WITHOUT_PHOTO, ids="-".join)
def test_a_kill_at_any_step_of_a_picture_from_words_costs_nothing_twice(
    context: ForkServerContext, server: ReplicateServer, tmp_path: Path, step: tuple[str, str]
) -> None:
    found = killed_on_request(context, server, tmp_path, step, IMAGINING)
    assert (found.kills, found.twice, found.lost, found.wrong_bills) == (1, 0, 0, 0)
    assert server.charged == PICTURES


def test_kills_at_random_moments_cost_nothing_twice(
    context: ForkServerContext, tmp_path: Path
) -> None:
    chance = random.Random(20_260_101)  # noqa: S311 - moments, not secrets
    kills = 0
    for number in range(ROUNDS):
        with ReplicateServer(takes_s=0.1, listed_after_s=0.03) as server:
            found = killed_at_random(context, server, tmp_path / str(number), chance)
        assert (found.twice, found.lost, found.wrong_bills) == (0, 0, 0), found
        kills += found.kills
    assert kills >= ROUNDS
