"""The catalogue among the samples: a shop with one mistake in it, and ateliers without contacts."""

from pathlib import Path

from media.garments.vocabulary import GARMENTS
from tests.media.catalogues.tables import read, ready, refused

FOLDER = Path(__file__).resolve().parents[3] / "data" / "samples" / "catalogue"


def test_the_shop_loads_but_for_its_one_mistake() -> None:
    contents = read((FOLDER / "shop.csv").read_bytes())
    products = ready(contents)
    assert (contents.kind, contents.count, contents.ignored) == ("products", 25, ())
    assert refused(contents) == [(17, "invalid_price")]
    assert [row["image"] for row in products] == [f"{row['product']}.webp" for row in products]
    assert all(row["price"] and row["currency"] == "USD" for row in products)
    assert {row["availability"] for row in products} >= {"in_stock", "limited", "out_of_stock"}


def test_the_ateliers_load_without_a_contact() -> None:
    contents = read((FOLDER / "ateliers.csv").read_bytes())
    ateliers = ready(contents)
    assert (contents.kind, contents.count, contents.bad) == ("ateliers", 8, 0)
    assert not contents.holds_contacts
    assert {garment for row in ateliers for garment in row["categories"]} <= set(GARMENTS)
    assert all(row["price_from"] or row["price_to"] for row in ateliers)
    assert all(row["complexity_to"] for row in ateliers)
