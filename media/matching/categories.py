"""From anybody's name of a category or a product to the garments that Showroom knows."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from media.garments.garment_words import GARMENT_WORDS
from media.garments.vocabulary import GARMENTS, TOTAL_LOOK
from media.matching.category_words import (
    ALONE,
    COMPOUND_ENDINGS,
    EVERYTHING,
    FIRST_WORDS,
    GROUPS,
    LAST_WORDS,
    OTHER_THINGS,
)
from media.matching.phrase_book import Found, PhraseBook, words_of

_LEVELS = re.compile(r"[>\u203a\u00bb|]")
_ALTERNATIVES = re.compile(r"[/&+,;()]|\b(?:and|or|und|oder|et|ou|y|o|e)\b", re.IGNORECASE)
_BEFORE_PARTS = frozenset(
    {"with", "without", "in", "for", "mit", "ohne", "fur", "avec", "sans", "pour", "con", "sin"}
    | {"para", "senza", "per", "from", "of", "over", "under"}
)
_SHORTEST_PREFIX = 3
_OTHER = "other"
_FIRST = "first "
"""Marks the names of languages in which the first garment is meant."""
_UPPER = frozenset(GARMENTS[:11])
_LOWER = frozenset({"skirt", "trousers", "jeans", "shorts"})


def garment_of(text: str) -> str | None:
    """The one of `GARMENTS` that a shop's category or a product's name means; None if none.

    `text` may be a path ("Women > Dresses > Midi": the deepest level that tells), a choice
    ("T-Shirts/Tops": the first that is more than a top) or a name ("shirt dress", "robe chemise
    en lin", "Sommerkleid"), in any case, singular or plural, in English, and for the usual
    garments in French, German, Spanish and Italian.
    """
    for level in reversed(_LEVELS.split(text)):
        told = _alternatives(level)
        if told:
            return next((name for name in told if name != "top"), told[0])
    return None


@lru_cache(maxsize=4096)
def garments_of(text: str) -> frozenset[str]:
    """All of `GARMENTS`, and `TOTAL_LOOK`, that a category of an atelier covers.

    "Outerwear" is coats and jackets; "Blouses and skirts" are both; "Couture" is anything.
    """
    for level in reversed(_LEVELS.split(text)):
        covered = set(_alternatives(level))
        for part in _ALTERNATIVES.split(level):
            covered.update(*(GROUPS[found.name] for found in _groups().find(words_of(part))))
            if _everything().find(words_of(part)) and not _alternatives(part):
                return frozenset((*GARMENTS, TOTAL_LOOK))
        if covered:
            return frozenset(covered)
    return frozenset()


def makes(category: str, categories: Iterable[str]) -> bool:
    """Whether one of an atelier's `categories` covers `category`, a garment or the total look.

    Who makes upper and lower garments makes the total look. A category that is no garment of
    ours matches where it is the same word.
    """
    texts = list(categories)
    covered = frozenset[str]().union(*(garments_of(text) for text in texts))
    if category in covered:
        return True
    if category == TOTAL_LOOK:
        return bool(covered & _UPPER) and bool(covered & _LOWER)
    return words_of(category) in [words_of(text) for text in texts]


def _alternatives(level: str) -> list[str]:
    told = [_garment_in(words_of(part)) for part in _ALTERNATIVES.split(level)]
    return [name for name in told if name]


def _garment_in(words: Sequence[str]) -> str | None:
    """The garment that some words name, parts and purposes after it left out."""
    found = _named(words)
    starts = [at for at, word in enumerate(words) if word in _BEFORE_PARTS]
    for cut in starts:
        before = [each for each in found if each.end <= cut]
        if before:
            found = before
            break
    if not found:
        return next((each.name for each in _alone().find(words)), None)
    firsts = [each for each in found if each.name.startswith(_FIRST)]
    meant = found[0] if firsts and found[-1].name != _OTHER else found[-1]
    return None if meant.name == _OTHER else meant.name.removeprefix(_FIRST)


def _named(words: Sequence[str]) -> list[Found]:
    compounds = [
        Found(name, at, at + 1) for at, word in enumerate(words) if (name := _compound(word))
    ]
    listed = _garments().find(words)
    known = {at for each in listed for at in range(each.start, each.end)}
    unlisted = [each for each in compounds if each.start not in known]
    return sorted(listed + unlisted, key=lambda each: each.start)


def _compound(word: str) -> str | None:
    for length in range(len(word) - _SHORTEST_PREFIX, 3, -1):
        if name := COMPOUND_ENDINGS.get(word[-length:]):
            return name
    return None


@cache
def _garments() -> PhraseBook:
    english = {name: phrases for name, phrases in GARMENT_WORDS.items() if name in GARMENTS}
    return PhraseBook(
        {
            _OTHER: OTHER_THINGS,
            **{name: (*LAST_WORDS[name], *english.get(name, ())) for name in GARMENTS},
            **{_FIRST + name: phrases for name, phrases in FIRST_WORDS.items()},
        }
    )


@cache
def _alone() -> PhraseBook:
    return PhraseBook(ALONE)


@cache
def _groups() -> PhraseBook:
    return PhraseBook({name: (name,) for name in GROUPS})


@cache
def _everything() -> PhraseBook:
    return PhraseBook({"everything": EVERYTHING})
