"""Animations stay animations where that is asked for."""

import pytest
from PIL import Image, ImageSequence

from media.animations import count_frames
from media.errors import CorruptMedia, TooLarge
from media.geometry import Fit
from media.limits import MediaLimits
from media.presets import RenditionSpec
from media.variants import Rendition, VariantSet, render_variants
from media.watermarks import TextWatermark
from tests.media.pictures import BLUE, GREEN, RED, decoded, encoded, gif, near, pixel

LIMITS = MediaLimits()
COLORS = (RED, GREEN, BLUE)


def moving(image_format: str, **settings: object) -> bytes:
    frames = [Image.new("RGB", (120, 60), color) for color in COLORS]
    settings = {"duration": [100, 200, 300], "loop": 0} | settings
    return encoded(frames[0], image_format, save_all=True, append_images=frames[1:], **settings)


def animated(data: bytes, *specs: RenditionSpec) -> list[Rendition]:
    return render_variants(data, VariantSet(specs, animated=True), LIMITS)


@pytest.mark.parametrize("image_format", ["GIF", "WEBP", "PNG", "AVIF"])
def test_frames_and_durations_are_kept(image_format: str) -> None:
    (made,) = animated(moving(image_format), RenditionSpec("x", 60))
    image = decoded(made.data)
    assert (made.frames, image.n_frames) == (3, 3)  # type: ignore[attr-defined]
    assert image.size == (60, 30) == (made.width_px, made.height_px)
    durations = []
    for frame, color in zip(ImageSequence.Iterator(image), COLORS, strict=True):
        assert near(pixel(frame.convert("RGB"), 30, 15), color, by=20)
        durations.append(frame.info["duration"])
    assert durations == [100, 200, 300]


@pytest.mark.parametrize(
    ("image_format", "loop", "plays"),
    [("GIF", 0, 0), ("GIF", 2, 3), ("GIF", None, 1), ("WEBP", 4, 4), ("PNG", 5, 5)],
)
def test_plays_are_kept(image_format: str, loop: int | None, plays: int) -> None:
    (made,) = animated(moving(image_format, loop=loop), RenditionSpec("x", 60))
    assert decoded(made.data).info["loop"] == plays


def test_still_unless_asked_for_and_outside_webp() -> None:
    specs = (RenditionSpec("webp", 60), RenditionSpec("jpeg", 60, format="jpeg"))
    for made in render_variants(moving("GIF"), VariantSet(specs), LIMITS):
        assert made.frames == 1
        assert near(pixel(decoded(made.data).convert("RGB"), 30, 15), RED, by=20)
    moved, still = animated(moving("GIF"), *specs)
    assert (moved.frames, still.frames) == (3, 1)


def test_a_still_stays_a_still() -> None:
    (made,) = animated(encoded(Image.new("RGB", (9, 9))), RenditionSpec("x", 60))
    assert made.frames == 1


def test_cover_watermark_and_transparency_on_every_frame() -> None:
    frames = [Image.new("RGBA", (200, 100), (0, 0, 0, 0)) for _ in COLORS]
    for frame, color in zip(frames, COLORS, strict=True):
        frame.paste((*color, 255), (90, 0, 110, 100))
    data = encoded(frames[0], "PNG", save_all=True, append_images=frames[1:])
    spec = RenditionSpec("x", 100, 100, Fit.COVER)
    mark = TextWatermark("####", opacity=1.0, color="#ff00ff", shadow=False)
    variants = VariantSet((spec,), animated=True, watermark=mark)
    (made,) = render_variants(data, variants, LIMITS)
    image = decoded(made.data)
    for frame, color in zip(ImageSequence.Iterator(image), COLORS, strict=True):
        assert near(pixel(frame, 50, 50), (*color, 255), by=40)
        assert pixel(frame, 5, 5)[3] == 0
        assert max(frame.crop((50, 50, 100, 100)).getchannel("A").tobytes()) > 200


def test_equal_renditions_are_encoded_once() -> None:
    small, large = animated(moving("GIF"), RenditionSpec("a", 640), RenditionSpec("b", 1920))
    assert small.data is large.data


def test_poster_of_an_animated_png_is_not_a_frame() -> None:
    frames = [Image.new("RGB", (20, 20), color) for color in COLORS]
    data = encoded(frames[0], "PNG", save_all=True, default_image=True, append_images=frames[1:])
    assert count_frames(data, LIMITS) == 2


def test_frame_cap() -> None:
    assert count_frames(gif(200), LIMITS) == 200
    with pytest.raises(TooLarge, match="more than 200 frames"):
        count_frames(gif(201), LIMITS)


def test_pixel_cap_over_all_frames() -> None:
    limits = MediaLimits(max_pixels=300)
    assert count_frames(gif(6), limits) == 6
    with pytest.raises(TooLarge, match=r"1,200 pixels"):
        count_frames(gif(7), limits)


def test_a_broken_later_frame_ends_the_animation() -> None:
    data = gif(5, 100, 100)
    assert 1 <= count_frames(data[: len(data) * 2 // 3], LIMITS) < 5
    with pytest.raises(CorruptMedia):
        count_frames(data[:60], LIMITS)
