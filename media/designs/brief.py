"""A brief: what somebody wants to have designed, in their words and ours."""

from dataclasses import dataclass
from decimal import Decimal

OCCASIONS = (
    *("everyday", "work", "party", "evening", "wedding"),
    *("beach", "sport", "travel", "formal", "festival"),
)
SILHOUETTES = (
    *("fitted", "a-line", "straight", "oversized", "empire", "mermaid", "ball-gown", "wrap"),
)
BODY_TYPES = ("petite", "tall", "slim", "curvy", "plus", "athletic")


@dataclass(frozen=True)
class Brief:
    """One brief; None and empty mean that nothing was said, and the words may tell."""

    prompt: str
    garment: str | None = None
    """One of `GARMENTS`, or `total_look`."""
    occasion: str | None = None
    palette: tuple[str, ...] = ()
    """Colour words or #rrggbb, the main one first."""
    silhouette: str | None = None
    body_type: str | None = None
    budget: Decimal | None = None
    """What it may cost, in `currency`: a hint of how rich fabric and finish can be."""
    currency: str = "USD"
