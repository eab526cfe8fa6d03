"""A garment in full: what a brief says of it, and the rest chosen from a seed.

What each field of a brief does: the garment, occasion and silhouette count over what the words
say. The palette is the garment's colours where the words name none, and its prints' and trims'
where they do. The occasion chooses fabric, length and colours, the budget how rich the fabric
is and how much decoration is added, the body type the proportions of the figure it is drawn on.
"""

from dataclasses import dataclass, replace
from typing import Any

from media.designs.brief import Brief
from media.garments.choices import Dice, chosen_cut, chosen_decorations, chosen_fabric
from media.garments.color_choices import chosen_colors
from media.garments.colors import GarmentColor
from media.garments.customs import CUSTOMS, OCCASION_GARMENTS, budget_band
from media.garments.reading import Wish, read_brief, read_words
from media.garments.spec_words import garment_words, look_words
from media.garments.vocabulary import TOTAL_LOOK

_ANIMALS = frozenset({"leopard", "zebra"})
_STRIPES = frozenset({"horizontal stripes", "pinstripes"})
_OPEN_PATTERNS = ("solid", "solid", "solid", "floral", "stripes", "polka dots", "geometric")
_UPPERS = ("blouse", "sweater", "top", "blazer")
_LOWERS = {"blazer": "trousers", "sweater": "skirt", "t-shirt": "jeans", "shirt": "trousers"}
_UPPER_TYPES = (
    *("blouse", "shirt", "t-shirt", "top", "sweater", "cardigan", "hoodie", "jacket", "blazer"),
)


@dataclass(frozen=True)
class GarmentSpec:
    """A garment, or a look of two, with nothing left open."""

    garment: str
    """One of `GARMENTS`, or `total_look`."""
    colors: tuple[GarmentColor, ...]
    """The main one first, then those of its print."""
    pattern: str
    """solid, stripes, polka dots, floral, plaid, gingham, checks, houndstooth, animal, geometric,
    paisley, tie-dye, color block, ombre, camouflage or abstract."""
    motif: str
    """The same, more exactly where there is more to say: leopard, horizontal stripes."""
    fabric: str
    length: str
    sleeve: str
    neckline: str
    silhouette: str
    collar: str
    closure: str
    decorations: tuple[str, ...]
    accents: tuple[tuple[str, GarmentColor], ...] = ()
    """Parts of a colour of their own."""
    body_type: str | None = None
    pieces: "tuple[GarmentSpec, ...]" = ()
    """Of a total look: the upper and the lower garment."""

    def words(self) -> str:
        """Such as `red floral midi dress with puff sleeves, cotton`."""
        if self.pieces:
            return look_words([each.words() for each in self.pieces])
        return garment_words(self)

    def accent(self, *parts: str) -> GarmentColor | None:
        """The colour of the first of the parts that has its own."""
        return next((color for part in parts for name, color in self.accents if part in name), None)


def garment_spec(brief: Brief, seed: int) -> GarmentSpec:
    """The garment that a brief asks for; the same seed always completes it in the same way."""
    wish = read_brief(brief)
    dice = Dice(seed)
    garment = wish.garment or OCCASION_GARMENTS.get(wish.occasion or "", "dress")
    if garment == TOTAL_LOOK:
        return _total_look(brief, wish, dice)
    motif = wish.pattern or _open_pattern(brief, wish, dice)
    return _single(brief, replace(wish, garment=garment, pattern=motif), dice)


def _single(brief: Brief, wish: Wish, dice: Dice) -> GarmentSpec:
    garment = wish.garment or "dress"
    custom = CUSTOMS[garment]
    band = budget_band(brief.budget, brief.currency)
    motif = wish.pattern or "solid"
    fabric = wish.fabric or chosen_fabric(custom, wish, band, dice)
    cut: dict[str, Any] = {**chosen_cut(garment, custom, wish, dice)}
    colors = chosen_colors(wish.colors, brief.palette, motif, fabric, wish, dice)
    return GarmentSpec(
        garment=garment,
        colors=colors,
        pattern=pattern_family(motif),
        motif=motif,
        fabric=fabric,
        decorations=chosen_decorations(garment, custom, wish, band, dice),
        accents=wish.colors.accents,
        body_type=brief.body_type,
        **cut,
    )


def pattern_family(motif: str) -> str:
    """The pattern's common name: pinstripes are stripes, zebra is animal."""
    if motif in _ANIMALS:
        return "animal"
    return "stripes" if motif in _STRIPES else motif


def _open_pattern(brief: Brief, wish: Wish, dice: Dice) -> str:
    """Who describes a garment and names no print wants none; an open brief may get one."""
    described = wish.garment or wish.colors.main or wish.fabric
    if (brief.prompt.strip() and described) or ("print", "") in wish.refused:
        return "solid"
    allowed = [each for each in _OPEN_PATTERNS if ("pattern", each) not in wish.refused]
    return dice.pick("pattern", allowed)


def _total_look(brief: Brief, wish: Wish, dice: Dice) -> GarmentSpec:
    """An upper and a lower garment; the words of each are read by themselves where they part."""
    upper_name = next((each for each in wish.pieces if each in _UPPER_TYPES), None)
    lower_name = next((each for each in wish.pieces if each not in _UPPER_TYPES), None)
    if upper_name is None and "suit" in brief.prompt.lower():
        upper_name = "blazer"
    upper_name = upper_name or dice.pick("upper", _UPPERS)
    lower_name = lower_name or _LOWERS.get(upper_name, dice.pick("lower", ("skirt", "trousers")))
    upper_wish, lower_wish = _parted(brief.prompt, wish, upper_name, lower_name)
    upper = _single(brief, upper_wish, dice)
    lower = _single(brief, lower_wish, dice.branch("lower"))
    lower = _coordinated(upper, lower, lower_wish)
    return replace(
        upper,
        garment=TOTAL_LOOK,
        colors=tuple(dict.fromkeys((*upper.colors, *lower.colors))),
        length=lower.length,
        decorations=tuple(dict.fromkeys((*upper.decorations, *lower.decorations))),
        pieces=(upper, lower),
    )


def _parted(prompt: str, wish: Wish, upper: str, lower: str) -> tuple[Wish, Wish]:
    """What is said of the upper and of the lower garment."""
    for joint in (" and ", " with ", " & ", " + ", ", ", " over "):
        before, found, after = prompt.partition(joint)
        first, second = read_words(before), read_words(after)
        while found and not _are(first, second, upper, lower):
            head, found, after = after.partition(joint)
            before = f"{before}{joint}{head}"
            first, second = read_words(before), read_words(after)
        if found:
            parts = (first, second) if upper in (first.garment, *first.pieces) else (second, first)
            parts = (replace(parts[0], garment=upper), replace(parts[1], garment=lower))
            top, bottom = (replace(each, occasion=wish.occasion) for each in parts)
            return replace(top, silhouette=wish.silhouette or top.silhouette), bottom
    below = replace(wish, decorations=(), collar=None, closure=None, neckline=None)
    return replace(wish, garment=upper, length=None), replace(below, garment=lower)


def _are(first: Wish, second: Wish, upper: str, lower: str) -> bool:
    """Whether one of two wishes is for the upper garment and the other for the lower one."""
    one, other = (first.garment, *first.pieces), (second.garment, *second.pieces)
    return (upper in one and lower in other) or (lower in one and upper in other)


def _coordinated(upper: GarmentSpec, lower: GarmentSpec, wish: Wish) -> GarmentSpec:
    """The lower garment in a colour that goes with the upper one, unless its own was said."""
    if upper.garment == "blazer" and wish.colors.main[:1] in ((), upper.colors[:1]):
        return replace(
            lower,
            colors=upper.colors,
            pattern=upper.pattern,
            motif=upper.motif,
            fabric=wish.fabric or upper.fabric,
        )
    own = wish.colors.main and wish.colors.main != upper.colors[:1]
    if own or lower.garment == "jeans":
        return lower
    second = upper.colors[1:2] or upper.colors
    return replace(
        lower,
        colors=tuple(dict.fromkeys((*second, upper.colors[0]))),
        pattern="solid",
        motif="solid",
    )
