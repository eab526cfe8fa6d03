"""Triangles become samples: the nearest wins, edges are shared, depth is not linear in pixels."""

import numpy as np
from numpy.typing import NDArray

from media.furniture.raster import Flat, nearest_triangles, weights_at

SQUARE = [[2.0, 2.0], [12.0, 2.0], [12.0, 12.0], [2.0, 12.0]]


def flat(corners: list[list[float]], depths: list[float], triangles: list[list[int]]) -> Flat:
    return Flat(
        np.array(corners, np.float32),
        np.array([1 / depth for depth in depths], np.float32),
        np.array(triangles, np.int32),
    )


def count_inside(corners: NDArray[np.float64], size: int) -> int:
    """How many sample middles lie in a triangle, by the sides they are on."""
    y, x = np.mgrid[0:size, 0:size] + 0.5
    sides = []
    for first, second in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        edge = second - first
        sides.append(edge[0] * (y - first[1]) - edge[1] * (x - first[0]))
    inside = (np.array(sides) > 0).all(axis=0) | (np.array(sides) < 0).all(axis=0)
    return int(inside.sum())


def test_two_triangles_of_a_square_cover_each_sample_once_and_leave_no_gap() -> None:
    found = nearest_triangles(flat(SQUARE, [2, 2, 2, 2], [[0, 1, 2], [0, 2, 3]]), 16, 16)
    assert (found[2:12, 2:12] >= 0).all()
    assert (found >= 0).sum() == 100
    assert {0, 1} == set(np.unique(found[found >= 0]))


def test_the_nearer_triangle_hides_the_farther_whatever_their_order() -> None:
    corners = [*SQUARE, *SQUARE]
    depths = [3.0] * 4 + [2.0] * 4
    for order in ([[0, 1, 2], [4, 5, 6]], [[4, 5, 6], [0, 1, 2]]):
        found = nearest_triangles(flat(corners, depths, order), 16, 16)
        near = order.index([4, 5, 6])
        assert set(np.unique(found)) == {-1, near}


def test_crossing_triangles_hide_each_other_where_each_is_nearer() -> None:
    slanted = flat(
        [[0.0, 0.0], [16.0, 0.0], [0.0, 16.0]] * 2,
        [1.0, 3.0, 1.0, 3.0, 1.0, 3.0],
        [[0, 1, 2], [3, 4, 5]],
    )
    found = nearest_triangles(slanted, 16, 16)
    assert found[1, 1] == 0
    assert found[1, 13] == 1


def test_a_random_triangle_covers_the_samples_that_lie_in_it() -> None:
    rng = np.random.default_rng(4)
    for _ in range(40):
        corners = rng.uniform(-5, 45, (3, 2))
        found = nearest_triangles(flat(corners.tolist(), [2, 2, 2], [[0, 1, 2]]), 40, 40)
        assert (found == 0).sum() == count_inside(corners, 40)


def test_what_is_beside_or_behind_the_camera_is_left_out() -> None:
    behind = Flat(
        np.array(SQUARE, np.float32),
        np.array([0.5, -1, 0.5, 0.5], np.float32),
        np.array([[0, 1, 2], [0, 2, 3]], np.int32),
    )
    assert set(np.unique(nearest_triangles(behind, 16, 16))) == {-1, 1}


def test_nothing_gives_an_empty_picture() -> None:
    empty = flat(SQUARE, [2, 2, 2, 2], [])
    empty = Flat(empty.corners, empty.inverse_depths, np.zeros((0, 3), np.int32))
    assert (nearest_triangles(empty, 5, 4) == -1).all()


def test_weights_follow_space_and_not_the_picture() -> None:
    """A bar from 1 m to 3 m: the middle of its picture is not the middle of the bar."""
    bar = flat([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]], [1.0, 3.0, 1.0], [[0, 1, 2]])
    weights, depth = weights_at(bar, np.array([0], np.int32), np.array([[5, 0]], np.float32))
    np.testing.assert_allclose(depth, [1.5], rtol=1e-5)
    np.testing.assert_allclose(weights, [[0.75, 0.25, 0]], atol=1e-6)


def test_a_place_beside_a_sliver_is_no_nearer_than_the_sliver() -> None:
    """A pixel's middle may lie beside a triangle that is narrower than the pixel."""
    sliver = flat([[0.0, 0.0], [0.2, 10.0], [0.0, 10.0]], [2.0, 3.0, 3.0], [[0, 1, 2]])
    beside = np.array([[1, 5], [-1, 5], [0.1, 11], [3, -2]], np.float32)
    weights, depth = weights_at(sliver, np.zeros(4, np.int32), beside)
    np.testing.assert_allclose(weights.sum(axis=1), 1, rtol=1e-5)
    assert ((weights >= 0) & (weights <= 1)).all()
    assert ((depth >= 2 - 1e-5) & (depth <= 3 + 1e-5)).all()
