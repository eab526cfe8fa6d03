"""The named renditions."""

import pytest

from media.geometry import Fit
from media.hex_colors import parse_hex_color
from media.presets import (
    DEFAULT_PDF_PRESETS,
    DEFAULT_PRESETS,
    IMAGE_PRESETS,
    PDF_PRESETS,
    RenditionSpec,
    select_presets,
)


def test_promised_sizes() -> None:
    assert {name: spec.box_px for name, spec in IMAGE_PRESETS.items()} == {
        "thumbnail": (300, 300),
        "sm": (640, None),
        "md": (1024, None),
        "lg": (1920, None),
        "xl": (2560, None),
        "og": (1200, 630),
        "twitter": (1200, 675),
        "instagram_square": (1080, 1080),
        "instagram_portrait": (1080, 1350),
        "instagram_story": (1080, 1920),
        "webp": (None, None),
    }
    socials = [spec for spec in IMAGE_PRESETS.values() if spec.format == "jpeg"]
    assert {spec.quality for spec in socials} == {90}
    assert {spec.fit for spec in socials} == {Fit.COVER}
    assert PDF_PRESETS["thumbnail"].fit == Fit.FIT


def test_defaults_exist() -> None:
    assert [spec.name for spec in select_presets(DEFAULT_PRESETS)] == list(DEFAULT_PRESETS)
    chosen = select_presets(DEFAULT_PDF_PRESETS, PDF_PRESETS)
    assert [spec.width_px for spec in chosen] == [300, 640, 1024, 1920]


def test_selection_replaces_format_and_quality_once_each() -> None:
    chosen = select_presets(["sm", "og", "sm"], format="avif", quality=40)
    assert [(s.name, s.format, s.quality) for s in chosen] == [
        ("sm", "avif", 40),
        ("og", "avif", 40),
    ]


def test_unknown_preset_is_named_with_the_known() -> None:
    with pytest.raises(ValueError, match=r"huge.*thumbnail"):
        select_presets(["sm", "huge"])


@pytest.mark.parametrize(
    "wrong",
    [{"quality": 0}, {"quality": 101}, {"width_px": 0}, {"height_px": 20_000}, {"format": "gif"}],
)
def test_specs_that_cannot_be_made(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        RenditionSpec("x", **wrong)  # type: ignore[arg-type]


def test_hex_colors() -> None:
    assert parse_hex_color("#Ff8000") == (255, 128, 0)
    for text in ("ff8000", "#fff", "#ff80001", "red", "#ff80 0", "#ffffff\n"):
        with pytest.raises(ValueError, match="#rrggbb"):
            parse_hex_color(text)
