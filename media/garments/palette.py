"""What a garment is painted with."""

from dataclasses import dataclass

import numpy as np

from media.garments.cloth import Cloth, cloth_of
from media.garments.colors import GarmentColor
from media.garments.folds import Floats
from media.garments.panels import Dot
from media.garments.prints import Print, print_of
from media.garments.spec import GarmentSpec

METAL = np.array([198, 168, 98], np.float32)


_HORN = np.array([74, 56, 44], np.float32)


_STEM = np.array([98, 124, 88], np.float32)


_PEARL = np.array([240, 234, 222], np.float32)


_PARTS = {
    "cuff": ("cuff",),
    "neckband": ("neckline", "trim"),
    "ruffle": ("ruffle", "frill"),
    "lapel": ("lapel", "collar"),
    "strap": ("strap",),
    "waistband": ("waistband",),
    "lace": ("lace", "trim"),
    "zip": ("zip",),
    "buckle": ("buckle", "hardware"),
}


@dataclass(frozen=True)
class Palette:
    """What a garment is painted with."""

    spec: GarmentSpec
    cloth: Cloth
    main: Floats
    second: Floats
    lining: Floats
    ink: Floats
    inner_ink: Floats
    """Of seams and stitches: lighter than very dark cloth, else darker."""
    print: Print
    top_y: float
    foot_y: float

    @classmethod
    def of(
        cls, spec: GarmentSpec, bounds: tuple[float, float, float, float], rng: np.random.Generator
    ) -> "Palette":
        """The paints of a garment that lies within bounds."""
        main = np.array(spec.colors[0].rgb, np.float32)
        second = np.array(spec.colors[-1 if len(spec.colors) == 1 else 1].rgb, np.float32)
        is_dark = spec.colors[0].lightness < 26
        ink = 0.2 * main + np.array([7, 7, 10], np.float32)
        inner = 0.62 * main + 96 if is_dark else 0.38 * main + 6
        if "contrast stitching" in spec.decorations or spec.fabric == "denim":
            inner = np.array([214, 150, 78], np.float32) if not spec.accent("stitching") else inner
        stitching = spec.accent("stitching", "thread")
        if stitching:
            inner = np.array(stitching.rgb, np.float32)
        lining = spec.accent("lining")
        inside = (
            np.array(lining.rgb, np.float32) * 0.8
            if lining
            else 0.56 * main + (18 if is_dark else 4)
        )
        return cls(
            spec,
            cloth_of(spec.fabric),
            main,
            second,
            inside,
            ink,
            inner,
            print_of(spec.motif, spec.colors, rng),
            bounds[1],
            bounds[3],
        )

    def of_part(self, part: str) -> Floats | None:
        """The colour that a part has of its own."""
        found = self.spec.accent(*_PARTS.get(part, (part,)))
        if found:
            return np.array(found.rgb, np.float32)
        if part == "belt":
            return self._belt()
        if part == "lace":
            return 0.55 * self.main + 0.45 * _PEARL
        return self.second if part == "bow" and self.spec.pattern != "solid" else None

    def _belt(self) -> Floats:
        if self.spec.garment in ("dress", "jumpsuit"):
            return self.main * 0.8 if len(self.spec.colors) == 1 else self.second
        return self.main * 0.86 if self.spec.garment in ("coat", "cardigan") else _HORN


def dot_color(dot: Dot, palette: Palette) -> Floats:
    """What a button or a bead is painted with."""
    if dot.kind == "bead":
        accent = palette.spec.accent("bead", "pearl", "crystal", "sequin")
        return _rgb(accent) if accent else np.array([238, 226, 190], np.float32)
    accent = palette.spec.accent("button", "stud")
    if accent:
        return _rgb(accent)
    if palette.spec.fabric == "denim":
        return METAL * 0.92
    is_light = palette.spec.colors[0].lightness > 72
    if palette.spec.garment in ("coat", "blazer", "jacket"):
        is_warm = palette.main[0] > palette.main[2] + 25
        return _HORN if is_light or is_warm else palette.main * 0.7 + 22
    return palette.main * 0.8 + 20 if is_light else _PEARL


def _rgb(color: GarmentColor) -> Floats:
    return np.array(color.rgb, np.float32)


def line_color(kind: str, palette: Palette) -> Floats:
    """What a kind of line is drawn with: ink, or a thread of its own colour."""
    is_black = float(palette.main.mean()) < 60
    is_light = float(palette.main.mean()) > 150
    plain = {
        "stitch": palette.inner_ink,
        "teeth": METAL,
        "cord": palette.main * 0.72 + 40,
        "worn": 0.25 * palette.main + np.array([176, 178, 178], np.float32),
        "stem": _STEM if is_light else _STEM * 1.35,
        "stem leaf": _STEM if is_light else _STEM * 1.35,
        "heart": METAL,
        "seam": palette.inner_ink * 0.55 if is_black else palette.ink,
        "edge": palette.ink * (0.6 if is_black else 1.0),
    }
    named = {"thread": "fringe", "piping": "piping", "blossom": "embroidery"}
    if kind in plain:
        return np.asarray(plain[kind], np.float32)
    own = palette.of_part(named.get(kind, kind))
    if own is not None:
        return own
    if kind == "thread":
        return np.asarray(palette.main * 0.92, np.float32)
    if kind in ("piping", "blossom"):
        if len(palette.spec.colors) > 1:
            return palette.second
        return np.array((176, 66, 84) if is_light else (238, 222, 190), np.float32)
    return palette.ink
