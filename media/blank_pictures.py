"""Whether a picture shows anything: models that have looked away answer with one colour."""

import numpy as np
from PIL import Image

_SEEN_PX = (64, 64)
_LEVELS = 8.0
"""By which colours of one surface may differ, of 255."""
_SPECKS_PERCENT = 1.0


def is_blank(picture: Image.Image) -> bool:
    """Whether all but specks of an `RGB` picture has one colour."""
    seen = np.asarray(picture.resize(_SEEN_PX, Image.Resampling.BOX), np.float32)
    low, high = np.percentile(seen, (_SPECKS_PERCENT, 100 - _SPECKS_PERCENT), axis=(0, 1))
    return bool((high - low).max() <= _LEVELS)
