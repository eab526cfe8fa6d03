"""Files for tests of catalogues and designs: small shops with pictures that are drawn."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

COLORS: Mapping[str, str] = {
    "red": "#c8202a",
    "blue": "#2449b8",
    "green": "#1f8a4c",
    "black": "#202024",
}


def garment(color: str, shape: str) -> bytes:
    """A plain drawing, JPEG: a dress, a top or trousers, on a light ground."""
    image = Image.new("RGB", (420, 560), "#f2f1ee")
    draw = ImageDraw.Draw(image)
    fill = COLORS.get(color, color)
    if shape == "dress":
        draw.polygon([(160, 90), (260, 90), (250, 240), (340, 480), (80, 480), (170, 240)], fill)
    elif shape == "top":
        draw.rectangle((140, 140, 280, 330), fill)
        draw.polygon([(140, 140), (60, 250), (95, 275), (150, 200)], fill)
        draw.polygon([(280, 140), (360, 250), (325, 275), (270, 200)], fill)
    else:
        draw.polygon([(150, 90), (270, 90), (275, 480), (220, 480), (210, 200), (200, 480)], fill)
        draw.polygon([(150, 90), (200, 90), (205, 480), (145, 480)], fill)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def write_csv(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """A CSV file of these rows; the first one's keys are the columns."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def product(number: int, color: str, shape: str, price: str, **others: str) -> dict[str, str]:
    """One product of the test shop, its picture `<id>.jpg`."""
    return {
        "id": f"p{number:02d}",
        "name": f"{color} {shape}",
        "category": {"dress": "dresses", "top": "tops"}.get(shape, "trousers"),
        "brand": "North" if number % 2 else "South",
        "price": price,
        "currency": "USD",
        "availability": "in_stock",
        "image": f"p{number:02d}.jpg",
        **others,
    }


SHOP: Sequence[Mapping[str, str]] = (
    product(1, "red", "dress", "80.00"),
    product(2, "blue", "dress", "150.00"),
    product(3, "red", "top", "25.50"),
    product(4, "blue", "top", "19.99", availability="out of stock"),
    product(5, "black", "trousers", "60.00"),
    product(6, "green", "trousers", "1,250.00"),
)


def write_shop(folder: Path, rows: Sequence[Mapping[str, str]] = SHOP) -> list[Path]:
    """The shop's catalogue and its pictures, as files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [write_csv(folder / "products.csv", rows)]
    for row in rows:
        color, shape = row["name"].split()
        path = folder / row["image"]
        path.write_bytes(garment(color, shape))
        files.append(path)
    return files


ATELIERS: Sequence[Mapping[str, str]] = (
    {
        "id": "a1",
        "name": "Harbour Lane Dressmaking",
        "location": "Lyon, France",
        "specialization": "evening dresses",
        "categories": "dresses, skirts",
        "price_range": "$60 - $400",
        "complexity": "low to high",
        "rating": "4.6",
    },
    {
        "id": "a2",
        "name": "Mill Street Tailoring",
        "location": "Porto, Portugal",
        "specialization": "suits and coats",
        "categories": "coats, trousers",
        "price_range": "$300 - $2,000",
        "complexity": "medium to high",
        "rating": "4.9",
    },
)
