"""Renditions of an image, from bytes to bytes."""

import pickle
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from media.errors import CorruptMedia, TooLarge
from media.geometry import Anchor, Fit
from media.limits import MediaLimits
from media.presets import DEFAULT_PRESETS, IMAGE_PRESETS, RenditionSpec, select_presets
from media.variants import Rendition, VariantSet, render_variants
from tests.media.pictures import (
    BLUE,
    GREEN,
    RED,
    WHITE,
    corners,
    decoded,
    encoded,
    near,
    photo,
    pixel,
    quadrants,
)

LIMITS = MediaLimits()
DEFAULTS = VariantSet(select_presets(DEFAULT_PRESETS))


def render(data: bytes, variants: VariantSet) -> dict[str, Rendition]:
    return {r.name: r for r in render_variants(data, variants, LIMITS)}


def one(data: bytes, spec: RenditionSpec, **options: bool | str) -> Image.Image:
    rendition = render(data, VariantSet((spec,), **options))[spec.name]  # type: ignore[arg-type]
    image = decoded(rendition.data)
    assert image.size == (rendition.width_px, rendition.height_px)
    return image


def test_default_presets() -> None:
    made = render(encoded(photo(3000, 2000), "JPEG", quality=90), DEFAULTS)
    assert {name: (r.width_px, r.height_px) for name, r in made.items()} == {
        "thumbnail": (300, 300),
        "sm": (640, 427),
        "md": (1024, 683),
        "lg": (1920, 1280),
        "xl": (2560, 1707),
    }
    for rendition in made.values():
        image = decoded(rendition.data)
        assert image.size == (rendition.width_px, rendition.height_px)
        assert (image.format, rendition.format) == ("WEBP", "webp")


def test_social_presets_are_exact_jpegs() -> None:
    names = [name for name, spec in IMAGE_PRESETS.items() if spec.format == "jpeg"]
    made = render(encoded(photo(2400, 2000)), VariantSet(select_presets(names)))
    for name in names:
        image = decoded(made[name].data)
        assert image.format == "JPEG"
        assert image.size == IMAGE_PRESETS[name].box_px


def test_never_enlarged_and_equal_renditions_share_their_bytes() -> None:
    made = render(encoded(photo(500, 400)), DEFAULTS)
    assert {(made[n].width_px, made[n].height_px) for n in ("sm", "md", "lg", "xl")} == {(500, 400)}
    assert made["sm"].data is made["md"].data is made["lg"].data is made["xl"].data
    assert (made["thumbnail"].width_px, made["thumbnail"].height_px) == (300, 300)
    assert made["thumbnail"].data is not made["sm"].data


def test_different_quality_is_not_shared() -> None:
    specs = (RenditionSpec("a", 640), RenditionSpec("b", 640, quality=40))
    made = render(encoded(photo(500, 400)), VariantSet(specs))
    assert len(made["a"].data) > len(made["b"].data)


def test_enlarge_on_request() -> None:
    assert one(encoded(photo(100, 50)), RenditionSpec("x", 640), enlarge=True).size == (640, 320)


@pytest.mark.parametrize(
    ("anchor", "colors"),
    [
        (Anchor.TOP_LEFT, {RED}),
        (Anchor.TOP_RIGHT, {GREEN}),
        (Anchor.BOTTOM_LEFT, {BLUE}),
        (Anchor.BOTTOM_RIGHT, {WHITE}),
    ],
)
def test_small_sources_are_cropped_by_anchor(
    anchor: Anchor, colors: set[tuple[int, int, int]]
) -> None:
    wide = RenditionSpec("x", 4000, 1000, Fit.COVER, anchor, format="png")
    found = {c[:3] for c in corners(one(encoded(quadrants(60, 40)), wide))}
    assert colors < found or colors == found
    tall = RenditionSpec("x", 10, 4000, Fit.COVER, anchor, format="png")
    column = one(encoded(quadrants(600, 400)), tall)
    assert near(pixel(column, 0, 0 if "top" in anchor else column.height - 1), next(iter(colors)))


def test_cover_keeps_the_anchored_part() -> None:
    data = encoded(quadrants(600, 400))
    for anchor, left, right in (
        (Anchor.LEFT, RED, RED),
        (Anchor.RIGHT, GREEN, GREEN),
        (Anchor.CENTER, RED, GREEN),
    ):
        image = one(data, RenditionSpec("x", 100, 200, Fit.COVER, anchor, format="png"))
        assert image.size == (100, 200)
        assert near(pixel(image, 2, 2), left)
        assert near(pixel(image, 97, 2), right)


def test_fill_distorts_and_contain_pads() -> None:
    data = encoded(quadrants(600, 400))
    filled = one(data, RenditionSpec("x", 100, 100, Fit.FILL, format="png"))
    assert [near(a, b) for a, b in zip(corners(filled), (RED, GREEN, BLUE, WHITE), strict=True)]
    spec = RenditionSpec("x", 300, 300, Fit.CONTAIN, Anchor.BOTTOM, format="png")
    padded = one(data, spec, background="#112233")
    assert padded.size == (300, 300)
    assert pixel(padded, 150, 99) == (0x11, 0x22, 0x33)
    assert near(pixel(padded, 2, 102), RED)
    assert near(pixel(padded, 2, 297), BLUE)


@pytest.mark.parametrize("image_format", ["webp", "png", "avif"])
def test_alpha_is_kept(image_format: str) -> None:
    source = Image.new("RGBA", (100, 100), (200, 30, 30, 255))
    source.paste((0, 0, 0, 0), (0, 0, 50, 100))
    image = one(encoded(source), RenditionSpec("x", 40, format=image_format))
    assert image.mode == "RGBA"
    assert pixel(image, 5, 20)[3] == 0
    assert near(pixel(image, 35, 20), (200, 30, 30, 255))


def test_alpha_lies_over_the_background_in_jpeg() -> None:
    source = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    spec = RenditionSpec("x", 40, format="jpeg")
    assert near(pixel(one(encoded(source), spec, background="#3366cc"), 9, 9), (0x33, 0x66, 0xCC))


def test_transparent_pixels_do_not_bleed_their_color() -> None:
    pixels = np.zeros((100, 100, 4), dtype=np.uint8)
    pixels[..., 1] = 255
    pixels[::2] = (255, 0, 0, 255)
    image = one(encoded(Image.fromarray(pixels)), RenditionSpec("x", 25, format="png"))
    assert pixel(image, 12, 12)[:2] == (255, 0)


@pytest.mark.parametrize("image_format", ["webp", "jpeg", "png", "avif"])
def test_no_metadata_is_left(image_format: str) -> None:
    secret = b"48.8584 N SECRET"
    exif = Image.Exif()
    exif[0x010E] = secret.decode()
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", secret.decode())
    source = photo(200, 150)
    for data in (
        encoded(source, "JPEG", exif=exif, comment=secret, xmp=b"<x>" + secret),
        encoded(source, "PNG", exif=exif, pnginfo=text),
        encoded(source, "WEBP", exif=exif, xmp=secret),
        encoded(source, "TIFF", tiffinfo={270: secret.decode()}),
    ):
        made = render(data, VariantSet((RenditionSpec("x", 640, format=image_format),)))
        assert secret not in made["x"].data
        info = Image.open(BytesIO(made["x"].data)).info
        assert not {"exif", "xmp", "icc_profile", "comment", "Comment"} & info.keys()


def test_jpeg_is_progressive_and_subsampled() -> None:
    made = render(encoded(photo()), VariantSet((RenditionSpec("x", format="jpeg"),)))
    image = Image.open(BytesIO(made["x"].data))
    assert image.info.get("progressive")
    assert image.layer[0][1:3] == (2, 2)  # type: ignore[attr-defined]


def test_renditions_look_like_the_source() -> None:
    source = photo(1500, 1000)
    for image_format in ("webp", "jpeg", "png", "avif"):
        image = one(encoded(source), RenditionSpec("x", 300, format=image_format))
        expected = source.resize((300, 200), Image.Resampling.LANCZOS)
        difference = np.abs(np.asarray(image.convert("RGB"), int) - np.asarray(expected, int))
        assert difference.mean() < 3


def test_one_long_side_is_cut_to_what_webp_holds() -> None:
    image = one(encoded(Image.new("L", (20_000, 10))), RenditionSpec("webp"))
    assert image.size == (16_383, 8)


def test_specs_and_results_pickle() -> None:
    assert pickle.loads(pickle.dumps(DEFAULTS)) == DEFAULTS  # noqa: S301 - our own bytes
    made = render_variants(encoded(photo(50, 50)), DEFAULTS, LIMITS)
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own bytes


def test_nothing_asked_nothing_made() -> None:
    assert render_variants(encoded(photo()), VariantSet(()), LIMITS) == []


def test_refusals() -> None:
    with pytest.raises(CorruptMedia):
        render_variants(encoded(photo(), "JPEG")[:-400], DEFAULTS, LIMITS)
    with pytest.raises(TooLarge):
        render_variants(encoded(photo()), DEFAULTS, MediaLimits(max_pixels=100))
    with pytest.raises(ValueError, match="same name"):
        VariantSet((RenditionSpec("x", 1), RenditionSpec("x", 2)))
    with pytest.raises(ValueError, match="#rrggbb"):
        VariantSet((), background="blue")
