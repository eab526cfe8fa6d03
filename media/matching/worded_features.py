"""The features of a design that words tell: a brief's, or a product's description."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from media.matching.categories import garment_of
from media.matching.design_features import ToldFeatures
from media.matching.feature_words import (
    DECORATIONS,
    END_OF_NEGATION,
    FABRICS,
    LEVEL_WORDS,
    NEGATIONS,
    WITH,
)
from media.matching.phrase_book import Found, PhraseBook, words_of

_CLAUSES = re.compile(r"[.,;:!?()\n]")
_LACE = "lace"


def features_from_words(
    garment: str | None, prompt: str, details: Sequence[str] = ()
) -> ToldFeatures:
    """What a brief itself says: its garment, the customer's words and further ones.

    `garment` is one of `GARMENTS` or `TOTAL_LOOK` where it is known; else the words are read for
    one. `details` are read like the prompt, such as the decorations of a drawing. A fabric or
    decoration that is negated ("without lace") is excluded.
    """
    worded = _worded([prompt, *details])
    return ToldFeatures(
        source="words",
        category=garment or next(filter(None, map(garment_of, [prompt, *details])), None),
        level="high" if "high" in worded.levels else None,
        is_simple="low" in worded.levels and "high" not in worded.levels,
        fabric=worded.fabrics[0] if worded.fabrics else None,
        decorations=worded.decorations,
        excluded=worded.excluded,
    )


def fabrics_in(text: str) -> tuple[str, ...]:
    """Fabrics named in a text, the first one first; lace only where it is the only one."""
    return _worded([text]).fabrics


def decorations_in(text: str) -> tuple[str, ...]:
    """Decorative elements named in a text, each once, in its order."""
    return _worded([text]).decorations


@dataclass(frozen=True)
class _Worded:
    fabrics: tuple[str, ...]
    decorations: tuple[str, ...]
    levels: frozenset[str]
    excluded: frozenset[str]


def _worded(texts: Sequence[str]) -> _Worded:
    said: dict[str, dict[str, None]] = {"fabrics": {}, "decorations": {}, "levels": {}}
    excluded: set[str] = set()
    for clause in (part for text in texts for part in _CLAUSES.split(text)):
        words = words_of(clause)
        decorations = _decorations().find(words)
        fabrics = [each for each in _fabrics().find(words) if _is_cloth(words, each, decorations)]
        levels = _levels().find(words)
        for each in (*fabrics, *decorations):
            if _is_negated(words, each):
                excluded.add(each.name)
        for kind, found in (("fabrics", fabrics), ("decorations", decorations), ("levels", levels)):
            affirmed = (each.name for each in found if not _is_negated(words, each))
            said[kind].update(dict.fromkeys(affirmed))
    fabric_names = [name for name in said["fabrics"] if name not in excluded]
    # Lace is mostly sewn on; a dress is of lace when nothing else is said of what it is of.
    cloth = [name for name in fabric_names if name != _LACE] or fabric_names
    kept = tuple(name for name in said["decorations"] if name not in excluded)
    return _Worded(tuple(cloth), kept, frozenset(said["levels"]), frozenset(excluded))


def _is_cloth(words: Sequence[str], fabric: Found, decorations: Sequence[Found]) -> bool:
    """Whether the garment is of it: not of a lace trim, and not of what it is said to be with."""
    if any(each.start <= fabric.start < each.end - 1 for each in decorations):
        return False
    return fabric.name != _LACE or not WITH.intersection(words[: fabric.start])


def _is_negated(words: Sequence[str], found: Found) -> bool:
    """Whether words before say no to it ("no bows or lace"), or it is said to be free of it."""
    if list(words[found.end : found.end + 1]) == ["free"]:
        return True
    for word in reversed(words[: found.start]):
        if word in END_OF_NEGATION:
            return False
        if word in NEGATIONS:
            return True
    return False


@cache
def _fabrics() -> PhraseBook:
    return PhraseBook(FABRICS)


@cache
def _decorations() -> PhraseBook:
    return PhraseBook(DECORATIONS)


@cache
def _levels() -> PhraseBook:
    return PhraseBook(LEVEL_WORDS)
