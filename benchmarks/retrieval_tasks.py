"""Tasks of finding pictures: what is looked for among what, and how much of it was found."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from media.descriptors.reranking import same_product_scores
from media.embeddings import Embedding, cosines, reweighed
from resources.embedder import Embedder

RERANKED = 50
"""How many of the best are compared point by point."""

_CATEGORIES = ("retrieval_class", "retrieval_instance")


@dataclass(frozen=True)
class Labelled:
    """A picture and what it shows."""

    path: Path
    labels: Mapping[str, str]
    """`class`, or `instance` with `role`, or with `color` and `view`."""


@dataclass(frozen=True)
class Figure:
    """One figure of merit and what it should come to."""

    name: str
    count: int
    """How many of the best are looked at."""
    target: float
    of_all: bool = False
    """Whether it is the share of them that is right, rather than whether one is."""


@dataclass(frozen=True)
class Task:
    """Pictures to be found by a picture."""

    name: str
    answer: str
    """The label that query and answer share."""
    is_query: Callable[[Mapping[str, str]], bool]
    is_shown: Callable[[Mapping[str, str]], bool]
    """What is looked among, besides the query itself."""
    weights: Mapping[str, float]
    """Which parts of a vector count, by what the task asks for."""
    figures: tuple[Figure, ...]
    same_product: bool = False
    """Whether local features can tell; the best are then put in order by them."""


TASKS = (
    Task(
        "clothing of the same kind",
        "class",
        lambda labels: "class" in labels,
        lambda labels: "class" in labels,
        {"shape": 1.0},
        (Figure("hit@1", 1, 0.60), Figure("precision@5", 5, 0.45, of_all=True)),
    ),
    Task(
        "the same style in another colour",
        "instance",
        lambda labels: labels.get("view") == "main",
        lambda labels: labels.get("view") == "main" or "class" in labels,
        {"shape": 1.0},
        (Figure("hit@5", 5, 0.90),),
    ),
    Task(
        "a shelf's photo to the catalogue's picture",
        "instance",
        lambda labels: labels.get("role") == "query_natural",
        lambda labels: labels.get("role") != "query_natural",
        {"color": 1.0},
        (Figure("hit@1", 1, 0.80),),
        same_product=True,
    ),
)


@dataclass(frozen=True)
class Embedded:
    """Pictures and their embeddings, in one order."""

    pictures: Sequence[Labelled]
    embeddings: Sequence[Embedding]
    vectors: NDArray[np.float32] = field(repr=False)
    """(pictures, dimensions)."""


def labelled_pictures(corpus: Path) -> list[Labelled]:
    """The pictures of a corpus's retrieval tasks; none where there is no manifest."""
    manifest = corpus / "MANIFEST.csv"
    if not manifest.is_file():
        return []
    with manifest.open(encoding="utf-8", newline="") as rows:
        return [
            Labelled(
                corpus / row["path"], dict(each.split("=", 1) for each in row["label"].split(";"))
            )
            for row in csv.DictReader(rows)
            if row["category"] in _CATEGORIES
        ]


def embedded(embedder: Embedder, pictures: Sequence[Labelled]) -> Embedded:
    """All of the pictures embedded; raises what the embedder says of one."""
    found: list[Embedding] = []
    for picture in embedder.embed([picture.path.read_bytes() for picture in pictures]):
        if not isinstance(picture, Embedding):
            raise picture
        found.append(picture)
    return Embedded(pictures, found, np.stack([each.vector for each in found]))


def score(
    task: Task,
    embedder: Embedder,
    known: Embedded,
    weights: Mapping[str, float] | None,
    *,
    reranks: bool = False,
) -> dict[str, float]:
    """The task's figures, 0 to 1, with the vectors' parts weighed so; None for as stored."""
    labels = [picture.labels for picture in known.pictures]
    shown = [place for place, each in enumerate(labels) if task.is_shown(each)]
    right: dict[str, list[float]] = {figure.name: [] for figure in task.figures}
    for query, own in enumerate(labels):
        if not task.is_query(own):
            continue
        among = np.asarray([place for place in shown if place != query])
        vector = known.embeddings[query].vector
        if weights is not None:
            vector = reweighed(embedder.parts, vector, weights)
        found = among[np.argsort(-(known.vectors[among] @ vector), kind="stable")]
        if reranks:
            found = _reranked(embedder, known, query, found)
        is_right = [labels[place].get(task.answer) == own[task.answer] for place in found]
        for figure in task.figures:
            best = is_right[: figure.count]
            right[figure.name].append(float(np.mean(best) if figure.of_all else any(best)))
    return {name: float(np.mean(values)) for name, values in right.items()}


def _reranked(
    embedder: Embedder, known: Embedded, query: int, found: NDArray[np.intp]
) -> NDArray[np.intp]:
    """The best put in order by local features and colour, where the vectors have colour."""
    best, rest = found[:RERANKED], found[RERANKED:]
    own = known.embeddings[query]
    by_part = cosines(embedder.parts, own.vector, known.vectors[best])
    likeness = by_part.get("color", known.vectors[best] @ own.vector)
    counted = embedder.inliers(
        own.local_features or b"", [known.embeddings[place].local_features for place in best]
    )
    order = np.argsort(-same_product_scores(counted, likeness), kind="stable")
    return np.concatenate([best[order], rest])
