"""Perceptual hashes: near for what looks alike, far for what does not."""

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from media.hashing import hamming_distance, perceptual_hash
from tests.media.pictures import decoded, encoded, photo


def test_sixteen_hexadecimal_digits() -> None:
    digits = perceptual_hash(photo())
    assert len(digits) == 16
    assert int(digits, 16) >= 0


def test_the_same_picture_smaller_brighter_and_compressed_is_near() -> None:
    source = photo(800, 600)
    reference = perceptual_hash(source)
    smaller = source.resize((200, 150), Image.Resampling.LANCZOS)
    jpeg = decoded(encoded(source, "JPEG", quality=30))
    brighter = ImageEnhance.Brightness(source).enhance(1.1)
    for same in (smaller, jpeg, brighter):
        assert hamming_distance(reference, perceptual_hash(same)) <= 6


def test_other_pictures_are_far() -> None:
    hashes = [perceptual_hash(photo(seed=seed)) for seed in range(12)]
    apart = [hamming_distance(a, b) for i, a in enumerate(hashes) for b in hashes[:i]]
    assert min(apart) > 12


def test_bits_are_the_signs_of_a_plain_dct() -> None:
    grey = np.asarray(photo(32, 32).convert("L"), dtype=float)
    sample = np.arange(32)
    low = np.array(
        [
            [
                np.sum(
                    grey
                    * np.outer(
                        np.cos(np.pi * (2 * sample + 1) * u / 64),
                        np.cos(np.pi * (2 * sample + 1) * v / 64),
                    )
                )
                * (0.5**0.5 if u == 0 else 1)
                * (0.5**0.5 if v == 0 else 1)
                for v in range(8)
            ]
            for u in range(8)
        ]
    )
    bits = "".join("1" if value else "0" for value in (low > np.median(low)).ravel())
    assert perceptual_hash(photo(32, 32)) == f"{int(bits, 2):016x}"


def test_flat_pictures_hash_alike() -> None:
    flat = {perceptual_hash(Image.new("RGB", (50 + n, 50), (n, n, n))) for n in (10, 99, 200)}
    assert flat == {"8000000000000000"}


def test_transparency_counts_as_white() -> None:
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    assert perceptual_hash(clear) == perceptual_hash(Image.new("RGB", (40, 40), "white"))


def test_distance() -> None:
    assert hamming_distance("0" * 16, "f" * 16) == 64
    assert hamming_distance("0" * 15 + "5", "0" * 16) == 2
    with pytest.raises(ValueError, match="16"):
        hamming_distance("ab", "0" * 16)
