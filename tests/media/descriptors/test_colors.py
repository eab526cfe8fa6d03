"""The colour vector: colours and where they are, not how much light there is."""

import cv2
import numpy as np
from numpy.typing import NDArray

from media.descriptors.colors import color_vector
from media.descriptors.isolation import SQUARE_PX, Product

RED, GREEN, BLUE, GREY = (200, 30, 40), (40, 150, 60), (40, 60, 200), (128, 128, 128)
Color = tuple[int, int, int]


def banded(*bands: Color, light: float = 1.0) -> Product:
    """A product that fills the middle of its square, in bands from top to bottom."""
    rows = np.array_split(np.arange(SQUARE_PX), len(bands))
    rgb = np.zeros((SQUARE_PX, SQUARE_PX, 3), np.float32)
    for color, band in zip(bands, rows, strict=True):
        rgb[band] = np.asarray(color, np.float32) / 255 * light
    cover = np.zeros((SQUARE_PX, SQUARE_PX), np.float32)
    cover[:, 20:-20] = 1
    lab = np.asarray(cv2.cvtColor(np.clip(rgb, 0, 1), cv2.COLOR_RGB2LAB), np.float32)
    return Product(lab, cover, cover, 1.0)


def likeness(one: Product, other: Product) -> float:
    first, second = color_vector(one), color_vector(other)
    return float(first @ second)


def outside_painted(product: Product, lab: Color) -> Product:
    painted: NDArray[np.float32] = product.lab.copy()
    painted[product.cover == 0] = lab
    return Product(painted, product.cover, product.filled, product.aspect)


def test_other_colours_are_unlike_and_near_ones_alike() -> None:
    assert likeness(banded(RED), banded(BLUE)) < 0.2
    assert likeness(banded(RED), banded(GREY)) < 0.5
    assert likeness(banded(RED), banded((190, 45, 70))) > 0.8


def test_a_little_less_light_changes_little() -> None:
    assert likeness(banded(GREEN), banded(GREEN, light=0.85)) > 0.9


def test_where_a_colour_is_counts_less_than_which_it_is() -> None:
    flag = banded(RED, GREY, BLUE)
    turned, other = banded(BLUE, GREY, RED), banded(GREEN, GREY, GREEN)
    assert likeness(flag, turned) < 0.95
    assert likeness(flag, turned) > likeness(flag, other)


def test_what_is_not_product_does_not_count() -> None:
    plain = banded(BLUE)
    assert likeness(plain, outside_painted(plain, (60, 70, 50))) > 0.999


def test_a_product_that_leaves_a_third_empty_has_length_1() -> None:
    hollow = banded(RED)
    hollow.cover[45:85] = 0
    assert abs(float(np.linalg.norm(color_vector(hollow))) - 1) < 1e-5
