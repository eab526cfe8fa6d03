"""Edge grids: directions, contrast, mirror images, and what may be left out."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from media.descriptors.gradients import (
    DIRECTIONS,
    coarse_waves,
    edge_grid,
    even_grid,
    mirrorless,
)

CELLS = 8


def blobs(seed: int) -> NDArray[np.float32]:
    noise = np.random.default_rng(seed).normal(0, 100, (16, 16)).astype(np.float32)
    return np.asarray(cv2.resize(noise, (128, 128), interpolation=cv2.INTER_CUBIC), np.float32)


@pytest.mark.parametrize("degrees", [0, 20, 60, 100, 140])
def test_an_edge_falls_into_its_direction(degrees: float) -> None:
    y, x = np.mgrid[:128, :128].astype(np.float32)
    turn = np.radians(degrees)
    ramp = x * np.float32(np.cos(turn)) + y * np.float32(np.sin(turn))
    strongest = edge_grid(ramp, CELLS)[2:-2, 2:-2].mean(axis=(0, 1)).argmax()
    assert strongest == round(degrees / 180 * DIRECTIONS)


def test_of_several_channels_the_strongest_edge_counts() -> None:
    flat, shown = np.zeros((128, 128), np.float32), blobs(1)
    grid = edge_grid(np.dstack([flat, shown, shown * 0.3]), CELLS)
    assert np.allclose(grid, edge_grid(shown, CELLS))


def test_contrast_makes_no_difference() -> None:
    faint, strong = (even_grid(edge_grid(blobs(2) * scale, CELLS)) for scale in (0.2, 1.0))
    assert np.allclose(faint, strong, atol=1e-4)


def test_a_mirror_image_has_the_same_grid() -> None:
    grids = [
        mirrorless(even_grid(edge_grid(picture, CELLS)))
        for picture in (blobs(3), np.ascontiguousarray(blobs(3)[:, ::-1]), blobs(4))
    ]
    assert np.allclose(grids[0], grids[1], atol=1e-4)
    assert not np.allclose(grids[0], grids[2], atol=1e-2)


def test_all_waves_keep_the_dot_product_and_coarse_ones_nearly() -> None:
    one, other = (mirrorless(even_grid(edge_grid(blobs(seed), CELLS))) for seed in (5, 6))
    exact = float((one * other).sum())
    every, coarse = (
        float(coarse_waves(one, finest) @ coarse_waves(other, finest))
        for finest in (2 * CELLS - 1, 7)
    )
    assert every == pytest.approx(exact, rel=1e-4)
    assert coarse == pytest.approx(exact, rel=0.2)
    assert coarse_waves(one, 7).shape == (128,)
