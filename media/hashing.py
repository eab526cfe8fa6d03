"""Perceptual hashes: pictures that look alike get hashes that differ in few bits."""

from functools import cache

import numpy as np
import numpy.typing as npt
from PIL import Image

from media.color import flatten

_SAMPLES = 32
_KEPT = 8
_WHITE = (255, 255, 255)


def perceptual_hash(image: Image.Image) -> str:
    """Return the 64-bit DCT hash of an `RGB` or `RGBA` picture as 16 hexadecimal digits.

    Transparency counts as white. The picture is reduced to 32 x 32 greys; of their DCT-II the
    8 x 8 lowest frequencies are kept, and each bit says whether a coefficient is above the
    median. Source: pHash, C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash
    Functions" (2010), 3.2.1, in the variant of N. Krawetz, "Looks Like It" (2011).
    """
    small = flatten(image, _WHITE).convert("L")
    small = small.resize((_SAMPLES, _SAMPLES), Image.Resampling.LANCZOS, reducing_gap=2.0)
    transform = _dct_matrix()
    low = (transform @ np.asarray(small, dtype=np.float64) @ transform.T)[:_KEPT, :_KEPT]
    # Rounded, or the noise of floating point would fill the hash of a flat picture.
    low = np.round(low, 3)
    bits = np.packbits((low > np.median(low)).ravel())
    return bits.tobytes().hex()


def hamming_distance(a: str, b: str) -> int:
    """Return in how many bits two hashes of 16 hexadecimal digits differ, 0 to 64.

    Raises ValueError for anything that is not such a hash.
    """
    if len(a) != 16 or len(b) != 16:
        raise ValueError("A perceptual hash has 16 hexadecimal digits.")
    return (int(a, 16) ^ int(b, 16)).bit_count()


@cache
def _dct_matrix() -> npt.NDArray[np.float64]:
    """Return the orthonormal DCT-II as a 32 x 32 matrix."""
    frequency, sample = np.mgrid[:_SAMPLES, :_SAMPLES]
    matrix = np.cos(np.pi * (2 * sample + 1) * frequency / (2 * _SAMPLES))
    scale = np.where(frequency == 0, np.sqrt(1 / _SAMPLES), np.sqrt(2 / _SAMPLES))
    return np.asarray(matrix * scale, dtype=np.float64)
