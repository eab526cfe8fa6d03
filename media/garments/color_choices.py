"""Choosing a garment's colours: those that were said, then the palette, then what suits."""

from collections.abc import Sequence

from media.garments.choices import Dice
from media.garments.color_reading import ColorsRead
from media.garments.colors import GarmentColor, companion_color, named_color
from media.garments.customs import ANY_COLORS, OCCASION_COLORS
from media.garments.reading import Wish

_OWN_COLORS = {
    "denim": (("denim blue", "ivory"), ("dark denim blue", "ivory"), ("light denim blue", "ivory")),
    "leather": (("black", "silver"), ("cognac", "brown"), ("chocolate", "tan")),
    "tweed": (("cream", "navy"), ("dusty pink", "charcoal"), ("grey", "ivory")),
}
_OWN_PRINTS = {
    "leopard": (("caramel", "espresso", "sand"),),
    "zebra": (("ivory", "black"),),
    "camouflage": (("olive", "sand", "forest", "espresso"),),
    "tie-dye": (
        ("fuchsia", "tangerine", "turquoise"),
        ("indigo", "sky blue", "ivory"),
        ("lilac", "peach", "mint"),
    ),
    "horizontal stripes": (("ivory", "navy"),),
}
_MOST = 5


def chosen_colors(
    read: ColorsRead,
    palette: Sequence[str],
    motif: str,
    fabric: str,
    wish: Wish,
    dice: Dice,
) -> tuple[GarmentColor, ...]:
    """At least two colours for a print and one for plain cloth, the main one first.

    Where the words name none, the palette's colours; names in it that nobody knows are left out.
    """
    own = [color for color in (named_color(each) for each in palette) if color is not None]
    main = list(read.main) or own[:1]
    further = [*read.prints, *own] if read.main else own[1:]
    if not main:
        chosen = _usual(motif, fabric, wish, dice)
        main, further = [chosen[0]], [*read.prints, *chosen[1:]]
    colors = list(dict.fromkeys([*main, *further]))
    if fabric == "denim":
        colors[0] = _as_denim(colors[0])
    if motif == "solid":
        return tuple(colors if read.main or own else colors[:1])[:_MOST]
    if len(colors) == 1:
        colors.append(companion_color(colors[0]))
    return tuple(colors[:_MOST])


def _as_denim(color: GarmentColor) -> GarmentColor:
    """Blue denim is an indigo that has been washed, not the blue of a flag."""
    if "blue" not in color.name or "denim" in color.name:
        return color
    washed = named_color(color.name.replace("blue", "denim blue").removeprefix("mid "))
    return GarmentColor(color.name, washed.hex) if washed else color


def _usual(motif: str, fabric: str, wish: Wish, dice: Dice) -> list[GarmentColor]:
    options = (
        _OWN_PRINTS.get(motif)
        or _OWN_COLORS.get(fabric)
        or OCCASION_COLORS.get(wish.occasion or "")
        or ANY_COLORS
    )
    refused = {color.name for color in wish.colors.refused}
    allowed = [each for each in options if each[0] not in refused] or list(options)
    names = allowed[dice.number("colors") % len(allowed)]
    return [color for color in map(named_color, names) if color is not None]
