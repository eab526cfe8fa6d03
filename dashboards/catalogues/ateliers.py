"""The ateliers: what they sew, how intricate, for how much, and where they are."""

from collections.abc import Mapping
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any

import polars as pl
import streamlit as st

from dashboards.installation import desk
from dashboards.page import empty_state, plainly
from dashboards.searching.match_cards import web_address
from dashboards.viewer import Viewer
from dashboards.words import plural
from resources.job_desk import JobDesk

_ON_A_PAGE = 12


def show_ateliers(made: JobDesk, viewer: Viewer) -> None:
    """Cards of all ateliers, a page at a time."""
    with plainly():
        settings = made.deployment.settings
        ateliers = _ateliers(settings.home, settings.store_url)
        if ateliers.is_empty():
            empty_state(
                ":material/content_cut:",
                "No ateliers yet",
                "Import a table of ateliers: choose Imports above. Designs are then matched with "
                "those that could sew them.",
            )
            return
        ateliers = _filtered(ateliers)
        st.caption(plural(ateliers.height, "atelier") + ".")
        pages = max(1, -(-ateliers.height // _ON_A_PAGE))
        place = st.container()
        page = min(pages, st.pagination(pages, key="atelier page")) if pages > 1 else 1
        # Operators alone reach people; without sign-in there is nobody else.
        may_reach = viewer.sees_everyone and made.deployment.fashion.contact_seal.is_set
        with place, st.grid("auto", min_column_width=290):
            for row in ateliers.slice((page - 1) * _ON_A_PAGE, _ON_A_PAGE).to_dicts():
                _card(made, row, may_reach=may_reach)


def complexity_words(least: float | None, most: float | None) -> str:
    """How intricate the work may be, in words; the numbers are 0 to 1."""
    if least is None and most is None:
        return "not said"
    first, last = (_degree(least or 0.0), _degree(1.0 if most is None else most))
    return first if first == last else f"{first} to {last}"


def prices_words(least: Decimal | None, most: Decimal | None, currency: str | None) -> str:
    """What it works for: `40 to 180 EUR`, `from 40 EUR`."""
    unit = f" {currency}" if currency else ""
    if least is None and most is None:
        return "not said"
    if least is None:
        return f"up to {most:,.0f}{unit}"
    if most is None:
        return f"from {least:,.0f}{unit}"
    return f"{least:,.0f} to {most:,.0f}{unit}"


def _degree(complexity: float) -> str:
    return "simple" if complexity < 0.35 else "usual" if complexity < 0.7 else "intricate"


def _filtered(ateliers: pl.DataFrame) -> pl.DataFrame:
    words, sews = st.columns(2)
    text = words.text_input(
        "Words", key="atelier words", placeholder="Name or place", icon=":material/search:"
    )
    kinds = sorted(set(ateliers["categories"].explode().drop_nulls()))
    wanted = sews.multiselect("Sews", kinds, key="sews")
    for word in (text or "").casefold().split():
        told = pl.concat_str("name", "location", "specialization", ignore_nulls=True, separator=" ")
        ateliers = ateliers.filter(told.str.to_lowercase().str.contains(word, literal=True))
    if wanted:
        ateliers = ateliers.filter(
            pl.col("categories").list.set_intersection(wanted).list.len() > 0
        )
    return ateliers


def _card(made: JobDesk, row: Mapping[str, Any], *, may_reach: bool) -> None:
    rating = f" ★ {row['rating']:.1f}" if row["rating"] is not None else ""
    sews = ", ".join(row["categories"] or []) or row["specialization"] or "not said"
    facts = {
        "Sews": sews,
        "Work": complexity_words(row["complexity_from"], row["complexity_to"]),
        "Prices": prices_words(row["price_from"], row["price_to"], row["currency"]),
    }
    told = "".join(
        f'<div><span class="more">{name}:</span> {escape(text)}</div>'
        for name, text in facts.items()
    )
    identity = f"{row['catalogue']}-{row['atelier']}"
    with st.container(border=True, height="stretch", key=f"atelier-{identity}"):
        st.html(
            f'<div class="match"><b>{escape(row["name"] or row["atelier"])}{rating}</b>'
            f'<div class="more">{escape(row["location"] or "Place not said")}</div>'
            f'<div class="more">{escape(row["specialization"] or "")}</div>{told}</div>'
        )
        with st.container(horizontal=True, gap="xsmall"):
            if address := web_address(row["url"]):
                st.link_button("Open", address, icon=":material/open_in_new:")
            if (
                may_reach
                and row["contact"]
                and st.button("Contact", key=f"contact-{identity}", icon=":material/mail:")
            ):
                with plainly():
                    st.text(made.deployment.fashion.contact_seal.open(row["contact"]))


@st.cache_resource(ttl=60, max_entries=4, show_spinner=False)
def _ateliers(home: Path, store: str) -> pl.DataFrame:
    """The ateliers of the installation that is named, by name; their contacts sealed."""
    return desk().deployment.fashion.catalogues.current_ateliers().sort("name", nulls_last=True)
