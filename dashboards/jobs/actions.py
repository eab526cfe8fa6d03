"""What can be done about a job: look at its pictures, run it again, stop it, share it."""

from typing import BinaryIO

import streamlit as st

from dashboards.page import REVIEW, plainly
from dashboards.viewer import Viewer
from dashboards.words import plural
from media.pipeline import all_pipelines
from resources.job_desk import JobDesk
from resources.job_records import JobDetails, JobState
from resources.output_paths import zipped_outputs

_DAYS = {1: "1 day", 7: "1 week", 30: "30 days"}


def show_actions(desk: JobDesk, viewer: Viewer, details: JobDetails, *, again: bool) -> None:
    """The buttons of one job; `again` says that it will be run again already."""
    has_pictures = any(item.outputs for item in details.items)
    with st.container(horizontal=True, key="job-actions"):
        if has_pictures and all_pipelines()[details.pipeline].published:
            if st.button("Review its pictures", type="primary", icon=":material/rate_review:"):
                st.switch_page(REVIEW, query_params={"job": details.job})
            if st.button("Share approved", icon=":material/share:"):
                _share(desk, viewer, details)
        if details.state.ended and not again:
            _retry(desk, details)
        if not details.state.ended:
            _cancel(desk, details)
        if details.run_id:
            st.link_button(
                "Open in the Dagster UI",
                desk.run_url(details.run_id),
                icon=":material/open_in_new:",
                type="tertiary",
                help="For whoever runs Showroom: each step, its log and its tables.",
            )


def _retry(desk: JobDesk, details: JobDetails) -> None:
    if st.button(
        "Run it again",
        icon=":material/replay:",
        help="What failed is tried again. What was made is found, and nothing is paid twice.",
    ):
        with plainly():
            desk.control.retry(details.job)
            desk.board.look_again()
            st.rerun()


def _cancel(desk: JobDesk, details: JobDetails) -> None:
    has_begun = details.run_id is not None
    if st.button(
        "Cancel",
        icon=":material/block:",
        disabled=not has_begun,
        help="Stops it. What was made stays."
        if has_begun
        else "It can be cancelled as soon as its turn has come.",
    ):
        with plainly():
            state = desk.control.cancel(details.job)
            desk.board.look_again()
            if state is JobState.RUNNING:
                st.toast("It stops after what it is at now.", icon=":material/block:")
            st.rerun()


@st.dialog("Share approved pictures", icon=":material/share:")
def _share(desk: JobDesk, viewer: Viewer, details: JobDetails) -> None:
    """A link for people outside, and all of them as a file."""
    approved = {picture.key for picture in desk.deployment.published_links.pictures(details.job)}
    if not approved:
        st.info(
            "Nothing of this job is approved yet. A link shows what is, as soon as it is.",
            icon=":material/rate_review:",
        )
    else:
        st.write(f"{plural(len(approved), 'picture is', 'pictures are')} approved.")
    days = st.segmented_control(
        "The link works for", list(_DAYS), default=7, required=True, format_func=_DAYS.__getitem__
    )
    with plainly():
        # Nothing is stored for a link, so one that nobody takes costs nothing.
        link = desk.deployment.published_links.link_to(details.job, days or 7, viewer.name)
        st.code(link, language=None, wrap_lines=True)
        st.caption(
            "Whoever has the link sees what is approved at that moment. What you reject later is "
            "gone from it at once."
        )
    if approved:
        st.download_button(
            "Download them",
            data=lambda: _zip(desk, details, approved),
            file_name=f"approved-{details.job}.zip",
            mime="application/zip",
            icon=":material/download:",
            on_click="ignore",
        )


def _zip(desk: JobDesk, details: JobDetails, keys: set[str]) -> BinaryIO:
    return zipped_outputs(details.items, keys, desk.deployment.store)
