"""Speed against the bare loop: the same files, the same renditions, interleaved runs."""

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.accounting import Cost, clean_environment, run_counted
from benchmarks.homes import drop, installation, run_once
from benchmarks.images import mixed_images, photos
from benchmarks.report import Line, print_section
from media.encoders import WEBP_METHOD
from media.pipelines.library import IMAGE_VARIANTS, UPLOADS
from media.presets import DEFAULT_PRESETS, select_presets

MIXED = 500
PHOTOS = 40
REPETITIONS = 3
MIXED_TARGET = 1.15
PHOTOS_TARGET = 0.9


@dataclass(frozen=True)
class Run:
    """One run of one side; `made` counts the pictures it made renditions of."""

    cost: Cost
    made: int


def mixed(workspace: Path) -> None:
    """Mixed pictures: most are small, in many formats, some come twice."""
    files = mixed_images(workspace / "mixed", MIXED)
    _compare(f"{MIXED} mixed images", files, workspace, MIXED_TARGET)


def photographs(workspace: Path) -> None:
    """Photos: encoding is nearly all there is to do, so there is nothing to win."""
    files = photos(workspace / "photos", PHOTOS)
    _compare(f"{PHOTOS} photos of 1 megapixel and more", files, workspace, PHOTOS_TARGET)


def _compare(title: str, files: list[Path], workspace: Path, target: float) -> None:
    # Once unmeasured: bytecode is written, and what both sides read is in memory.
    _ours(files[:4], workspace)
    _bare(files[:4], workspace)
    pairs = [(_ours(files, workspace), _bare(files, workspace)) for _ in range(REPETITIONS)]
    ours, bare = zip(*pairs, strict=True)
    count = len(files)
    cpu = [theirs.cost.cpu_s / own.cost.cpu_s for own, theirs in pairs]
    wall = [theirs.cost.wall_s / own.cost.wall_s for own, theirs in pairs]
    print_section(
        f"{title}, ours against a bare Pillow loop, medians of {REPETITIONS}",
        [
            Line("items made, ours and bare", f"{ours[0].made} and {bare[0].made} of {count}"),
            Line("items per CPU-second", _both(count, _cpu_s(ours), _cpu_s(bare))),
            Line("items per second", _both(count, _wall_s(ours), _wall_s(bare))),
            Line.at_least("ours / bare, CPU", median(cpu), target, _spread(cpu)),
            Line.at_least("ours / bare, wall", median(wall), target, _spread(wall)),
        ],
    )


def _ours(files: list[Path], workspace: Path) -> Run:
    home = workspace / "home"
    drop(files, home)
    cost = run_once(home)
    run = Run(cost, _items_made(home))
    shutil.rmtree(home)
    return run


def _items_made(home: Path) -> int:
    tables = installation(home).tables
    jobs = [path.stem for path in tables.folder(UPLOADS).glob("*.parquet")]
    rows = [row for job in jobs if (row := tables.read(IMAGE_VARIANTS, job)) is not None]
    ready = [frame.filter(frame["status"] == "ready") for frame in rows]
    return sum(frame["item"].n_unique() for frame in ready)


def _bare(files: list[Path], workspace: Path) -> Run:
    source, target = workspace / "source", workspace / "target"
    source.mkdir()
    target.mkdir()
    for path in files:
        (source / path.name).hardlink_to(path)
    recipe = {
        "method": WEBP_METHOD,
        "renditions": [
            {
                "name": spec.name,
                "width_px": spec.width_px,
                "height_px": spec.height_px,
                "quality": spec.quality,
            }
            for spec in select_presets(DEFAULT_PRESETS)
        ],
    }
    module = [sys.executable, "-m", "benchmarks.bare_pillow"]
    cost = run_counted([*module, source, target, json.dumps(recipe)], clean_environment())
    shutil.rmtree(source)
    shutil.rmtree(target)
    return Run(cost, int(cost.output))


def _cpu_s(runs: tuple[Run, ...]) -> float:
    return median(run.cost.cpu_s for run in runs)


def _wall_s(runs: tuple[Run, ...]) -> float:
    return median(run.cost.wall_s for run in runs)


def _both(count: int, ours_s: float, bare_s: float) -> str:
    return f"{count / ours_s:.1f} and {count / bare_s:.1f}"


def _spread(ratios: list[float]) -> str:
    return f" ({min(ratios):.2f} to {max(ratios):.2f})"
