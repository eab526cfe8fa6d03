"""Catalogues of real shops load whole; of a damaged copy what is good, and the rest is listed."""

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from media.catalogues.images import image_references
from media.errors import UnreadableCatalogue
from tests.media.catalogues.tables import options, read, ready, refused

SHOPIFY = "catalog/catalog_csv_shopify/product-csvs__"
JSON = "catalog/catalog_json_price/"


def test_apparel_loads_with_its_prices(corpus: Path) -> None:
    contents = read((corpus / f"{SHOPIFY}apparel.csv").read_bytes())
    found = {row["product"]: row for row in ready(contents)}
    assert (contents.count, contents.bad, len(found)) == (20, 0, 20)
    assert sum(row["price"] for row in found.values()) == 1175
    assert found["classic-varsity-top"]["variants"] == 3
    assert found["led-high-tops"]["line"] == 23
    assert {row["currency"] for row in found.values()} == {"USD"}
    assert {row["tags"][0] for row in found.values()} == {"men", "women"}


def test_home_and_garden_loads_with_its_prices(corpus: Path) -> None:
    contents = read((corpus / f"{SHOPIFY}home-and-garden.csv").read_bytes())
    found = {row["product"]: row for row in ready(contents)}
    assert (contents.count, contents.bad, len(found)) == (20, 0, 20)
    pot = found["clay-plant-pot"]
    assert (pot["price"], pot["price_to"]) == (Decimal("9.99"), Decimal("15.99"))
    assert (pot["variants"], pot["category"], pot["brand"]) == (2, "Outdoor", "Company 123")
    assert pot["description"] == "Classic blown clay pot for plants"
    assert found["cream-sofa"]["price"] == 500


def test_nested_prices_are_exact(corpus: Path) -> None:
    contents = read((corpus / f"{JSON}microservices-demo__products.json").read_bytes())
    prices = {row["name"]: row["price"] for row in ready(contents)}
    assert (contents.count, contents.bad) == (9, 0)
    assert prices["Sunglasses"] == Decimal("19.99")
    assert prices["Salt & Pepper Shakers"] == Decimal("18.49")
    assert sum(prices.values()) == Decimal("315.91")
    names = image_references(
        (corpus / f"{JSON}microservices-demo__products.json").read_bytes(), "f", options()
    )
    assert len(names) == 9


def test_a_list_of_objects_loads_and_a_list_of_tags_is_none(corpus: Path) -> None:
    contents = read((corpus / f"{JSON}retail-store-sample-app__products.json").read_bytes())
    assert (contents.count, contents.bad) == (12, 0)
    assert sum(row["price"] for row in ready(contents)) == 35280
    with pytest.raises(UnreadableCatalogue, match="columns=id="):
        read((corpus / f"{JSON}retail-store-sample-app__tags.json").read_bytes())


def damaged(data: bytes) -> bytes:
    """A copy with a byte order mark and semicolons, and five things wrong in it."""
    rows = list(csv.reader(io.StringIO(data.decode())))
    place = {name: number for number, name in enumerate(rows[0])}
    rows[5] = rows[5][:9]
    rows[7][place["Variant Price"]] = "-60"
    rows[9][place["Image Src"]] = ""
    rows[11][place["Vendor"]] = "=cmd|' /C calc'!A0"
    rows.append(rows[1])
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def test_of_a_damaged_copy_the_good_is_loaded_and_the_bad_listed(corpus: Path) -> None:
    whole = (corpus / f"{SHOPIFY}apparel.csv").read_bytes()
    contents = read(damaged(whole))
    assert refused(contents) == [
        (6, "broken_row"),
        (8, "invalid_price"),
        (12, "formula"),
        (24, "duplicate_id"),
    ]
    lost = {"yellow-wool-jumper", "striped-silk-blouse", "dark-winter-jacket"}
    before = {row["product"]: row for row in ready(read(whole)) if row["product"] not in lost}
    after = {row["product"]: row for row in ready(contents)}
    changed = {name for name in before if before[name] != after[name]}
    assert before.keys() == after.keys()
    assert changed == {"dark-denim-top"}
    assert after["dark-denim-top"]["image"] is None


@pytest.mark.parametrize(
    "save",
    [
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
        lambda text: text.replace("Comfortable", "Comfortable é").encode("cp1252"),
    ],
)
def test_however_it_is_saved_it_is_the_same(corpus: Path, save: Callable[[str], bytes]) -> None:
    text = (corpus / f"{SHOPIFY}apparel.csv").read_bytes().decode().replace("\r\n", "\n")
    saved = read(save(text))
    columns = ("product", "name", "price", "line", "variants")
    assert saved.rows.select(columns).equals(read(text).rows.select(columns))
