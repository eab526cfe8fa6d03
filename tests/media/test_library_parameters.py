"""Parameters of the library pipeline: what is accepted can be made, what is not is named."""

from typing import Any

import pytest

from media.documents import PageOptions
from media.errors import InvalidParameter
from media.geometry import Anchor, Fit
from media.pipeline import pipeline_named
from media.pipelines.library import LibraryParameters
from media.presets import DEFAULT_PDF_PRESETS, DEFAULT_PRESETS
from media.variants import VariantSet
from media.watermarks import ImageWatermark, TextWatermark

LOGO = f"originals/ab/ab{'0' * 62}.png"


def parse(**params: Any) -> LibraryParameters:
    parsed = pipeline_named("library").parse(params)
    assert isinstance(parsed, LibraryParameters)
    return parsed


def complaint(**params: Any) -> str:
    """What is said about wrong parameters, without the list of those there are."""
    with pytest.raises(InvalidParameter) as raised:
        parse(**params)
    return str(raised.value).partition(" (parameters of ")[0]


def test_without_parameters_the_default_presets_are_made_of_the_first_page() -> None:
    asked = parse()
    assert tuple(spec.name for spec in asked.image_specs) == DEFAULT_PRESETS
    assert tuple(spec.name for spec in asked.page_specs) == DEFAULT_PDF_PRESETS
    assert {spec.format for spec in asked.image_specs} == {"webp"}
    assert {spec.format for spec in asked.page_specs} == {"jpeg"}
    assert asked.pages == "1"
    assert (asked.enlarge, asked.animated) == (False, False)
    assert (asked.watermark_text, asked.watermark_image) == (None, None)


@pytest.mark.parametrize("presets", ["md, lg", "md,lg,", ["md", "lg"]])
def test_a_list_may_be_written_with_commas(presets: Any) -> None:
    assert [spec.name for spec in parse(presets=presets).image_specs] == ["md", "lg"]
    assert [spec.name for spec in parse(pdf_presets=presets).page_specs] == ["md", "lg"]


def test_sizes_are_made_besides_the_presets() -> None:
    specs = parse(presets="md", sizes="800x600, 400x, x90").image_specs
    assert [spec.name for spec in specs] == ["md", "800x600", "400x", "x90"]
    assert [spec.box_px for spec in specs[1:]] == [(800, 600), (400, None), (None, 90)]
    only_sizes = parse(presets="", sizes="800x600").image_specs
    assert [spec.name for spec in only_sizes] == ["800x600"]


def test_fit_anchor_format_and_quality_hold_for_every_variant() -> None:
    specs = parse(
        presets="thumbnail,og", sizes="9x9", fit="contain", anchor="top", format="avif", quality=40
    ).image_specs
    assert {(spec.fit, spec.anchor, spec.format, spec.quality) for spec in specs} == {
        (Fit.CONTAIN, Anchor.TOP, "avif", 40)
    }


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"presets": "md,huge"}, "huge"),
        ({"presets": [], "sizes": []}, "presets and sizes are both empty"),
        ({"presets": 5}, "presets"),
        ({"sizes": "800"}, "'800' is not a size"),
        ({"sizes": "0x600"}, "0"),
        ({"sizes": "99999x1"}, "99999"),
        ({"fit": "stretch"}, "fit: "),
        ({"anchor": "middle"}, "anchor: "),
        ({"format": "tiff"}, "'tiff'"),
        ({"quality": 0}, "quality: "),
        ({"quality": 101}, "quality: "),
        ({"quality": "best"}, "quality: "),
        ({"background": "red"}, "background: "),
        ({"background": "#12345"}, "background: "),
        ({"pages": "0"}, "pages: "),
        ({"pages": "3-1"}, "pages: "),
        ({"pages": "first"}, "pages: "),
        ({"pdf_presets": "xl"}, "xl"),
        ({"pdf_presets": ""}, "pdf_presets is empty"),
        ({"pdf_format": "avif"}, "pdf_format: "),
        ({"watermark_opacity": 1.5}, "watermark_opacity: "),
        ({"watermark_opacity": -0.1}, "watermark_opacity: "),
        ({"watermark_position": "middle"}, "watermark_position: "),
        ({"watermark_color": "white"}, "watermark_color: "),
        ({"watermark_size_px": 0}, "watermark_size_px: "),
        ({"watermark_scale": 0}, "watermark_scale: "),
        ({"watermark_scale": 1.1}, "watermark_scale: "),
        ({"watermark_image": "/etc/passwd"}, "watermark_image: "),
        ({"watermark_image": "originals/../jobs/x.png"}, "watermark_image: "),
        ({"watermark_font": "refused/x"}, "watermark_font: "),
        ({"watermark_text": "x", "watermark_image": LOGO}, "not both"),
    ],
)
def test_a_wrong_value_is_named(params: dict[str, Any], named: str) -> None:
    assert named in complaint(**params)


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"watermark_text": "© me", "watermark_opacity": 0}, "opacity"),
        ({"watermark_image": LOGO, "watermark_opacity": 0}, "opacity"),
        ({"watermark_text": "   "}, "text"),
        ({"watermark_text": "x" * 201}, "text"),
        ({"watermark_text": "two\nlines"}, "text"),
        ({"sizes": "800x600,800x600"}, "800x600"),
    ],
)
def test_what_the_media_functions_would_refuse_is_refused_before_anything_runs(
    params: dict[str, Any], named: str
) -> None:
    assert named in complaint(**params)


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"presets": "md,md", "sizes": "10x,x10"},
        {"watermark_text": "x" * 200, "watermark_opacity": 1},
        {"watermark_image": LOGO, "watermark_scale": 1, "watermark_opacity": 0.01},
        {"pages": "all", "background": "#00fF00", "quality": 1},
    ],
)
def test_what_is_accepted_can_be_made(params: dict[str, Any]) -> None:
    asked = parse(**params)
    VariantSet(specs=asked.image_specs, background=asked.background)
    PageOptions(pages=asked.pages, specs=asked.page_specs, background=asked.background)
    if asked.watermark_text:
        TextWatermark(asked.watermark_text, opacity=asked.watermark_opacity)
    if asked.watermark_image:
        ImageWatermark(b"", opacity=asked.watermark_opacity, scale=asked.watermark_scale)
