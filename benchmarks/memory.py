"""Peak memory of a run, all of its processes together, at growing numbers of images.

Proportional set size: a page that several processes share counts once, so the sum is what the
machine has to hold.
"""

import shutil
import time
from pathlib import Path

import psutil

from benchmarks.homes import drop, run_once
from benchmarks.images import mixed_images, pixels_of
from benchmarks.report import Line, print_section

COUNTS = (100, 500, 1000)
TARGET_MB = 500
LARGEST = 6
FLAT_RATIO = 1.1
"""How much more the last count may take than the one before and still be called flat."""

_SAMPLE_EVERY_S = 0.05


class PeakMemory:
    """The highest sum of proportional set sizes seen over this process's descendants."""

    def __init__(self) -> None:
        self.peak_bytes = 0
        self._sampled_at = 0.0

    def sample(self) -> None:
        """Look, unless the last look was a moment ago."""
        if time.monotonic() - self._sampled_at < _SAMPLE_EVERY_S:
            return
        descendants = psutil.Process().children(recursive=True)
        self.peak_bytes = max(self.peak_bytes, sum(_pss_bytes(p.pid) for p in descendants))
        self._sampled_at = time.monotonic()


def peak_memory(workspace: Path) -> None:
    """The peaks at each count, and whether they stop growing."""
    files = mixed_images(workspace / "memory", max(COUNTS))
    lines, peaks = [], []
    for count in COUNTS:
        home = workspace / "home"
        drop(_part(files, count), home)
        memory = PeakMemory()
        run_once(home, memory.sample)
        shutil.rmtree(home)
        peaks.append(memory.peak_bytes / 1e6)
        lines.append(Line.at_most(f"peak at {count} images", peaks[-1], TARGET_MB, "MB"))
    growth = peaks[-1] / peaks[-2]
    flat = Line.at_most(f"{COUNTS[-1]} images / {COUNTS[-2]}", growth, FLAT_RATIO, "x")
    print_section("Peak memory of all processes of a run (PSS)", [*lines, flat])


def _part(files: list[Path], count: int) -> list[Path]:
    """`count` of the files: the same mix, and always the largest, which make the peak."""
    by_size = sorted(files, key=pixels_of)
    rest, largest = by_size[:-LARGEST], by_size[-LARGEST:]
    step = len(files) // count
    return [*rest[::step], *largest][-count:]


def _pss_bytes(pid: int) -> int:
    """0 for a process that is gone, or that has no memory any more."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
