"""The quality gate: what is not published, and why."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from media.errors import BlurredPicture, CroppedProduct, EmptyMask
from media.limits import MediaLimits
from media.quality_gate import measure_cutout, measure_sharpness, require_presentable
from tests.media.products import cutout, png

LIMITS = MediaLimits()


def test_a_sharp_whole_product_passes_with_its_facts() -> None:
    facts = require_presentable(png(cutout()), LIMITS)
    assert facts.coverage == pytest.approx(300 * 600 / (600 * 800))
    assert facts.touching == 0
    assert facts.sharpness is not None
    assert facts.sharpness > 0.35


@pytest.mark.parametrize("box", [None, (10, 10, 40, 40)])
def test_an_empty_mask(box: tuple[int, int, int, int] | None) -> None:
    cut = cutout(box=box) if box else Image.new("RGBA", (600, 800))
    with pytest.raises(EmptyMask, match="plain background"):
        require_presentable(png(cut), LIMITS)


@pytest.mark.parametrize(
    "box", [(0, 100, 300, 700), (300, 100, 600, 700), (150, 0, 450, 600), (150, 200, 450, 800)]
)
def test_a_product_over_the_edge(box: tuple[int, int, int, int]) -> None:
    with pytest.raises(CroppedProduct, match="step back"):
        require_presentable(png(cutout(box=box)), LIMITS)


def test_a_thread_at_the_edge_is_no_crop() -> None:
    cut = cutout()
    ImageDraw.Draw(cut).line((300, 700, 300, 800), fill=(90, 90, 90, 255), width=3)
    assert 0 < require_presentable(png(cut), LIMITS).touching < 0.02


def test_a_blurred_product() -> None:
    with pytest.raises(BlurredPicture, match="hold the camera still"):
        require_presentable(png(cutout(blur_px=3)), LIMITS)


def test_contrast_and_brightness_make_no_difference() -> None:
    cut = cutout()
    faint = Image.merge(
        "RGBA", [*(c.point(lambda v: 100 + v / 4) for c in cut.split()[:3]), cut.getchannel("A")]
    )
    full, quarter = (measure_cutout(png(image), LIMITS).sharpness for image in (cut, faint))
    assert full is not None
    assert quarter == pytest.approx(full, rel=0.1)


def test_a_product_without_structure_is_not_called_blurred() -> None:
    alpha = np.full((300, 300), 255, np.uint8)
    ramp = np.linspace(90, 140, 300)[:, None, None] * np.ones((1, 300, 3))
    assert measure_sharpness(ramp.astype(np.uint8), alpha) is None
    assert measure_sharpness(ramp.astype(np.uint8)[:5, :5], alpha[:5, :5]) is None


def test_the_limit_is_the_callers_to_set() -> None:
    data = png(cutout())
    with pytest.raises(BlurredPicture):
        require_presentable(data, LIMITS, min_sharpness=0.99)


def central(photo: Path, blur_at_1000_px: float) -> bytes:
    """A real photo whose middle is taken for the product, blurred in proportion to its size."""
    image = Image.open(photo).convert("RGB")
    image = image.filter(ImageFilter.GaussianBlur(blur_at_1000_px * max(image.size) / 1000))
    alpha = Image.new("L", image.size)
    left, top = image.width // 4, image.height // 4
    ImageDraw.Draw(alpha).ellipse((left, top, image.width - left, image.height - top), fill=255)
    image.putalpha(alpha)
    return png(image)


def test_real_photos_pass_sharp_and_fail_blurred(corpus: Path) -> None:
    photos = sorted((corpus / "image/retrieval_class").glob("*.jpg"))[::3]

    def passed(blur_px: float) -> float:
        kept = 0
        for photo in photos:
            try:
                require_presentable(central(photo, blur_px), LIMITS)
                kept += 1
            except BlurredPicture:
                pass
        return kept / len(photos)

    assert passed(0) >= 0.95
    assert passed(3) <= 0.05
