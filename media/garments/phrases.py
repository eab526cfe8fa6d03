"""Finding what words mention: the longest phrases of a word list, each negated or not."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"#[0-9a-f]{6}|\d/\d|[a-z0-9]+(?:'[a-z]+)?|[.,;:!?()]|[&+]")
_DASHES = re.compile(r"[-\u2010-\u2015_/](?!\d)")
BREAKS = frozenset(".,;:!?()")
"""Tokens that end a clause."""
_NEGATORS = frozenset(
    {"no", "not", "without", "never", "non", "minus", "sans", "avoid", "skip", "hate", "nor"}
    | {"don't", "dont", "isn't", "isnt", "nothing", "lose", "neither", "lacking"}
)
_NEGATING_PAIRS = {
    ("rather", "than"),
    ("instead", "of"),
    ("free", "of"),
    ("free", "from"),
    ("leave", "out"),
    ("leave", "off"),
    ("hold", "the"),
    ("as", "opposed"),
    ("except", "for"),
    ("anything", "but"),
}
_ENDS_NEGATION = frozenset({"but", "with", "just", "only", "instead", "rather", "please", "in"})
_CARRIES_ON = frozenset({"or", "nor", "and", "any", "&", "no"})
_MAX_REACH = 4
"""Words between a `no` and what it is about: `no big shiny gold buttons`."""
_MAX_PHRASE = 5


@dataclass(frozen=True)
class Mention:
    """One phrase of the lists, found in the words."""

    kind: str
    value: str
    phrase: str
    start: int
    end: int
    """Tokens, half open."""
    is_negated: bool = False


@dataclass(frozen=True)
class Lexicon:
    """Phrases by their tokens; each has one kind and one value."""

    entries: Mapping[tuple[str, ...], tuple[str, str, str]]

    @classmethod
    def of(cls, lists: Iterable[tuple[str, Mapping[str, Iterable[str]]]]) -> "Lexicon":
        """Phrases of `(kind, value -> phrases)` lists with their plurals; earlier lists count."""
        entries: dict[tuple[str, ...], tuple[str, str, str]] = {}
        for kind, values in lists:
            for value, phrases in values.items():
                for phrase in phrases:
                    for tokens in _numbers(tuple(phrase.split())):
                        entries.setdefault(tokens, (kind, value, phrase))
        return cls(entries)

    def mentions(self, tokens: Sequence[str]) -> list[Mention]:
        """What the tokens mention, from left to right, the longest phrase first."""
        found: list[Mention] = []
        at = 0
        while at < len(tokens):
            for length in range(min(_MAX_PHRASE, len(tokens) - at), 0, -1):
                entry = self.entries.get(tuple(tokens[at : at + length]))
                if entry:
                    kind, value, phrase = entry
                    found.append(Mention(kind, value, phrase, at, at + length))
                    at += length
                    break
            else:
                at += 1
        return _with_negation(found, tokens)


def tokens_of(words: str) -> list[str]:
    """Lower-case words, numbers and marks; hyphens part words, accents go."""
    plain = unicodedata.normalize("NFKD", words.lower().replace("\u2019", "'"))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    plain = _DASHES.sub(" ", plain).replace("gray", "grey")
    return _TOKEN.findall(plain)


def is_adjective(phrase: str) -> bool:
    """Whether a phrase describes and names no part: `belted`, `frilly`."""
    return phrase.endswith(("ed", "lly")) or phrase in ("lacy", "layered", "glittery")


def _numbers(tokens: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The phrase and its plural."""
    *before, last = tokens
    plurals = [f"{last}s"]
    if last.endswith(("s", "x", "sh", "ch")):
        plurals = [f"{last}es"]
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        plurals = [f"{last[:-1]}ies"]
    elif last == "scarf":
        plurals = ["scarves"]
    return [tokens, *((*before, plural) for plural in plurals)]


def _with_negation(found: list[Mention], tokens: Sequence[str]) -> list[Mention]:
    covered = {at for each in found for at in range(each.start, each.end)}
    negated = set()
    for at in range(len(tokens)):
        begin = _scope_begin(tokens, at)
        if begin is None or (at in covered and tokens[at] not in ("no", "not", "non")):
            continue
        negated.update(_scope(found, tokens, begin))
    for number, each in enumerate(found):
        if tuple(tokens[each.end : each.end + 1]) == ("free",) and each.kind != "color":
            negated.add(number)
    return [
        Mention(each.kind, each.value, each.phrase, each.start, each.end, number in negated)
        for number, each in enumerate(found)
    ]


def _scope_begin(tokens: Sequence[str], at: int) -> int | None:
    """Where what a negation says no to begins; None where there is none."""
    pair = tuple(tokens[at : at + 2])
    if pair in _NEGATING_PAIRS:
        return at + 2
    if tokens[at] not in _NEGATORS or pair in (("not", "only"), ("not", "too"), ("not", "so")):
        return None
    return at + 1


def _scope(found: list[Mention], tokens: Sequence[str], begin: int) -> set[int]:
    """Numbers of the mentions that a negation reaches."""
    inside: set[int] = set()
    at, since = begin, 0
    while at < len(tokens) and since <= _MAX_REACH:
        token = tokens[at]
        here = next((n for n, each in enumerate(found) if each.start <= at < each.end), None)
        if here is not None:
            # "no white dress" is hardly a wish for no dress: the garment itself ends the reach.
            if found[here].kind == "garment":
                break
            inside.add(here)
            at, since = found[here].end, 0
            if not _goes_on(found, tokens, at):
                break
            continue
        if token in BREAKS or token in _ENDS_NEGATION:
            break
        at, since = at + 1, since + 1
    return inside


def _goes_on(found: list[Mention], tokens: Sequence[str], at: int) -> bool:
    """Whether a negation that has met one mention reaches a next: `no belt or pockets`."""
    if at >= len(tokens):
        return False
    if any(each.start == at for each in found):
        return True
    if tokens[at] not in _CARRIES_ON or at + 1 >= len(tokens):
        return False
    # "no belt and a white collar": the article starts something that is wanted.
    return tokens[at + 1] not in ("a", "an", "the", "with")
