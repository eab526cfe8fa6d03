"""A fashion plate and a logo, as if cut from paper."""

import numpy as np
from patterns import gradient
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from solids import curve

_SCALE = 2  # drawn at twice the size, for smooth edges
Knots = list[tuple[float, float]]


def fashion_plate(width: int, height: int) -> Image.Image:
    """A figure in a wide hat and a pleated dress, as cut paper; drawn on 900 by 1200."""
    size = (width * _SCALE, height * _SCALE)
    picture = gradient(size, ["#efd9c3", "#f4e5d3", "#eccdb3"], 1)
    unit = size[0] / 900
    _cut(
        picture,
        unit,
        [(150, 1010), (150, 430), (450, 130), (750, 430), (750, 1010)],
        "#dc9f7c",
        smooth=False,
        arch=True,
    )
    draw = ImageDraw.Draw(picture)
    draw.rectangle([v * unit for v in (0, 1010, 900, 1200)], "#c97f5c")
    draw.ellipse([v * unit for v in (215, 1040, 720, 1110)], "#a9603f")
    skin, dress, shade = "#8a5138", "#1f4e5f", "#173b49"
    _cut(
        picture,
        unit,
        [(428, 985), (432, 1050), (420, 1078), (448, 1078), (454, 1050), (458, 985)],
        skin,
    )
    _cut(
        picture,
        unit,
        [(500, 985), (500, 1052), (498, 1080), (530, 1080), (524, 1050), (530, 985)],
        skin,
    )
    _cut(
        picture,
        unit,
        [
            (560, 420),
            (640, 500),
            (655, 590),
            (590, 640),
            (565, 655),
            (556, 640),
            (620, 575),
            (605, 520),
            (545, 470),
        ],
        skin,
    )
    _cut(
        picture,
        unit,
        [
            (400, 420),
            (345, 500),
            (322, 610),
            (318, 690),
            (336, 695),
            (352, 610),
            (378, 530),
            (430, 465),
        ],
        skin,
    )
    gown = [
        (408, 400), (432, 392), (450, 430), (520, 430), (540, 392), (562, 402), (566, 470),
        (545, 560), (556, 620), (620, 780), (690, 985), (600, 1012), (500, 1022), (390, 1016),
        (268, 985), (330, 790), (402, 630), (418, 560), (396, 470),
    ]  # fmt: skip
    _cut(picture, unit, gown, dress)
    pleats = [
        (430, 640, 318, 985), (452, 640, 392, 1004), (478, 640, 470, 1010), (502, 640, 546, 1006),
        (526, 640, 618, 992),
    ]  # fmt: skip
    for x0, y0, x1, y1 in pleats:
        fold = [
            (x0, y0),
            ((x0 + x1) / 2, (y0 + y1) / 2 + 20),
            (x1 - 16, y1),
            (x1 + 18, y1 + 4),
            ((x0 + x1) / 2 + 12, (y0 + y1) / 2),
        ]
        _cut(picture, unit, fold, shade)
    _cut(
        picture,
        unit,
        [(412, 588), (480, 600), (552, 588), (556, 622), (480, 634), (404, 622)],
        "#e5b25d",
    )
    _cut(picture, unit, [(462, 330), (462, 400), (484, 440), (508, 400), (510, 330)], skin)
    _cut(
        picture,
        unit,
        [(432, 262), (438, 322), (468, 362), (498, 366), (524, 334), (534, 262)],
        skin,
    )
    _cut(picture, unit, [(420, 262), (412, 330), (440, 352), (448, 300), (470, 262)], "#2a1b18")
    _cut(picture, unit, [(520, 262), (536, 262), (548, 330), (530, 350), (524, 300)], "#2a1b18")
    _cut(picture, unit, [(470, 334), (484, 330), (500, 334), (485, 344)], "#b8442f")
    for x, y in ((430, 356), (540, 354)):
        draw.ellipse([v * unit for v in (x - 9, y - 9, x + 9, y + 9)], "#e5b25d")
    _cut(
        picture,
        unit,
        [
            (250, 292),
            (340, 232),
            (484, 214),
            (630, 226),
            (722, 280),
            (640, 296),
            (484, 272),
            (330, 300),
        ],
        "#c2452d",
    )
    _cut(
        picture,
        unit,
        [(390, 236), (404, 150), (484, 122), (562, 150), (580, 234), (484, 250)],
        "#d4583a",
    )
    _cut(
        picture,
        unit,
        [(389, 238), (394, 204), (484, 216), (575, 202), (581, 236), (484, 252)],
        "#f1e2c8",
    )
    _cut(
        picture,
        unit,
        [(556, 640), (600, 636), (640, 730), (630, 800), (530, 806), (516, 740)],
        "#e5b25d",
    )
    draw.arc([v * unit for v in (536, 590, 622, 720)], 180, 360, "#b5843a", round(7 * unit))
    stem = [(120, 1090), (128, 940), (108, 800)]
    draw.line([(x * unit, y * unit) for x, y in curve(stem)], "#4c6b43", round(6 * unit))
    for number, y in enumerate(range(790, 1010, 36)):
        side = 1 if number % 2 else -1
        x = 112 + (y - 790) * 0.06
        _cut(
            picture,
            unit,
            [(x, y + 24), (x + side * 34, y - 4), (x + side * 78, y - 18), (x + side * 54, y + 24)],
            "#5d7a4c",
        )
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _cut(
    picture: Image.Image,
    unit: float,
    knots: Knots,
    ink: str,
    smooth: bool = True,
    arch: bool = False,
) -> None:
    """Lay a piece of cut paper with a soft shadow on the picture."""
    outline = curve([*knots, knots[0]], 16) if smooth else knots
    if arch:
        turn = np.linspace(np.pi, 2 * np.pi, 60)
        outline = [
            (150, 1010),
            *zip(450 + 300 * np.cos(turn), 430 + 300 * np.sin(turn), strict=True),
            (750, 1010),
        ]
    mask = Image.new("L", picture.size, 0)
    ImageDraw.Draw(mask).polygon([(x * unit, y * unit) for x, y in outline], 255)
    shadow = ImageChops.offset(mask, round(3 * unit), round(6 * unit)).filter(
        ImageFilter.GaussianBlur(6 * unit)
    )
    picture.paste("#3a1f18", mask=shadow.point([level // 4 for level in range(256)]))
    picture.paste(ink, mask=mask)


def logo(width: int, height: int) -> Image.Image:
    """A mark and a name on nothing."""
    scale = 4
    picture = Image.new("RGBA", (width * scale, height * scale), (31, 58, 82, 0))
    draw, unit = ImageDraw.Draw(picture), height * scale / 100
    for inset, ink in ((0, "#c2603c"), (11, "#e5b25d"), (22, "#1f4e5f")):
        draw.pieslice(
            [(8 + inset) * unit, (12 + inset) * unit, (84 - inset) * unit, (88 - inset) * unit],
            180,
            360,
            ink,
        )
        draw.rectangle([(8 + inset) * unit, 50 * unit, (84 - inset) * unit, 88 * unit], ink)
    draw.rectangle([41 * unit, 58 * unit, 51 * unit, 88 * unit], "#f3eadb")
    draw.text(
        (100 * unit, 66 * unit),
        "maison claire",
        "#1f3a52",
        ImageFont.load_default(44 * unit),
        anchor="ls",
    )
    draw.text(
        (102 * unit, 86 * unit),
        "H O M E S   A N D   I N T E R I O R S",
        "#c2603c",
        ImageFont.load_default(10.5 * unit),
        anchor="ls",
    )
    return picture.resize((width, height), Image.Resampling.LANCZOS)
