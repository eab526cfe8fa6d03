"""The font that Showroom writes with: Source Sans, for Latin, Greek and Cyrillic."""

from functools import cache
from importlib.resources import as_file, files

from PIL import ImageFont


@cache
def text_font(size_px: int) -> ImageFont.FreeTypeFont:
    """Return the font at a size in pixels; other scripts than the three show empty boxes."""
    with as_file(files("font_source_sans_pro") / "files" / "SourceSansPro-Regular.ttf") as path:
        return ImageFont.truetype(path, size_px)
