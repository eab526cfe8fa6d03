"""Fit modes and anchors, for any source and box."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from media.geometry import MAX_SIDE_PX, Anchor, Fit, place, plan_rendition

sides = st.integers(1, 4000)
sizes = st.tuples(sides, sides)
anchors = st.sampled_from(Anchor)
fits = st.sampled_from(Fit)


@given(sizes, sizes, fits, anchors, st.booleans())
def test_every_plan_is_sound(
    source: tuple[int, int], box: tuple[int, int], fit: Fit, anchor: Anchor, enlarge: bool
) -> None:
    plan = plan_rendition(source, box, fit=fit, anchor=anchor, enlarge=enlarge)
    left, top, right, bottom = plan.crop_px
    assert 0 <= left < right <= source[0] + 1e-6
    assert 0 <= top < bottom <= source[1] + 1e-6
    for axis in (0, 1):
        assert 1 <= plan.picture_px[axis] <= plan.canvas_px[axis] <= box[axis]
        assert 0 <= plan.offset_px[axis] <= plan.canvas_px[axis] - plan.picture_px[axis]


@given(sizes, sizes, fits, anchors)
def test_never_enlarged(
    source: tuple[int, int], box: tuple[int, int], fit: Fit, anchor: Anchor
) -> None:
    plan = plan_rendition(source, box, fit=fit, anchor=anchor)
    left, top, right, bottom = plan.crop_px
    assert plan.picture_px[0] <= max(1, right - left + 0.5)
    assert plan.picture_px[1] <= max(1, bottom - top + 0.5)
    assert plan.picture_px[0] <= source[0]
    assert plan.picture_px[1] <= source[1]


@given(sizes, sizes, st.booleans())
def test_fit_keeps_the_ratio_and_touches_the_box(
    source: tuple[int, int], box: tuple[int, int], enlarge: bool
) -> None:
    plan = plan_rendition(source, box, enlarge=enlarge)
    width, height = plan.picture_px
    scale = min(box[0] / source[0], box[1] / source[1])
    scale = scale if enlarge else min(1, scale)
    assert abs(width - source[0] * scale) <= max(0.5, 1 - source[0] * scale)
    assert abs(height - source[1] * scale) <= max(0.5, 1 - source[1] * scale)


@given(sizes, sizes, anchors)
def test_cover_keeps_the_pictures_ratio(
    source: tuple[int, int], box: tuple[int, int], anchor: Anchor
) -> None:
    plan = plan_rendition(source, box, fit=Fit.COVER, anchor=anchor, enlarge=True)
    left, top, right, bottom = plan.crop_px
    assert plan.canvas_px == plan.picture_px == box
    assert (right - left) / (bottom - top) == pytest.approx(box[0] / box[1])
    fills_one_side = right - left == pytest.approx(source[0]) or bottom - top == pytest.approx(
        source[1]
    )
    assert fills_one_side


@given(sizes, sizes, anchors)
def test_contain_is_always_exactly_the_box(
    source: tuple[int, int], box: tuple[int, int], anchor: Anchor
) -> None:
    plan = plan_rendition(source, box, fit=Fit.CONTAIN, anchor=anchor)
    assert plan.canvas_px == box
    assert plan.picture_px == plan_rendition(source, box).picture_px


@pytest.mark.parametrize(
    ("fit", "picture", "canvas"),
    [
        (Fit.FIT, (100, 80), (100, 80)),
        (Fit.FILL, (100, 50), (100, 50)),
        (Fit.COVER, (100, 50), (100, 50)),
        (Fit.CONTAIN, (100, 80), (400, 200)),
    ],
)
def test_source_smaller_than_the_box(
    fit: Fit, picture: tuple[int, int], canvas: tuple[int, int]
) -> None:
    plan = plan_rendition((100, 80), (400, 200), fit=fit)
    assert (plan.picture_px, plan.canvas_px) == (picture, canvas)


def test_fill_stretches_to_exactly_the_box() -> None:
    plan = plan_rendition((1000, 500), (300, 300), fit=Fit.FILL)
    assert plan.picture_px == (300, 300)
    assert plan.crop_px == (0, 0, 1000, 500)


@pytest.mark.parametrize(
    ("box", "size"),
    [((640, None), (640, 320)), ((None, 250), (500, 250)), ((None, None), (1000, 500))],
)
@pytest.mark.parametrize("fit", list(Fit))
def test_open_sides_keep_the_ratio(
    fit: Fit, box: tuple[int | None, int | None], size: tuple[int, int]
) -> None:
    plan = plan_rendition((1000, 500), box, fit=fit)
    assert (plan.picture_px, plan.canvas_px) == (size, size)


@given(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)))
def test_no_side_is_longer_than_an_encoder_takes(source: tuple[int, int]) -> None:
    plan = plan_rendition(source, (None, None))
    assert max(plan.canvas_px) <= MAX_SIDE_PX


@pytest.mark.parametrize(
    ("anchor", "corner"),
    [
        (Anchor.TOP_LEFT, (0, 0)),
        (Anchor.TOP, (45, 0)),
        (Anchor.TOP_RIGHT, (90, 0)),
        (Anchor.LEFT, (0, 20)),
        (Anchor.CENTER, (45, 20)),
        (Anchor.RIGHT, (90, 20)),
        (Anchor.BOTTOM_LEFT, (0, 40)),
        (Anchor.BOTTOM, (45, 40)),
        (Anchor.BOTTOM_RIGHT, (90, 40)),
    ],
)
def test_anchors(anchor: Anchor, corner: tuple[int, int]) -> None:
    assert place((10, 10), (100, 50), anchor) == corner


@given(sizes, sizes)
def test_small_covers_are_whole_pixels(source: tuple[int, int], box: tuple[int, int]) -> None:
    assume(source[0] < box[0] or source[1] < box[1])
    plan = plan_rendition(source, box, fit=Fit.COVER)
    assert all(edge == int(edge) for edge in plan.crop_px)
    assert plan.crop_px[2] - plan.crop_px[0] == plan.picture_px[0]


@pytest.mark.parametrize("source", [(0, 10), (10, -1), (float("nan"), 4)])
def test_a_source_without_area(source: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="no area"):
        plan_rendition(source, (10, 10))
