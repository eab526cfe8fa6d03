"""Colours that garments have: a name people use and what it looks like."""

import colorsys
import math
from dataclasses import dataclass

from media.garments.color_words import (
    COLOR_HEX,
    FAMILIES,
    FAMILY_BOUND,
    MODIFIERS,
    NEEDS_FAMILY,
)
from media.hex_colors import parse_hex_color

_NEUTRAL_FAMILIES = frozenset({"grey", "brown", "black"})
_MUTED = 14.0
"""CIE chroma below which a colour's hue says little."""
_MOST_TURN = 55.0
_WHITE_POINT = (0.95047, 1.0, 1.08883)  # D65


@dataclass(frozen=True)
class GarmentColor:
    """A colour by name and as #rrggbb."""

    name: str
    hex: str

    @property
    def rgb(self) -> tuple[int, int, int]:
        """Red, green and blue, each 0 to 255."""
        return parse_hex_color(self.hex)

    @property
    def lightness(self) -> float:
        """CIE L*, 0 to 100."""
        return lab_of_rgb(self.rgb)[0]


def named_color(words: str) -> GarmentColor | None:
    """The colour that words or #rrggbb mean; None when they mean none we know.

    Modifiers may stand before it (`dark olive green`); `gray` is `grey`.
    """
    text = " ".join(words.lower().replace("gray", "grey").replace("-", " ").split())
    if text.startswith("#"):
        return _hex_color(text)
    known = FAMILY_BOUND.get(text) or COLOR_HEX.get(text)
    if known:
        return GarmentColor(text, known)
    first, _, rest = text.partition(" ")
    if rest and first in MODIFIERS:
        base = named_color(rest)
        if MODIFIERS[first] == (0, 1.0):
            return base
        return base and GarmentColor(text, _modified(base.rgb, *MODIFIERS[first]))
    head, _, family = text.rpartition(" ")
    belongs = family in FAMILIES and is_of(head, family)
    return GarmentColor(text, COLOR_HEX[head]) if belongs else None


def _hex_color(text: str) -> GarmentColor | None:
    try:
        return GarmentColor(color_name(parse_hex_color(text)), text)
    except ValueError:
        return None


def is_of(name: str, family: str) -> bool:
    """Whether a colour and a family's name are one colour: emerald green, not teal purple."""
    if name not in COLOR_HEX or name in FAMILIES or " " in name:
        return False
    if name in NEEDS_FAMILY:
        return True
    _, a, b = lab_of_rgb(parse_hex_color(COLOR_HEX[name]))
    if math.hypot(a, b) < _MUTED:
        return family in _NEUTRAL_FAMILIES
    _, other_a, other_b = lab_of_rgb(parse_hex_color(COLOR_HEX[family]))
    turn = abs(math.degrees(math.atan2(b, a) - math.atan2(other_b, other_a))) % 360
    return family != "black" and min(turn, 360 - turn) < _MOST_TURN


def color_name(rgb: tuple[int, int, int]) -> str:
    """The name of the known colour that is nearest, by CIE 1976 difference."""
    lab = lab_of_rgb(rgb)
    return min(
        COLOR_HEX,
        key=lambda name: sum(
            (ours - theirs) ** 2
            for ours, theirs in zip(lab, lab_of_rgb(parse_hex_color(COLOR_HEX[name])), strict=True)
        ),
    )


def companion_color(color: GarmentColor) -> GarmentColor:
    """A colour for the print on a cloth of this one: cream on dark, ink on light."""
    if color.lightness < 62:
        return GarmentColor("ivory", COLOR_HEX["ivory"])
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in color.rgb))
    if saturation < 0.22:
        return GarmentColor("navy", COLOR_HEX["navy"])
    deep = colorsys.hls_to_rgb(hue, lightness * 0.38, min(1.0, saturation * 0.85))
    return from_rgb((round(deep[0] * 255), round(deep[1] * 255), round(deep[2] * 255)))


def from_rgb(rgb: tuple[int, int, int]) -> GarmentColor:
    """A colour under the nearest name."""
    return GarmentColor(color_name(rgb), "#{:02x}{:02x}{:02x}".format(*rgb))


def lab_of_rgb(rgb: tuple[int, int, int]) -> tuple[float, float, float]:
    """CIE L*a*b* of an sRGB colour (IEC 61966-2-1, D65)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (each / 255 for each in rgb)
    )
    parts = (
        0.4124 * red + 0.3576 * green + 0.1805 * blue,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        0.0193 * red + 0.1192 * green + 0.9505 * blue,
    )
    x, y, z = (
        share ** (1 / 3) if share > 0.008856 else 7.787 * share + 16 / 116
        for share in (part / white for part, white in zip(parts, _WHITE_POINT, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _rgb_of_lab(lightness: float, a: float, b: float) -> tuple[int, int, int]:
    y = (lightness + 16) / 116
    x, z = y + a / 500, y - b / 200
    big = [
        (each**3 if each**3 > 0.008856 else (each - 16 / 116) / 7.787) * white
        for each, white in zip((x, y, z), _WHITE_POINT, strict=True)
    ]
    linear = (
        3.2406 * big[0] - 1.5372 * big[1] - 0.4986 * big[2],
        -0.9689 * big[0] + 1.8758 * big[1] + 0.0415 * big[2],
        0.0557 * big[0] - 0.2040 * big[1] + 1.0570 * big[2],
    )
    red, green, blue = (
        round(255 * max(0.0, min(1.0, _encoded(max(0.0, part))))) for part in linear
    )
    return red, green, blue


def _encoded(light: float) -> float:
    return float(12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055)


def _modified(rgb: tuple[int, int, int], lighter: float, chroma: float) -> str:
    lightness, a, b = lab_of_rgb(rgb)
    lightness = max(10.0, min(96.0, lightness + lighter))
    return "#{:02x}{:02x}{:02x}".format(*_rgb_of_lab(lightness, a * chroma, b * chroma))
