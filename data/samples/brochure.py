"""A three-page PDF brochure written by hand: text and vector shapes only (ISO 32000-1)."""

import math

from PIL import ImageColor

_WIDTH, _HEIGHT = 595, 842  # A4 in points
_FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Times-Italic"}
# Widths of Helvetica's digits and marks in thousandths, for figures set flush right.
_FIGURES = dict.fromkeys("0123456789", 556) | {" ": 278, ",": 278, ".": 278, "-": 333}
_INK, _CLAY, _SAND, _OCHRE, _TEAL, _SAGE = (
    "#2b2622", "#c2603c", "#f3eadb", "#e5b25d", "#1f4e5f", "#7f8f72",
)  # fmt: skip


class Page:
    """One page, drawn from the bottom left in points."""

    def __init__(self, paper: str) -> None:
        self.steps: list[str] = []
        self.box(0, 0, _WIDTH, _HEIGHT, paper)

    def box(self, x: float, y: float, width: float, height: float, ink: str) -> None:
        """Fill a rectangle."""
        self.steps.append(f"{_rgb(ink)} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def shape(self, points: list[tuple[float, float]], ink: str) -> None:
        """Fill a polygon."""
        path = " ".join(f"{x:.2f} {y:.2f} {'l' if i else 'm'}" for i, (x, y) in enumerate(points))
        self.steps.append(f"{_rgb(ink)} rg {path} h f")

    def arch(self, x: float, y: float, width: float, height: float, ink: str) -> None:
        """Fill a doorway with a round top; `height` is that of the straight part."""
        radius = width / 2
        turn = [math.pi * step / 60 for step in range(61)]
        top = [(x + radius + radius * math.cos(a), y + height + radius * math.sin(a)) for a in turn]
        self.shape([(x, y), (x + width, y), *top], ink)

    def line(self, points: list[tuple[float, float]], ink: str, thick: float = 1.0) -> None:
        """Draw a line through points."""
        path = " ".join(f"{x:.2f} {y:.2f} {'l' if i else 'm'}" for i, (x, y) in enumerate(points))
        self.steps.append(f"{_rgb(ink)} RG {thick} w {path} S")

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        ink: str = _INK,
        font: str = "F1",
        spacing: float = 0,
    ) -> None:
        """Set a line of text from `x`."""
        safe = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        place = f"{_rgb(ink)} rg /{font} {size} Tf {spacing} Tc {x:.2f} {y:.2f} Td"
        self.steps.append(f"BT {place} ({safe}) Tj ET")

    def figures(self, right: float, y: float, words: str, size: float, ink: str = _INK) -> None:
        """Set digits so that they end at `right`."""
        width = sum(_FIGURES[letter] for letter in words) * size / 1000
        self.text(right - width, y, words, size, ink)


def brochure() -> bytes:
    """Return the PDF: a cover, a floor plan and a price list."""
    return _document([_cover(), _plan(), _prices()])


def _cover() -> Page:
    page = Page(_TEAL)
    page.box(0, 0, _WIDTH, 250, _SAND)
    for inset, ink in ((0, _CLAY), (42, _OCHRE), (84, _SAND), (126, _TEAL)):
        page.arch(127 + inset, 250, 340 - 2 * inset, 210 - inset * 0.15, ink)
    page.arch(281, 250, 32, 60, _OCHRE)
    for x, tall in ((66, 190), (96, 130), (500, 160), (530, 220)):
        leaf = [(x + 15 * math.sin(math.pi * s / 20), 250 + tall * s / 20) for s in range(21)]
        back = [
            (x - 15 * math.sin(math.pi * s / 20), 250 + tall * s / 20) for s in range(20, -1, -1)
        ]
        page.shape(leaf + back, _SAGE)
    page.text(60, 762, "MAISON CLAIRE", 11, _SAND, "F2", 3)
    page.text(444, 762, "SPRING LIST", 11, _OCHRE, "F2", 2)
    page.line([(60, 748), (535, 748)], _SAND, 0.6)
    page.text(58, 160, "The Garden House", 52, _INK, "F3")
    page.text(61, 124, "Four rooms, tall windows and a terrace to the south.", 14)
    page.box(61, 96, 44, 3, _CLAY)
    page.text(61, 66, "112 m\xb2   -   2 bedrooms   -   built 1926, renewed", 10, _CLAY, "F2", 0.4)
    return page


def _plan() -> Page:
    page = Page(_SAND)
    _heading(page, "Floor plan", "Ground floor, all on one level")
    x0, y0, wide, high = 90, 190, 415, 440
    rooms = [
        (0, 200, 245, 240, "#fbf6ec", "Living room", "38 m\xb2"),
        (245, 260, 170, 180, "#f7dfc9", "Kitchen", "21 m\xb2"),
        (0, 0, 185, 200, "#e3e8dc", "Bedroom one", "24 m\xb2"),
        (245, 0, 170, 150, "#e3e8dc", "Bedroom two", "17 m\xb2"),
        (245, 150, 170, 110, "#d7e4e6", "Bath", "7 m\xb2"),
        (185, 0, 60, 200, "#fbf6ec", "Hall", "5 m\xb2"),
    ]
    for x, y, w, h, ink, name, area in rooms:
        page.box(x0 + x, y0 + y, w, h, ink)
        page.text(x0 + x + 14, y0 + y + h - 26, name, 11, _INK, "F2")
        page.text(x0 + x + 14, y0 + y + h - 41, area, 9.5, _CLAY)
    _furnish(page, x0, y0)
    walls = [
        [(0, 0), (wide, 0), (wide, high), (0, high), (0, 0)], [(0, 200), (185, 200), (185, 120)],
        [(185, 75), (185, 0)], [(245, 0), (245, 60)], [(245, 105), (245, 175)],
        [(245, 220), (245, 300)],
        [(245, 380), (245, high)], [(245, 150), (wide, 150)], [(245, 260), (wide, 260)],
    ]  # fmt: skip
    for wall in walls:
        page.line([(x0 + x, y0 + y) for x, y in wall], _INK, 6)
    windows = [
        (0, 250, 0, 310), (0, 340, 0, 400), (300, high, 370, high), (wide, 40, wide, 110),
        (50, 0, 130, 0), (0, 60, 0, 130),
    ]  # fmt: skip
    for ax, ay, bx, by in windows:
        page.line([(x0 + ax, y0 + ay), (x0 + bx, y0 + by)], "#fbf6ec", 4)
        page.line([(x0 + ax, y0 + ay), (x0 + bx, y0 + by)], _TEAL, 1)
    for cx, cy, start in ((185, 75, 90), (245, 60, 90), (245, 175, 90)):
        side = -1 if cx == 185 else 1
        turn = [math.radians(start - side * step * 3) for step in range(31)]
        sweep = [(x0 + cx + 45 * math.cos(a), y0 + cy + 45 * math.sin(a)) for a in turn]
        page.line(sweep, "#a89c8c", 0.7)
        page.line([(x0 + cx, y0 + cy), sweep[-1]], _INK, 1.4)
    page.line([(x0, 160), (x0 + wide, 160)], _INK, 0.7)
    for x in (x0, x0 + 245, x0 + wide):
        page.line([(x, 155), (x, 165)], _INK, 0.7)
    page.text(x0 + 105, 146, "6.10 m", 8.5)
    page.text(x0 + 318, 146, "4.25 m", 8.5)
    page.shape([(520, 700), (512, 676), (520, 682), (528, 676)], _CLAY)
    page.text(516, 706, "N", 10, _CLAY, "F2")
    _footer(page, 2)
    return page


def _furnish(page: Page, x0: float, y0: float) -> None:
    pieces = [
        (40, 225, 130, 42, _SAGE), (48, 240, 55, 24, "#95a588"), (107, 240, 55, 24, "#95a588"),
        (70, 290, 70, 36, "#b98a5e"), (190, 285, 40, 44, _CLAY), (385, 275, 22, 150, "#c9b79c"),
        (295, 300, 60, 60, "#b98a5e"), (24, 30, 90, 110, "#fbf6ec"), (24, 112, 90, 28, _TEAL),
        (330, 20, 70, 84, "#fbf6ec"), (330, 82, 70, 22, _CLAY), (350, 160, 52, 88, "#fbf6ec"),
    ]  # fmt: skip
    for x, y, w, h, ink in pieces:
        page.box(x0 + x - 1, y0 + y - 1, w + 2, h + 2, "#8d7f6c")
        page.box(x0 + x, y0 + y, w, h, ink)


def _prices() -> Page:
    page = Page(_SAND)
    _heading(page, "Price list", "In euros, furnished as shown")
    rows = [
        ("The Garden House", "112 m\xb2", "684 000", _CLAY),
        ("The Mews, first floor", "74 m\xb2", "412 500", _OCHRE),
        ("The Mews, under the roof", "68 m\xb2", "396 000", _OCHRE),
        ("Studio by the canal", "41 m\xb2", "248 000", _TEAL),
        ("Orchard plot with barn", "230 m\xb2", "531 000", _SAGE),
        ("Parking, covered", "13 m\xb2", "24 500", _INK),
    ]
    for number, (name, area, price, ink) in enumerate(rows):
        y = 610 - number * 62
        page.box(60, y - 22, 475, 54, "#fbf6ec" if number % 2 else "#efe2cf")
        page.box(60, y - 22, 6, 54, ink)
        page.text(84, y, name, 15, _INK, "F3")
        page.text(318, y, area, 11)
        page.figures(517, y, price, 15)
    page.box(60, 120, 475, 96, _TEAL)
    page.text(84, 178, "See it by daylight", 24, _SAND, "F3")
    page.text(
        84, 150, "Viewings on Saturdays between ten and four, or when it suits you.", 11, _SAND
    )
    _footer(page, 3)
    return page


def _heading(page: Page, title: str, below: str) -> None:
    page.text(60, 782, "MAISON CLAIRE", 9, _CLAY, "F2", 2.5)
    page.line([(60, 770), (535, 770)], _CLAY, 0.6)
    page.text(58, 708, title, 40, _INK, "F3")
    page.text(60, 684, below, 11, "#7a6d5e")


def _footer(page: Page, number: int) -> None:
    page.line([(60, 74), (535, 74)], _CLAY, 0.6)
    page.text(60, 56, "The Garden House", 9, "#7a6d5e")
    page.figures(535, 56, str(number), 9, "#7a6d5e")


def _rgb(ink: str) -> str:
    return " ".join(f"{level / 255:.3f}" for level in ImageColor.getrgb(ink))


def _document(pages: list[Page]) -> bytes:
    """Return pages as a PDF: objects, their table of places, and the trailer."""
    first_page = 3 + len(_FONTS)
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(len(pages)))
    fonts = " ".join(f"/{name} {3 + number} 0 R" for number, name in enumerate(_FONTS))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
    ]
    for base in _FONTS.values():
        font = f"<< /Type /Font /Subtype /Type1 /BaseFont /{base} /Encoding /WinAnsiEncoding >>"
        objects.append(font.encode())
    for number, page in enumerate(pages):
        content = "\n".join(page.steps).encode("cp1252")
        leaf = f"/Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}]"
        refers = f"/Resources << /Font << {fonts} >> >> /Contents {first_page + 2 * number + 1} 0 R"
        objects.append(f"<< {leaf} {refers} >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    written, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(written + b"startxref\n%d\n%%%%EOF\n" % start)
