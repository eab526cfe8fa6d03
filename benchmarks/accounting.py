"""What a command costs: its wall time, and the CPU time of every process it starts.

The benchmark makes itself the reaper of orphans (`prctl(2)`, Linux), so a process that outlives
its parent, such as a worker of a fork server, becomes a child of the benchmark and is waited
for. `RUSAGE_CHILDREN` counts a process and all that it has waited for once it is waited for
itself, so after the last one is gone no second is missing, and none counts twice.
"""

import ctypes
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parent.parent

_PR_SET_CHILD_SUBREAPER = 36
_STRAGGLERS_S = 30.0
_OURS = ("SHOWROOM_", "DAGSTER_")


@dataclass(frozen=True)
class Cost:
    """What one command took; `cpu_s` is user and system time of all its processes."""

    wall_s: float
    cpu_s: float
    output: str
    """What it wrote to standard output."""


def run_counted(
    command: Sequence[str | Path],
    environment: Mapping[str, str],
    while_running: Callable[[], None] = lambda: None,
) -> Cost:
    """Run a command in the project's folder and wait until every process of it is gone.

    `wall_s` ends when the command itself does. `while_running` is called over and over until
    then. Raises RuntimeError with the end of what it wrote when it fails, or when a process
    it has left behind does not end. No other child process may be running.
    """
    _adopt_orphans()
    before = _children_cpu_s()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, env=environment, cwd=PROJECT_ROOT, stdout=output, stderr=errors
        )
        while process.poll() is None:
            while_running()
            _wait_briefly(process)
        wall_s = time.perf_counter() - started
        _wait_for_stragglers()
        if process.returncode:
            errors.seek(0)
            last = errors.read().decode(errors="replace")[-2000:]
            raise RuntimeError(f"{command} ended with {process.returncode}:\n{last}")
        output.seek(0)
        return Cost(wall_s, _children_cpu_s() - before, output.read().decode(errors="replace"))


def clean_environment(**more: str) -> dict[str, str]:
    """The environment as a user has it: no settings of an installation, bytecode cached."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_OURS) and name != "PYTHONDONTWRITEBYTECODE"
    }
    return kept | more


def _wait_briefly(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(0.05)
    except subprocess.TimeoutExpired:
        return


def _adopt_orphans() -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER)")


def _children_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _wait_for_stragglers() -> None:
    deadline = time.monotonic() + _STRAGGLERS_S
    while time.monotonic() < deadline:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not ended:
            time.sleep(0.01)
    raise RuntimeError(f"a process left behind has not ended within {_STRAGGLERS_S:g} s")
