"""The inbox sensor's tick while ten thousand known files lie in the inbox."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import dagster as dg

from benchmarks.homes import installation
from benchmarks.report import Line, print_section
from orchestration.inbox_sensor import tick
from resources.deployments import Deployment

KNOWN = 10_000
REPETITIONS = 5
TARGET_S = 1.0


def known_objects(workspace: Path) -> None:
    """One look of the intake and one whole tick, with nothing new to find."""
    home = workspace / "sensor"
    _known_drop(home)
    deployment = installation(home)
    first_s = _seconds(deployment.intake.look)
    look_s = median(_seconds(deployment.intake.look) for _ in range(REPETITIONS))
    tick_s = median(_seconds(lambda: _tick(deployment)) for _ in range(REPETITIONS))
    print_section(
        f"The inbox sensor with {KNOWN:,} known objects, medians of {REPETITIONS}",
        [
            Line("first look of a new process", f"{first_s:.3f} s"),
            Line.at_most("Intake.look()", look_s, TARGET_S, "s"),
            Line.at_most("a whole tick", tick_s, TARGET_S, "s"),
        ],
    )


def _known_drop(home: Path) -> None:
    inbox = home / "store" / "inbox" / "library"
    for number in range(KNOWN):
        folder = inbox / f"shoot {number // 200:03d}"
        folder.mkdir(parents=True, exist_ok=True)
        partial = folder / f".{number}"
        partial.write_bytes(b"not yet looked at")
        partial.rename(folder / f"photo {number:05d}.jpg")
    intake = installation(home).intake
    while (view := intake.look()).arriving:
        time.sleep(0.1)
    intake.claim(view)


def _tick(deployment: Deployment) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        cursor = json.dumps(sorted(deployment.intake.open_claims()))
        context = dg.build_sensor_context(instance=instance, cursor=cursor)
        answer = tick(context, deployment.intake, deployment.settings, look_for_s=0)
    if not isinstance(answer, dg.SkipReason):
        raise TypeError(f"the sensor found something new: {answer}")


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
