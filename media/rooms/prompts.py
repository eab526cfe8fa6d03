"""Prompts for image models that stage rooms, put together from a library of words.

Every prompt goes from what must stay to what may change: the purpose, the structure, what is
wanted and unwanted, the style, where things stand, how the photograph looks. Models give most
weight to what comes first, and a moved window costs more than a wrong cushion.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from media.errors import InvalidParameter
from media.rooms.fittings import FITTINGS
from media.rooms.furnishings import FURNISHINGS
from media.rooms.layout import RoomLayout
from media.rooms.room_facts import size_words, view_words
from media.rooms.room_words import ANY_ROOM, ROOM_WORDS, RoomWords
from media.rooms.style_words import STYLE_WORDS
from media.rooms.vocabulary import Mode

Source = Literal["custom", "exact", "room default", "generic"]

CUSTOM_CHARACTERS = (10, 2000)
"""Least and greatest length of a prompt that somebody writes."""

_ITEMS = {**FURNISHINGS, **FITTINGS}
_USUAL_STYLE = "modern"
_MODES_WITH_STYLE = frozenset({"furnish", "restyle"})
_LINE_BREAKS = str.maketrans({"\r": " ", "\n": " ", "\t": " "})

_STRUCTURE = (
    "What is part of the place stays exactly as photographed, in position, shape, colour and "
    "material: {fixed}. Camera position, lens, framing and the direction of the light do not "
    "change; no opening is added, moved or closed."
)
_CLEAR = (
    "Nothing blocks or covers a door, window, radiator or passage; no people, animals, "
    "lettering, logos or watermarks."
)
_UNMARKED = "No people, animals, lettering, logos or watermarks are added."
_PHOTOGRAPH = (
    "The result is one believable photograph: true scale and perspective, contact shadows and "
    "reflections that agree with the daylight, natural colours."
)
_UNTOUCHED = (
    "The result is one believable photograph with the sharpness, grain and colours of the one "
    "given."
)
_TEMPLATES: Mapping[Mode, str] = {
    "furnish": "Furnish this photograph of {name} so that buyers see how well one could live here. "
    f"{_STRUCTURE} Add {{needed}}. Leave out {{unwanted}}. {_CLEAR} "
    f"{{style}}. Pieces and materials: {{items}}. {{placing}}. {{facts}}{_PHOTOGRAPH}",
    "restyle": "Restyle this photograph of {name}: exchange the movable furniture, textiles, "
    f"lamps and decoration. {_STRUCTURE} What stands where, and how many can sit, sleep or eat "
    f"here, stays as it is; only its design changes. Do not bring in {{unwanted}}. {_CLEAR} "
    f"{{style}}. Pieces and materials, where the photograph has their like: {{items}}. "
    f"{_PHOTOGRAPH}",
    "declutter": "Tidy this photograph of {name}, as a careful owner would before a viewing. "
    f"{_STRUCTURE} Take away {{clutter}}. These stay where they are, unchanged: {{stays}}. What "
    "was hidden comes to light as a plain continuation of the surface around it, with the same "
    "material, seams, grain and light. Nothing is added, exchanged or moved, and nothing is left "
    "half removed: no smears, ghosts or shadows without a thing that casts them. "
    f"{_UNMARKED} {_UNTOUCHED}",
    "empty": "Show this photograph of {name} with everything movable taken out: furniture, rugs, "
    "standing and table lamps, pictures, potted plants, textiles and small things. Curtains and "
    f"blinds stay. {_STRUCTURE} Continue floor, skirting and walls behind what was removed with "
    "the same material, joints, grain and fall of light, right into the corners. Leave no dents, "
    "stains, nails, ghosts or shadows of what stood there. Whatever is fitted to the building "
    f"or connected to water, gas or mains remains. Nothing new comes in. {_UNMARKED} "
    f"{_UNTOUCHED}",
    "enhance": "Develop this photograph of {name} the way a property photographer would. "
    f"{_STRUCTURE} Every object stays too: nothing is added, removed, moved, cleaned or "
    "replaced. Lift dark corners gently and hold the detail in bright windows, so that the "
    "place looks as bright as it does to the eye; take out the colour cast, so that white "
    "surfaces are neutral while wood keeps its warmth; add a little local contrast; remove "
    "noise and haze without smoothing texture away. No dramatic sky, no glowing edges, no "
    f"oversaturated greens. {_UNMARKED} The result is the same photograph, well exposed.",
}


@dataclass(frozen=True)
class StagingPrompt:
    """What an image model is told, and where the words come from."""

    text: str
    source: Source
    """`exact` for room type and style, `room default` for the room type alone, `generic` for
    neither; `custom` for somebody's own words."""


def staging_prompt(
    mode: Mode, room_type: str, style: str, custom: str | None, facts: RoomLayout | None
) -> StagingPrompt:
    """The prompt for one picture; the same arguments always give the same words.

    `room_type` may be `unknown`, an empty `style` means modern, and a style that is not in the
    vocabulary falls back to words that suit its room whatever the style. A custom prompt
    replaces all of it. `facts` tell how large the room is and how it is seen; only furnishing
    needs them.
    Raises `InvalidParameter` for a custom prompt that cannot be used.
    """
    if custom is not None:
        return StagingPrompt(custom_prompt(custom), "custom")
    style = style.strip().casefold() or _USUAL_STYLE
    words = ROOM_WORDS.get(room_type, ANY_ROOM)
    items, source = _items(mode, room_type, style)
    text = _TEMPLATES[mode].format(
        name=words.name,
        fixed=words.fixed,
        needed=words.needed,
        unwanted=words.unwanted,
        placing=words.placing,
        clutter=words.clutter,
        stays=words.stays,
        style=_style_words(style),
        items="; ".join(items),
        facts=_fact_words(room_type, facts, words),
    )
    return StagingPrompt(text, source)


def custom_prompt(text: str) -> str:
    """Somebody's own prompt, trimmed, its line breaks and tabs turned into spaces.

    Raises `InvalidParameter` for fewer or more characters than `CUSTOM_CHARACTERS`, and for
    characters that nobody sees: control characters and halves of surrogate pairs.
    """
    text = text.translate(_LINE_BREAKS).strip()
    least, most = CUSTOM_CHARACTERS
    if not least <= len(text) <= most:
        raise InvalidParameter(
            f"a prompt of your own has {least} to {most} characters, not {len(text)}"
        )
    for position, character in enumerate(text):
        if unicodedata.category(character) in ("Cc", "Cs"):
            raise InvalidParameter(
                f"a prompt of your own is plain text; character {position + 1} is the control "
                f"character U+{ord(character):04X}"
            )
    return text


def _items(mode: Mode, room_type: str, style: str) -> tuple[tuple[str, ...], Source]:
    """What the style brings into the room, and how closely that fits the request."""
    if room_type not in ROOM_WORDS:
        general = STYLE_WORDS.get(style)
        return (general.items if general else ANY_ROOM.plain_items), "generic"
    found = _ITEMS.get((room_type, style))
    if found is None or mode not in _MODES_WITH_STYLE:
        return ROOM_WORDS[room_type].plain_items, "room default"
    return found, "exact"


def _style_words(style: str) -> str:
    known = STYLE_WORDS.get(style)
    if known is None:
        return "Timeless style: calm, simple forms and natural materials"
    return f"{style.capitalize()} style: {known.character}"


def _fact_words(room_type: str, facts: RoomLayout | None, words: RoomWords) -> str:
    """Sentences on the room's size and view; none outdoors, where no box can be measured."""
    if facts is None or room_type == "outdoor":
        return ""
    sentences = (size_words(facts, words), view_words(facts))
    return "".join(f"{sentence} " for sentence in sentences if sentence)
