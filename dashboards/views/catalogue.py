"""Catalogue: the products and ateliers there are, and the imports they came with."""

import streamlit as st

from dashboards.catalogues.ateliers import show_ateliers
from dashboards.catalogues.imports import show_imports
from dashboards.catalogues.products import show_products
from dashboards.page import heading, opened
from dashboards.searching.match_cards import LOOK

_PRODUCTS, _ATELIERS, _IMPORTS = "Products", "Ateliers", "Imports"
_GO_ON_FROM = "go on from"


def show() -> None:
    """The page."""
    made, viewer = opened()
    if key := st.session_state.pop(_GO_ON_FROM, None):
        st.switch_page("views/search.py", query_params={"look": _PRODUCTS, "like": key})
    st.html(LOOK)
    heading("Catalogue", "The products and ateliers that searches and designs are matched with.")
    part = st.segmented_control(
        "What to look at",
        [_PRODUCTS, _ATELIERS, _IMPORTS],
        default=_PRODUCTS,
        required=True,
        key="part",
        bind="query-params",
        label_visibility="collapsed",
    )
    if part == _IMPORTS:
        show_imports(made, viewer)
    elif part == _ATELIERS:
        show_ateliers(made, viewer)
    else:
        show_products(made, _similar)


def _similar(key: str) -> None:
    """For a button's click, which cannot lead to another page by itself."""
    st.session_state[_GO_ON_FROM] = key


if __name__ == "__main__":
    show()
