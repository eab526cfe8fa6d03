"""The five styles as colours, materials and forms, of which a seed picks one set."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from media.furniture.pieces import Paint, Rgb
from media.rooms.vocabulary import Style

Legs = Literal["block", "tapered", "turned", "frame", "round"]
RugPattern = Literal["plain", "border", "diamonds", "stripes", "medallion", "worn"]
RUG_PATTERNS: tuple[RugPattern, ...] = (
    "plain",
    "border",
    "diamonds",
    "stripes",
    "medallion",
    "worn",
)


@dataclass(frozen=True)
class Look:
    """One consistent set of paints and forms, and chance for the small differences."""

    upholstery: Paint
    cushion: Paint
    second_cushion: Paint
    chair: Paint
    wood: Paint
    carcass: Paint
    """Of wardrobes, dressers and sideboards."""
    top: Paint
    """Of tables."""
    metal: Paint
    pot: Paint
    linen: Paint
    blanket: Paint
    rug: Paint
    art: Paint
    shade: Paint
    legs: Legs
    roundness_m: float
    """Radius of the edges of padded parts."""
    rng: np.random.Generator

    def leg_paint(self) -> Paint:
        """Legs are of metal where frames are, else of wood."""
        return self.metal if self.legs in ("frame", "block") else self.wood


@dataclass(frozen=True)
class _Style:
    """What the pieces of a style may look like; a seed draws from each tuple."""

    upholstery: tuple[str, ...]
    accents: tuple[str, ...]
    chairs: tuple[str, ...]
    woods: tuple[str, ...]
    carcasses: tuple[str, ...]
    tops: tuple[str, ...]
    metals: tuple[str, ...]
    pots: tuple[str, ...]
    rugs: tuple[str, ...]
    rug_inks: tuple[str, ...]
    rug_patterns: tuple[RugPattern, ...]
    linens: tuple[str, ...]
    shades: tuple[str, ...]
    legs: tuple[Legs, ...]
    roundness_m: float
    is_leather: bool = False
    is_lacquered: bool = False
    is_stone: bool = False


_STYLES: dict[Style, _Style] = {
    "modern": _Style(
        upholstery=("#8d9095", "#5d646b", "#b9b4ab", "#4f5b66"),
        accents=("#c99a3b", "#2f6f73", "#b9593a", "#dfdcd5", "#38424c"),
        chairs=("#3c3f43", "#d8d4cc", "#7d8388"),
        woods=("#8a6344", "#73523a"),
        carcasses=("#f0efec", "#e4e2de", "#4a4d50"),
        tops=("#8a6344", "#26272a", "#f2f1ee"),
        metals=("#1f2022", "#2b2c2f"),
        pots=("#f1f0ec", "#3a3c3f", "#8c8f92"),
        rugs=("#cfcbc3", "#b8b9b9", "#e3dfd6"),
        rug_inks=("#77797b", "#3f4448"),
        rug_patterns=("border", "stripes", "plain"),
        linens=("#f3f2ef", "#e6e6e4"),
        shades=("#f6f1e6", "#ece8df"),
        legs=("block",),
        roundness_m=0.035,
        is_lacquered=True,
    ),
    "contemporary": _Style(
        upholstery=("#e3dacb", "#d3c4ae", "#c8c2b6", "#a98f78"),
        accents=("#b4694a", "#7d8a6a", "#8d6b57", "#efe6d8", "#54616a"),
        chairs=("#d9c9b2", "#b98f73", "#8a9080"),
        woods=("#a67c55", "#6f4e37"),
        carcasses=("#a67c55", "#d8ccb9", "#6f4e37"),
        tops=("#e6e0d6", "#d9d2c6", "#a67c55"),
        metals=("#b08d57", "#a98a5d"),
        pots=("#e9e2d6", "#c9a88c", "#9c8f80"),
        rugs=("#e8dfd0", "#d8cbb8", "#efe9de"),
        rug_inks=("#b9a68c", "#a5744f"),
        rug_patterns=("plain", "border", "worn"),
        linens=("#f5f0e7", "#ebe2d4"),
        shades=("#f8efdd", "#f3e7d2"),
        legs=("round",),
        roundness_m=0.085,
        is_stone=True,
    ),
    "traditional": _Style(
        upholstery=("#34465f", "#6d2f33", "#d9cdb6", "#54614a"),
        accents=("#b58a3c", "#7a2f33", "#e5d9bf", "#3d4f66", "#69754f"),
        chairs=("#d5c5a3", "#7a3a38", "#3d4f66"),
        woods=("#5a3220", "#6b3f26"),
        carcasses=("#5a3220", "#6b3f26", "#4c2c1d"),
        tops=("#5a3220", "#6b3f26"),
        metals=("#a5803f", "#9a7a45"),
        pots=("#e8e2d3", "#3e5571", "#8d5a3a"),
        rugs=("#7a3034", "#2f4058", "#8b4a35"),
        rug_inks=("#d9c59a", "#e0d3b4"),
        rug_patterns=("medallion",),
        linens=("#f4eddf", "#efe4cf"),
        shades=("#f7ead0", "#f1e2c3"),
        legs=("turned",),
        roundness_m=0.07,
    ),
    "industrial": _Style(
        upholstery=("#8a4f2c", "#6b4028", "#3d3a37", "#9a623a"),
        accents=("#3f4448", "#b5895a", "#6d6a64", "#c9beab", "#54423a"),
        chairs=("#6b4028", "#2e2e2f", "#8a4f2c"),
        woods=("#84603f", "#6f4f35"),
        carcasses=("#84603f", "#745439"),
        tops=("#8a6644", "#745439"),
        metals=("#242526", "#303133"),
        pots=("#8f8d89", "#6e6c69", "#3a3a3b"),
        rugs=("#8f8b84", "#6f7276", "#a39585"),
        rug_inks=("#54504b", "#c6bdae"),
        rug_patterns=("worn", "border"),
        linens=("#dcd8d0", "#c9c6c1"),
        shades=("#2a2b2c", "#3a3632"),
        legs=("frame",),
        roundness_m=0.04,
        is_leather=True,
    ),
    "scandinavian": _Style(
        upholstery=("#d6d3cc", "#c2c7c8", "#e4dfd5", "#9fb0b3"),
        accents=("#8fa99a", "#d8a79a", "#e9c46a", "#f2efe8", "#5f7c86"),
        chairs=("#f0eee9", "#d6d3cc", "#8fa99a"),
        woods=("#cfa878", "#d8b68a"),
        carcasses=("#f3f1ec", "#d8b68a", "#eceae4"),
        tops=("#d3ad7e", "#d8b68a", "#f3f1ec"),
        metals=("#e9e7e2", "#33363a"),
        pots=("#f4f2ee", "#d9c8b4", "#9fb0a5"),
        rugs=("#efebe2", "#e5e1d8", "#dfe3e2"),
        rug_inks=("#8d9294", "#55606a"),
        rug_patterns=("diamonds", "stripes"),
        linens=("#f7f5f0", "#eceeee"),
        shades=("#faf6ec", "#f4f1e8"),
        legs=("tapered",),
        roundness_m=0.055,
        is_lacquered=True,
    ),
}


def choose_look(style: Style, rng: np.random.Generator) -> Look:
    """Draw one set of paints and forms of a style."""
    of = _STYLES[style]

    def one(colors: tuple[str, ...]) -> Rgb:
        return _rgb(colors[int(rng.integers(len(colors)))])

    first, second, third = (_rgb(of.accents[int(i)]) for i in rng.permutation(len(of.accents))[:3])
    wood = one(of.woods)
    carcass, top, pattern = one(of.carcasses), one(of.tops), int(rng.integers(len(of.rug_patterns)))
    return Look(
        upholstery=Paint("leather" if of.is_leather else "fabric", one(of.upholstery)),
        cushion=Paint("fabric", first, pattern=1),
        second_cushion=Paint("fabric", second),
        chair=Paint("leather" if of.is_leather else "fabric", one(of.chairs)),
        wood=Paint("wood", wood),
        carcass=_panel(carcass, wood, of.is_lacquered),
        top=Paint("stone", top) if of.is_stone else _panel(top, wood, of.is_lacquered),
        metal=Paint("metal", one(of.metals)),
        pot=Paint("ceramic", one(of.pots)),
        linen=Paint("fabric", one(of.linens)),
        blanket=Paint("fabric", third, pattern=2),
        rug=Paint(
            "rug", one(of.rugs), one(of.rug_inks), RUG_PATTERNS.index(of.rug_patterns[pattern])
        ),
        art=Paint("art", first, second, int(rng.integers(1 << 16))),
        shade=Paint("shade", one(of.shades)),
        legs=of.legs[int(rng.integers(len(of.legs)))],
        roundness_m=of.roundness_m,
        rng=rng,
    )


def _panel(color: Rgb, wood: Rgb, is_lacquered: bool) -> Paint:
    """Lacquer where the style has it and the colour is not of wood: wood is warm."""
    is_wooden = color[0] - color[2] > 0.12
    if is_lacquered and not is_wooden:
        return Paint("lacquer", color)
    return Paint("wood", color if is_wooden else wood)


def _rgb(code: str) -> Rgb:
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue
