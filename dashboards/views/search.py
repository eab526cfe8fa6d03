"""Search: products, pictures like a picture, and pictures that are kept twice."""

import streamlit as st

from dashboards.page import heading, opened
from dashboards.searching.duplicate_groups import show_duplicates
from dashboards.searching.match_cards import LOOK
from dashboards.searching.picture_finder import find_pictures
from dashboards.searching.picture_question import LIKE, PictureQuestion, look_like
from dashboards.searching.picture_rights import PictureRights
from dashboards.searching.product_finder import find_products

_PRODUCTS, _PICTURES, _DUPLICATES = "Products", "Pictures", "Duplicates"


def show() -> None:
    """The page; `like` in its address is the key of a picture to begin with."""
    made, viewer = opened()
    st.html(LOOK)
    heading("Search", "Find products by words or by a picture, and pictures by their likeness.")
    rights = PictureRights(made, viewer)
    picture = PictureQuestion(made, rights)
    # A page that leads here with a picture alone means pictures.
    arrived = _PICTURES if LIKE in st.query_params else _PRODUCTS
    mode = st.segmented_control(
        "What to look for",
        [_PRODUCTS, _PICTURES, _DUPLICATES],
        default=arrived,
        required=True,
        key="look",
        bind="query-params",
        label_visibility="collapsed",
    )
    if mode == _DUPLICATES:
        show_duplicates(made, rights)
    elif mode == _PICTURES:
        find_pictures(made, picture, look_like)
    else:
        find_products(made, picture, look_like)


if __name__ == "__main__":
    show()
