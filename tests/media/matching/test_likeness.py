"""Likeness: cosines and shares of words, each 0 to 1, and their mean."""

import numpy as np
import polars as pl
import pytest

from media.matching.likeness import likeness, matrix

PRODUCTS = pl.DataFrame(
    {"id": ["same", "opposite", "half", "unseen"]},
).with_columns(
    vector=pl.Series([[1, 0], [-1, 0], [0.5, 0.75**0.5], None], dtype=pl.Array(pl.Float32, 2))
)
QUERY = np.asarray([1, 0], np.float32)


def test_opposites_are_no_less_alike_than_strangers() -> None:
    assert likeness(PRODUCTS, [QUERY], None).to_list() == pytest.approx([1, 0, 0.5, 0])


def test_words_count_as_a_share_of_the_best_and_half_beside_a_picture() -> None:
    relevance = {"half": 8.0, "unseen": 2.0}
    assert likeness(PRODUCTS, [], relevance).to_list() == pytest.approx([0, 0, 1, 0.25])
    both = likeness(PRODUCTS, [QUERY], relevance)
    assert both.to_list() == pytest.approx([0.5, 0, 0.75, 0.125])


def test_two_vectors_count_half_each() -> None:
    other = np.asarray([0, 1], np.float32)
    assert likeness(PRODUCTS, [QUERY, other], None).to_list() == pytest.approx(
        [0.5, 0, (0.5 + 0.75**0.5) / 2, 0]
    )


def test_where_nothing_has_words_nothing_is_like_them() -> None:
    assert likeness(PRODUCTS, [], {}).to_list() == [0, 0, 0, 0]


def test_a_column_of_vectors_has_zeros_where_there_is_none() -> None:
    assert matrix(PRODUCTS["vector"])[3].tolist() == [0, 0]
    assert matrix(PRODUCTS["vector"].clear()).shape == (0, 2)
    with pytest.raises(TypeError):
        matrix(pl.Series([[1.0]]))
