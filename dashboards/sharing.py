"""Sharing: a link under which anyone sees what is approved of a job."""

import streamlit as st

from dashboards.page import plainly
from dashboards.viewer import Viewer
from dashboards.words import plural
from resources.job_desk import JobDesk

_DAYS = {"A day": 1, "A week": 7, "A month": 30}


def share_approved(desk: JobDesk, viewer: Viewer, job: str, *, key: str) -> None:
    """A button that opens where a link is made; it shows the link once, to be copied."""
    with st.popover("Share approved", icon=":material/share:", key=f"{key}-popover"):
        st.caption(
            "Anyone who has the link sees the approved pictures of this job. A picture that is "
            "rejected later is gone from it at once."
        )
        days = st.segmented_control(
            "It works for", list(_DAYS), default="A week", required=True, key=f"{key}-days"
        )
        made = f"{key}-link-{job}"
        if st.button("Make a link", type="primary", icon=":material/link:", key=f"{key}-make"):
            with plainly():
                links = desk.deployment.published_links
                st.session_state[made] = links.link_to(job, _DAYS[days or "A week"], viewer.name)
        if link := st.session_state.get(made):
            st.code(link, language=None, wrap_lines=True)
            shown = len(desk.deployment.published_links.pictures(job))
            st.caption(f"It shows {plural(shown, 'picture')} now.")
