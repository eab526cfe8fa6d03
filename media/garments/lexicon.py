"""The one list of all phrases that garments are described with."""

from functools import cache

from media.garments.color_words import COLOR_HEX, FAMILIES, FAMILY_BOUND, MODIFIERS
from media.garments.colors import is_of
from media.garments.decoration_words import DECORATION_WORDS, OCCASION_WORDS, PART_WORDS
from media.garments.detail_words import (
    CLOSURE_WORDS,
    COLLAR_WORDS,
    FABRIC_WORDS,
    LENGTH_WORDS,
    NECKLINE_WORDS,
    PATTERN_WORDS,
    SILHOUETTE_WORDS,
    SLEEVE_WORDS,
)
from media.garments.garment_words import GARMENT_WORDS
from media.garments.phrases import Lexicon

_PRINT_WORDS = ("print", "printed", "pattern", "patterned", "motif", "patterning")
_OTHER_MEANINGS = (
    *("black friday", "golden hour", "green with envy", "dress code", "check out", "open air"),
    *("top quality", "top notch", "on top", "at short notice", "short notice", "for short"),
    *(
        "long weekend",
        "long lasting",
        "all day long",
        "year long",
        "in the long run",
        "on the spot",
    ),
)
"""Phrases with a word of ours that means something else there."""


@cache
def garment_lexicon() -> Lexicon:
    """All phrases; where two lists have the same one, the earlier list counts."""
    return Lexicon.of(
        (
            ("nothing", {"": _OTHER_MEANINGS}),
            ("decoration", DECORATION_WORDS),
            ("garment", GARMENT_WORDS),
            ("sleeve", SLEEVE_WORDS),
            ("neckline", NECKLINE_WORDS),
            ("collar", COLLAR_WORDS),
            ("closure", CLOSURE_WORDS),
            ("pattern", PATTERN_WORDS),
            ("fabric", FABRIC_WORDS),
            ("color", {"": _color_phrases()}),
            ("silhouette", SILHOUETTE_WORDS),
            ("length", LENGTH_WORDS),
            ("occasion", OCCASION_WORDS),
            ("print", {"": _PRINT_WORDS}),
            ("part", {"": PART_WORDS}),
        )
    )


def _color_phrases() -> tuple[str, ...]:
    with_family = tuple(
        f"{name} {family}" for name in COLOR_HEX for family in FAMILIES if is_of(name, family)
    )
    bases = (*COLOR_HEX, *FAMILY_BOUND, *with_family)
    return (*bases, *(f"{modifier} {base}" for modifier in MODIFIERS for base in bases))
