"""`python -m benchmarks.staging`: what staging adds to the time that the provider takes.

A local Replicate whose model works for nine seconds stages twenty pictures, ten at a time.
"""

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import mean

from benchmarks.report import Line, print_section
from media.limits import MediaLimits
from resources.budgets import Budget
from resources.media_workers import MediaWorkers
from resources.object_store import ObjectStore
from resources.replicate.staging_model import ReplicateStagingModel
from resources.replicate.terms import Terms
from resources.settings import Settings
from tests.resources.replicate.http import TOKEN
from tests.resources.replicate.parts import TASK, photo
from tests.resources.replicate.server import ReplicateServer

PICTURES = 20
ALONE = 3
AT_ONCE = 10
MODEL_S = 9.0
MOST_S = 25.0
MOST_ADDED_S = 0.3
_PHOTO_PX = (1600, 1200)


def staging(workspace: Path) -> None:
    """Twenty photos, ten at a time, at Replicate's own pace."""
    store = ObjectStore.from_settings(Settings(home=workspace))
    with ReplicateServer(takes_s=MODEL_S) as server, MediaWorkers(2, 10**9, 60.0) as workers:
        terms = Terms(base_url=server.url)
        model = ReplicateStagingModel(
            TOKEN, store, workers, MediaLimits(), at_once=AT_ONCE, terms=terms
        )
        pictures = [photo(*_PHOTO_PX, seed=number) for number in range(1 + ALONE + PICTURES)]
        _took_s(model, pictures[0])  # starts workers and connections
        alone_s = [_took_s(model, picture) for picture in pictures[1 : 1 + ALONE]]
        polls = server.calls["get"]
        started, cpu = time.monotonic(), time.process_time()
        took_s = _stage_all(model, pictures[1 + ALONE :])
        all_s, cpu_s = time.monotonic() - started, time.process_time() - cpu
        polls = server.calls["get"] - polls
    added_s = all_s - MODEL_S * PICTURES / AT_ONCE
    print_section(
        f"Staging: {PICTURES} pictures of {_PHOTO_PX[0]} x {_PHOTO_PX[1]}, {AT_ONCE} at a time, "
        f"a model of {MODEL_S:g} s",
        [
            Line.at_most("all of them", all_s, MOST_S, "s"),
            Line.at_most("added to a picture alone", mean(alone_s) - MODEL_S, MOST_ADDED_S, "s"),
            Line.at_most("added to all, per picture", added_s / PICTURES, MOST_ADDED_S, "s"),
            Line("added to one of ten that start at once", f"{mean(took_s) - MODEL_S:.2f} s"),
            Line("asked how far it is, per picture", f"{polls / PICTURES:.1f} times"),
            Line("CPU per picture, the server's part too", f"{cpu_s / PICTURES:.2f} s"),
        ],
    )


def _stage_all(model: ReplicateStagingModel, pictures: list[bytes]) -> list[float]:
    """Seconds that the picture of each photo took."""

    with ThreadPoolExecutor(model.at_once) as threads:
        return list(threads.map(lambda picture: _took_s(model, picture), pictures))


def _took_s(model: ReplicateStagingModel, picture: bytes) -> float:
    started = time.monotonic()
    model.stage(picture, TASK, Budget())
    return time.monotonic() - started


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="showroom-benchmark-") as folder:
        staging(Path(folder))
