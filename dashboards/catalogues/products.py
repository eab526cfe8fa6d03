"""The products that can be found, to be browsed a page at a time."""

from collections.abc import Callable

import polars as pl
import streamlit as st

from dashboards.page import empty_state, plainly
from dashboards.searching.match_cards import ShownProduct, product_card
from dashboards.searching.product_shelf import AVAILABILITY_WORDS, ShelfFilter, choices, shelf
from dashboards.words import plural
from resources.job_desk import JobDesk

_ON_A_PAGE = 24


def show_products(made: JobDesk, on_similar: Callable[[str], None]) -> None:
    """Filters and a page of cards; `on_similar` gets the key of a product's picture."""
    with plainly():
        products = shelf(made)
        if products.is_empty():
            empty_state(
                ":material/menu_book:",
                "No products yet",
                "Import a table of your products, and their pictures: choose Imports above.",
            )
            return
        found = _filter(products).of(products)
        without = found["image_key"].null_count()
        said = plural(found.height, "product")
        if without:
            said += f", {without:,} of them without a picture"
        st.caption(said + ".")
        if found.is_empty():
            empty_state(
                ":material/filter_alt_off:",
                "No such product",
                "Say less, or take a filter away.",
            )
            return
        _page(made, found, on_similar)


def _filter(products: pl.DataFrame) -> ShelfFilter:
    text = st.text_input(
        "Words",
        key="words",
        bind="query-params",
        placeholder="Name, number, brand or description",
        icon=":material/search:",
    )
    with st.expander("Filters", icon=":material/tune:"):
        first, second, third, fourth = st.columns(4)
        categories = first.multiselect("Category", choices(products, "category"), key="category")
        brands = second.multiselect("Brand", choices(products, "brand"), key="brand")
        there = set(products["availability"])
        availabilities = third.multiselect(
            "Availability",
            [name for name in AVAILABILITY_WORDS if name in there],
            format_func=AVAILABILITY_WORDS.__getitem__,
            key="availability",
        )
        catalogues = fourth.multiselect(
            "Catalogue", choices(products, "catalogue"), key="catalogue"
        )
    return ShelfFilter(text or "", categories, brands, catalogues, availabilities)


def _page(made: JobDesk, found: pl.DataFrame, on_similar: Callable[[str], None]) -> None:
    pages = -(-found.height // _ON_A_PAGE)
    place = st.container()
    # Below what it turns, where the eye is when a page has been looked through.
    page = min(pages, st.pagination(pages, key="page", bind="query-params")) if pages > 1 else 1
    rows = found.slice((page - 1) * _ON_A_PAGE, _ON_A_PAGE).to_dicts()
    pictures = made.thumbnails.of([row["image_key"] for row in rows])
    with place, st.grid("auto", min_column_width=200):
        for row, picture in zip(rows, pictures, strict=True):
            product_card(ShownProduct.of(row), picture, on_similar)
