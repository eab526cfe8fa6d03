"""`python -m benchmarks.kills [--rounds N]`: jobs killed at random, and what they cost.

Each round is a job of a few pictures, staged through the real client over a local Replicate that
keeps a bill. It is killed up to three times with SIGKILL and run again until it is done.
"""

import argparse
import random
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.report import Line, print_section
from tests.resources.replicate.kills import PICTURES, Round, killed_at_random, preloaded
from tests.resources.replicate.server import ReplicateServer

_SEED = 1


def main() -> None:
    """Kill jobs at random moments and count what was paid twice, or lost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="jobs (default: %(default)s)")
    rounds = parser.parse_args().rounds
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="showroom-benchmark-") as folder:
        found = _rounds(Path(folder), rounds)
    kills = sum(one.kills for one in found)
    print_section(
        f"{rounds} jobs of {PICTURES} pictures, killed {kills} times, "
        f"{time.monotonic() - started:.0f} seconds",
        [
            _none("pictures paid for twice", sum(one.twice for one in found)),
            _none("pictures lost", sum(one.lost for one in found)),
            _none("rows that do not tell what was paid", sum(one.wrong_bills for one in found)),
            Line("last request before a kill", _most_common(found)),
        ],
    )


def _rounds(folder: Path, rounds: int) -> list[Round]:
    chance, context, found = random.Random(_SEED), preloaded(), []  # noqa: S311 - moments
    for number in range(rounds):
        with ReplicateServer(takes_s=0.1, listed_after_s=0.03) as server:
            found.append(killed_at_random(context, server, folder / str(number), chance))
    return found


def _none(what: str, count: int) -> Line:
    return Line(what, str(count), "0", count == 0)


def _most_common(found: list[Round]) -> str:
    steps = Counter(step for one in found for step in one.steps)
    return ", ".join(f"{step or 'none'} {count}" for step, count in steps.most_common())


if __name__ == "__main__":
    main()
