"""`python -m benchmarks [SUBJECT...]`: the measurements, or those named.

Every speed is a ratio of two things measured in turn in the same run, so a slow or busy machine
changes both. Nothing but a temporary folder is written. Linux only: it counts processes.
"""

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.catalogue import catalogue
from benchmarks.cutouts import cutouts
from benchmarks.embedders import embedders
from benchmarks.images import real_pictures
from benchmarks.imports import definitions_import
from benchmarks.memory import peak_memory
from benchmarks.pages import pages
from benchmarks.search import search
from benchmarks.sensor import known_objects
from benchmarks.staging import staging
from benchmarks.throughput import mixed, photographs
from benchmarks.videos import videos
from benchmarks.warehouse import aggregate

SUBJECTS: dict[str, Callable[[Path], None]] = {
    "throughput": mixed,
    "photos": photographs,
    "memory": peak_memory,
    "sensor": known_objects,
    "imports": definitions_import,
    "warehouse": aggregate,
    # Before those that start workers here: what is counted waits for every process to end.
    "catalogue": catalogue,
    "videos": videos,
    "cutouts": cutouts,
    "staging": staging,
    "embedders": embedders,
    "search": search,
    "pages": pages,
}


def main() -> None:
    """Measure what is asked for and print it as it comes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    parser.add_argument("subject", nargs="*", choices=[[], *SUBJECTS], help="all when left out")
    chosen = parser.parse_args().subject or list(SUBJECTS)
    started = time.monotonic()
    real = len(real_pictures())
    pictures = f"{real} real pictures, the rest generated" if real else "generated pictures"
    print(
        f"Showroom on {len(os.sched_getaffinity(0))} cores, "
        f"Python {platform.python_version()}, {pictures}."
    )
    for subject in chosen:
        with tempfile.TemporaryDirectory(prefix="showroom-benchmark-") as folder:
            SUBJECTS[subject](Path(folder))
    print(f"\n{time.monotonic() - started:.0f} seconds in all.")


if __name__ == "__main__":
    main()
