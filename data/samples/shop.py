"""The catalogue of a shop that does not exist, and ateliers that could sew what it sells."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

_BRANDS = ("Northlight", "Field & Thread", "Harbour Row")


@dataclass(frozen=True)
class Garment:
    """One product; its picture is called after its id."""

    id: str
    name: str
    garment: str
    """A word for what it is, as pictures and ateliers are described with."""
    color: str
    category: str
    words: str
    price: str
    availability: str = "in stock"
    rating: str = ""
    description: str = ""


GARMENTS = (
    Garment(
        *("D-101", "Red midi dress", "dress", "#b3262e", "Women > Dresses"),
        *("midi, cotton, summer", "89.00", "in stock", "4.6"),
        "A fitted dress to the calf in red cotton, with short sleeves.",
    ),
    Garment(
        *("D-102", "Black evening dress", "dress", "#1b1b1f", "Women > Dresses"),
        *("evening, satin, long", "249.00", "limited", "4.8"),
        "Floor length, in black satin, with a narrow strap over one shoulder.",
    ),
    Garment(
        *("D-103", "Sky linen dress", "dress", "#8fb8d9", "Women > Dresses"),
        *("linen, summer, a-line", "119.50", "in stock", "4.1"),
        "An A-line dress in washed linen the colour of a clear sky.",
    ),
    Garment(
        *("D-104", "Emerald wrap dress", "dress", "#12694a", "Women > Dresses"),
        *("wrap, party, viscose", "139.00", "preorder", ""),
        "Wraps to the left and ties at the waist.",
    ),
    Garment(
        *("T-201", "White cotton blouse", "blouse", "#f2f1ec", "Women > Tops > Blouses"),
        *("cotton, work", "59.00", "in stock", "4.4"),
        "A plain blouse with a small collar and pearl buttons.",
    ),
    Garment(
        *("T-202", "Rose silk blouse", "blouse", "#d69aa4", "Women > Tops > Blouses"),
        *("silk, evening", "129.00", "limited", "4.7"),
        "Loose, in washed silk, with a bow to tie.",
    ),
    Garment(
        *("T-203", "Navy striped shirt", "shirt", "#2b3a67", "Women > Tops > Shirts"),
        *("cotton, stripes", "64.90", "in stock", "4.0"),
        "Long sleeves and a straight cut, to be worn open or closed.",
    ),
    Garment(
        *("T-204", "Grey t-shirt", "t-shirt", "#9a9b9f", "Women > Tops > T-shirts"),
        *("cotton, everyday", "24.00", "in stock", "4.2"),
        "Heavy cotton that keeps its shape.",
    ),
    Garment(
        *("T-205", "Sand ribbed top", "top", "#d8c3a0", "Women > Tops"),
        *("ribbed, summer", "29.00", "in stock", "3.9"),
        "A close top without sleeves.",
    ),
    Garment(
        *("K-301", "Oatmeal wool sweater", "sweater", "#d9cbb2", "Women > Knitwear"),
        *("wool, winter", "98.00", "in stock", "4.5"),
        "A round neck and wide ribs, knitted of lambswool.",
    ),
    Garment(
        *("K-302", "Moss cardigan", "cardigan", "#66713f", "Women > Knitwear"),
        *("wool, buttons", "109.00", "out of stock", "4.3"),
        "Five wooden buttons and two pockets.",
    ),
    Garment(
        *("K-303", "Charcoal hoodie", "hoodie", "#3a3c42", "Women > Knitwear"),
        *("cotton, sport", "69.00", "in stock", "4.0"),
        "Brushed inside, with a drawstring and one large pocket.",
    ),
    Garment(
        *("S-401", "Pleated navy skirt", "skirt", "#24304f", "Women > Skirts"),
        *("pleats, work", "79.00", "in stock", "4.4"),
        "Knife pleats from a flat waistband, to the knee.",
    ),
    Garment(
        *("S-402", "Ochre A-line skirt", "skirt", "#c58a2b", "Women > Skirts"),
        *("a-line, corduroy", "69.50", "in stock", "4.1"),
        "Fine corduroy with buttons down the front.",
    ),
    Garment(
        *("S-403", "Ivory tulle skirt", "skirt", "#f1e9da", "Women > Skirts"),
        *("tulle, wedding, party", "159.00", "preorder", ""),
        "Four layers of soft tulle on a satin lining.",
    ),
    Garment(
        *("P-501", "Black tailored trousers", "trousers", "#202024", "Women > Trousers"),
        *("work, straight", "95.00", "in stock", "4.6"),
        "A straight leg with a pressed crease.",
    ),
    Garment(
        *("P-502", "Beige wide trousers", "trousers", "#cbb694", "Women > Trousers"),
        *("linen, wide, summer", "84.00", "in stock", "4.2"),
        "A high waist and a wide leg, in linen.",
    ),
    Garment(
        *("P-503", "Blue straight jeans", "jeans", "#3f5f8a", "Women > Trousers > Jeans"),
        *("denim, everyday", "79.90", "in stock", "4.3"),
        "Firm denim, washed once.",
    ),
    Garment(
        *("P-504", "Khaki shorts", "shorts", "#8c8358", "Women > Trousers > Shorts"),
        *("cotton, summer, travel", "45.00", "limited", "3.8"),
        "Cotton twill with turned-up hems.",
    ),
    Garment(
        *("C-601", "Camel wool coat", "coat", "#b98a55", "Women > Coats"),
        *("wool, winter, long", "320.00", "in stock", "4.9"),
        "Double-breasted, to below the knee, fully lined.",
    ),
    Garment(
        *("C-602", "Rust trench coat", "coat", "#a1532c", "Women > Coats"),
        *("cotton, belt, autumn", "259.00", "limited", "4.5"),
        "A belted coat against wind and light rain.",
    ),
    Garment(
        *("J-701", "Denim jacket", "jacket", "#4b6c97", "Women > Jackets"),
        *("denim, everyday", "99.00", "in stock", "4.2"),
        "Short and boxy, with two chest pockets.",
    ),
    Garment(
        *("J-702", "Plum velvet blazer", "blazer", "#5a2748", "Women > Jackets > Blazers"),
        *("velvet, evening, party", "179.00", "in stock", "4.4"),
        "One button, and a lining in a lighter plum.",
    ),
    Garment(
        *("O-801", "Olive jumpsuit", "jumpsuit", "#5d6138", "Women > Jumpsuits"),
        *("cotton, travel", "129.00", "in stock", "4.0"),
        "Short sleeves, a zip down the front, and a belt of its own.",
    ),
)
"""What the shop sells, a picture each."""

MISTAKEN = Garment(
    *("S-404", "Mint pencil skirt", "skirt", "#9fd0bd", "Women > Skirts"),
    *("work, fitted", "-59.00", "in stock", ""),
    "A row with a mistake, as catalogues have them: its price is negative.",
)

_ATELIERS = (
    (
        *("A-01", "Atelier Quai Nord", "Antwerp, Belgium"),
        *("Evening and occasion wear in silk", "dresses, blouses, skirts"),
        *("$250 - $1,800", "medium - high", "4.8"),
    ),
    (
        *("A-02", "Linden Yard Studio", "Berlin, Germany"),
        *("Coats and tailored outerwear in wool", "coats, jackets, blazers"),
        *("$300 - $1,500", "medium - high", "4.6"),
    ),
    (
        *("A-03", "Riverside Cutting Room", "London, United Kingdom"),
        *("Bridal gowns, lace and beading", "dresses"),
        *("from $900", "high", "4.9"),
    ),
    (
        *("A-04", "Casa Sete Colinas", "Lisbon, Portugal"),
        *("Summer clothes in linen and cotton", "dresses, tops, shorts, trousers, jumpsuits"),
        *("$80 - $420", "low - medium", "4.5"),
    ),
    (
        *("A-05", "Hilltop Knit Works", "Porto, Portugal"),
        *("Knitwear in small series", "sweaters, cardigans, hoodies"),
        *("$60 - $300", "low - medium", "4.3"),
    ),
    (
        *("A-06", "Canal Street Denim", "Amsterdam, Netherlands"),
        *("Jeans and denim jackets to measure", "jeans, jackets, shorts, skirts"),
        *("$120 - $450", "0.2 - 0.6", "4.4"),
    ),
    (
        *("A-07", "Old Mill Shirtmakers", "Milan, Italy"),
        *("Shirts and blouses, pleats, fine finishing", "shirts, blouses, t-shirts"),
        *("$90 - $380", "0.3 - 0.8", "4.7"),
    ),
    (
        *("A-08", "Garden Gate Sewing", "New York, United States"),
        *("Alterations and simple pieces", "skirts, trousers, tops, dresses"),
        *("up to $250", "low", "4.1"),
    ),
)


def products_csv() -> bytes:
    """Return the shop's catalogue; one of its rows has to be refused."""
    columns = ("id", "name", "description", "category", "tags", "brand", "price", "currency")
    rows = [
        (
            *(g.id, g.name, g.description, g.category, g.words, _BRANDS[number % 3]),
            *(g.price, "USD", g.availability, g.rating, f"{g.id}.webp"),
        )
        for number, g in enumerate((*GARMENTS[:15], MISTAKEN, *GARMENTS[15:]))
    ]
    return _table((*columns, "availability", "rating", "image"), rows)


def ateliers_csv() -> bytes:
    """Return the ateliers, without contacts: those would need a key to be kept."""
    columns = ("id", "name", "location", "specialization", "categories")
    return _table((*columns, "price_range", "complexity", "rating"), _ATELIERS)


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return written.getvalue().encode()
