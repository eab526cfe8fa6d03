"""Neighbours are the most alike others, never the row itself or one of the same picture."""

import numpy as np

from notebooks.neighbours import nearest_others


def test_the_nearest_come_first_and_a_row_is_not_its_own_neighbour() -> None:
    angles = np.deg2rad([0, 10, 30, 90])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    found = nearest_others(vectors, ["a", "b", "c", "d"], [0, 2], count=2)
    assert found.rows.tolist() == [[1, 2], [1, 0]]
    np.testing.assert_allclose(found.likeness[0], np.cos(np.deg2rad([10, 30])), atol=1e-6)


def test_rows_of_one_picture_are_no_neighbours_and_rows_of_none_are() -> None:
    vectors = np.ones((4, 1), np.float32)
    found = nearest_others(vectors, ["a", "a", None, None], [0, 2], count=3)
    assert found.rows.tolist() == [[2, 3, -1], [0, 1, 3]]
    assert np.isneginf(found.likeness[0, 2])


def test_more_rows_than_are_compared_at_a_time_are_all_answered() -> None:
    vectors = np.random.default_rng(1).normal(size=(1500, 8)).astype(np.float32)
    names: list[str | None] = [str(number) for number in range(1500)]
    found = nearest_others(vectors, names, range(1500), count=1)
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -np.inf)
    assert found.rows[:, 0].tolist() == likeness.argmax(axis=1).tolist()


def test_nothing_asked_is_answered_with_nothing() -> None:
    assert nearest_others(np.ones((2, 1), np.float32), ["a", "b"], [], count=5).rows.shape == (0, 2)
