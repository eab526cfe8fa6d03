"""Children that ask for pictures and are killed at it, run again until they are through.

The server is the parent's, so what was charged is known for certain. A child is forked from a
server process that has everything imported, so that a kill meets work and not an import.
"""

import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue

import psutil

from resources.budgets import Budget
from resources.object_store import ObjectStore
from resources.replicate.image_models import IMAGE_MODELS
from resources.settings import Settings
from tests.resources.replicate.parts import (
    QWEN_USD,
    SDXL,
    TASK,
    Patience,
    image_model_over,
    image_task,
    model_over,
    photo,
)
from tests.resources.replicate.server import ReplicateServer

PICTURES = 3
_PHOTO_PX = (240, 160)
_MOST_KILLS = 3
_REQUESTS = 18
"""A child that is left alone makes more."""
_BETWEEN_REQUESTS_S = 0.015
_LONGEST_S = 20.0


@dataclass
class Round:
    """One job that was killed and run again until it was done."""

    kills: int = 0
    twice: int = 0
    """Pictures charged more than once."""
    lost: int = 0
    """Pictures charged or wanted, and not there in the end."""
    wrong_bills: int = 0
    """Pictures whose rows do not say what the job has paid."""
    steps: list[str] = field(default_factory=list)
    """What the server was doing when a kill was sent."""


def stage_all(url: str, home: Path, pictures: int) -> None:
    """What a child does: stage all pictures at once and note what its rows would say."""
    settings = Settings(home=home)
    store = ObjectStore.from_settings(settings)
    model = model_over(url, store, Patience())
    budget = Budget()

    def stage(seed: int) -> None:
        room = model.stage(photo(*_PHOTO_PX), replace(TASK, seed=seed), budget)
        row = f"{room.prediction} {room.made_by.cost_usd} {len(room.data)}"
        store.put(f"rows/{seed}", row.encode())

    with ThreadPoolExecutor(pictures) as threads:
        list(threads.map(stage, range(1, pictures + 1)))


def imagine_all(url: str, home: Path, pictures: int) -> None:
    """The same for pictures of designs, by a model that is asked by version."""
    settings = Settings(home=home)
    store = ObjectStore.from_settings(settings)
    model = image_model_over(url, store, Patience())
    budget = Budget()

    def imagine(seed: int) -> None:
        picture = model.imagine(image_task(seed=seed, model=SDXL), budget)
        row = f"{picture.prediction} {picture.made_by.cost_usd} {len(picture.data)}"
        store.put(f"rows/{seed}", row.encode())

    with ThreadPoolExecutor(pictures) as threads:
        list(threads.map(imagine, range(1, pictures + 1)))


@dataclass(frozen=True)
class Chore:
    """What a child does, and what each of its pictures costs."""

    does: Callable[[str, Path, int], None]
    cost_usd: float


STAGING = Chore(stage_all, QWEN_USD)
IMAGINING = Chore(imagine_all, IMAGE_MODELS[SDXL].cost_usd)


def preloaded() -> ForkServerContext:
    """A context whose children have everything imported."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__, "replicate.client", "pyrate_limiter"])
    return context


def killed_at_random(
    context: ForkServerContext, server: ReplicateServer, home: Path, chance: random.Random
) -> Round:
    """A round whose first children, up to three, are killed at random moments of their work.

    A moment is so many requests into the work and some milliseconds more: on a slow machine
    work is slow too.
    """
    found = Round()
    for _ in range(_MOST_KILLS):
        moment = _Moment(server, requests=chance.randrange(_REQUESTS))
        child = _start(context, server, home, STAGING)
        if not moment.comes_before_the_end_of(child):
            break
        time.sleep(chance.uniform(0.0, _BETWEEN_REQUESTS_S))
        found.steps.append(server.last_call)
        found.kills += 1
        _kill(child)
    _finish(_start(context, server, home, STAGING))
    return _judged(found, server, home, STAGING)


class _Moment:
    """When a server has been asked so often from now on."""

    def __init__(self, server: ReplicateServer, requests: int) -> None:
        self._left = requests
        self._is_now = threading.Event()
        self._lock = threading.Lock()
        server.on_request = self._count
        if not requests:
            self._is_now.set()

    def comes_before_the_end_of(self, child: BaseProcess) -> bool:
        """Wait for it, or for the end of the child."""
        while not self._is_now.wait(0.005):
            if not child.is_alive():
                return False
        return True

    def _count(self, _kind: str, phase: str) -> None:
        with self._lock:
            self._left -= phase == "before"
            if self._left <= 0:
                self._is_now.set()


def killed_on_request(
    context: ForkServerContext,
    server: ReplicateServer,
    home: Path,
    step: tuple[str, str],
    chore: Chore = STAGING,
) -> Round:
    """A round whose first child is killed while the server serves its first request of a kind.

    `step` is the kind, and whether that is before it is served or `after`, unanswered.
    """
    found = Round()
    children: SimpleQueue[psutil.Process] = SimpleQueue()

    def kill(kind: str, phase: str) -> None:
        if (kind, phase) == step and not found.kills:
            found.kills += 1
            found.steps.append(kind)
            first = children.get()
            first.kill()
            # Whatever the server answers, nobody is to hear it.
            first.wait(_LONGEST_S)

    server.on_request = kill
    child = _start(context, server, home, chore)
    children.put(psutil.Process(child.pid))
    child.join(_LONGEST_S)
    if not found.kills:
        raise TimeoutError(f"the child never came to {step}")
    _finish(_start(context, server, home, chore))
    return _judged(found, server, home, chore)


def _start(
    context: ForkServerContext, server: ReplicateServer, home: Path, chore: Chore
) -> BaseProcess:
    child = context.Process(target=chore.does, args=(server.url, home, PICTURES), daemon=True)
    child.start()
    return child


def _kill(child: BaseProcess) -> None:
    child.kill()
    child.join()


def _finish(child: BaseProcess) -> None:
    child.join(_LONGEST_S)
    if child.exitcode is None:
        _kill(child)
        raise TimeoutError("a child hangs")
    if child.exitcode:
        raise ChildProcessError(f"a child failed with {child.exitcode}")


def _judged(found: Round, server: ReplicateServer, home: Path, chore: Chore) -> Round:
    """The round with what the bill says of it."""
    store = ObjectStore.from_settings(Settings(home=home))
    charges = {question[3]: times for question, times in server.bill.items()}
    for seed in range(1, PICTURES + 1):
        try:
            prediction, cost_usd, size = store.get(f"rows/{seed}").decode().split()
        except FileNotFoundError:
            found.lost += 1
            continue
        found.lost += prediction not in server.works or not int(size)
        found.twice += charges.get(seed, 0) != 1
        found.wrong_bills += float(cost_usd) != chore.cost_usd
    return found
