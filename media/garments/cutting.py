"""What every part of a garment is cut by: the spec, the figure, the cloth and how loose it is."""

from dataclasses import dataclass

import numpy as np

from media.garments.cloth import Cloth, cloth_of
from media.garments.figure import Figure, figure_for
from media.garments.spec import GarmentSpec

_EASE = {
    "dress": 1.0,
    "jumpsuit": 1.02,
    "top": 1.01,
    "blouse": 1.07,
    "shirt": 1.1,
    "t-shirt": 1.07,
    "sweater": 1.14,
    "cardigan": 1.13,
    "hoodie": 1.19,
    "jacket": 1.14,
    "blazer": 1.09,
    "coat": 1.18,
}
LOWER_BODY = frozenset({"skirt", "trousers", "jeans", "shorts"})
"""Garments that have no upper edge."""
_LOOSENESS = {"fitted": -0.04, "oversized": 0.17, "wrap": -0.01}
_UNWAISTED = frozenset({"sweater", "t-shirt", "hoodie", "jacket", "cardigan", "shirt", "coat"})


@dataclass(frozen=True)
class Cut:
    """One garment about to be cut."""

    spec: GarmentSpec
    figure: Figure
    cloth: Cloth
    rng: np.random.Generator
    ease: float
    """Widths against the figure's own."""

    @classmethod
    def of(cls, spec: GarmentSpec, seed: int, body_type: str | None) -> "Cut":
        """The cut of a garment for a body type."""
        ease = _EASE.get(spec.garment, 1.0) + _LOOSENESS.get(spec.silhouette, 0.0)
        # The digits of the garment's name keep two pieces of one look from falling alike.
        rng = np.random.default_rng([seed, *spec.garment.encode()])
        return cls(spec, figure_for(body_type), cloth_of(spec.fabric), rng, ease)

    @property
    def waistedness(self) -> float:
        """0 where the side falls straight from the chest, 1 where it follows the waist."""
        if self.spec.silhouette == "oversized":
            return 0.05
        if self.spec.silhouette in ("fitted", "wrap") or "belt" in self.spec.decorations:
            return 0.95
        return 0.3 if self.spec.garment in _UNWAISTED else 0.7

    @property
    def relief(self) -> str:
        """The relief worked into its cloth, see `Drape.relief`."""
        return "quilted" if self.has("quilting") else "cable" if self.has("cable stitch") else ""

    def has(self, *decorations: str) -> bool:
        """Whether it has one of the decorations."""
        return any(each in self.spec.decorations for each in decorations)

    def folds(self, count: float) -> float:
        """A number of folds for this cloth, where cotton falls in `count`."""
        return max(1.0, count * self.cloth.fold_count)
