"""Views judged without a model."""

from collections import Counter
from io import BytesIO
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from media.errors import CorruptMedia
from media.hex_colors import parse_hex_color
from media.product_views import ProductView, ViewFrame
from media.view_groups import group_views
from tests.media.products import back, ball, frame, front, scene, side


def clip_frames(path: Path, step: int) -> list[ViewFrame]:
    frames = []
    with av.open(str(path)) as container:
        for number, picture in enumerate(container.decode(video=0)):
            if number % step == 0:
                pixels = picture.to_ndarray(format="bgr24")
                grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
                sharpness = float(cv2.Laplacian(grey, cv2.CV_32F).std())
                data = cv2.imencode(".jpg", pixels)[1].tobytes()
                frames.append(ViewFrame(number, float(picture.time or 0), sharpness, data))
    return frames


def heroes(views: list[ProductView]) -> Counter[str]:
    return Counter(view.product for view in views if view.is_hero)


def test_a_still_product_is_one_view_and_its_sharpest_frame() -> None:
    frames = [frame(n, scene(front, seed=n), sharpness=10.0 + n % 4) for n in range(9)]
    views = group_views(frames)
    assert [(view.frame, view.is_hero) for view in views] == [(3, True)]


def test_sides_that_differ_are_views_of_one_product() -> None:
    drawings = [front, front, side, side, back, back]
    views = group_views([frame(n, scene(d, seed=n)) for n, d in enumerate(drawings)])
    assert {view.frame // 2 for view in views} == {0, 1, 2}
    assert {view.product for view in views} == {"product-1"}
    assert [view.view for view in views] == ["view-1", "view-2", "view-3"]
    assert heroes(views) == {"product-1": 1}
    assert views[0].is_hero
    assert views[0].frame // 2 != 1  # the narrow side is not what to show first


def test_no_more_views_than_asked_for() -> None:
    frames = [frame(n, scene(d)) for n, d in enumerate((front, side, back))]
    assert len(group_views(frames, max_views=2)) == 2
    assert len(group_views(frames, max_views=1)) == 1
    with pytest.raises(ValueError, match="at least one view"):
        group_views(frames, max_views=0)


def test_another_colour_and_shape_is_another_product() -> None:
    drawings = [front, front, ball, ball]
    views = group_views([frame(n, scene(d, seed=n)) for n, d in enumerate(drawings)])
    assert [(v.product, v.frame // 2) for v in views] == [("product-1", 0), ("product-2", 1)]
    assert heroes(views) == {"product-1": 1, "product-2": 1}


def test_where_the_product_is_in_the_frame_makes_no_view() -> None:
    def moved(draw: ImageDraw.ImageDraw) -> None:
        draw.rectangle((60, 60, 160, 220), fill=(20, 90, 100))
        draw.rectangle((70, 70, 150, 170), fill=(210, 225, 240))

    views = group_views([frame(0, scene(moved)), frame(1, scene(front))])
    assert [view.frame for view in views] == [1]  # the one in the middle


def test_a_cropped_product_is_worth_less_than_a_whole_one() -> None:
    def cropped(draw: ImageDraw.ImageDraw) -> None:
        draw.rectangle((110, -60, 210, 100), fill=(20, 90, 100))
        draw.rectangle((120, -50, 200, 50), fill=(210, 225, 240))

    whole = group_views([frame(0, scene(front))])[0]
    cut = group_views([frame(0, scene(cropped))])[0]
    assert whole.quality >= 80
    assert cut.quality <= whole.quality - 30
    assert cut.rotation_deg is None


def test_a_blurred_frame_is_worth_less_than_a_sharp_one() -> None:
    sharp, soft = (
        group_views([frame(0, scene(front), sharpness)])[0].quality for sharpness in (20.0, 3.0)
    )
    assert sharp - soft >= 15


def test_what_cannot_be_known_is_unknown() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (240, 320, 3), dtype=np.uint8)
    clutter = cv2.imencode(".jpg", noise)[1].tobytes()
    view = group_views([frame(0, clutter)])[0]
    assert view.obstructions is None
    assert view.rotation_deg is None
    assert view.background.solid_color is None
    assert view.background.real_life_setting is None
    assert view.background.creative_shot is None


@pytest.mark.parametrize("level", [15, 245])
def test_the_advised_colour_is_a_light_neutral_that_sets_the_product_off(level: int) -> None:
    def box(draw: ImageDraw.ImageDraw) -> None:
        draw.rectangle((110, 40, 210, 200), fill=(level, level, level))

    view = group_views([frame(0, scene(box, background=(120, 120, 120)))])[0]
    assert view.background.solid_color is not None
    color = parse_hex_color(view.background.solid_color)
    assert min(color) > 190
    assert max(color) - min(color) < 25
    assert abs(sum(color) / 3 - level) > 25


def test_frames_may_come_in_any_order_and_none_may_come() -> None:
    frames = [frame(n, scene(d)) for n, d in enumerate((front, side, back))]
    assert group_views(frames[::-1]) == group_views(frames)
    assert group_views([]) == []


def test_a_frame_that_is_no_picture_is_refused() -> None:
    for data in (b"", b"not a picture"):
        with pytest.raises(CorruptMedia):
            group_views([frame(0, data)])


def test_a_turntable_gives_five_distinct_views_of_one_product(corpus: Path) -> None:
    frames = clip_frames(corpus / "derived/turntable/phone.mp4", 1)
    views = group_views(frames)
    assert len(views) == 5
    assert heroes(views) == {"product-1": 1}
    data = {frame.frame: frame.data for frame in frames}
    chosen = [
        np.asarray(Image.open(BytesIO(data[view.frame])).convert("L"), np.float32) for view in views
    ]
    # Each turn of the phone moves its whole outline: no two picks are nearly the same picture.
    for number, one in enumerate(chosen):
        for other in chosen[:number]:
            assert np.abs(one - other).mean() > 12
    covered = [float(np.mean(picture < 200)) for picture in chosen]
    assert covered[0] == max(covered)  # the hero is the broadest side


def test_a_still_frame_with_moving_hands_is_one_view(corpus: Path) -> None:
    frames = clip_frames(corpus / "video/object_handheld/sam2__03_blocks.mp4", 24)
    assert len(group_views(frames)) == 1
