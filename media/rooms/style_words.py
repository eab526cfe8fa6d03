"""What each style is made of, in any room."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class StyleWords:
    """One style: its sentence, and pieces in it that suit a room of any kind."""

    character: str
    """Forms, colours and materials, in a clause."""
    items: tuple[str, ...]


STYLE_WORDS: Mapping[str, StyleWords] = {
    "modern": StyleWords(
        character="straight low lines, few pieces, flush surfaces; warm white, graphite and "
        "walnut with one clear accent",
        items=(
            "low furniture with straight edges and hidden joints",
            "walnut veneer beside matt white lacquer",
            "wool upholstery in pebble grey without piping",
            "slender legs or plinths of blackened steel",
            "one large abstract picture with much empty ground",
        ),
    ),
    "contemporary": StyleWords(
        character="soft curves, generous volumes, tactile cloth; oat, clay and olive with a "
        "little bronze",
        items=(
            "rounded upholstery in oat bouclé",
            "side table of travertine with a soft edge",
            "fluted oak fronts in a honey tone",
            "hand-tufted rug with an organic outline in ivory and clay",
            "lamp with a mushroom-shaped opal glass shade",
        ),
    ),
    "traditional": StyleWords(
        character="symmetry, turned legs, panelled fronts; mahogany and cherry, navy, cream and "
        "faded red, aged brass",
        items=(
            "cherry furniture with panelled fronts and brass pulls",
            "upholstery in cream damask with piped seams",
            "hand-knotted rug with a medallion and faded reds",
            "ceramic lamps with pleated shades, in pairs",
            "landscape in oil in a narrow gilt frame",
        ),
    ),
    "industrial": StyleWords(
        character="plain workshop forms, visible joints, honest wear; black steel, reclaimed "
        "timber, cognac leather and grey felt",
        items=(
            "reclaimed timber tops on frames of black square tube",
            "cognac leather with a worn sheen",
            "lamp with a spun-metal shade on a jointed arm",
            "rug in washed charcoal with a faint grid",
            "large black-and-white photograph in a raw steel frame",
        ),
    ),
    "scandinavian": StyleWords(
        character="light, spare and homely; pale birch and ash, chalk white, dove grey, dusty "
        "blue and natural fibres",
        items=(
            "ash furniture with rounded, tapering legs",
            "upholstery in dove-grey wool felt",
            "flat-woven rug in chalk white with thin grey stripes",
            "lamp with a folded paper shade",
            "sheepskin laid over one seat",
        ),
    ),
}
"""By style."""
