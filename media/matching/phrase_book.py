"""Finding known phrases in the words of shops and customers, whatever their spelling."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_POSSESSIVE = re.compile(r"['\u2019]s\b")
_NO_WORD = re.compile(r"[^a-z0-9]+")


def plain(text: str) -> str:
    """Lower case, without accents and punctuation, one space between words."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    unaccented = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _NO_WORD.sub(" ", _POSSESSIVE.sub("s", unaccented)).strip()


def words_of(text: str) -> list[str]:
    """The words of `plain`."""
    return plain(text).split()


@dataclass(frozen=True)
class Found:
    """A phrase in a list of words: what it means and which words it is."""

    name: str
    start: int
    end: int
    """One past its last word."""


class PhraseBook:
    """Names, each with the phrases that mean it; also in the plural.

    Phrases are in any spelling. Where two begin at the same word the longer one is meant.
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._names: dict[tuple[str, ...], str] = {}
        for name, spellings in phrases.items():
            for spelling in spellings:
                words = words_of(spelling)
                for last in (words[-1], *_plurals(words[-1])):
                    self._names.setdefault((*words[:-1], last), name)
        self._longest = max(map(len, self._names), default=0)

    def find(self, words: Sequence[str]) -> list[Found]:
        """The phrases in `words`, from left to right, none inside another."""
        found, start = [], 0
        while start < len(words):
            match = self._at(words, start)
            if match:
                found.append(match)
            start = match.end if match else start + 1
        return found

    def _at(self, words: Sequence[str], start: int) -> Found | None:
        for end in range(min(len(words), start + self._longest), start, -1):
            if name := self._names.get(tuple(words[start:end])):
                return Found(name, start, end)
        return None


def _plurals(word: str) -> tuple[str, ...]:
    if word.endswith("y"):
        return (word + "s", word[:-1] + "ies")
    return (word + "s", word + "es")
