"""Grey pictures of more than 8 bits per pixel, scaled to 8 bits instead of clipped."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from PIL import Image

DEEP_MODES = frozenset({"I;16", "I;16B", "I;16L", "I;16N", "I", "F"})
"""Pillow's modes for one channel of 16 or 32 bits, whole or floating."""

_STRIP_PIXELS = 4_000_000
_BITS_PER_SAMPLE = 258
_PHOTOMETRIC = 262
_WHITE_IS_ZERO = 0
_LEVELS = ((1.0, 1.0), (255.0, 255.0), (4095.0, 4095.0), (65535.0, 65535.0))


def to_eight_bits(image: Image.Image) -> Image.Image:
    """Return a loaded picture of a deep grey mode as `L`, or `LA` where a grey is transparent.

    Unsigned 16-bit samples are divided by 257, 12-bit TIFF samples by 4095/255. Floating and
    32-bit samples carry no range in the file: the white level is the smallest of 1 (floating
    only), 255, 4095, 65535 that holds every sample, and otherwise black and white are the
    smallest and the largest sample. NaN is black.
    """
    black, white = _range(image)
    transparent = image.info.get("transparency")
    grey = Image.new("L", image.size)
    alpha = Image.new("L", image.size, 255) if isinstance(transparent, int) else None
    for top, samples in _strips(image):
        scaled = (np.nan_to_num(samples, nan=black) - black) * (255.0 / (white - black))
        grey.paste(Image.fromarray(np.clip(scaled + 0.5, 0, 255).astype(np.uint8)), (0, top))
        if alpha:
            opaque = np.where(samples == transparent, 0, 255).astype(np.uint8)
            alpha.paste(Image.fromarray(opaque), (0, top))
    if _white_is_zero(image):
        grey = grey.point([255 - level for level in range(256)])
    return Image.merge("LA", (grey, alpha)) if alpha else grey


def _strips(image: Image.Image) -> Iterator[tuple[int, npt.NDArray[np.float32]]]:
    """Yield top edge and samples of strips small enough to copy."""
    rows = max(1, _STRIP_PIXELS // image.width)
    for top in range(0, image.height, rows):
        box = (0, top, image.width, min(top + rows, image.height))
        yield top, np.asarray(image.crop(box), dtype=np.float32)


def _range(image: Image.Image) -> tuple[float, float]:
    if image.mode.startswith("I;16"):
        return 0.0, 4095.0 if _tiff_tag(image, _BITS_PER_SAMPLE) == 12 else 65535.0
    lows, highs = [], []
    for _, samples in _strips(image):
        finite = samples[np.isfinite(samples)]
        if finite.size:
            lows.append(float(finite.min()))
            highs.append(float(finite.max()))
    low, high = min(lows, default=0.0), max(highs, default=0.0)
    if low >= 0:
        for level, white in _LEVELS[0 if image.mode == "F" else 1 :]:
            if high <= level:
                return 0.0, white
    return low, high if high > low else low + 1.0


def _white_is_zero(image: Image.Image) -> bool:
    # Pillow inverts these itself up to 8 bits, and not above.
    return image.mode.startswith("I;16") and _tiff_tag(image, _PHOTOMETRIC, 1) == _WHITE_IS_ZERO


def _tiff_tag(image: Image.Image, tag: int, default: int = 0) -> int:
    value = getattr(image, "tag_v2", {}).get(tag, default)
    first = value[0] if isinstance(value, tuple) and value else value
    return first if isinstance(first, int) else default
