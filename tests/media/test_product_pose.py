"""How a product lies in its frame."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from media.frame_descriptors import describe_frame
from media.product_pose import border_share, off_centre, rotation_deg, sees_hand
from tests.media.products import front, scene


def leaning(width_px: int, height_px: int, clockwise_deg: float) -> NDArray[np.bool_]:
    picture = np.zeros((300, 300), np.uint8)
    corners = cv2.boxPoints(((150, 150), (width_px, height_px), clockwise_deg))
    cv2.fillPoly(picture, [np.round(corners).astype(np.int32)], 1)
    return picture.astype(np.bool_)


@pytest.mark.parametrize("angle", [-40, -12.5, 0, 3, 20, 44])
@pytest.mark.parametrize(("width_px", "height_px"), [(60, 200), (200, 60)])
def test_the_lean_of_a_long_product(width_px: int, height_px: int, angle: float) -> None:
    measured = rotation_deg(leaning(width_px, height_px, angle))
    assert measured == pytest.approx(angle, abs=1)


def test_clockwise_is_positive() -> None:
    mask = np.zeros((200, 200), np.bool_)
    for row in range(30, 170):  # the top leans to the right
        mask[row, 130 - row // 3 : 150 - row // 3] = True
    measured = rotation_deg(mask)
    assert measured is not None
    assert 12 < measured < 25


def test_no_lean_without_a_clear_axis() -> None:
    assert rotation_deg(leaning(120, 120, 20)) is None  # a square
    hook = np.zeros((200, 200), np.bool_)
    hook[20:180, 40:60] = True
    hook[150:180, 40:160] = True
    assert rotation_deg(hook) is None  # not alike on both sides
    assert rotation_deg(np.zeros((50, 50), np.bool_)) is None


def test_place_in_the_frame() -> None:
    mask = np.zeros((100, 200), np.bool_)
    mask[40:60, 80:120] = True
    assert off_centre(mask) == 0
    assert border_share(mask) == 0
    mask[:] = False
    mask[0:20, 0:40] = True
    assert off_centre(mask) == pytest.approx(np.hypot(0.8, 0.8))
    assert border_share(mask) == pytest.approx((40 + 19) / (2 * 200 + 2 * 98))


def hand_over(background: tuple[int, int, int]) -> bool | None:
    def draw(canvas: object) -> None:
        front(canvas)  # type: ignore[arg-type]
        canvas.rectangle((180, 150, 230, 240), fill=(205, 150, 120))  # type: ignore[attr-defined]

    look = describe_frame(scene(draw, background=background))
    return sees_hand(look.lab, look.background)


def test_a_hand_that_reaches_in() -> None:
    assert hand_over((235, 235, 232)) is True


def test_on_a_background_of_the_colour_of_skin_nothing_is_known() -> None:
    assert hand_over((214, 170, 140)) is None


def test_skin_colour_inside_the_frame_may_be_the_product() -> None:
    def tan_bag(canvas: object) -> None:
        canvas.rectangle((90, 60, 230, 190), fill=(205, 150, 120))  # type: ignore[attr-defined]

    look = describe_frame(scene(tan_bag))
    assert sees_hand(look.lab, look.background) is False


def test_hardly_any_hand_is_seen_where_there_is_none(corpus: Path) -> None:
    photos = sorted((corpus / "image/retrieval_class").glob("*.jpg"))
    looks = [describe_frame(photo.read_bytes()) for photo in photos]
    seen = [look for look in looks if sees_hand(look.lab, look.background)]
    assert len(seen) <= 0.03 * len(looks)
