"""The page where people decide about what was made: one by one, or many at once."""

import streamlit as st

from dashboards.page import heading, opened
from dashboards.pictures import LOOK
from dashboards.reviewing.actions import GRID, ONE, SHOW, VIEW, start_over
from dashboards.reviewing.grid import grid
from dashboards.reviewing.one import one_by_one
from dashboards.viewer import Viewer
from dashboards.words import age, pipeline_name
from media.pipeline import all_pipelines
from resources.job_board import JobFilter
from resources.job_desk import JobDesk
from resources.review_queue import Standing

_STANDINGS = {
    "Undecided": Standing.UNDECIDED,
    "Look first": Standing.LOOK_FIRST,
    "Approved": Standing.APPROVED,
    "Rejected": Standing.REJECTED,
    "Favourites": Standing.FAVOURITES,
    "All": Standing.ALL,
}
_EVERY_PIPELINE, _EVERY_PROJECT = "Everything", "All projects"


def show() -> None:
    """The page."""
    desk, viewer = opened()
    st.html(LOOK)
    view = _heading()
    job = st.query_params.get("job")
    record = desk.board.find(job) if job else None
    if job and (record is None or not viewer.may_see(record.owner)):
        st.error(f"There is no job {job}.", icon=":material/error:")
        st.button("Show all jobs", on_click=_forget_job)
        return
    standing, jobs = _filters(desk, viewer, job)
    if record is not None:
        _about_job(record.pipeline, age(record.submitted_at))
    (grid if view == GRID else one_by_one)(desk, viewer, jobs, standing)


def _heading() -> str:
    """The title, and beside it whether pictures are shown one by one or many at once."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"
    ):
        with st.container(width="content", gap=None):
            heading("Review", "Decide what may be shown. Approved pictures can be shared.")
        view = st.segmented_control(
            "View",
            [ONE, GRID],
            default=ONE,
            required=True,
            key=VIEW,
            bind="query-params",
            label_visibility="collapsed",
        )
    return view or ONE


def _filters(desk: JobDesk, viewer: Viewer, job: str | None) -> tuple[Standing, JobFilter]:
    """Which pictures the person wants to see."""
    with st.container(horizontal=True, vertical_alignment="center", key="review-filters"):
        standing = st.segmented_control(
            "Show",
            list(_STANDINGS),
            default="Undecided",
            required=True,
            key=SHOW,
            bind="query-params",
            on_change=start_over,
            wrap=True,
            label_visibility="collapsed",
            help="Look first: what the machine was not sure about.",
        )
        pipeline = project = None
        if job is None:
            pipeline, project = _narrowed(desk, viewer)
    jobs = JobFilter(
        pipeline=pipeline,
        owner=viewer.only_owner,
        project=project,
        among=(job,) if job else None,
    )
    return _STANDINGS[standing or "Undecided"], jobs


def _narrowed(desk: JobDesk, viewer: Viewer) -> tuple[str | None, str | None]:
    showing = [name for name, made in all_pipelines().items() if made.published]
    pipeline = st.selectbox(
        "What",
        [_EVERY_PIPELINE, *showing],
        format_func=lambda name: name if name == _EVERY_PIPELINE else pipeline_name(name),
        key="what",
        bind="query-params",
        label_visibility="collapsed",
        width=180,
    )
    project = None
    if projects := desk.board.projects(viewer.only_owner):
        project = st.selectbox(
            "Project",
            [_EVERY_PROJECT, *projects],
            key="review-project",
            label_visibility="collapsed",
            width=180,
        )
    return (
        None if pipeline == _EVERY_PIPELINE else pipeline,
        None if project in (None, _EVERY_PROJECT) else project,
    )


def _about_job(pipeline: str, when: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"Only one job is shown: {pipeline_name(pipeline)}, {when}.", width="content")
        st.button("Show all jobs", type="tertiary", on_click=_forget_job, key="review-all-jobs")


def _forget_job() -> None:
    st.query_params.pop("job", None)


if __name__ == "__main__":
    show()
