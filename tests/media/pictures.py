"""Pictures and files the media tests are made of, drawn by Pillow."""

import struct
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 160, 30), (30, 30, 220), (255, 255, 255)


def quadrants(width_px: int = 60, height_px: int = 40) -> Image.Image:
    """Red, green / blue, white: every corner tells itself apart."""
    image = Image.new("RGB", (width_px, height_px), WHITE)
    half = (width_px // 2, height_px // 2)
    image.paste(RED, (0, 0, *half))
    image.paste(GREEN, (half[0], 0, width_px, half[1]))
    image.paste(BLUE, (0, half[1], half[0], height_px))
    return image


def photo(width_px: int = 320, height_px: int = 240, seed: int = 7) -> Image.Image:
    """Soft blobs of colour, as compressible as a photograph."""
    noise = np.random.default_rng(seed).integers(0, 255, (9, 12, 3), dtype=np.uint8)
    return Image.fromarray(noise).resize((width_px, height_px), Image.Resampling.BICUBIC)


def encoded(image: Image.Image, image_format: str = "PNG", **settings: Any) -> bytes:
    """The picture as a file."""
    output = BytesIO()
    image.save(output, image_format, **settings)
    return output.getvalue()


def decoded(data: bytes) -> Image.Image:
    """The picture a file holds, loaded."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def pixel(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    """The levels of one pixel of a picture with several channels."""
    value = image.getpixel((x, y))
    assert isinstance(value, tuple)
    return tuple(int(level) for level in value)


def corners(image: Image.Image) -> list[tuple[int, ...]]:
    """Top left, top right, bottom left, bottom right; a few pixels from the edges."""
    right, bottom = image.width - 4, image.height - 4
    rgb = image.convert("RGB")
    return [pixel(rgb, x, y) for x, y in ((3, 3), (right, 3), (3, bottom), (right, bottom))]


def near(a: tuple[int, ...], b: tuple[int, ...], by: int = 12) -> bool:
    """Whether two colours are the same but for compression."""
    return len(a) == len(b) and all(abs(x - y) <= by for x, y in zip(a, b, strict=True))


def gif(frames: int, width_px: int = 20, height_px: int = 10, **settings: Any) -> bytes:
    """An animation whose frames all differ."""
    pictures = [
        Image.new("RGB", (width_px, height_px), (n * 5 % 256, n % 256, 90)) for n in range(frames)
    ]
    settings = {"duration": 70, "loop": 0} | settings
    return encoded(pictures[0], "GIF", save_all=True, append_images=pictures[1:], **settings)


def matrix_profile(
    red: tuple[float, float, float],
    green: tuple[float, float, float],
    blue: tuple[float, float, float],
    gamma: float,
) -> bytes:
    """An ICC v2 display profile of three D50 primaries and one gamma (ICC.1:2001-04)."""

    def xyz(values: tuple[float, float, float]) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(v * 65536)) for v in values)

    name = b"test primaries\0"
    description = b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + bytes(78)
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    tags = {
        b"desc": description,
        b"wtpt": xyz((0.9642, 1.0, 0.8249)),
        b"rXYZ": xyz(red),
        b"gXYZ": xyz(green),
        b"bXYZ": xyz(blue),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
        b"cprt": b"text\0\0\0\0none\0",
    }
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for tag, value in tags.items():
        table += tag + struct.pack(">II", start + len(body), len(value))
        body += value + bytes(-len(value) % 4)
    size = struct.pack(">I", start + len(body))
    white = struct.pack(">III", 0xF6D6, 0x10000, 0xD32D)
    header = size + b"\0\0\0\0\x02\x10\0\0mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28)
    header += white + bytes(128 - len(header) - len(white))
    return header + table + body


P3_RED, P3_GREEN, P3_BLUE = (
    (0.5151, 0.2412, -0.0011),
    (0.2919, 0.6922, 0.0419),
    (0.1572, 0.0666, 0.7841),
)
"""Display P3 primaries as XYZ, adapted to D50."""
