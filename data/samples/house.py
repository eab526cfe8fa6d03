"""A drawing: a flat-roofed house by a pool at dusk."""

import numpy as np
from patterns import gradient
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from solids import curve

_SCALE = 2  # drawn at twice the size, for smooth edges


def house_at_dusk(width: int, height: int) -> Image.Image:
    """A flat-roofed house by a pool under a clear evening sky."""
    size = (width * _SCALE, height * _SCALE)
    unit = size[0] / 1600
    picture = gradient(size, ["#1b2a4a", "#3d4a75", "#8d6f92", "#e39a83", "#f9cf9c"], 0.62)
    _stars(picture, unit)
    draw = ImageDraw.Draw(picture)
    ridges = (("#7d6a90", 470, 60, 1.0), ("#54527c", 530, 46, 1.7), ("#33395f", 590, 30, 2.6))
    for ink, level, rise, pace in ridges:
        x = np.linspace(0, 1600, 400)
        y = level - rise * (np.sin(x / 190 * pace + level) + 0.5 * np.sin(x / 71 * pace + 1))
        line = [(a * unit, b * unit) for a, b in zip(x, y, strict=True)]
        draw.polygon([*line, (size[0], size[1]), (0, size[1])], ink)
    _house(picture, unit)
    _mirror_in_pool(picture, unit)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _house(picture: Image.Image, unit: float) -> None:
    def box(x0: float, y0: float, x1: float, y1: float) -> tuple[float, ...]:
        return tuple(value * unit for value in (x0, y0, x1, y1))

    draw = ImageDraw.Draw(picture)
    draw.rectangle(box(0, 690, 1600, 1000), "#232a48")
    for x, tall in ((150, 260), (215, 320), (276, 230), (1395, 330), (1455, 260), (1520, 300)):
        tree = [
            (x, 700 - tall), (x + 21, 700 - tall * 0.45), (x + 15, 692), (x - 15, 692),
            (x - 21, 700 - tall * 0.45),
        ]  # fmt: skip
        draw.polygon([(a * unit, b * unit) for a, b in curve([*tree, tree[0]])], "#1c2340")
    draw.rectangle(box(380, 520, 1240, 700), "#3b3a57")
    draw.rectangle(box(640, 360, 1120, 512), "#e9dccb")
    draw.rectangle(box(620, 345, 1140, 364), "#2b2c47")
    draw.rectangle(box(340, 505, 1290, 526), "#2b2c47")
    rooms = [
        (420, 540, 600, 692), (616, 540, 880, 692), (896, 540, 1070, 692), (690, 388, 880, 496),
        (905, 388, 1070, 496),
    ]  # fmt: skip
    for x0, y0, x1, y1 in rooms:
        glow = gradient(
            (int((x1 - x0) * unit), int((y1 - y0) * unit)), ["#ffd88f", "#ffedc2", "#f6b25f"], 1
        )
        picture.paste(glow, (int(x0 * unit), int(y0 * unit)))
    for x0, y0, x1, y1 in rooms:
        for x in np.linspace(x0, x1, 4 if x1 - x0 > 200 else 3):
            draw.line(box(x, y0, x, y1), "#3b3a57", round(5 * unit))
        draw.line(box(x0, y0 + 26, x1, y0 + 26), "#3b3a57", round(3 * unit))
    silhouettes = [
        (650, 655, 770, 692), (640, 636, 662, 692), (758, 636, 780, 692), (822, 590, 826, 692),
        (806, 566, 842, 594), (940, 640, 1030, 646),
    ]  # fmt: skip
    for part in silhouettes:
        draw.rounded_rectangle(box(*part), 6 * unit, "#b0703c")
    draw.line(box(985, 526, 985, 580), "#8a5a34", round(2 * unit))
    draw.ellipse(box(966, 572, 1004, 596), "#fff6dc")
    for x in np.arange(1090, 1236, 12):
        draw.line(box(x, 530, x, 696), "#4f4a66", round(5 * unit))
    draw.rectangle(box(300, 692, 1330, 712), "#57536f")
    halo = Image.new("L", picture.size, 0)
    for room in rooms:
        ImageDraw.Draw(halo).rectangle(box(*room), 150)
    halo = halo.filter(ImageFilter.GaussianBlur(46 * unit))
    warm = Image.new("RGB", picture.size, "#ff9f4a")
    picture.paste(
        ImageChops.screen(picture, warm), mask=halo.point([level // 2 for level in range(256)])
    )


def _mirror_in_pool(picture: Image.Image, unit: float) -> None:
    top, depth = round(744 * unit), round(226 * unit)
    above = picture.crop((0, top - depth * 2, picture.width, top - round(32 * unit)))
    mirrored = np.asarray(
        above.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize((picture.width, depth))
    )
    rows = np.arange(depth)
    waves = (
        (6 * np.sin(rows / unit / 3.1) + 4 * np.sin(rows / unit / 7.3 + 1)) * unit * rows / depth
    )
    columns = np.arange(picture.width)[None] + waves[:, None].astype(int)
    moved = mirrored[rows[:, None], np.clip(columns, 0, picture.width - 1)]
    water = Image.blend(
        Image.fromarray(moved), Image.new("RGB", (picture.width, depth), "#23406b"), 0.36
    )
    mask = Image.new("L", water.size, 0)
    edge = [(250, 0), (1380, 0), (1600, 226), (30, 226)]
    ImageDraw.Draw(mask).polygon([(x * unit, y * unit) for x, y in edge], 255)
    picture.paste(water, (0, top), mask)
    rim = [(x * unit, y * unit + top) for x, y in edge[:2]]
    ImageDraw.Draw(picture).line(rim, "#d9b79c", round(5 * unit))
    for x in (330, 520, 1120, 1300):
        spot = (x * unit, (728) * unit)
        for radius, ink in ((10, "#8a6a5a"), (5, "#ffe2a8")):
            reach = radius * unit
            ImageDraw.Draw(picture).ellipse(
                (spot[0] - reach, spot[1] - reach / 2, spot[0] + reach, spot[1] + reach / 2), ink
            )


def _stars(picture: Image.Image, unit: float) -> None:
    draw, chance = ImageDraw.Draw(picture), np.random.default_rng(3)
    for x, y, size in chance.random((70, 3)) * (1600, 260, 1.5):
        bright = round(255 - y * 0.5)
        reach = (0.6 + size) * unit * 0.7
        draw.ellipse(
            (x * unit - reach, y * unit - reach, x * unit + reach, y * unit + reach),
            (bright, bright, 235),
        )
    draw.ellipse([value * unit for value in (1240, 96, 1312, 168)], "#fbe9cf")
    draw.ellipse(
        [value * unit for value in (1222, 84, 1294, 156)],
        picture.getpixel((int(1225 * unit), int(120 * unit))),
    )
