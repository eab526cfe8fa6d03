"""Submit: choose what you have, see what comes of it and what it costs, and send it."""

import streamlit as st

from dashboards.forms.form import parameter_form
from dashboards.page import JOBS, heading, opened
from dashboards.submitting import state as submit_state
from dashboards.submitting.gathering import gather
from dashboards.submitting.offers import offer_of
from dashboards.submitting.sending import Gathered
from dashboards.submitting.summary import summary
from dashboards.words import pipeline_icon, pipeline_name
from media.pipeline import Pipeline, all_pipelines

_USUAL_ORDER = ("library", "staging", "product_video", "design", "catalogue")
_QUERY = "what"


def show() -> None:
    """The page."""
    desk, viewer = opened()
    heading("Submit", "Choose what you have. Nothing is made or paid before you press Send.")
    if not desk.runs_by_itself():
        _say_that_nothing_runs()
    pipeline = _chosen_pipeline()
    key = submit_state.form_key(pipeline.name)
    left, right = st.columns([5, 3], gap="large")
    with left:
        if offer_of(pipeline).is_about_words:
            params = parameter_form(pipeline, {}, key)
            with st.expander("Send files instead", icon=":material/upload_file:"):
                gathered = gather(desk.deployment, pipeline, key)
        else:
            gathered = gather(desk.deployment, pipeline, key)
            st.subheader("Settings", anchor=False)
            params = parameter_form(pipeline, {}, key)
    with right:
        _show_outcome(gathered)
        with st.container(border=True, key="submit-summary"):
            summary(desk, viewer, pipeline, gathered, params)


def _chosen_pipeline() -> Pipeline:
    """The pipeline that is chosen; the page's address keeps it."""
    there = all_pipelines()
    names = [name for name in _USUAL_ORDER if name in there]
    names += [name for name in there if name not in names]
    asked = st.query_params.get(_QUERY, names[0])
    name = st.segmented_control(
        "What do you have?",
        names,
        default=asked if asked in names else names[0],
        required=True,
        format_func=lambda name: f"{pipeline_icon(name)} {pipeline_name(name)}",
        key="submit-what",
        wrap=True,
        disabled=submit_state.going() is not None,
        on_change=_keep_in_address,
    )
    pipeline = there[name or names[0]]
    st.markdown(offer_of(pipeline).said)
    return pipeline


def _keep_in_address() -> None:
    st.query_params[_QUERY] = st.session_state["submit-what"]


def _show_outcome(gathered: Gathered) -> None:
    """How the last sending ended, until the next is put together."""
    ended = submit_state.outcome()
    if ended is None:
        return
    if not ended.job:
        st.error(f"Nothing was sent: {ended.problem}", icon=":material/error:")
    elif gathered.count == 0:
        with st.container(border=True, key="submit-sent"):
            st.markdown(
                f":green[:material/check_circle:] **Sent to {pipeline_name(ended.pipeline)}**"
            )
            st.caption("Watch it being made, or put the next together.")
            st.page_link(
                JOBS,
                label="Watch this job",
                icon=":material/list_alt:",
                query_params={"job": ended.job},
            )


def _say_that_nothing_runs() -> None:
    st.warning(
        "Nothing runs jobs at the moment, so what you send will wait. Start `showroom up` in a "
        "terminal to have jobs run as they come, or `showroom run --once` to run those that wait.",
        icon=":material/pause_circle:",
    )


if __name__ == "__main__":
    show()
