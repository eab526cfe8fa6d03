"""Products: the columns of many shops, several rows of one product, and what a cell can mean."""

from decimal import Decimal
from typing import Any

import pytest

from media.catalogues.columns import kind_of
from tests.media.catalogues.tables import only, read, ready, refused, written

SHOPIFY = [
    [
        *("Handle", "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published"),
        *("Option1 Name", "Option1 Value", "Variant SKU", "Variant Inventory Tracker"),
        *("Variant Inventory Qty", "Variant Inventory Policy", "Variant Price", "Image Src"),
    ],
    [
        *("dress", "Red Dress", "<p>Red &amp; long</p>", "North", "Dresses", "red, new", "true"),
        *("Size", "S", "D-S", "shopify", "0", "deny", "59.90", "https://s.example/1.jpg"),
    ],
    ["dress", *[""] * 7, "M", "D-M", "shopify", "2", "deny", "64.90", "https://s.example/2.jpg"],
    ["dress", *[""] * 7, "L", "D-L", "shopify", "0", "deny", "49.90", ""],
    ["dress", *[""] * 13, "https://s.example/3.jpg"],
    ["skirt", "Skirt", *[""] * 4, "false", "Title", "", "S-1", "shopify", "5", "deny", "30", ""],
    ["top", "Top", *[""] * 4, "true", "Title", "", "T-1", "shopify", "0", "continue", "30", ""],
    ["bag", "Bag", *[""] * 4, "true", "Title", "", "B-1", "", "0", "deny", "30", ""],
    ["hat", "Hat", *[""] * 4, "true", "Title", "", "H-1", "shopify", "0", "deny", "30", ""],
]


def test_rows_of_one_handle_are_one_product() -> None:
    contents = read(written(SHOPIFY))
    dress = ready(contents)[0]
    assert contents.count == 5
    assert dress["line"] == 2
    assert (dress["product"], dress["name"], dress["brand"]) == ("dress", "Red Dress", "North")
    assert (dress["price"], dress["price_to"]) == (Decimal("49.90"), Decimal("64.90"))
    assert (dress["variants"], dress["availability"]) == (3, "in_stock")
    assert (dress["category"], dress["tags"]) == ("Dresses", ["red", "new"])
    assert dress["description"] == "Red & long"
    assert dress["image"] == "https://s.example/1.jpg"
    assert "price=Variant Price" in contents.columns
    assert "Option1 Name" in contents.ignored


def test_what_a_shop_cannot_sell_is_not_available() -> None:
    found = {row["product"]: row["availability"] for row in ready(read(written(SHOPIFY)))}
    assert found == {
        "dress": "in_stock",
        "skirt": "out_of_stock",  # not published
        "top": "preorder",  # may be sold without stock
        "bag": "in_stock",  # nobody counts it
        "hat": "out_of_stock",
    }


def test_a_bad_variant_costs_only_itself() -> None:
    rows = [list(row) for row in SHOPIFY]
    rows[3][13] = "-1"
    contents = read(written(rows))
    assert refused(contents) == [(4, "invalid_price")]
    dress = ready(contents)[0]
    assert (dress["variants"], dress["price"], dress["price_to"]) == (
        *(2, Decimal("59.90")),
        Decimal("64.90"),
    )


def test_a_bad_first_variant_leaves_the_others() -> None:
    rows = [list(row) for row in SHOPIFY]
    rows[1][13] = "-1"
    contents = read(written(rows))
    assert refused(contents) == [(2, "invalid_price")]
    assert (ready(contents)[0]["name"], ready(contents)[0]["variants"]) == ("Red Dress", 2)


def test_variants_of_a_product_that_was_not_taken_are_listed() -> None:
    rows = [list(row) for row in SHOPIFY]
    rows[1][1] = "=cmd|' /C calc'!A0"
    contents = read(written(rows))
    assert refused(contents)[:2] == [(2, "formula"), (3, "name_missing")]
    assert [row["product"] for row in ready(contents)] == ["skirt", "top", "bag", "hat"]


def test_the_same_row_again_is_a_duplicate_and_another_option_a_variant() -> None:
    contents = read(written([*SHOPIFY[:2], SHOPIFY[1]]))
    assert refused(contents) == [(3, "duplicate_id")]
    other = [*SHOPIFY[1][:8], "XL", *SHOPIFY[1][9:]]
    assert only(read(written([*SHOPIFY[:2], other])))["variants"] == 2


def test_variations_join_their_parent_wherever_they_stand() -> None:
    table = """ID,Type,SKU,Name,Published,In stock?,Parent,Regular price
7,variable,DR,Dress,1,1,,
8,simple,SK,Skirt,1,0,,20
9,variation,DR-S,Dress - S,1,1,id:7,50
10,variation,DR-M,Dress - M,1,0,DR,55
11,variation,XX,Lost,1,0,id:99,55
"""
    contents = read(table)
    dress, skirt = ready(contents)
    assert (dress["product"], dress["variants"], dress["availability"]) == ("7", 2, "in_stock")
    assert (dress["price"], dress["price_to"]) == (50, 55)
    assert (skirt["price"], skirt["availability"], skirt["category"]) == (20, "out_of_stock", None)
    assert refused(contents) == [(6, "name_missing")]


def test_names_of_a_merchant_feed_are_known() -> None:
    row = only(
        read(
            "g:id\tg:title\tg:link\tg:image_link\tg:availability\tg:price\tg:sale_price\t"
            "g:product_type\tg:google_product_category\tg:color\n"
            "A1\tDress\thttps://s.example/a\thttps://s.example/a,b.jpg\tin_stock\t25.00 EUR\t"
            "19.00 EUR\tClothing > Dresses\t2271\tred\n"
        )
    )
    assert (row["product"], row["name"], row["url"]) == ("A1", "Dress", "https://s.example/a")
    assert (row["image"], row["availability"]) == ("https://s.example/a,b.jpg", "in_stock")
    assert (row["price"], row["currency"]) == (19, "EUR")
    assert (row["category"], row["tags"]) == ("Dresses", ["Clothing", "red"])


def test_a_sale_that_is_dated_or_dearer_does_not_count() -> None:
    data = "id,name,price,sale price,sale_price_effective_date\n1,a,9,5,2030-01-01\n2,b,9,12,\n"
    assert [row["price"] for row in ready(read(data))] == [9, 9]


@pytest.mark.parametrize(
    ("header", "cell", "wanted"),
    [
        ("priceUsd", "5", (5, "USD")),
        ("Price (EUR)", "5", (5, "EUR")),
        ("Preis", "5,50 €", (Decimal("5.50"), "EUR")),
        ("cost", "5", (None, None)),
        ("price", "", (None, None)),
    ],
)
def test_the_name_of_a_column_can_tell_the_currency(header: str, cell: str, wanted: Any) -> None:
    row = only(read(written([["id", "name", header], ["1", "a", cell]]), currency="CAD"))
    assert (row["price"], row["currency"]) == wanted


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        *[("In Stock", "in_stock"), ("yes", "in_stock"), ("12", "in_stock")],
        *[("https://schema.org/InStock", "in_stock"), ("low stock", "limited")],
        *[("Sold out", "out_of_stock"), ("0", "out_of_stock"), ("FALSE", "out_of_stock")],
        *[("pre-order", "preorder"), ("backorder", "preorder")],
        *[("who knows", "unknown"), ("", "unknown")],
    ],
)
def test_availability_is_one_of_five_words(word: str, wanted: str) -> None:
    row = only(read(written([["id", "name", "availability"], ["1", "a", word]])))
    assert row["availability"] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"), [("4.5", 4.5), ("4,5/5", 4.5), ("0", 0.0), ("5 stars", 5.0), ("", None)]
)
def test_a_rating_is_0_to_5(text: str, wanted: float | None) -> None:
    assert only(read(written([["id", "name", "rating"], ["1", "a", text]])))["rating"] == wanted


@pytest.mark.parametrize("text", ["5.1", "-1", "good", "90%", "8/10", "nan"])
def test_any_other_rating_is_refused(text: str) -> None:
    contents = read(written([["id", "name", "rating"], ["1", "a", text]]))
    assert refused(contents) == [(2, "invalid_value")]


def test_html_becomes_text() -> None:
    html = "<p>Soft <b>wool</b>&nbsp;&amp; silk</p><ul><li>one<li>two</ul><script>x()</script>"
    row = only(read(written([["id", "name", "description"], ["1", "a", html]])))
    assert row["description"] == "Soft wool & silk\none\ntwo"
    plain = "5 < 6 and a > b & c"
    row = only(read(written([["id", "name", "description"], ["1", "a", plain]])))
    assert row["description"] == plain


@pytest.mark.parametrize(
    ("header", "cell", "category", "tags"),
    [
        ("category", "Women > Tops > Blouses", "Blouses", ["Tops", "Women"]),
        ("Categories", "Tops > Blouses, Sale", "Blouses", ["Tops", "Sale"]),
        ("category", "Dresses", "Dresses", []),
        ("google product category", "2271", None, []),
        ("category", "Food, Drinks > Tea", "Tea", ["Food, Drinks"]),
    ],
)
def test_of_a_path_the_last_step_is_the_category(
    header: str, cell: str, category: str | None, tags: list[str]
) -> None:
    row = only(read(written([["id", "name", header], ["1", "a", cell]])))
    assert (row["category"], row["tags"]) == (category, tags)


def test_variants_and_pictures_of_json_are_read() -> None:
    row = only(
        read(
            '{"products": [{"id": 1, "title": "Dress", "variants": [{"title": "S", "price": "5.00",'
            ' "available": false}, {"title": "M", "price": 7, "available": true}], '
            '"images": [{"src": "https://s.example/1.jpg"}, {"src": "2.jpg"}]}]}'
        )
    )
    assert (row["price"], row["price_to"], row["variants"]) == (5, 7, 2)
    assert (row["availability"], row["image"]) == ("in_stock", "https://s.example/1.jpg")


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        (["id", "name", "price", "image", "location"], "products"),
        (["id", "name"], "products"),
        (["id", "name", "specialization", "price_range"], "ateliers"),
        (["id", "name", "city", "email", "rating"], "ateliers"),
        (["atelier_id", "name", "url"], "ateliers"),
    ],
)
def test_columns_tell_products_from_ateliers(columns: list[str], kind: str) -> None:
    assert kind_of(columns) == kind
