"""Catching up: pictures that jobs made since are brought into the index, while the page is used."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import streamlit as st

from dashboards.page import plainly
from dashboards.words import plural
from resources.image_index import CaughtUp
from resources.job_desk import JobDesk


class CatchUps:
    """At most one catching up of an installation at a time, in a thread of its own."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="catching up")
        self._lock = threading.Lock()
        self._last: Future[CaughtUp] | None = None

    def start(self, work: Callable[[], CaughtUp]) -> Future[CaughtUp]:
        """Begin, unless one is under way; that one then counts."""
        with self._lock:
            if self._last is None or self._last.done():
                self._last = self._threads.submit(work)
            return self._last

    @property
    def last(self) -> Future[CaughtUp] | None:
        """The newest one; None before the first."""
        return self._last


def catch_up(made: JobDesk) -> None:
    """How many pictures are searched, and a button that looks for new ones."""
    settings = made.deployment.settings
    catch_ups = _catch_ups(settings.home, settings.store_url)
    is_running = catch_ups.last is not None and not catch_ups.last.done()
    st.fragment(_state, run_every=1 if is_running else None)(made, catch_ups)


def said_of(done: CaughtUp) -> str:
    """What was found, as a sentence."""
    if not (done.added or done.removed or done.unreadable):
        return "There are no new pictures."
    parts = [f"{plural(done.added, 'new picture')} can be found now"]
    if done.removed:
        parts.append(f"{plural(done.removed, 'picture')} that jobs no longer have left the index")
    if done.unreadable:
        parts.append(f"{plural(done.unreadable, 'picture')} could not be read")
    return "; ".join(parts) + "."


def _state(made: JobDesk, catch_ups: CatchUps) -> None:
    last = catch_ups.last
    index = made.deployment.fashion.image_index
    with st.container(horizontal=True, vertical_alignment="center"):
        if last is not None and not last.done():
            st.caption(":material/sync: Looking for new pictures. You can go on meanwhile.")
            st.session_state["is catching up"] = True
            return
        count = plural(index.table.count(), "picture")
        often = "" if made.runs_by_itself() else " while `showroom up` runs"
        st.caption(f"{count} can be found. New ones are added every five minutes{often}.")
        if st.button("Look for new pictures", icon=":material/sync:", type="tertiary"):
            catch_ups.start(index.catch_up)
            st.rerun()
    if last is None:
        return
    if st.session_state.pop("is catching up", False):
        # The rest of the page shows what was found.
        st.session_state["has caught up"] = True
        st.rerun()
    if st.session_state.pop("has caught up", False):
        with plainly():
            st.toast(said_of(last.result()), icon=":material/check:")


@st.cache_resource(show_spinner=False)
def _catch_ups(home: Path, store: str) -> CatchUps:
    """The names tell installations apart."""
    return CatchUps()
