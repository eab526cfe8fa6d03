"""Choosing what a brief leaves open: cut, fabric and decoration, from a seed."""

import hashlib
from collections.abc import Sequence

from media.garments.customs import (
    BUDGET_DECORATIONS,
    BUDGET_FABRICS,
    OCCASION_FABRICS,
    OCCASION_LENGTHS,
    RICH_DECORATIONS,
    Custom,
)
from media.garments.reading import Wish

_TOPS = frozenset(
    {"blouse", "shirt", "t-shirt", "top", "sweater", "cardigan", "hoodie", "jacket", "blazer"}
)
_LEGS = frozenset({"trousers", "jeans", "jumpsuit"})
_BARE = frozenset({"straps", "strapless", "halter", "one-shoulder", "sweetheart"})
_TOP_LENGTHS = {"mini": "regular", "knee": "long", "midi": "long", "maxi": "long"}
_LEG_LENGTHS = {"mini": "short", "knee": "short", "midi": "cropped", "maxi": "full"}
_WARM = frozenset({"sweater", "cardigan", "hoodie", "coat", "blazer", "jeans", "jacket"})
_SKIRTED = frozenset({"dress", "skirt"})
_ALWAYS = {"blazer": ("pockets",), "coat": ("pockets",), "hoodie": ("hood", "pockets")}

"""What a garment has unless it was said that it has not."""
_PER_SILHOUETTE_SKIRT = {"wide-leg": "flared"}
_PER_SILHOUETTE_LEG = {"a-line": "wide-leg", "ball-gown": "wide-leg", "mermaid": "flared"}


class Dice:
    """Choices that follow from a seed alone, each independent of the others."""

    def __init__(self, seed: int, branch: str = "") -> None:
        self._seed = f"{seed} {branch}"

    def branch(self, name: str) -> "Dice":
        """Dice of the same seed that fall otherwise."""
        return Dice(0, f"{self._seed} {name}")

    def pick(self, field: str, options: Sequence[str]) -> str:
        """One of the options."""
        return options[self.number(field) % len(options)]

    def number(self, field: str) -> int:
        """A number of 64 bits."""
        digest = hashlib.sha256(f"{self._seed}\n{field}".encode()).digest()
        return int.from_bytes(digest[:8], "big")


def chosen_fabric(custom: Custom, wish: Wish, band: str | None, dice: Dice) -> str:
    """A fabric that is customary and suits occasion and budget, as far as all three agree."""
    options = list(custom.fabrics)
    if wish.garment not in _WARM:
        options = _agreeing(
            options, OCCASION_FABRICS.get(wish.occasion or ""), wish.garment in _SKIRTED
        )
    if band is not None:
        options = _agreeing(options, BUDGET_FABRICS[band], wish.garment not in _WARM)
    allowed = [each for each in options if ("fabric", each) not in wish.refused]
    return dice.pick("fabric", allowed or options)


def chosen_cut(garment: str, custom: Custom, wish: Wish, dice: Dice) -> dict[str, str]:
    """Length, sleeve, neckline, silhouette, collar and closure."""

    def open_choice(kind: str, options: Sequence[str]) -> str:
        allowed = [each for each in options if (kind, each) not in wish.refused]
        return dice.pick(kind, allowed or options)

    neckline = wish.neckline or open_choice("neckline", custom.necklines)
    collar = wish.collar or ("none" if wish.neckline else open_choice("collar", custom.collars))
    if collar != "none" and not wish.neckline:
        neckline = "none"
    silhouette = _silhouette(
        garment, wish.silhouette or open_choice("silhouette", custom.silhouettes)
    )
    sleeves = [each for each in custom.sleeves if ("sleeve", each) not in wish.refused]
    if neckline in _BARE:
        sleeves = ["sleeveless"]
    if neckline == "off the shoulder":
        sleeves = ["short", "long", "puff", "flutter"]
    if wish.sleeve and wish.sleeve != "sleeveless" and neckline in _BARE and not wish.neckline:
        neckline = "scoop"
    if neckline in _BARE and silhouette == "wrap" and not wish.silhouette:
        silhouette = "a-line"
    if silhouette == "wrap" and not wish.neckline and garment not in ("skirt", "coat"):
        neckline, collar = "v-neck", "none" if wish.collar is None else collar
    return {
        "length": _length(garment, wish, custom, dice),
        "sleeve": wish.sleeve or open_choice("sleeve", sleeves or ["sleeveless"]),
        "neckline": neckline,
        "silhouette": silhouette,
        "collar": collar,
        "closure": wish.closure or _closure(garment, collar, wish, custom, dice),
    }


def chosen_decorations(
    garment: str, custom: Custom, wish: Wish, band: str | None, dice: Dice
) -> tuple[str, ...]:
    """What was asked for, and as much more as the budget allows."""
    # Who says much has said what it should have.
    cut = (wish.neckline, wish.sleeve, wish.silhouette, wish.pattern, wish.fabric, wish.length)
    is_open = sum(each is not None for each in cut) + len(wish.decorations) <= 1
    count = 1 if band is None and is_open and dice.number("decorated") % 3 == 0 else 0
    if band is not None:
        count = BUDGET_DECORATIONS[band]
    own = [each for each in _ALWAYS.get(garment, ()) if ("decoration", each) not in wish.refused]
    asked = tuple(dict.fromkeys((*wish.decorations, *own)))
    options = [each for each in custom.decorations if each not in asked]
    if band == "luxury" and garment not in ("jeans", "shorts", "hoodie"):
        options = [*(each for each in RICH_DECORATIONS if each not in wish.decorations)] or options
    options = [each for each in options if ("decoration", each) not in wish.refused]
    added = []
    for number in range(count):
        if options:
            added.append(dice.pick(f"decoration {number}", options))
            options = [each for each in options if each != added[-1]]
    return (*asked, *added)


def _agreeing(options: list[str], preferred: Sequence[str] | None, may_replace: bool) -> list[str]:
    """The options that are preferred too; the preferred alone where there are none."""
    if not preferred:
        return options
    both = [each for each in options if each in preferred]
    if both:
        return both
    return list(preferred) if may_replace else options


def _silhouette(garment: str, silhouette: str) -> str:
    if garment in _SKIRTED:
        return _PER_SILHOUETTE_SKIRT.get(silhouette, silhouette)
    if garment in _LEGS or garment == "shorts":
        return _PER_SILHOUETTE_LEG.get(silhouette, silhouette)
    return silhouette


def _length(garment: str, wish: Wish, custom: Custom, dice: Dice) -> str:
    """In the garment's own terms: a short top is a regular one, long trousers are full."""
    said = wish.length
    if garment in _TOPS:
        said = _TOP_LENGTHS.get(said or "", said)
    elif garment in _LEGS:
        said = _LEG_LENGTHS.get(said or "", said)
    elif said == "cropped":
        said = "mini"
    if said:
        return said
    options = list(custom.lengths)
    if garment in ("dress", "skirt"):
        options = list(OCCASION_LENGTHS.get(wish.occasion or "", options))
        if wish.silhouette in ("ball-gown", "mermaid"):
            options = ["maxi"]
    if garment == "jumpsuit" and wish.occasion in ("beach", "festival"):
        options = ["short", "full"]
    allowed = [each for each in options if ("length", each) not in wish.refused]
    return dice.pick("length", allowed or options)


def _closure(garment: str, collar: str, wish: Wish, custom: Custom, dice: Dice) -> str:
    if ("decoration", "buttons") in wish.refused or ("closure", "buttons") in wish.refused:
        return "none" if garment not in ("jacket", "coat", "cardigan", "blazer") else "open"
    if "buttons" in wish.decorations:
        return "buttons"
    if wish.silhouette == "wrap":
        return "none"
    if collar == "shirt" and garment in ("dress", "blouse", "jumpsuit"):
        return "buttons"
    allowed = [each for each in custom.closures if ("closure", each) not in wish.refused]
    return dice.pick("closure", allowed or custom.closures)
