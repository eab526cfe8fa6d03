"""How well similar pictures are found: each task by each method, and what a picture costs.

`python -m benchmarks.retrieval [--embedder offline|openclip] [--corpus PATH]`. Any embedder is
measured in the same way: by its parts alone, by its vectors as they are stored, and, where it
keeps local features, with the best put in order by them. Processor time is of this process and
its workers.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from benchmarks.corpus import CORPUS
from benchmarks.report import Line, print_section
from benchmarks.retrieval_baseline import PlainBaseline
from benchmarks.retrieval_tasks import (
    RERANKED,
    TASKS,
    Embedded,
    Labelled,
    Task,
    embedded,
    labelled_pictures,
    score,
)
from media.limits import MediaLimits
from resources.media_workers import MediaWorkers
from resources.offline_embedder import OfflineEmbedder

if TYPE_CHECKING:
    from resources.embedder import Embedder

CPU_TARGET_S = 0.3
"""For everything that is done with a picture."""
PAIRS_TARGET_S = 0.5
"""For the local features of one query and the best."""

_STAGED = 8
"""Every so many pictures are timed step by step."""


def main() -> int:
    """Print the table; 0 also where there is nothing to measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.retrieval")
    parser.add_argument("--embedder", choices=["offline", "openclip"], default="offline")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--architecture", default="ViT-B-32", help="of openclip")
    parser.add_argument("--weights", default="", help="of openclip: a file or a tag")
    asked = parser.parse_args()
    pictures = labelled_pictures(asked.corpus)
    if not pictures:
        print(f"Skipped: there is no MANIFEST.csv with retrieval tasks in {asked.corpus}.")
        return 0
    with MediaWorkers(len(os.sched_getaffinity(0)), 1_000_000_000, 60.0) as workers:
        measure(_embedder(asked, workers), pictures)
    if asked.embedder == "offline":
        _print_stages(pictures)
    return 0


def measure(embedder: "Embedder", pictures: list[Labelled]) -> None:
    """Measure an embedder beside the baseline and print it."""
    baseline = PlainBaseline()
    plain = embedded(baseline, pictures)
    # The first picture starts the workers and loads what they need.
    embedder.embed([pictures[0].path.read_bytes()])
    before_s = _cpu_s()
    known = embedded(embedder, pictures)
    cpu_s = (_cpu_s() - before_s) / len(pictures)
    for task in TASKS:
        queries = sum(task.is_query(picture.labels) for picture in pictures)
        shown = sum(task.is_shown(picture.labels) for picture in pictures)
        print_section(
            f"Find {task.name} ({queries} queries, {shown} pictures)",
            [
                *_lines("baseline", task, score(task, baseline, plain, None), False),
                *_method_lines(task, embedder, known),
            ],
        )
    lines = [Line.at_most("processor time a picture", cpu_s, CPU_TARGET_S, "s")]
    if embedder.tells_same_products:
        own = [each.local_features for each in known.embeddings]
        before_s = _cpu_s()
        for query in own[:10]:
            embedder.inliers(query or b"", own[-RERANKED:])
        spent_s = (_cpu_s() - before_s) / 10
        lines.append(Line.at_most(f"{RERANKED} pairs compared", spent_s, PAIRS_TARGET_S, "s"))
        kept = sum(len(each or b"") for each in own) / len(own) / 1000
        lines.append(Line("local features of a picture", f"{kept:.0f} kB"))
    title = f"{embedder.provider}: {embedder.model}, {embedder.dimensions} dimensions"
    print_section(title, lines)


def _method_lines(task: Task, embedder: "Embedder", known: Embedded) -> Iterator[Line]:
    """The task by each part alone, by all together, and re-ranked; targets where it counts."""
    names = [part.name for part in embedder.parts]
    weighed = all(name in names for name in task.weights)
    reranks = task.same_product and embedder.tells_same_products
    methods: dict[str, Mapping[str, float] | None] = {"joint": None}
    if len(names) > 1:
        methods = {name: {name: 1.0} for name in names} | methods
    for name, weights in methods.items():
        is_chosen = not reranks and weights == (task.weights if weighed else None)
        yield from _lines(name, task, score(task, embedder, known, weights), is_chosen)
    if not reranks:
        return
    for name, weights in methods.items():
        is_chosen = weights == (task.weights if weighed else None)
        if is_chosen or weights is None:
            found = score(task, embedder, known, weights, reranks=True)
            yield from _lines(f"{name}, best {RERANKED} re-ranked", task, found, is_chosen)


def _lines(name: str, task: Task, found: Mapping[str, float], is_chosen: bool) -> Iterator[Line]:
    for figure in task.figures:
        what = f"{name}: {figure.name}"
        value = found[figure.name]
        if is_chosen:
            yield Line(what, f"{value:.2f}", f">= {figure.target:.2f}", value >= figure.target)
        else:
            yield Line(what, f"{value:.2f}")


def _embedder(asked: argparse.Namespace, workers: MediaWorkers) -> "Embedder":
    if asked.embedder == "offline":
        return OfflineEmbedder(workers, MediaLimits())
    from resources.open_clip_embedder import OpenClipEmbedder

    return OpenClipEmbedder(workers, MediaLimits(), asked.architecture, asked.weights)


def _cpu_s() -> float:
    """User and system time of this process and of those it has started, which still run."""
    here = psutil.Process()
    times = [process.cpu_times() for process in (here, *here.children(recursive=True))]
    return float(sum(each.user + each.system for each in times))


def _print_stages(pictures: list[Labelled]) -> None:
    """Time each step of the offline description in this process, with one thread."""
    import cv2
    import numpy as np

    from media.color import flatten
    from media.descriptors.colors import color_vector
    from media.descriptors.isolation import isolate
    from media.descriptors.local_features import LOOKED_AT_PX, find_local_features, pack
    from media.descriptors.shape import shape_vector
    from media.images import load_still

    spent: dict[str, list[float]] = {}

    @contextmanager
    def timed(step: str) -> Iterator[None]:
        started = time.process_time()
        yield
        spent.setdefault(step, []).append(time.process_time() - started)

    def needed_scale(size_px: tuple[int, int]) -> float:
        return min(1.0, LOOKED_AT_PX / max(size_px))

    cv2.setNumThreads(1)
    for picture in pictures[::_STAGED]:
        data = picture.path.read_bytes()
        with timed("decoding"):
            still = load_still(data, MediaLimits(), needed_scale)
            rgb = np.asarray(flatten(still.image, (255, 255, 255)))
        with timed("finding the product"):
            product = isolate(rgb, None)
        with timed("shape vector"):
            shape_vector(product)
        with timed("colour vector"):
            color_vector(product)
        with timed("local features"):
            pack(find_local_features(rgb))
    print_section(
        "Step by step, processor time a picture",
        [
            Line(step, f"{1000 * sum(each) / len(each):.0f} ms, at most {1000 * max(each):.0f}")
            for step, each in spent.items()
        ],
    )


if __name__ == "__main__":
    sys.exit(main())
