"""Real photos: clothing of a kind, a style in its colours, and products on shelves are found."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.retrieval_tasks import (
    TASKS,
    Embedded,
    Labelled,
    embedded,
    labelled_pictures,
    score,
)
from media.limits import MediaLimits
from resources.media_workers import MediaWorkers
from resources.offline_embedder import OfflineEmbedder

OF_A_SHELF_PRODUCT = 2
"""Half of the shelf's photos: a picture takes a quarter of a second."""

KIND, STYLE, SHELF = TASKS


def some(pictures: Sequence[Labelled]) -> list[Labelled]:
    """All of the clothing, and what the other two tasks ask with and look among, not all."""
    taken: Counter[str] = Counter()
    chosen = []
    for picture in pictures:
        labels = picture.labels
        most = 99
        if labels.get("role") == "query_natural":
            most = OF_A_SHELF_PRODUCT
        elif labels.get("view", "main") != "main":
            most = 0
        name = str(sorted(labels.items()))
        taken[name] += 1
        if taken[name] <= most:
            chosen.append(picture)
    return chosen


def test_real_photos_are_found(corpus: Path) -> None:
    pictures = some(labelled_pictures(corpus))
    if not pictures:
        pytest.skip("the corpus of real files has no retrieval tasks")
    with MediaWorkers(2, 1_000_000_000, 60.0) as workers:
        embedder = OfflineEmbedder(workers, MediaLimits())
        known: Embedded = embedded(embedder, pictures)
        kind = score(KIND, embedder, known, KIND.weights)
        style = score(STYLE, embedder, known, STYLE.weights)
        shelf = score(SHELF, embedder, known, SHELF.weights, reranks=True)
    assert kind["hit@1"] >= 0.6
    assert kind["precision@5"] >= 0.45
    assert style["hit@5"] >= 0.9
    assert shelf["hit@1"] >= 0.8
