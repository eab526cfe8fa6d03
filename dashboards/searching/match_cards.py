"""Match cards: a product or a picture that was found, and why it is where it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from dashboards.searching.product_shelf import AVAILABILITY_WORDS
from dashboards.words import pipeline_name
from media.matching.product_score import ScoreParts
from resources.image_index import SimilarImage
from resources.product_search import ProductMatch

LOOK = """
<style>
  [class*="st-key-match-"] [data-testid="stImage"] img {
    height: 190px; width: 100%; object-fit: contain; background: #8881; border-radius: 0.4rem;
  }
  .match {font-size: 0.875rem; line-height: 1.45;}
  .match b {display: block; font-weight: 600; overflow-wrap: anywhere;}
  .match .more {opacity: 0.7; overflow-wrap: anywhere;}
  .match .price {font-variant-numeric: tabular-nums; font-weight: 600;}
  .match .none {
    height: 190px; border-radius: 0.4rem; background: #8881; opacity: 0.7;
    display: flex; align-items: center; justify-content: center;
  }
  .match .part {
    display: grid; grid-template-columns: 6.2rem 1fr 2.6rem; gap: 0.5rem; align-items: center;
    font-size: 0.78rem; margin-top: 0.1rem;
  }
  .match .part i {display: block; height: 0.35rem; border-radius: 1rem; background: #8883;}
  .match .part i u {display: block; height: 100%; border-radius: 1rem; background: #5f9ea0;}
  .match .part span:last-child {text-align: right; font-variant-numeric: tabular-nums;}
  .match .open {opacity: 0.45;}
  .match .total {font-weight: 600; margin-top: 0.5rem;}
</style>
"""
"""The style of all cards; a page that shows some puts it in once, by `st.html`."""

_DOTS = {
    "in_stock": "#5d8a5a",
    "limited": "#c58a5c",
    "preorder": "#5f7f9e",
    "out_of_stock": "#a8687b",
}
_OPEN = 0.5
_PRICE_SAID = "No budget was given, or the price cannot be compared with it: counts as one half."
_BRAND_SAID = "No brand that you like was named: counts as one half."
_PART_NAMES = {
    "shape": "Shape",
    "color": "Colours",
    "texture": "Texture",
    "pattern": "Pattern",
    "clip": "Content",
}


@dataclass(frozen=True)
class ShownProduct:
    """What a card tells of a product."""

    name: str
    catalogue: str
    product: str
    brand: str | None
    category: str | None
    price: Decimal | None
    price_to: Decimal | None
    currency: str | None
    availability: str
    rating: float | None
    url: str | None
    image_key: str | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "ShownProduct":
        """From a row of the shelf, or from a match as a mapping."""
        told: dict[str, Any] = {name: row.get(name) for name in cls.__dataclass_fields__}
        return cls(**told)


def web_address(url: str | None) -> str | None:
    """The address if a browser may be sent there: http or https; else None."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in {"http", "https"} and parts.netloc else None


def price_words(product: ShownProduct) -> str:
    """What it costs: `89.00 USD`, `from 20.00 to 35.00 EUR`."""
    if product.price is None:
        return "No price given"
    currency = product.currency or ""
    if product.price_to is not None and product.price_to > product.price:
        return f"from {product.price:,.2f} to {product.price_to:,.2f} {currency}".strip()
    return f"{product.price:,.2f} {currency}".strip()


def product_card(
    product: ShownProduct,
    picture: bytes | None,
    on_similar: Callable[[str], None] | None,
    match: ProductMatch | None = None,
) -> None:
    """A product; with `match` also its score and what it is made of.

    `on_similar` is called with the key of its picture when somebody wants more like it.
    """
    identity = f"{product.catalogue}-{product.product}"
    with st.container(border=True, height="stretch", key=f"match-{identity}"):
        _picture(picture, product.name)
        st.html(f'<div class="match">{_told(product)}{_scored(match) if match else ""}</div>')
        with st.container(horizontal=True, gap="xsmall"):
            if on_similar and product.image_key and picture is not None:
                st.button(
                    "Similar",
                    key=f"similar-{identity}",
                    icon=":material/image_search:",
                    on_click=on_similar,
                    args=(product.image_key,),
                    help="Find products that look like this one.",
                )
            if address := web_address(product.url):
                st.link_button("Open", address, icon=":material/open_in_new:")


def picture_card(
    found: SimilarImage,
    picture: bytes | None,
    on_similar: Callable[[str], None],
    *,
    with_similarity: bool = True,
) -> None:
    """A picture of a job, how alike it is, and in which respects."""
    with st.container(border=True, height="stretch", key=f"match-{found.key}"):
        _picture(picture, found.filename)
        told = (
            f"<b>{escape(found.filename)}</b>"
            f'<span class="more">{escape(pipeline_name(found.pipeline))}, '
            f"{found.width_px:,} by {found.height_px:,} px</span>"
        )
        if with_similarity:
            told += _bar("Alike", found.similarity, "total")
            told += "".join(_bar(part_name(name), at) for name, at in _told_parts(found.cosines))
        st.html(f'<div class="match">{told}</div>')
        with st.container(horizontal=True, gap="xsmall"):
            st.button(
                "Similar",
                key=f"similar-{found.key}",
                icon=":material/image_search:",
                on_click=on_similar,
                args=(found.key,),
                help="Find pictures that look like this one.",
            )
            if st.button("Job", key=f"job-{found.key}", icon=":material/list_alt:"):
                st.switch_page("views/jobs.py", query_params={"job": found.job})


def part_name(part: str) -> str:
    """What people call a part of a picture's vector."""
    return _PART_NAMES.get(part, part.replace("_", " ").capitalize())


def _told_parts(cosines: Mapping[str, float]) -> Sequence[tuple[str, float]]:
    """Parts that tell more than the whole does: those of an embedder that has several."""
    return list(cosines.items()) if len(cosines) > 1 else []


def _picture(picture: bytes | None, name: str) -> None:
    if picture is None:
        st.html('<div class="match"><div class="none">No picture</div></div>')
    else:
        st.image(picture, alt=name, width="stretch")


def _told(product: ShownProduct) -> str:
    more = ", ".join(escape(text) for text in (product.brand, product.category) if text)
    dot = _DOTS.get(product.availability, "#8888")
    stock = AVAILABILITY_WORDS.get(product.availability, AVAILABILITY_WORDS["unknown"])
    rating = f" · ★ {product.rating:.1f}" if product.rating is not None else ""
    return (
        f"<b>{escape(product.name or product.product)}</b>"
        f'<span class="more">{more}{rating}</span>'
        f'<div><span class="price">{escape(price_words(product))}</span></div>'
        f'<div><span style="color:{dot}">●</span> {stock}</div>'
    )


def _scored(match: ProductMatch) -> str:
    parts: ScoreParts = match.parts
    bars = [
        _bar("Score", match.score, "total"),
        _bar("Likeness", parts.similarity),
        *(_bar("· " + part_name(name), at) for name, at in _told_parts(match.cosines)),
        _bar("Price", parts.price, said=_PRICE_SAID if match.within_budget is None else ""),
        _bar("Brand", parts.brand, said=_BRAND_SAID if parts.brand == _OPEN else ""),
        _bar("Availability", parts.availability),
    ]
    if match.inliers is not None:
        bars.append(f'<div class="more">{match.inliers} details in the same arrangement</div>')
    return "".join(bars)


def _bar(name: str, value: float, kind: str = "", said: str = "") -> str:
    """A small bar from 0 to 1, the number beside it; `said` is why it counts as one half."""
    width = max(0.0, min(1.0, value))
    kind += " open" if said else ""
    return (
        f'<div class="part {kind}" title="{escape(said)}"><span>{escape(name)}</span>'
        f'<i><u style="width:{width:.0%}"></u></i><span>{value:.2f}</span></div>'
    )
