"""Watermarks: where they are, how strong, and when they are left out."""

import numpy as np
import pytest
from PIL import Image, ImageChops

from media.errors import InvalidParameter
from media.geometry import Anchor
from media.limits import MediaLimits
from media.presets import RenditionSpec
from media.variants import VariantSet, render_variants
from media.watermark_press import WatermarkPress
from media.watermarks import ImageWatermark, TextWatermark, Watermark
from tests.media.pictures import decoded, encoded, pixel

LIMITS = MediaLimits()
GREY = (100, 100, 100)
LOGO = encoded(Image.new("RGB", (100, 50), (255, 0, 0)))


def stamped(
    watermark: Watermark, size_px: tuple[int, int] = (400, 300), mode: str = "RGB"
) -> Image.Image:
    image = Image.new(mode, size_px, GREY if mode == "RGB" else (*GREY, 0))
    overlay = WatermarkPress(watermark, LIMITS).overlay(*size_px)
    if overlay:
        overlay.stamp(image)
    return image


def mark_box(image: Image.Image) -> tuple[int, int, int, int] | None:
    return ImageChops.difference(image.convert("RGB"), Image.new("RGB", image.size, GREY)).getbbox()


@pytest.mark.parametrize("anchor", list(Anchor))
@pytest.mark.parametrize(
    "make", [lambda a: TextWatermark("Showroom", a), lambda a: ImageWatermark(LOGO, a)]
)
def test_positions(anchor: Anchor, make: object) -> None:
    box = mark_box(stamped(make(anchor)))  # type: ignore[operator]
    assert box is not None
    center = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    for axis, side in ((0, 400), (1, 300)):
        expected = anchor.fractions[axis]
        if expected == 0.5:
            assert abs(center[axis] - side / 2) < 6
        elif expected == 0:
            assert 0 < box[axis] < side / 8
        else:
            assert side * 7 / 8 < box[axis + 2] < side


def test_padding_is_half_the_font_size() -> None:
    box = mark_box(stamped(TextWatermark("HHH", Anchor.BOTTOM_RIGHT, size_px=40, shadow=False)))
    assert box is not None
    assert 300 - box[3] == 20
    assert 400 - box[2] == pytest.approx(20, abs=4)


def test_opacity_and_color() -> None:
    solid = stamped(TextWatermark("MMMM", opacity=1, color="#00ff00", shadow=False))
    assert np.asarray(solid)[..., 1].max() == 255
    assert np.asarray(solid)[..., 0].min() == 0
    half = stamped(TextWatermark("MMMM", opacity=0.5, shadow=False))
    assert np.asarray(half).max() == pytest.approx(178, abs=1)


def test_shadow_is_black_at_half_the_opacity() -> None:
    with_shadow = np.asarray(stamped(TextWatermark("MMMM", opacity=0.8)))
    assert with_shadow.min() == pytest.approx(60, abs=2)
    assert np.asarray(stamped(TextWatermark("MMMM", opacity=0.8, shadow=False))).min() == 100


def test_size_is_clamped_to_a_quarter_of_the_short_side() -> None:
    def height(size_px: int, canvas: tuple[int, int]) -> int:
        box = mark_box(stamped(TextWatermark("H", size_px=size_px, shadow=False), canvas))
        assert box is not None
        return box[3] - box[1]

    assert height(500, (400, 300)) == height(75, (400, 300))
    assert height(1, (400, 300)) == height(12, (400, 300))
    assert height(24, (800, 800)) > height(12, (800, 800))


def test_long_text_is_set_smaller_and_stays_inside() -> None:
    text = "Photograph by the Studio of Somebody"
    box = mark_box(stamped(TextWatermark(text, size_px=60), (300, 300)))
    assert box is not None
    assert box[0] > 0
    assert box[2] < 300


def test_no_room_no_mark() -> None:
    assert mark_box(stamped(TextWatermark("x"), (47, 400))) is None
    assert mark_box(stamped(TextWatermark("x"), (48, 400))) is not None
    assert mark_box(stamped(TextWatermark("x" * 100), (100, 100))) is None
    assert mark_box(stamped(TextWatermark(" . " * 9), (20, 20))) is None


def test_transparency_outside_the_mark_is_kept() -> None:
    image = stamped(TextWatermark("Showroom", Anchor.BOTTOM_RIGHT), mode="RGBA")
    alpha = np.asarray(image)[..., 3]
    assert alpha[:150].max() == 0
    assert 100 < alpha.max() < 200


def test_logo_scale_opacity_and_padding() -> None:
    box = mark_box(stamped(ImageWatermark(LOGO, scale=0.2, padding=0.1, opacity=1.0)))
    assert box == (400 - 30 - 80, 300 - 30 - 40, 370, 270)
    half = stamped(ImageWatermark(LOGO, Anchor.CENTER, opacity=0.5))
    assert pixel(half, 200, 150) == pytest.approx((178, 50, 50), abs=1)


def test_logo_is_never_enlarged_and_never_too_high() -> None:
    box = mark_box(stamped(ImageWatermark(LOGO, scale=1.0), (2000, 300)))
    assert box is not None
    assert (box[2] - box[0], box[3] - box[1]) == (100, 50)
    tall = encoded(Image.new("RGB", (100, 4000), (255, 0, 0)))
    box = mark_box(stamped(ImageWatermark(tall, scale=0.5)))
    assert box is not None
    assert 0 < box[1] < box[3] < 300


def test_logo_keeps_its_transparency() -> None:
    logo = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    logo.paste((255, 0, 0, 255), (50, 0, 100, 100))
    image = stamped(ImageWatermark(encoded(logo), Anchor.CENTER, opacity=1.0))
    assert pixel(image, 180, 150) == GREY
    assert pixel(image, 220, 150) == (255, 0, 0)


def test_marks_are_on_the_rendition_not_on_the_source() -> None:
    source = encoded(Image.new("RGB", (1600, 1200), GREY))
    specs = (RenditionSpec("a", 400, format="png"), RenditionSpec("b", 800, format="png"))
    mark = TextWatermark("Showroom")
    made = render_variants(source, VariantSet(specs, watermark=mark), LIMITS)
    heights = []
    for rendition in made:
        box = mark_box(decoded(rendition.data))
        assert box is not None
        heights.append(box[3] - box[1])
    assert heights[0] == heights[1]
    plain = render_variants(source, VariantSet(specs), LIMITS)
    assert all(mark_box(decoded(rendition.data)) is None for rendition in plain)


def test_equal_sizes_are_each_marked_once() -> None:
    source = encoded(Image.new("RGB", (300, 300), GREY))
    specs = tuple(RenditionSpec(name, 640, format=f) for name, f in (("a", "png"), ("b", "avif")))
    mark = TextWatermark("MMMM", opacity=0.5, shadow=False)
    made = render_variants(source, VariantSet(specs, watermark=mark), LIMITS)
    for rendition in made:
        assert int(np.asarray(decoded(rendition.data)).max()) == pytest.approx(178, abs=10)


def test_the_built_in_font_has_signs_accents_greek_and_cyrillic() -> None:
    for text, plain in (("© Café Müller", "Cafe Muller"), ("Жук", "Xyk"), ("Ωμ", "Qu")):
        assert stamped(TextWatermark(text)) != stamped(TextWatermark(plain))


def test_a_script_that_the_font_lacks_is_named() -> None:
    with pytest.raises(InvalidParameter, match="日"):
        WatermarkPress(TextWatermark("日本"), LIMITS)


def test_unusable_logo_or_font_is_the_requests_fault() -> None:
    with pytest.raises(InvalidParameter, match="watermark"):
        WatermarkPress(ImageWatermark(LOGO[:-30]), LIMITS)
    with pytest.raises(InvalidParameter, match="font"):
        WatermarkPress(TextWatermark("x", font=b"no font"), LIMITS)


@pytest.mark.parametrize(
    "wrong",
    [{"text": " "}, {"text": "a\nb"}, {"opacity": 0}, {"opacity": 1.1}, {"color": "white"}],
)
def test_text_values_are_checked_at_once(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        TextWatermark(**({"text": "x"} | wrong))  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [{"scale": 0}, {"scale": 1.5}, {"padding": 0.5}, {"opacity": 2}])
def test_logo_values_are_checked_at_once(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        ImageWatermark(LOGO, **wrong)  # type: ignore[arg-type]
