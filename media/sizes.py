"""Sizes that people write: `800x600`, `800x` (any height), `x600` (any width)."""

import re

from media.geometry import Fit
from media.presets import RenditionSpec

_SIZE = re.compile(r"(\d{1,5})?x(\d{1,5})?", re.ASCII)


def parse_size(text: str) -> RenditionSpec:
    """The rendition that a size means, named like it; raises ValueError with a sentence."""
    match = _SIZE.fullmatch(text.strip().lower())
    if not match or not any(match.groups()):
        raise ValueError(f"'{text}' is not a size; write 800x600, 800x or x600.")
    width_px, height_px = (int(side) if side else None for side in match.groups())
    return RenditionSpec(text.strip().lower(), width_px, height_px, Fit.FIT)
