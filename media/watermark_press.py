"""Laying watermarks over finished renditions, in RGBA, so that a picture's alpha is kept."""

import unicodedata
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from media.errors import InvalidParameter, Refusal
from media.fonts import text_font
from media.geometry import Anchor, place
from media.hex_colors import parse_hex_color
from media.images import load_still
from media.limits import MediaLimits
from media.watermarks import (
    LEGIBLE_TEXT_PX,
    SMALLEST_TEXT_PX,
    ImageWatermark,
    TextWatermark,
    Watermark,
)

_SHADOW_OFFSET_PX = 2
_MISSING_GLYPH = "\U0010fffd"


@dataclass(frozen=True)
class Overlay:
    """What is laid over a rendition of one size: an `RGBA` patch and its place."""

    patch: Image.Image
    left_px: int
    top_px: int

    def stamp(self, image: Image.Image) -> None:
        """Lay the patch over an `RGB` or `RGBA` picture, in place; its alpha is kept."""
        box = (
            self.left_px,
            self.top_px,
            self.left_px + self.patch.width,
            self.top_px + self.patch.height,
        )
        under = image.crop(box).convert("RGBA")
        image.paste(Image.alpha_composite(under, self.patch).convert(image.mode), box)


class WatermarkPress:
    """A watermark made ready once, to be laid over renditions of any size."""

    def __init__(self, watermark: Watermark, limits: MediaLimits) -> None:
        """Decode the logo or check the text.

        Raises InvalidParameter when the logo or the font cannot be read, or when the font
        lacks characters of the text: the watermark is at fault then, not the item.
        """
        self._watermark = watermark
        if isinstance(watermark, TextWatermark):
            self._text = _drawable_text(watermark)
            self._logo = None
        else:
            self._logo = _read_logo(watermark, limits)

    def overlay(self, width_px: int, height_px: int) -> Overlay | None:
        """Return what to lay over a rendition of this size, or None where it has no room."""
        if isinstance(self._watermark, TextWatermark):
            return _text_overlay(self._watermark, self._text, (width_px, height_px))
        assert self._logo is not None  # noqa: S101 - set together with the kind
        return _logo_overlay(self._watermark, self._logo, (width_px, height_px))


def _text_overlay(
    watermark: TextWatermark, text: str, canvas_px: tuple[int, int]
) -> Overlay | None:
    largest = min(canvas_px) // 4
    if largest < SMALLEST_TEXT_PX:
        return None
    size = min(max(watermark.size_px, SMALLEST_TEXT_PX), largest)
    margin = _SHADOW_OFFSET_PX if watermark.shadow else 0
    while True:
        font = _load_font(watermark, size)
        left, top, right, bottom = (round(edge) for edge in font.getbbox(text))
        width, height = right - left + margin, bottom - top + margin
        padding = size // 2
        room = canvas_px[0] - 2 * padding
        if width <= room:
            break
        size = min(size - 1, int(size * room / width))
        if size < LEGIBLE_TEXT_PX:
            return None
    if width < 1 or height < 1:
        return None
    patch = Image.new("RGBA", (width, height))
    origin = (-left, -top)
    if watermark.shadow:
        shadow = (origin[0] + margin, origin[1] + margin)
        _draw_text(patch, shadow, text, font, (0, 0, 0), watermark.opacity / 2)
    color = parse_hex_color(watermark.color)
    _draw_text(patch, origin, text, font, color, watermark.opacity)
    return _anchored(patch, canvas_px, padding, watermark.position)


def _draw_text(
    patch: Image.Image,
    origin: tuple[int, int],
    text: str,
    font: ImageFont.FreeTypeFont,
    color: tuple[int, int, int],
    opacity: float,
) -> None:
    """Lay the text over the patch; drawing straight onto it would replace the shadow's alpha."""
    layer = Image.new("RGBA", patch.size, (*color, 0))
    ImageDraw.Draw(layer).text(origin, text, font=font, fill=(*color, round(opacity * 255)))
    patch.alpha_composite(layer)


def _logo_overlay(
    watermark: ImageWatermark, logo: Image.Image, canvas_px: tuple[int, int]
) -> Overlay | None:
    padding = round(min(canvas_px) * watermark.padding)
    room = (canvas_px[0] - 2 * padding, canvas_px[1] - 2 * padding)
    scale = min(
        1.0,
        canvas_px[0] * watermark.scale / logo.width,
        room[0] / logo.width,
        room[1] / logo.height,
    )
    size = (round(logo.width * scale), round(logo.height * scale))
    if min(size) < 1:
        return None
    patch = logo.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    alpha = patch.getchannel("A").point([round(a * watermark.opacity) for a in range(256)])
    patch.putalpha(alpha)
    return _anchored(patch, canvas_px, padding, watermark.position)


def _anchored(
    patch: Image.Image, canvas_px: tuple[int, int], padding_px: int, position: Anchor
) -> Overlay:
    room = (canvas_px[0] - 2 * padding_px, canvas_px[1] - 2 * padding_px)
    left, top = place(patch.size, room, position)
    return Overlay(patch, left + padding_px, top + padding_px)


def _read_logo(watermark: ImageWatermark, limits: MediaLimits) -> Image.Image:
    try:
        return load_still(watermark.data, limits, lambda _: 1.0).image.convert("RGBA")
    except Refusal as error:
        raise InvalidParameter(f"The watermark's image cannot be used. {error}") from error


def _drawable_text(watermark: TextWatermark) -> str:
    """Return the text in characters the font has, accents dropped where it lacks them."""
    font = _load_font(watermark, 24)
    missing_glyph = bytes(font.getmask(_MISSING_GLYPH))
    drawable, missing = "", ""
    for character in unicodedata.normalize("NFC", watermark.text):
        candidates = (character, unicodedata.normalize("NFKD", character)[0])
        for candidate in candidates:
            if candidate.isspace() or bytes(font.getmask(candidate)) != missing_glyph:
                drawable += candidate
                break
        else:
            missing += character
    if missing:
        raise InvalidParameter(
            f"The watermark's font has no {', '.join(dict.fromkeys(missing))}; give one that has."
        )
    return drawable


def _load_font(watermark: TextWatermark, size_px: int) -> ImageFont.FreeTypeFont:
    if watermark.font is not None:
        try:
            return ImageFont.truetype(BytesIO(watermark.font), size_px)
        except OSError as error:
            raise InvalidParameter(f"The watermark's font cannot be read: {error}.") from error
    return text_font(size_px)
