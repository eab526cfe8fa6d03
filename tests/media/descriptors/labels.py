"""Printed labels, and photos of them, for the tests of local features."""

import cv2
import numpy as np

from media.background_models import Pixels


def printed(seed: int) -> Pixels:
    """A label: blocks, rings and lettering of the seed's choice."""
    rng = np.random.default_rng(seed)
    label = np.full((420, 300, 3), rng.integers(120, 240, 3), np.uint8)
    for _ in range(40):
        x, y, size = (int(number) for number in rng.integers((0, 0, 6), (300, 420, 46)))
        color = tuple(int(level) for level in rng.integers(0, 255, 3))
        cv2.rectangle(label, (x, y), (x + size, y + size // 2), color, -1)
        cv2.circle(label, (y % 300, x), size // 2, color, 2)
        text = "".join(chr(letter) for letter in rng.integers(65, 90, 5))
        cv2.putText(label, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.7, color, 2)
    return label


def seen_again(label: Pixels, degrees: float, scale: float, seed: int = 0) -> Pixels:
    """The label turned and scaled in a larger photo with noise."""
    move = cv2.getRotationMatrix2D((150, 210), degrees, scale)
    move[:, 2] += (150, 90)
    noise = np.random.default_rng(seed).normal(0, 5, (600, 600, 3))
    photo = cv2.warpAffine(label, move, (600, 600), borderValue=(90, 120, 100))
    return np.clip(photo + noise, 0, 255).astype(np.uint8)
