"""Where there is nothing to review: nothing was made yet, nothing matches, or all is decided."""

import streamlit as st

from dashboards.page import JOBS, SUBMIT, empty_state
from dashboards.reviewing.actions import GRID, ONE, choose, start_over, undo_button
from dashboards.reviewing.worklist import Worklist
from dashboards.sharing import share_approved
from dashboards.viewer import Viewer
from resources.job_board import JobFilter
from resources.job_desk import JobDesk
from resources.review_queue import Entry, Standing

_NONE_YET = {
    Standing.APPROVED: ("check_circle", "Nothing is approved yet", "Approve a picture with A."),
    Standing.REJECTED: ("cancel", "Nothing is rejected", "Pictures rejected with X are here."),
    Standing.FAVOURITES: ("star", "There are no favourites yet", "Mark the best ones with F."),
}


def nothing_left(desk: JobDesk, viewer: Viewer, work: Worklist) -> None:
    """Say why there is nothing, and offer what to do next."""
    mine = JobFilter(owner=viewer.only_owner)
    if not work.queue.find(mine, Standing.ALL, limit=1).entries:
        _nothing_made(desk, mine)
    elif not work.queue.find(work.jobs, Standing.ALL, limit=1).entries:
        empty_state(
            ":material/filter_alt_off:",
            "No pictures here",
            "What you have chosen above leaves none. A job that is still running shows its "
            "pictures here once they are made.",
        )
    elif work.standing in _NONE_YET and not work.entries:
        icon, title, said = _NONE_YET[work.standing]
        empty_state(f":material/{icon}:", title, said)
        _lead_to("What is undecided", "rate_review", "Undecided", ONE)
    else:
        _all_decided(desk, viewer, work)


def _nothing_made(desk: JobDesk, mine: JobFilter) -> None:
    if desk.board.page(mine, 0, 1).total:
        empty_state(
            ":material/hourglass_empty:",
            "No pictures yet",
            "Jobs were sent, but none of them has made a picture so far.",
        )
        st.page_link(JOBS, label="See how far they are", icon=":material/list_alt:")
        return
    empty_state(
        ":material/photo_library:",
        "Nothing was made yet",
        "Send photos, a clip or an idea. What is made of it comes here for you to decide about.",
    )
    st.page_link(SUBMIT, label="Submit something", icon=":material/upload:")


def _all_decided(desk: JobDesk, viewer: Viewer, work: Worklist) -> None:
    empty_state(
        ":material/task_alt:",
        "Well done, everything here is decided",
        "Share what you approved with a link, or copy it to a folder.",
    )
    approved = work.queue.find(work.jobs, Standing.APPROVED, limit=1).entries
    with st.container(horizontal=True, horizontal_alignment="center"):
        st.button("Look again", icon=":material/refresh:", key="review-look", on_click=start_over)
        undo_button(desk, viewer, work)
        if approved:
            _lead_to("The approved ones", "check_circle", "Approved", GRID)
            share_approved(desk, viewer, approved[0].job, key="review-share")
    if approved:
        _how_to_copy(approved[0])


def _lead_to(label: str, icon: str, show: str, view: str) -> None:
    """A button that shows other pictures of the same jobs, or the same ones in another way."""
    if st.button(
        label,
        icon=f":material/{icon}:",
        key=f"review-lead-{show}",
        on_click=choose,
        args=(show, view),
    ):
        # What is chosen stands outside of this part of the page.
        st.rerun()


def _how_to_copy(entry: Entry) -> None:
    st.caption("The approved pictures of a job, copied to a folder:")
    st.code(f"showroom get {entry.job} approved-pictures --approved", language="sh")
