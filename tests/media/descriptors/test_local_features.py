"""Local features: the same product seen again has many in one arrangement, another few."""

import cv2
import numpy as np
import pytest

from media.background_models import Pixels
from media.descriptors.local_features import (
    MOST_POINTS,
    find_local_features,
    inliers,
    inliers_of_each,
    pack,
    unpack,
)
from media.descriptors.reranking import same_product_scores
from tests.media.descriptors.labels import printed, seen_again


def packed(rgb: Pixels) -> bytes:
    return pack(find_local_features(rgb))


@pytest.mark.parametrize(("degrees", "scale"), [(0, 1.0), (12, 0.7), (-25, 1.2), (90, 0.9)])
def test_the_same_label_turned_and_scaled_has_many_inliers(degrees: float, scale: float) -> None:
    assert inliers(packed(seen_again(printed(1), degrees, scale)), packed(printed(1))) > 30


def test_another_label_has_next_to_none() -> None:
    query = packed(seen_again(printed(1), 8, 0.9))
    assert max(inliers_of_each(query, [packed(printed(seed)) for seed in range(2, 8)])) < 8


def test_many_are_compared_as_one_by_one_and_none_is_0() -> None:
    query = packed(seen_again(printed(3), 5, 0.8))
    others = [packed(printed(3)), None, packed(printed(4))]
    assert inliers_of_each(query, others) == [
        0 if other is None else inliers(query, other) for other in others
    ]
    assert inliers_of_each(query, []) == []


def test_a_picture_without_points_has_no_inliers() -> None:
    flat = packed(np.full((300, 300, 3), 130, np.uint8))
    assert len(unpack(flat).points) == 0
    assert inliers(flat, packed(printed(1))) == 0
    assert inliers(packed(printed(1)), flat) == 0


def test_packing_keeps_points_and_descriptors_and_is_small() -> None:
    features = find_local_features(printed(5))
    data = pack(features)
    again = unpack(data)
    assert 100 < len(features.points) <= MOST_POINTS
    assert len(data) < 55_000
    assert features.points.min() >= 0
    assert features.points.max() <= 1
    assert np.allclose(again.points, features.points, atol=1e-4)
    assert np.array_equal(again.descriptors, features.descriptors)
    assert pack(again) == data


@pytest.mark.parametrize("data", [b"", b"SLF1", b"\x89PNG and so on", packed(printed(1))[:-1]])
def test_other_bytes_are_not_taken_for_local_features(data: bytes) -> None:
    with pytest.raises(ValueError, match="no local features"):
        unpack(data)


def test_a_thumbnail_is_recognized() -> None:
    small = np.asarray(cv2.resize(printed(6), (150, 210), interpolation=cv2.INTER_AREA), np.uint8)
    assert inliers(packed(seen_again(printed(6), 4, 1.1)), packed(small)) > 15


def test_chance_inliers_leave_the_order_to_the_cosines() -> None:
    scores = same_product_scores([0, 4, 2], np.array([0.9, 0.5, 0.7], np.float32))
    assert list(np.argsort(-scores)) == [0, 2, 1]


def test_many_inliers_beat_a_better_cosine_and_colour_tells_variants_apart() -> None:
    scores = same_product_scores([3, 40, 42], np.array([0.95, 0.9, 0.5], np.float32))
    assert list(np.argsort(-scores)) == [1, 2, 0]
