"""Jobs: the list of them, and one of them where the address names it."""

import streamlit as st

from dashboards.jobs.detail import show_job
from dashboards.jobs.table import show_list
from dashboards.page import heading, opened


def show() -> None:
    """The page."""
    desk, viewer = opened()
    _keep_address()
    if job := st.query_params.get("job"):
        show_job(desk, viewer, job)
        return
    heading("Jobs", "What was submitted, how far it is, and what came of it.")
    show_list(desk, viewer)


def _keep_address() -> None:
    """Have the browser show where a link within this page has led, so that a reload stays there.

    Streamlit tells it of links to other pages only.
    """
    query = st.query_params.to_dict()
    if st.session_state.setdefault("address-of-jobs", query) != query:
        st.session_state["address-of-jobs"] = query
        st.query_params.from_dict(query)


if __name__ == "__main__":
    show()
