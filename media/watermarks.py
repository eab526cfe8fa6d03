"""Watermarks as records: what is laid over each rendition, and where."""

from dataclasses import dataclass, field

from media.geometry import Anchor
from media.hex_colors import parse_hex_color

SMALLEST_TEXT_PX = 12
"""The font size asked for is raised to this."""

LEGIBLE_TEXT_PX = 8
"""A line too wide for its rendition is set smaller, down to this; below, it is left out."""

_MAX_TEXT_LENGTH = 200


@dataclass(frozen=True)
class TextWatermark:
    """A line of text over each rendition.

    The font size is clamped to 12 pixels at least and a quarter of the rendition's short side
    at most; a rendition whose short side is under 48 pixels gets no mark, because 12 pixels
    would drown it. The distance to the edges is half the font size. The built-in font covers
    Latin, Greek and Cyrillic; other scripts need `font`, the bytes of a TrueType or OpenType
    file. Raises ValueError for values not allowed.
    """

    text: str
    position: Anchor = Anchor.BOTTOM_RIGHT
    opacity: float = 0.5
    color: str = "#ffffff"
    size_px: int = 24
    shadow: bool = True
    font: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn, before anything runs."""
        if not self.text.strip() or len(self.text) > _MAX_TEXT_LENGTH:
            raise ValueError(f"A watermark's text has 1 to {_MAX_TEXT_LENGTH} characters.")
        if not self.text.isprintable():
            raise ValueError("A watermark's text is one line of printable characters.")
        _check_opacity(self.opacity)
        parse_hex_color(self.color)
        if self.size_px < 1:
            raise ValueError(f"A font size is at least 1 pixel, not {self.size_px}.")


@dataclass(frozen=True)
class ImageWatermark:
    """A logo over each rendition.

    `scale` is its width as a fraction of the rendition's, `padding` its distance to the edges
    as a fraction of the rendition's short side. It is never enlarged, and shrinks further
    where it would be higher than the rendition. Raises ValueError for values not allowed.
    """

    data: bytes = field(repr=False)
    position: Anchor = Anchor.BOTTOM_RIGHT
    opacity: float = 0.5
    scale: float = 0.2
    padding: float = 0.02

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn, before anything runs."""
        _check_opacity(self.opacity)
        if not 0 < self.scale <= 1:
            raise ValueError(f"A watermark's scale is above 0 and at most 1, not {self.scale}.")
        if not 0 <= self.padding < 0.5:
            raise ValueError(f"A watermark's padding is from 0 to 0.5, not {self.padding}.")


Watermark = TextWatermark | ImageWatermark


def _check_opacity(opacity: float) -> None:
    if not 0 < opacity <= 1:
        raise ValueError(f"A watermark's opacity is above 0 and at most 1, not {opacity}.")
