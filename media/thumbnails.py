"""Thumbnails: a picture small enough for a page that shows many."""

from io import BytesIO

from media.images import load_still
from media.limits import MediaLimits

_QUALITY = 80
_METHOD = 2
"""WebP's effort: half the time of the default for a few percent more bytes."""


def thumbnail(data: bytes, longer_side_px: int, limits: MediaLimits) -> bytes:
    """The picture as WebP, upright, at most `longer_side_px` on its longer side, never enlarged.

    What is transparent stays so. Raises what `load_still` raises for bytes that are no picture,
    and ValueError for a side below 1.
    """
    if longer_side_px < 1:
        raise ValueError("A thumbnail has at least one pixel.")
    still = load_still(data, limits, lambda size_px: min(1.0, longer_side_px / max(size_px)))
    output = BytesIO()
    still.image.save(output, "WEBP", quality=_QUALITY, method=_METHOD)
    return output.getvalue()
