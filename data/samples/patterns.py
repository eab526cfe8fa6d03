"""A printed fabric, a wallpaper, and gradients to draw on."""

import numpy as np
from PIL import Image, ImageColor, ImageDraw

_SCALE = 2  # drawn at twice the size, for smooth edges


def fabric(width: int, height: int) -> Image.Image:
    """A woollen check with a twill weave, lying in soft folds."""
    y, x = np.mgrid[: height * _SCALE, : width * _SCALE].astype(np.float32) / _SCALE
    fold = 26 * np.sin((x * 0.75 + y * 0.5) / 150) + 11 * np.sin((x * 0.5 - y * 0.35) / 83 + 1)
    slope = np.gradient(fold, axis=1) * _SCALE + np.gradient(fold, axis=0) * _SCALE * 0.6
    u, v = x + fold * 0.8, y + fold * 0.55
    thread = 8.0
    warp, weft = _stripes(u), _stripes(v)
    over = ((np.floor(u / thread) + np.floor(v / thread)) % 4 < 2)[..., None]
    tone = np.where(over, warp, weft)
    rounding = np.where(
        over[..., 0], np.sin((u / thread % 1) * np.pi), np.sin((v / thread % 1) * np.pi)
    )
    light = (0.78 + 0.22 * rounding) * (1.0 + 1.5 * slope)
    levels = np.clip(tone * light[..., None], 0, 255).astype(np.uint8)
    return Image.fromarray(levels).resize((width, height), Image.Resampling.LANCZOS)


def _stripes(place: np.ndarray) -> np.ndarray:
    period = place % 384 / 1.6
    tone = np.broadcast_to(np.float32(ImageColor.getrgb("#e8dcc6")), (*place.shape, 3))
    for low, high, ink in (
        (20, 100, "#2f4f56"),
        (50, 70, "#c2603c"),
        (150, 162, "#c2603c"),
        (180, 188, "#e0a458"),
        (206, 214, "#e0a458"),
    ):
        band = ((period >= low) & (period < high))[..., None]
        tone = np.where(band, np.float32(ImageColor.getrgb(ink)), tone)
    return tone


def wallpaper(side: int) -> Image.Image:
    """Overlapping fans in flat colours; it repeats without a seam."""
    big = side * _SCALE
    picture = Image.new("RGB", (big, big), "#1f4e5f")
    draw, radius = ImageDraw.Draw(picture), big / 8
    inks = ("#f3eadb", "#1f4e5f", "#e5b25d", "#1f4e5f", "#f3eadb", "#c2603c", "#1f4e5f")
    for row in range(-1, 20):
        for column in range(-1, 6):
            x, y = (column * 2 + row % 2) * radius, row * radius / 2
            for share, ink in zip((1, 0.955, 0.8, 0.74, 0.56, 0.5, 0.28), inks, strict=True):
                reach = radius * share
                draw.ellipse((x - reach, y - reach, x + reach, y + reach), ink)
    return picture.resize((side, side), Image.Resampling.LANCZOS)


def gradient(size: tuple[int, int], stops: list[str], share: float) -> Image.Image:
    """A vertical gradient through the stops, done at `share` of the height."""
    inks = np.float32([ImageColor.getrgb(stop) for stop in stops])
    place = np.clip(np.linspace(0, 1 / share, size[1]), 0, 1)
    line = np.stack(
        [np.interp(place, np.linspace(0, 1, len(stops)), inks[:, c]) for c in range(3)], -1
    )
    return Image.fromarray(np.repeat((line + 0.5).astype(np.uint8)[:, None], size[0], 1))
