"""The features of a design that an embedder of pictures and words tells without examples.

A picture is compared with a sentence for each label; the labels' similarities, times the scale
that such models are trained with, make a softmax. Source: A. Radford et al., "Learning
Transferable Visual Models From Natural Language Supervision" (ICML 2021), 3.1.
"""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from media.garments.vocabulary import GARMENTS
from media.matching.design_features import ToldFeatures
from media.matching.feature_words import DECORATIONS, FABRICS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LABEL_PROMPTS: Mapping[str, Mapping[str, str]] = {
    "category": {name: f"a photo of a {name}" for name in GARMENTS}
    | {name: f"a photo of {name}" for name in ("trousers", "jeans", "shorts")},
    "fabric": {name: f"a garment made of {name} fabric" for name in FABRICS},
    "level": {
        "low": "a plain garment of a few flat pieces, simple to sew",
        "medium": "a garment with sleeves, a collar or a zip, of ordinary making",
        "high": "an elaborate couture garment, lined and tailored by hand",
    },
    "decoration": {name: f"a garment decorated with {name}" for name in DECORATIONS},
}
"""By feature and label, the sentence whose vector stands for it."""
UNDECORATED = "a garment without any decoration"
"""What each decoration is compared with."""

PROMPTS: tuple[str, ...] = (
    *(prompt for labels in LABEL_PROMPTS.values() for prompt in labels.values()),
    UNDECORATED,
)
"""All sentences to be embedded, once for each embedder."""

MARGIN = 0.2
"""By how much the best label's probability is above the next, or it is not told."""
DECORATED = 0.9
"""Probability from which a decoration is told, against none at all."""
MOST_DECORATIONS = 3


def features_from_similarities(
    picture: "NDArray[np.float32]",
    prompts: "Mapping[str, NDArray[np.float32]]",
    logit_scale: float = 100.0,
) -> ToldFeatures:
    """What a picture's vector (d,) is nearest to; `prompts` has a vector for each of `PROMPTS`.

    All vectors have length 1. A label is told when its probability leads by `MARGIN`; up to
    `MOST_DECORATIONS` decorations, the most probable first. Raises KeyError for a missing prompt.
    """

    def logits(sentences: Sequence[str]) -> list[float]:
        return [logit_scale * float(picture @ prompts[sentence]) for sentence in sentences]

    def best(feature: str) -> str | None:
        labels = LABEL_PROMPTS[feature]
        chances = _softmax(logits(list(labels.values())))
        ranked = sorted(zip(chances, labels, strict=True), reverse=True)
        return ranked[0][1] if ranked[0][0] - ranked[1][0] >= MARGIN else None

    decorations = []
    for name, sentence in LABEL_PROMPTS["decoration"].items():
        chance, _ = _softmax(logits([sentence, UNDECORATED]))
        if chance >= DECORATED:
            decorations.append((-chance, name))
    return ToldFeatures(
        source="zero-shot",
        category=best("category"),
        level=best("level"),
        fabric=best("fabric"),
        decorations=tuple(name for _, name in sorted(decorations)[:MOST_DECORATIONS]),
    )


def _softmax(logits: Sequence[float]) -> list[float]:
    highest = max(logits)
    powers = [math.exp(logit - highest) for logit in logits]
    return [power / sum(powers) for power in powers]
