"""Every kind of pixel as 8-bit sRGB."""

import struct
import zlib
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

from media.color import flatten, to_srgb, uses_alpha
from tests.media.pictures import (
    P3_BLUE,
    P3_GREEN,
    P3_RED,
    decoded,
    encoded,
    matrix_profile,
    near,
    photo,
    pixel,
)


def srgb_of_p3(color: tuple[int, int, int], gamma: float) -> tuple[int, ...]:
    """What a P3 colour is in sRGB, by the book and without LittleCMS."""
    light = (np.array(color) / 255) ** gamma
    xyz = np.array([P3_RED, P3_GREEN, P3_BLUE]).T @ light
    # Bradford-adapted sRGB primaries, D50 (IEC 61966-2-1 by ICC.1).
    srgb = np.array([[0.4361, 0.3851, 0.1431], [0.2225, 0.7169, 0.0606], [0.0139, 0.0971, 0.7141]])
    linear = np.clip(np.linalg.solve(srgb, xyz), 0, 1)
    levels = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return tuple(round(float(level) * 255) for level in levels)


@pytest.mark.parametrize("color", [(200, 100, 100), (60, 140, 70), (128, 128, 128), (255, 0, 0)])
@pytest.mark.parametrize("image_format", ["PNG", "WEBP", "TIFF", "AVIF"])
def test_display_p3_is_converted(color: tuple[int, int, int], image_format: str) -> None:
    profile = matrix_profile(P3_RED, P3_GREEN, P3_BLUE, gamma=2.2)
    settings: dict[str, Any] = {"lossless": True} if image_format == "WEBP" else {}
    settings |= {"quality": 100, "subsampling": "4:4:4"} if image_format == "AVIF" else {}
    data = encoded(Image.new("RGB", (8, 8), color), image_format, icc_profile=profile, **settings)
    found = pixel(to_srgb(decoded(data)), 4, 4)
    assert near(found, srgb_of_p3(color, 2.2), by=4)
    if len(set(color)) > 1 and color[1]:
        assert not near(found, color, by=8)


def test_alpha_survives_a_profile() -> None:
    source = Image.new("RGBA", (8, 8), (200, 100, 100, 77))
    source.info["icc_profile"] = matrix_profile(P3_RED, P3_GREEN, P3_BLUE, gamma=2.2)
    found = pixel(to_srgb(source), 1, 1)
    assert found[3] == 77
    assert near(found[:3], srgb_of_p3((200, 100, 100), 2.2), by=4)


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize(
    "profile", [b"not a profile", matrix_profile(P3_RED, P3_GREEN, P3_BLUE, 2.2)[:200]]
)
def test_broken_profiles_mean_srgb(mode: str, profile: bytes) -> None:
    plain = Image.new(mode, (4, 4), 90 if mode == "L" else (90, 60, 30, 10)[: len(mode)])
    broken = plain.copy()
    broken.info["icc_profile"] = profile
    assert to_srgb(broken).tobytes() == to_srgb(plain).tobytes()


def test_profile_for_other_channels_is_ignored() -> None:
    grey = Image.new("L", (4, 4), 90)
    grey.info["icc_profile"] = matrix_profile(P3_RED, P3_GREEN, P3_BLUE, 2.2)
    assert pixel(to_srgb(grey), 0, 0) == (90, 90, 90)


def test_srgb_profile_changes_nothing() -> None:
    source = photo(40, 30)
    source.info["icc_profile"] = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert to_srgb(source).tobytes() == photo(40, 30).tobytes()


@pytest.mark.parametrize("image_format", ["JPEG", "TIFF"])
def test_cmyk(image_format: str) -> None:
    inks = {(0, 255, 255, 0): (255, 0, 0), (0, 0, 0, 255): (0, 0, 0), (0, 0, 0, 0): (255,) * 3}
    for ink, expected in inks.items():
        data = encoded(Image.new("CMYK", (16, 16), ink), image_format)
        assert near(pixel(to_srgb(decoded(data)), 8, 8), expected, by=6)


def test_lab() -> None:
    # Lightness 53, a 80, b 67 is sRGB red; Pillow keeps a and b with 128 added.
    assert near(pixel(to_srgb(Image.new("LAB", (4, 4), (136, 208, 195))), 0, 0), (255, 0, 0), by=16)


@pytest.mark.parametrize(
    ("mode", "value", "expected"),
    [
        ("1", 1, (255, 255, 255)),
        ("L", 77, (77, 77, 77)),
        ("LA", (77, 255), (77, 77, 77)),
        ("LA", (77, 40), (77, 77, 77, 40)),
        ("RGBA", (9, 8, 7, 255), (9, 8, 7)),
        ("RGBA", (9, 8, 7, 254), (9, 8, 7, 254)),
        ("RGBX", (9, 8, 7, 0), (9, 8, 7)),
        ("La", (20, 128), (40, 40, 40, 128)),
        ("RGBa", (20, 10, 0, 128), (40, 20, 0, 128)),
        ("YCbCr", (76, 85, 255), (254, 0, 0)),
        ("HSV", (85, 255, 200), (0, 200, 0)),
    ],
)
def test_modes(mode: str, value: int, expected: tuple[int, ...]) -> None:
    found = pixel(to_srgb(Image.new(mode, (4, 4), value)), 1, 1)
    assert len(found) == len(expected)
    assert near(found, expected, by=1)


@pytest.mark.parametrize(
    ("mode", "key", "value"), [("L", 40, 40), ("RGB", (1, 2, 3), (1, 2, 3)), ("1", 0, 0)]
)
def test_transparent_colors_become_alpha(mode: str, key: int, value: int) -> None:
    source = Image.new(mode, (4, 4), 255 if mode != "RGB" else (200, 200, 200))
    source.putpixel((2, 2), value)
    found = to_srgb(decoded(encoded(source, transparency=key)))
    assert found.mode == "RGBA"
    assert (pixel(found, 2, 2)[3], pixel(found, 0, 0)[3]) == (0, 255)


def test_transparent_color_of_a_16_bit_png() -> None:
    samples = np.full((2, 2, 3), 0x1234, dtype=">u2")
    samples[0, 0] = 0xABCD
    raw = b"".join(b"\0" + row.tobytes() for row in samples)
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", 2, 2, 16, 2, 0, 0, 0)),
        (b"tRNS", struct.pack(">HHH", 0xABCD, 0xABCD, 0xABCD)),
        (b"IDAT", zlib.compress(raw)),
        (b"IEND", b""),
    ]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
    found = to_srgb(decoded(data))
    assert [pixel(found, x, 0)[3] for x in (0, 1)] == [0, 255]


def test_palette_with_and_without_transparency() -> None:
    source = Image.new("P", (4, 4), 1)
    source.putpalette([255, 0, 0, 0, 0, 255])
    assert pixel(to_srgb(decoded(encoded(source, "GIF"))), 1, 1) == (0, 0, 255)
    source.putpixel((0, 0), 0)
    found = to_srgb(decoded(encoded(source, "PNG", transparency=bytes([100, 255]))))
    assert pixel(found, 0, 0) == (255, 0, 0, 100)
    assert pixel(found, 1, 1) == (0, 0, 255, 255)


def test_png_gamma_is_honoured() -> None:
    source = Image.new("L", (4, 4), 128)
    source.info["gamma"] = 1.0
    # Half the light is level 188 in sRGB.
    assert near(pixel(to_srgb(source), 0, 0), (188, 188, 188), by=1)
    source.info["gamma"] = 0.45455
    assert pixel(to_srgb(source), 0, 0) == (128, 128, 128)
    source.info |= {"gamma": 1.0, "srgb": 0}
    assert pixel(to_srgb(source), 0, 0) == (128, 128, 128)


def test_no_metadata_and_no_shared_memory() -> None:
    source = photo(20, 10)
    source.info = {"exif": b"x", "comment": "secret", "xmp": b"y", "icc_profile": b""}
    found = to_srgb(source)
    assert found.info == {}
    found.putpixel((0, 0), (1, 1, 1))
    assert pixel(source, 0, 0) != (1, 1, 1)
    assert source.info["comment"] == "secret"


def test_uses_alpha() -> None:
    assert not uses_alpha(Image.new("RGBA", (4, 4), (1, 1, 1, 255)))
    assert uses_alpha(Image.new("LA", (4, 4), (1, 254)))
    assert not uses_alpha(Image.new("CMYK", (4, 4)))


def test_flatten_lies_over_the_background() -> None:
    half = Image.new("RGBA", (2, 2), (255, 255, 255, 128))
    assert near(pixel(flatten(half, (0, 0, 100)), 0, 0), (128, 128, 178), by=1)
