"""A design: the words it was made from, products like it, and who can sew it."""

import streamlit as st

from dashboards.reviewing.units import Row, Unit, sentence
from dashboards.words import plain
from media.pipelines.design import ATELIER_MATCHES, BRIEFS, ENHANCED_PROMPTS, PRODUCT_MATCHES

_PRODUCTS = 6
_ATELIERS = 3


def show_words(unit: Unit) -> None:
    """What the picture is, what was asked for, and what the model was told."""
    if words := unit.row.get("words"):
        st.caption(plain(sentence(words)))
    brief = next(iter(unit.rows(BRIEFS)), None)
    if brief is None:
        return
    with st.container(border=True):
        if brief["prompt"]:
            st.markdown(f"“{plain(brief['prompt'])}”")
        asked = [brief[name] for name in ("type", "occasion", "silhouette", "body_type")]
        told = [*(value for value in asked if value), *(brief["palette"] or [])]
        if brief["budget"] is not None:
            told.append(f"up to {_price(brief['budget'], brief['currency'])}")
        if told:
            st.caption(", ".join(plain(str(value).replace("_", " ")) for value in told))
    prompts = unit.rows(ENHANCED_PROMPTS)
    prompt = next((row for row in prompts if row["name"] == unit.row.get("name")), None)
    if prompt is not None:
        with st.expander("What the model was asked", icon=":material/notes:"):
            st.text(prompt["prompt"])


def show_matches(unit: Unit) -> None:
    """Products like the picture and ateliers that could sew it, in short."""
    own = unit.row.get("name")
    products = [row for row in unit.rows(PRODUCT_MATCHES) if row["name"] == own]
    ateliers = [row for row in unit.rows(ATELIER_MATCHES) if row["name"] == own]
    if products:
        st.markdown("#### Products like it")
        _products(unit, sorted(products, key=lambda row: row["rank"])[:_PRODUCTS])
    if ateliers:
        st.markdown("#### Who could sew it")
        with st.grid("auto", min_column_width=240):
            for row in sorted(ateliers, key=lambda row: row["rank"])[:_ATELIERS]:
                _atelier(row)


def _products(unit: Unit, rows: list[Row]) -> None:
    pictures = unit.desk.thumbnails.of([row["image_key"] for row in rows])
    with st.grid("auto", min_column_width=150):
        for row, picture in zip(rows, pictures, strict=True):
            with st.container(border=True, key=f"card-product-{row['rank']}"):
                if picture is not None:
                    st.image(picture, alt=row["product_name"] or "", width="stretch")
                st.markdown(f"**{plain(row['product_name'] or row['product'])}**")
                said = [plain(row["brand"] or ""), _price(row["price"], row["currency"])]
                st.caption(", ".join(part for part in said if part))
                st.caption(f"{row['score']:.0%} match", help="Likeness, price and brand together.")


def _atelier(row: Row) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain(row['atelier_name'] or row['atelier'])}**")
        st.caption(plain(row["location"] or ""))
        for reason in (row["reasons"] or [])[:3]:
            st.markdown(f":small[{plain(reason)}]")


def _price(amount: object, currency: str | None) -> str:
    return "" if amount is None else f"{amount:,.2f} {currency or ''}".strip()
