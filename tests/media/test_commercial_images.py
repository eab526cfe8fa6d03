"""Commercial images: a cutout on every background, in every size."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from media.commercial_images import VERSIONS, CommercialOptions, commercial_images
from media.contact_shadows import contact_shadow
from media.errors import CorruptMedia, EmptyMask, TooLarge
from media.limits import MediaLimits
from media.product_placement import (
    STANDING_FOOT,
    lay_over,
    place_on,
    plan_placement,
    trim_to_product,
)
from tests.media.pictures import decoded
from tests.media.products import cutout, png

LIMITS = MediaLimits()
COLOR = "#e8e0d4"
PLAIN = (0xE8, 0xE0, 0xD4)


def made(data: bytes, **options: Any) -> dict[str, Image.Image]:
    settings = {"format": "png", "sizes": ((400, 400),), "color": COLOR} | options
    images = commercial_images(data, CommercialOptions(**settings), LIMITS)
    pictures = {image.version: decoded(image.data) for image in images}
    for image in images:
        assert pictures[image.version].size == (image.width_px, image.height_px)
    return pictures


def alpha_of(image: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(image.getchannel("A"))


def red_box(width_px: int, height_px: int, margin_px: int = 40) -> Image.Image:
    image = Image.new("RGBA", (width_px + 2 * margin_px, height_px + 2 * margin_px))
    image.paste(
        (200, 30, 40, 255), (margin_px, margin_px, margin_px + width_px, margin_px + height_px)
    )
    return image


def test_every_version_in_every_size_has_its_name_and_scene() -> None:
    options = CommercialOptions(sizes=((200, 200), (160, 240)), format="jpeg")
    images = commercial_images(png(cutout()), options, LIMITS)
    assert [image.name for image in images] == [
        f"{version}-{size}" for version in VERSIONS for size in ("200x200", "160x240")
    ]
    assert {image.format for image in images if image.version == "transparent"} == {"png"}
    assert {image.format for image in images if image.version != "transparent"} == {"jpeg"}
    scenes = {image.version: image.scene for image in images}
    assert scenes["real"].endswith("(offline)")
    assert scenes["creative"].endswith("(offline)")
    assert scenes["solid"].startswith("plain colour #")


@pytest.mark.parametrize("image_format", ["webp", "png", "jpeg", "avif"])
def test_formats_and_no_metadata(image_format: str) -> None:
    options = CommercialOptions(sizes=((128, 128),), format=image_format)
    for image in commercial_images(png(cutout()), options, LIMITS):
        picture = Image.open(BytesIO(image.data))
        assert picture.format is not None
        assert picture.format.lower() == image.format
        assert "exif" not in picture.info
        assert "icc_profile" not in picture.info


def test_transparent_is_the_product_in_the_middle_and_no_shadow() -> None:
    alpha = alpha_of(made(png(red_box(300, 150)))["transparent"])
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    assert (columns[0], columns[-1]) == pytest.approx((48, 351), abs=1)  # 0.12 x 400
    assert (rows[0] + rows[-1]) / 2 == pytest.approx(199.5, abs=1)
    assert ((alpha > 0) & (alpha < 255)).mean() < 0.02


def test_a_small_product_is_enlarged_no_more_than_twice() -> None:
    alpha = alpha_of(made(png(red_box(50, 40)))["transparent"])
    assert np.count_nonzero(alpha.any(axis=0)) == 100
    assert np.count_nonzero(alpha.any(axis=1)) == 80


def test_solid_is_the_colour_with_a_shadow_under_the_product_only() -> None:
    picture = np.asarray(made(png(red_box(200, 200)))["solid"]).astype(int)
    assert tuple(picture[5, 5]) == PLAIN
    assert tuple(picture[150, 10]) == PLAIN
    foot = 352  # the lower end of the product
    under = picture[foot + 2, 200]
    assert (under < np.asarray(PLAIN) - 40).all()
    assert (picture[-1] == PLAIN).all()
    changed = (picture != PLAIN).any(axis=2)
    assert not changed[: 400 - foot - 1].any()


def test_the_shadow_falls_away_from_the_lamp_at_the_left() -> None:
    alpha = np.zeros((400, 400), np.uint8)
    alpha[100:340, 150:250] = 255
    shadow = contact_shadow(alpha)
    beside = shadow[300:335]
    assert beside[:, 255:330].mean() > 1.5 * beside[:, 70:145].mean()
    assert shadow[341:346, 160:240].mean() > 0.3
    assert shadow[:90].max() == 0


def test_what_hangs_above_the_floor_touches_it_nowhere() -> None:
    alpha = np.zeros((400, 400), np.uint8)
    alpha[100:340, 60:160] = 255  # stands
    alpha[100:240, 240:340] = 255  # hangs
    shadow = contact_shadow(alpha)
    assert shadow[341:345, 80:140].mean() > 3 * shadow[241:245, 260:320].mean()
    assert contact_shadow(np.zeros((50, 60), np.uint8)).max() == 0


def test_the_product_itself_is_not_changed() -> None:
    product = cutout((300, 300), (40, 40, 260, 260))
    background = Image.new("RGB", (300, 300), (120, 160, 90))
    laid = np.asarray(lay_over(background, product, shadow=True))
    opaque = alpha_of(product) == 255
    assert (laid[opaque] == np.asarray(product)[opaque][:, :3]).all()


def test_edges_are_mixed_as_light() -> None:
    half = Image.new("RGBA", (64, 64), (255, 255, 255, 128))
    laid = lay_over(Image.new("RGB", (64, 64)), half, shadow=False)
    # Half the light of white is level 188 of sRGB, not 128 (IEC 61966-2-1).
    assert laid.getpixel((32, 32)) == (188, 188, 188)


def test_in_a_scene_a_low_product_stands_on_the_floor() -> None:
    wide = plan_placement((600, 100), (400, 400), 0.12, standing=True)
    assert (wide.top_px + wide.height_px) / 400 == pytest.approx(STANDING_FOOT, abs=0.01)
    tall = plan_placement((100, 600), (400, 400), 0.12, standing=True)
    assert (tall.top_px + tall.height_px) / 400 == pytest.approx(0.88, abs=0.01)
    centred = plan_placement((600, 100), (400, 400), 0.12, standing=False)
    assert centred.top_px + centred.height_px / 2 == pytest.approx(200, abs=1)


def test_a_background_of_someone_elses() -> None:
    theirs = Image.new("RGB", (320, 240), (10, 60, 120))
    placed = np.asarray(place_on(theirs, red_box(50, 100), 0.12, shadow=False))
    product = (placed == (200, 30, 40)).all(axis=2)
    rows = np.flatnonzero(product.any(axis=1))
    assert (rows[0], rows[-1]) == pytest.approx((29, 211), abs=2)
    assert tuple(placed[0, 0]) == (10, 60, 120)
    shaded = np.asarray(place_on(theirs, red_box(50, 100), 0.12, shadow=True))
    assert shaded[214, 160].sum() < placed[214, 160].sum()


def test_trimming_ignores_traces_and_refuses_nothing() -> None:
    image = red_box(100, 80)
    image.putpixel((0, 0), (255, 255, 255, 5))
    assert trim_to_product(image).size == (100, 80)
    with pytest.raises(EmptyMask, match="plain background"):
        commercial_images(png(Image.new("RGBA", (90, 90))), CommercialOptions(), LIMITS)


def test_the_same_seed_gives_the_same_files_and_another_seed_another_set() -> None:
    options = {"versions": ("real", "creative"), "sizes": ((200, 200),)}
    data = png(cutout())
    first, again, other = (
        [
            (image.data, image.scene)
            for image in commercial_images(data, CommercialOptions(**options, seed=seed), LIMITS)  # type: ignore[arg-type]
        ]
        for seed in (3, 3, 4)
    )
    assert first == again
    assert all(a != b for a, b in zip(first, other, strict=True))


def test_bad_cutouts_are_refused() -> None:
    with pytest.raises(CorruptMedia):
        commercial_images(png(cutout())[:-2000], CommercialOptions(), LIMITS)
    with pytest.raises(TooLarge):
        commercial_images(png(cutout()), CommercialOptions(), MediaLimits(max_pixels=1000))


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"versions": ("sepia",)}, "sepia"),
        ({"sizes": ((20, 400),)}, "side"),
        ({"sizes": ((400, 90_000),)}, "side"),
        ({"format": "bmp"}, "bmp"),
        ({"quality": 0}, "Quality"),
        ({"padding": 0.5}, "Padding"),
        ({"color": "red"}, "#rrggbb"),
        ({"seed": -1}, "seed"),
    ],
)
def test_options_that_cannot_be_meant(options: dict[str, Any], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        CommercialOptions(**options)
