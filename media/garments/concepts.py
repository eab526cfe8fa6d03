"""Concept pictures: a brief drawn, labelled as a drawing, and encoded."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from media.designs.brief import Brief
from media.garments.spec import garment_spec

if TYPE_CHECKING:
    from PIL import Image

LABEL = "Concept, drawn"
"""What every concept picture says in its foot."""

_WHITE = (255, 255, 255)
_LABEL_SHARE = 0.0165
"""Height of the label's letters, as share of the picture's height."""
_LABEL_ALPHA = 0.5


@dataclass(frozen=True)
class ConceptPicture:
    """An encoded drawing and what it shows."""

    data: bytes = field(repr=False)
    format: str
    width_px: int
    height_px: int
    words: str
    """The garment in words, with all that the drawing decided."""


def concept_picture(
    brief: Brief,
    seed: int,
    width_px: int = 768,
    height_px: int = 1024,
    image_format: str = "webp",
    quality: int = 90,
) -> ConceptPicture:
    """Draw what a brief asks for; the same arguments give the same bytes. For a media worker.

    `image_format` is one of `presets.OUTPUT_FORMATS`. What the brief leaves open is chosen by
    the seed. Raises ValueError for a canvas under 64 pixels.
    """
    from PIL import Image

    from media.encoders import encode
    from media.garments.drawing import draw_garment

    spec = garment_spec(brief, seed)
    drawn = _labelled(Image.fromarray(draw_garment(spec, seed, width_px, height_px)))
    data = encode(drawn, image_format, quality, _WHITE)
    return ConceptPicture(data, image_format, width_px, height_px, spec.words())


def _labelled(picture: "Image.Image") -> "Image.Image":
    """The picture with the label in its lower right corner, in a shade of its own ground."""
    from PIL import ImageDraw

    from media.fonts import text_font

    size_px = max(9, round(picture.height * _LABEL_SHARE))
    draw = ImageDraw.Draw(picture)
    corner = (picture.width - size_px, picture.height - size_px)
    ground = picture.getpixel((picture.width - 2, picture.height - 2))
    shade = ground if isinstance(ground, tuple) else _WHITE
    ink = tuple(round(part * _LABEL_ALPHA) for part in shade[:3])
    draw.text(corner, LABEL, fill=ink, font=text_font(size_px), anchor="rs")
    return picture
