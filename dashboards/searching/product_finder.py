"""Finding products: by words, by a picture, or by both, with filters, a budget and liked brands."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import polars as pl
import streamlit as st

from dashboards.installation import desk
from dashboards.page import SUBMIT, empty_state, plainly
from dashboards.searching.match_cards import ShownProduct, product_card
from dashboards.searching.picture_question import PictureQuestion
from dashboards.searching.product_shelf import choices, shelf
from dashboards.words import plural
from media.matching.filters import ProductFilters
from resources.job_desk import JobDesk
from resources.product_search import ProductQuery, SearchAnswer

_AT_FIRST, _MORE, _MOST = 24, 24, 120
_IN_STOCK = ("in_stock", "limited")
_CATEGORIES_OFFERED = 12


def find_products(
    made: JobDesk, picture: PictureQuestion, on_similar: Callable[[str], None]
) -> None:
    """The form, and what it finds; `on_similar` gets the key of a picture to go on from."""
    with plainly():
        products = shelf(made)
        if products.is_empty():
            empty_state(
                ":material/menu_book:",
                "No products yet",
                "Import a catalogue first: a table of your products, and their pictures.",
            )
            st.page_link(
                SUBMIT,
                label="Import a catalogue",
                icon=":material/upload:",
                query_params={"what": "catalogue"},
            )
            return
        words = st.text_input(
            "What are you looking for?",
            key="q",
            bind="query-params",
            placeholder="A red linen dress",
            icon=":material/search:",
        )
        image = picture.ask("A picture of it, if you have one")
        with st.expander("Filters, budget and brands", icon=":material/tune:"):
            query = _settings(products, has_picture=image is not None)
        query = replace(query, text=(words or "").strip() or None, image=image)
        if query.text is None and query.image is None:
            _offer(products)
            return
        with plainly():
            _show_found(made, query, on_similar)


def _settings(products: pl.DataFrame, *, has_picture: bool) -> ProductQuery:
    """What narrows the search and what counts more, as a query without words or picture."""
    currencies = choices(products, "currency")
    first, second, third, fourth = st.columns(4)
    currency = first.selectbox("Currency", currencies, key="currency", disabled=len(currencies) < 2)
    least = _amount(second, "Price from", "min_price")
    most = _amount(third, "Price up to", "max_price")
    budget = _amount(
        fourth,
        "Budget",
        "budget",
        "Prices near it count more; nothing is left out for it.",
    )
    first, second, third = st.columns(3)
    categories = first.multiselect("Category", choices(products, "category"), key="category")
    brands = second.multiselect("Brand", choices(products, "brand"), key="brand")
    liked = third.multiselect(
        "Brands you like",
        choices(products, "brand"),
        key="liked",
        help="They count more; the others are still found.",
    )
    catalogues = choices(products, "catalogue")
    chosen: list[str] = []
    if len(catalogues) > 1:
        chosen = st.multiselect("Catalogue", catalogues, key="catalogue")
    in_stock = st.toggle("Only what can be had now", key="in_stock")
    same = False
    if has_picture:
        same = st.toggle(
            "The very product of the picture first",
            key="same_product",
            help="Compares small details, as prints and seams are, and puts the same product "
            "before what is only like it.",
        )
    return ProductQuery(
        filters=ProductFilters(
            min_price=least,
            max_price=most,
            currency=currency,
            categories=tuple(categories),
            brands=tuple(brands),
            availabilities=_IN_STOCK if in_stock else (),
            catalogues=tuple(chosen),
        ),
        budget=budget,
        currency=currency,
        liked_brands=tuple(liked),
        same_product=same,
    )


def _amount(
    place: "st.delta_generator.DeltaGenerator", label: str, key: str, said: str | None = None
) -> Decimal | None:
    given = place.number_input(
        label, min_value=0.0, value=None, step=5.0, format="%.2f", key=key, help=said
    )
    # As it was typed: a binary fraction would be another price. Nothing is to be had for nothing.
    return Decimal(f"{given:.2f}") if given else None


def _offer(products: pl.DataFrame) -> None:
    """What could be looked for, while nothing is."""
    st.caption(
        f"{plural(products.height, 'product')} can be found, by words, by a picture, or by both. "
        "To begin with, for example:"
    )
    categories = choices(products, "category")[:_CATEGORIES_OFFERED]
    with st.container(horizontal=True, gap="xsmall"):
        for name in categories:
            st.button(name, key=f"offer-{name}", on_click=_look_for, args=(name,))


def _look_for(words: str) -> None:
    st.session_state["q"] = words


def _show_found(made: JobDesk, query: ProductQuery, on_similar: Callable[[str], None]) -> None:
    shown = min(_MOST, int(st.session_state.get("shown products", _AT_FIRST)))
    settings = made.deployment.settings
    # One more than is shown tells whether there are more.
    answer = _search(settings.home, settings.store_url, replace(query, limit=shown + 1))
    matches = answer.matches[:shown]
    for sentence in answer.said:
        st.caption(f":material/info: {sentence[:1].upper()}{sentence[1:]}.")
    if not matches:
        empty_state(
            ":material/search_off:", "Nothing was found", "Say less, or take a filter away."
        )
        return
    pictures = made.thumbnails.of([match.image_key for match in matches])
    with st.grid("auto", min_column_width=210):
        for match, picture in zip(matches, pictures, strict=True):
            product_card(ShownProduct.of(vars(match)), picture, on_similar, match)
    if len(answer.matches) > shown and shown < _MOST:
        st.button("Show more", icon=":material/expand_more:", on_click=_show_more, args=(shown,))


def _show_more(shown: int) -> None:
    st.session_state["shown products"] = shown + _MORE


@st.cache_data(ttl=60, max_entries=100, show_spinner="Searching")
def _search(home: Path, store: str, query: ProductQuery) -> SearchAnswer:
    """At most a minute old; the first names tell installations apart."""
    return desk().deployment.fashion.product_search.search(query)
