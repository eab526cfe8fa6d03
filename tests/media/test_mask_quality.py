"""Judging masks: whoever made them, good ones pass and bad ones are flagged."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from media.mask_quality import bounding_box, judge_mask, touches_border
from tests.media.product_scenes import Scene, draw_scene
from tests.media.surfaces import Pixels

SCENES = [draw_scene(kind, seed, 400, 400) for kind in ("plain", "fabric") for seed in (1, 5, 6)]


def true_mask(scene: Scene) -> Pixels:
    return (scene.alpha * 255).round().astype(np.uint8)


def without_a_third(mask: Pixels) -> Pixels:
    left, top, _, height = cv2.boundingRect(mask)
    spoilt = mask.copy()
    spoilt[top + height * 2 // 3 :] = 0
    spoilt[: top + height // 8, left:] = 0
    return spoilt


def with_background(mask: Pixels) -> Pixels:
    return np.asarray(cv2.dilate(mask, np.ones((61, 61), np.uint8)), np.uint8)


def moved(mask: Pixels) -> Pixels:
    return np.roll(mask, (40, 70), (0, 1))


def a_disc(mask: Pixels) -> Pixels:
    spoilt = np.zeros_like(mask)
    return np.asarray(cv2.circle(spoilt, (130, 130), 90, 255, -1), np.uint8)


def overlap(one: Pixels, other: Pixels) -> float:
    a, b = one > 127, other > 127
    return float((a & b).sum() / (a | b).sum())


@pytest.mark.parametrize("scene", SCENES)
def test_the_true_mask_needs_no_review(scene: Scene) -> None:
    verdict = judge_mask(scene.rgb, true_mask(scene))
    assert verdict.review is None
    assert verdict.quality > 0.8


@pytest.mark.parametrize("spoil", [without_a_third, with_background, moved, a_disc])
@pytest.mark.parametrize("scene", SCENES)
def test_a_spoilt_mask_is_flagged(scene: Scene, spoil: Callable[[Pixels], Pixels]) -> None:
    mask = true_mask(scene)
    spoilt = spoil(mask)
    assert overlap(mask, spoilt) < 0.8
    verdict = judge_mask(scene.rgb, spoilt)
    assert verdict.review
    assert verdict.review.endswith(".")
    assert verdict.quality < judge_mask(scene.rgb, mask).quality - 0.3


def test_quality_falls_with_overlap() -> None:
    scene = SCENES[0]
    mask = true_mask(scene)
    grown = [mask] + [
        np.asarray(cv2.dilate(mask, np.ones((side, side), np.uint8)), np.uint8)
        for side in (9, 25, 61)
    ]
    qualities = [judge_mask(scene.rgb, each).quality for each in grown]
    assert qualities == sorted(qualities, reverse=True)
    assert qualities[0] - qualities[-1] > 0.5


def test_two_ways_that_disagree_are_a_reason() -> None:
    scene = SCENES[0]
    agreed = judge_mask(scene.rgb, true_mask(scene), agreement=0.99)
    disputed = judge_mask(scene.rgb, true_mask(scene), agreement=0.4)
    assert agreed.review is None
    assert disputed.review == "Two ways of finding the product disagree."
    assert disputed.quality < agreed.quality


@pytest.mark.parametrize("level", [0, 255])
def test_a_mask_of_nothing_or_everything_is_worth_nothing(level: int) -> None:
    scene = SCENES[0]
    verdict = judge_mask(scene.rgb, np.full(scene.alpha.shape, level, np.uint8))
    assert verdict.quality == 0
    assert verdict.review


def test_a_product_that_touches_three_sides_is_flagged() -> None:
    picture = np.full((300, 300, 3), 240, np.uint8)
    mask = np.zeros((300, 300), np.uint8)
    mask[:, 100:] = 255
    picture[mask > 0] = (90, 30, 30)
    verdict = judge_mask(picture, mask, agreement=1.0)
    assert verdict.review == "The product touches 3 sides of the picture."


def test_a_speck_is_flagged() -> None:
    picture = np.full((300, 300, 3), 240, np.uint8)
    mask = np.zeros((300, 300), np.uint8)
    mask[150:160, 150:160] = 255
    picture[mask > 0] = (90, 30, 30)
    assert judge_mask(picture, mask, agreement=1.0).review


def test_judging_is_repeatable() -> None:
    scene = SCENES[3]
    first = judge_mask(scene.rgb, true_mask(scene))
    cv2.setRNGSeed(99)
    assert judge_mask(scene.rgb, true_mask(scene)) == first


def test_bounding_box_is_exclusive_at_the_end() -> None:
    alpha = np.zeros((40, 60), np.uint8)
    assert bounding_box(alpha) is None
    alpha[10:20, 5:30] = 255
    alpha[30, 30] = 100
    assert bounding_box(alpha) == (5, 10, 30, 20)


def test_touched_sides_are_named() -> None:
    alpha = np.zeros((100, 100), np.uint8)
    assert touches_border(alpha) == frozenset()
    alpha[40:60, :50] = 255
    assert touches_border(alpha) == {"left"}
    alpha[60:, 20:30] = 255
    assert touches_border(alpha) == {"left", "bottom"}
    alpha[0, 0] = 255
    assert "top" not in touches_border(alpha)
