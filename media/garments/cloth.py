"""Cloth: how each fabric takes the light, how it falls, and what its surface looks like."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cloth:
    """A fabric; the numbers are of a drawing and were set by eye."""

    depth: float = 1.0
    """How deep folds look."""
    fold_count: float = 1.0
    """Folds to a width, against cotton: fine cloth falls in more."""
    shine: float = 0.0
    """Strength of the highlight."""
    polish: float = 10.0
    """Exponent of the highlight: greater is smaller and sharper."""
    nap: float = 0.0
    """Light at grazing angles, as of velvet; its face is darker for it."""
    grain: float = 0.02
    """Contrast of the surface."""
    weave: str = "fine"
    """fine, slub, twill, rib, wool, tweed, pebble, pile, wale, sequin, lace or net."""
    opacity: float = 1.0
    softness: float = 1.0
    """How much it gives way at random: leather keeps its shape, silk does not."""


CLOTHS = {
    "cotton": Cloth(),
    "linen": Cloth(depth=1.1, grain=0.075, weave="slub", softness=1.8),
    "satin": Cloth(1.25, 1.0, shine=0.72, polish=6, grain=0.006, softness=1.1),
    "velvet": Cloth(1.25, 0.9, shine=0.1, polish=4, nap=1.0, grain=0.03, weave="pile"),
    "denim": Cloth(0.9, 0.8, grain=0.07, weave="twill", softness=0.8),
    "leather": Cloth(1.2, 0.75, shine=0.6, polish=16, grain=0.03, weave="pebble", softness=1.0),
    "wool": Cloth(0.85, 0.8, nap=0.12, grain=0.034, weave="wool", softness=0.7),
    "tweed": Cloth(0.75, 0.75, grain=0.2, weave="tweed", softness=0.6),
    "knit": Cloth(0.8, 0.85, nap=0.1, grain=0.16, weave="rib", softness=0.9),
    "lace": Cloth(0.8, 1.1, grain=0.3, weave="lace", opacity=0.97, softness=0.8),
    "tulle": Cloth(0.8, 1.7, shine=0.1, grain=0.05, weave="net", opacity=0.62),
    "chiffon": Cloth(0.95, 1.5, shine=0.12, polish=5, grain=0.015, opacity=0.93, softness=1.3),
    "sequin": Cloth(0.8, 0.9, shine=0.5, polish=12, grain=0.5, weave="sequin", softness=0.7),
    "corduroy": Cloth(0.85, 0.8, nap=0.25, grain=0.2, weave="wale", softness=0.7),
    "jersey": Cloth(0.8, 0.9, grain=0.018, softness=1.2),
    "crepe": Cloth(1.0, 1.05, shine=0.08, polish=5, grain=0.02, softness=1.2),
}


def cloth_of(fabric: str) -> Cloth:
    """The cloth of a fabric; cotton's manner where it is none we know."""
    return CLOTHS.get(fabric, CLOTHS["cotton"])
