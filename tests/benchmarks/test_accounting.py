"""The accounting misses no process: forks of a fork server and orphans are counted too."""

import subprocess
import sys

import pytest

from benchmarks.accounting import PROJECT_ROOT

BURN_S = 0.4
BURN = f"""
import time
def burn():
    while time.process_time() < {BURN_S}:
        pass
"""
CHILDREN = {
    "itself": "burn()",
    "child": "import subprocess, sys; subprocess.run([sys.executable, '-c', source + 'burn()'])",
    "fork of a fork server": (
        "from multiprocessing import get_context\n"
        "if __name__ == '__main__':\n"
        "    one = get_context('forkserver').Process(target=exec, args=(source + 'burn()', {}))\n"
        "    one.start(); one.join()"
    ),
    "orphan": (
        "import os\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        time.sleep(0.3); burn()\n"
        "    os._exit(0)"
    ),
}

MEASURE = """
import sys
from benchmarks.accounting import clean_environment, run_counted
print(run_counted([sys.executable, "-c", sys.argv[1]], clean_environment()).cpu_s)
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="prctl(2) is Linux's")


@pytest.mark.parametrize("child", CHILDREN)
def test_cpu_of_every_process_is_counted(child: str) -> None:
    idle = measured(BURN)
    busy = measured(f"source = {BURN!r}\n{BURN}\n{CHILDREN[child]}")
    assert busy.returncode == 0
    assert 0.9 * BURN_S <= float(busy.stdout) - float(idle.stdout) <= BURN_S + 1


def test_a_failing_command_is_an_error_that_shows_its_last_words() -> None:
    failed = measured("raise SystemExit('out of paper')")
    assert failed.returncode == 1
    assert "out of paper" in failed.stderr


def measured(script: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own: the accounting waits for every child of its process."""
    command = [sys.executable, "-c", MEASURE, script]
    return subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True, check=False)
