"""What every page shares: who looks at what, its heading, empty states, and plain errors."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboards.installation import desk
from dashboards.viewer import Viewer, viewer
from media.errors import ShowroomError
from resources.job_desk import JobDesk

SUBMIT, JOBS, REVIEW = "views/submit.py", "views/jobs.py", "views/review.py"
"""Pages that other pages lead to, as `st.switch_page` and `st.page_link` take them."""


def opened() -> tuple[JobDesk, Viewer]:
    """The installation and who looks; the page ends here for whoever has yet to sign in."""
    made = desk()
    who = viewer(made.deployment.settings)
    if who is None:
        st.stop()
    return made, who


def heading(title: str, said: str) -> None:
    """The page's title, and a sentence of what it is for."""
    st.title(title, anchor=False)
    st.caption(said)


def empty_state(icon: str, title: str, said: str) -> None:
    """Where there is nothing yet: what this place will show, and what to do next.

    `icon` is a `:material/...:`. A button or link that does it follows where it is called.
    """
    with st.container(border=True, horizontal_alignment="center", key=f"empty-{title}"):
        st.space("small")
        st.markdown(f"## {icon}", text_alignment="center")
        st.markdown(f"**{title}**", text_alignment="center")
        st.caption(said, text_alignment="center")
        st.space("small")


@contextmanager
def plainly() -> Iterator[None]:
    """What Showroom refuses inside is said in its own words; anything else goes on its way."""
    try:
        yield
    except ShowroomError as error:
        st.error(str(error), icon=":material/error:")
