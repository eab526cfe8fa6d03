"""Pictures: how they and what was decided about them look, wherever they are shown."""

import base64
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboards.words import BadgeColor, age, plain
from media.reviews import Decision, Verdict
from resources.job_desk import JobDesk
from resources.thumbnails import GRID_PX, LARGE_PX

VERDICT_WORDS: dict[Verdict, tuple[str, str, BadgeColor]] = {
    "approved": ("Approved", ":material/check:", "green"),
    "rejected": ("Rejected", ":material/close:", "red"),
    "undecided": ("Undecided", ":material/radio_button_unchecked:", "gray"),
}
"""What a decision is called, its icon and the colour of its badge."""

LOOK = """
<style>
  [class*="st-key-large-"] [data-testid="stImage"] img {
    max-height: 66vh; width: auto !important; max-width: 100%; margin: 0 auto;
  }
  [class*="st-key-large-"][class*="-frame"] img, [class*="-cutout"] img {
    max-height: 42vh !important;
  }
  [class*="st-key-large-clear"] [data-testid="stImage"] img {
    background: repeating-conic-gradient(#8883 0 25%, transparent 0 50%) 0 0 / 22px 22px;
  }
  [class*="st-key-card-"] [data-testid="stImage"] img {
    height: 150px; width: 100%; object-fit: cover;
  }
  [class*="st-key-card-approved"] [data-testid="stImage"] img {outline: 3px solid #2e7d4f;}
  [class*="st-key-card-rejected"] [data-testid="stImage"] img {
    outline: 3px solid #b3402f; opacity: .45;
  }
</style>
"""
"""The style of all that is here; a page that shows pictures puts it in once, by `st.html`."""

_strip = st.components.v2.component(
    "showroom_thumb_strip",
    html='<div class="strip" role="group"></div>',
    css=Path(__file__).with_name("thumb_strip.css").read_text("utf-8"),
    js=Path(__file__).with_name("thumb_strip.js").read_text("utf-8"),
)
_STRIP_PX = 132
_WALL_PX = 92


_ahead = ThreadPoolExecutor(1, thread_name_prefix="thumbnails")


@dataclass(frozen=True)
class Thumb:
    """One of the small pictures of a strip."""

    name: str
    title: str
    picture: bytes | None
    verdict: Verdict = "undecided"
    is_favourite: bool = False
    is_reported: bool = False

    @property
    def mark(self) -> str:
        """What is drawn in its corner."""
        if self.is_reported:
            return "!"
        verdict = {"approved": "✓", "rejected": "✕", "undecided": ""}[self.verdict]
        return f"{verdict}{'★' if self.is_favourite else ''}"


def data_url(webp: bytes | None) -> str:
    """A WebP picture as an address that holds it; empty for none."""
    return "data:image/webp;base64," + base64.b64encode(webp).decode() if webp else ""


def strip_data(
    thumbs: Sequence[Thumb], current: int, label: str, *, is_wall: bool
) -> dict[str, object]:
    """What the strip's component is given."""
    return {
        "label": label,
        "current": current,
        "is_wall": is_wall,
        "thumb_px": _WALL_PX if is_wall else _STRIP_PX,
        "thumbs": [
            {
                "name": thumb.name,
                "title": thumb.title,
                "source": data_url(thumb.picture),
                "verdict": thumb.verdict,
                "mark": thumb.mark,
            }
            for thumb in thumbs
        ],
    }


def thumb_strip(
    thumbs: Sequence[Thumb],
    current: int,
    on_pick: Callable[[int], None],
    *,
    label: str,
    key: str,
    is_wall: bool = False,
) -> None:
    """Small pictures in a row, or on a wall; a click calls `on_pick` with the number of one."""

    def picked() -> None:
        number = st.session_state[key].get("picked")
        if isinstance(number, int) and 0 <= number < len(thumbs):
            on_pick(number)

    data = strip_data(thumbs, current, label, is_wall=is_wall)
    _strip(data=data, key=key, on_picked_change=picked)


def verdict_badges(decision: Decision, *, is_reported: bool) -> None:
    """Badges in a row: what was decided, a star, and a warning."""
    with st.container(horizontal=True, gap="xsmall"):
        words, icon, color = VERDICT_WORDS[decision.decision]
        st.badge(words, icon=icon, color=color)
        if decision.is_favourite:
            st.badge("Favourite", icon=":material/star:", color="yellow")
        if is_reported:
            st.badge(
                "Reported",
                icon=":material/flag:",
                color="orange",
                help="Somebody says it should not be shown. It is withheld until an operator "
                "has looked at the report.",
            )


def who_decided(decision: Decision) -> str:
    """Who decided and when, as a sentence; empty while nobody has."""
    if decision.decided_at is None:
        return ""
    who = "here" if decision.owner in (None, "local") else f"by {decision.owner}"
    return f"Decided {plain(who)}, {age(decision.decided_at)}."


def large(
    desk: JobDesk, key: str, alt: str, *, is_clear: bool = False, place: str = "main"
) -> None:
    """A picture that fills the room it is given; its place says so where it cannot be drawn.

    `place` tells it from other large pictures of the page. `is_clear` draws a chequered ground
    behind it, for what is transparent.
    """
    [picture] = desk.thumbnails.of([key], LARGE_PX)
    with st.container(key=f"large-{'clear' if is_clear else 'plain'}-{place}"):
        if picture is None:
            st.info("This picture cannot be shown here.", icon=":material/hide_image:")
        else:
            st.image(picture, alt=alt, width="stretch")


def prefetch(desk: JobDesk, keys: Iterable[str | None], longer_side_px: int = GRID_PX) -> None:
    """Have thumbnails made in the background, since they are likely to be looked at next."""
    wanted = [key for key in keys if key is not None]
    if wanted:
        _ahead.submit(desk.thumbnails.of, wanted, longer_side_px)
