"""Prompts for image models that picture a design: the customer's words, in terms of fashion.

The customer's own words come first and whole, since models give most weight to what comes
first. What follows says what the fields ask for, and how a fashion photograph looks; a detail
that nobody asked for is not put into anybody's mouth.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from media.designs.brief import Brief
from media.designs.prompt_words import (
    BODY_PHRASES,
    BUDGET_PHRASES,
    FABRIC_PHRASES,
    FINISH_PHRASE,
    GARMENT_PHRASES,
    LENGTH_PHRASES,
    OCCASION_PHRASES,
    PATTERN_PHRASES,
    SILHOUETTE_PHRASES,
    STUDIO_PHRASES,
)
from media.errors import EmptyBrief
from media.garments.colors import named_color
from media.garments.customs import OCCASION_GARMENTS, budget_band
from media.garments.reading import Wish, read_brief
from media.garments.spec import GarmentSpec

MAX_ADDED_WORDS = 75
"""Most words that are added to the customer's own."""

_USUAL_GARMENT = "dress"


@dataclass(frozen=True)
class EnhancedPrompt:
    """What an image model is asked."""

    text: str
    added: tuple[str, ...]
    """What was added to the customer's words, phrase by phrase."""
    garment: str
    """One of `GARMENTS`, or `total_look`: as asked, or as the words or the occasion tell."""


def enhanced_prompt(brief: Brief, spec: GarmentSpec | None, variation: int) -> EnhancedPrompt:
    """The brief as a prompt; the same arguments always give the same words.

    Every field of the brief that is set changes the words. With a `spec` all that it decided is
    said too; without one, which is for models that imagine for themselves, only what was asked
    for. `variation` counts from 1 and turns through ways to photograph. Raises `EmptyBrief` for
    a brief that asks for nothing, and ValueError for a variation below 1.
    """
    if variation < 1:
        raise ValueError(f"Variations are counted from 1, not {variation}.")
    check_asks_for_something(brief)
    wish = read_brief(brief)
    usual = OCCASION_GARMENTS.get(wish.occasion or "", _USUAL_GARMENT)
    garment = spec.garment if spec else wish.garment or usual
    asked = [_garment_phrase(brief, garment), *_field_phrases(brief)]
    details = [spec.words()] if spec else _said_details(wish)
    studio = STUDIO_PHRASES[(variation - 1) % len(STUDIO_PHRASES)]
    added = tuple(_within([*filter(None, asked), studio, *details, FINISH_PHRASE]))
    own = " ".join(brief.prompt.split())
    return EnhancedPrompt(_joined(own, added), added, garment)


def check_asks_for_something(brief: Brief) -> None:
    """Raise `EmptyBrief` for a brief without words, garment, colours, occasion or silhouette."""
    if brief.prompt.strip() or brief.garment or brief.palette or brief.occasion or brief.silhouette:
        return
    raise EmptyBrief(
        "the brief asks for nothing; say in words what you would like, or name a type, a palette, "
        "an occasion or a silhouette"
    )


def _garment_phrase(brief: Brief, garment: str) -> str:
    """The garment where the words name another one or none."""
    said = read_brief(Brief(brief.prompt)).garment
    return "" if said == garment else GARMENT_PHRASES.get(garment, garment)


def _field_phrases(brief: Brief) -> list[str]:
    """What the fields ask for, the weightiest first."""
    band = budget_band(brief.budget, brief.currency)
    return [
        SILHOUETTE_PHRASES[brief.silhouette] if brief.silhouette else "",
        _palette_phrase(brief),
        OCCASION_PHRASES[brief.occasion] if brief.occasion else "",
        BODY_PHRASES[brief.body_type] if brief.body_type else "",
        BUDGET_PHRASES[band] if band else "",
    ]


def _palette_phrase(brief: Brief) -> str:
    """The palette in words that models know: #8b1e3f is a name with its value."""
    words = []
    for each in brief.palette:
        color = named_color(each)
        is_hex = each.strip().startswith("#")
        words.append(f"{color.name} ({color.hex})" if color and is_hex else each.strip().lower())
    named = list(dict.fromkeys(word for word in words if word))
    if not named:
        return ""
    listed = " and ".join(part for part in (", ".join(named[:-1]), named[-1]) if part)
    # Colours that the words name stay the garment's; the palette then colours what goes with it.
    has_color = bool(read_brief(Brief(brief.prompt)).colors.main)
    return f"accents in {listed}" if has_color else f"in a palette of {listed}"


def _said_details(wish: Wish) -> list[str]:
    """What the words say of cut and cloth, in the terms of the trade."""
    return [
        phrases[said]
        for said, phrases in (
            (wish.fabric, FABRIC_PHRASES),
            (wish.pattern, PATTERN_PHRASES),
            (wish.length, LENGTH_PHRASES),
        )
        if said in phrases and said is not None
    ]


def _within(phrases: Iterable[str]) -> Iterable[str]:
    """As many phrases as there is room for; none is cut."""
    words = 0
    for phrase in phrases:
        words += len(phrase.split())
        if words > MAX_ADDED_WORDS:
            return
        yield phrase


def _joined(own: str, added: Iterable[str]) -> str:
    """The customer's words and what was added, as one sentence after another."""
    rest = ", ".join(added)
    if not own:
        return f"{rest[0].upper()}{rest[1:]}"
    mark = "" if own.endswith((".", "!", "?", ",", ";", ":")) else "."
    return f"{own}{mark} {rest[0].upper()}{rest[1:]}"
