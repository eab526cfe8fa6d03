"""The colours of a picture without its light and dark, to tell a style in red from it in blue.

A perceptual hash sees greys only, so it takes the colours of one product for copies of one
picture. This tells them apart: the hue of each sixteenth of the picture.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from media.color import flatten

SAME_COLORS = 12.0
"""CIE Lab units that the colour of a field may differ by. Copies that were reduced, compressed or
brightened stay within about 6; products in two colours are about 17 or more apart."""

_FIELDS = 4
_DIGITS = 4 * _FIELDS * _FIELDS
_WHITE = (255, 255, 255)


def chroma_layout(image: Image.Image) -> str:
    """The mean a* and b* (CIE Lab) of 4 x 4 fields of an `RGB` or `RGBA` picture.

    Each is a byte, 128 for grey, as two hexadecimal digits; row by row, 64 digits in all.
    Transparency counts as white.
    """
    small = flatten(image, _WHITE).resize((_FIELDS, _FIELDS), Image.Resampling.BOX)
    rgb = np.asarray(small, np.float32) / 255
    chroma = cv2.cvtColor(rgb, cv2.COLOR_RGB2Lab)[..., 1:]
    return np.clip(np.round(chroma) + 128, 0, 255).astype(np.uint8).tobytes().hex()


def chroma_values(layouts: Sequence[str | None]) -> NDArray[np.float32]:
    """The layouts as numbers, shape (layouts, 16, 2); not a number where there is none.

    Raises ValueError for what is no layout.
    """
    if any(layout is not None and len(layout) != _DIGITS for layout in layouts):
        raise ValueError(f"A chroma layout has {_DIGITS} hexadecimal digits.")
    digits = "".join("00" * (_DIGITS // 2) if each is None else each for each in layouts)
    values = np.frombuffer(bytes.fromhex(digits), np.uint8).astype(np.float32)
    shaped = values.reshape(len(layouts), _FIELDS * _FIELDS, 2)
    shaped[[each is None for each in layouts]] = np.nan
    return shaped


def same_colors(one: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which of `others` (n, 16, 2) have the colours of `one` (16, 2) in every field, shape (n,).

    Unknown colours are taken for the same.
    """
    apart = np.linalg.norm(others - one, axis=-1).max(axis=-1)
    return np.asarray(~(apart > SAME_COLORS), np.bool_)
