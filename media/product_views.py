"""Product views: which product a frame shows, from which side, and how well.

The same records whoever judged the frames, a vision model or the offline grouping, so that
rows of both compare. What was not or could not be judged is None, never a guess.
"""

from dataclasses import dataclass

OBSTRUCTIONS = (
    "hand",
    "finger",
    "arm",
    "cord",
    "tag",
    "reflection",
    "shadow",
    "other_object",
)
"""What may be in the way."""


@dataclass(frozen=True)
class ViewFrame:
    """A frame to be judged: JPEG bytes as displayed, upright."""

    frame: int
    """Number of the frame in its clip, from 0."""
    time_s: float
    sharpness: float
    """Standard deviation of the Laplacian, see `media.frame_scores`."""
    data: bytes


@dataclass(frozen=True)
class BackgroundAdvice:
    """Backgrounds that would suit the product; None where nobody advised."""

    solid_color: str | None = None
    """As #rrggbb."""
    real_life_setting: str | None = None
    creative_shot: str | None = None


@dataclass(frozen=True)
class ProductView:
    """The best frame of one view of one product."""

    frame: int
    product: str
    """A name that is the same for all views of one product."""
    view: str
    """Angle, state or detail: `front`, `open`, `view-2`."""
    quality: int
    """0 to 100; 50 is a usable picture with nothing special about it."""
    obstructions: tuple[str, ...] | None
    """Of OBSTRUCTIONS; empty when nothing is in the way, None when unknown."""
    rotation_deg: float | None
    """How far the product leans, -45 to 45, clockwise positive; None when unknown."""
    background: BackgroundAdvice
    is_hero: bool
    """Whether this is the view to show first; one per product."""
