"""Before and after: two pictures over each other, and a handle that uncovers one or the other.

The handle is dragged with a mouse or a finger, and moved with the arrow keys while it has the
focus. The component's own parts lie beside this file.
"""

from pathlib import Path

import streamlit as st

from dashboards.pictures import data_url

_PARTS = Path(__file__).with_suffix("")

_slider = st.components.v2.component(
    "showroom_before_after",
    html=_PARTS.with_suffix(".html").read_text("utf-8"),
    css=_PARTS.with_suffix(".css").read_text("utf-8"),
    js=_PARTS.with_suffix(".js").read_text("utf-8"),
)


def before_after(before: bytes, after: bytes, size_px: tuple[int, int], of: str, key: str) -> None:
    """The slider over two WebP pictures of one shape, `size_px` being the shape of `after`.

    `of` says what is shown, for those who cannot see it.
    """
    _slider(data=slider_data(before, after, size_px, of), key=key)


def slider_data(
    before: bytes, after: bytes, size_px: tuple[int, int], of: str
) -> dict[str, object]:
    """What the component is given: both pictures inside, so that it fetches nothing."""
    width_px, height_px = size_px
    return {
        "before": data_url(before),
        "after": data_url(after),
        "ratio": round(max(1, width_px) / max(1, height_px), 4),
        "before_label": "Before",
        "after_label": "After",
        "before_alt": f"{of}, as it was photographed",
        "after_alt": f"{of}, as it was made",
        "handle_label": "How much of the picture before is shown",
    }
