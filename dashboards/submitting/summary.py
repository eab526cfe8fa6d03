"""The summary of a submission: what it makes and costs, its project, and the button that sends."""

from collections.abc import Mapping

import streamlit as st
from pydantic import JsonValue

from dashboards.submitting import state as submit_state
from dashboards.submitting.offers import most_bytes_of, offer_of
from dashboards.submitting.sending import Gathered, Order, discard, obstacle, send
from dashboards.viewer import Viewer
from dashboards.words import money, plural
from media.errors import ShowroomError
from media.pipeline import Pipeline
from resources.estimates import Estimate
from resources.job_desk import JobDesk


def summary(
    desk: JobDesk,
    viewer: Viewer,
    pipeline: Pipeline,
    gathered: Gathered,
    params: Mapping[str, JsonValue] | None,
) -> None:
    """Show what would be sent, and send it when the button is pressed."""
    if going := submit_state.going():
        _on_its_way(desk, going)
        return
    key = submit_state.form_key(pipeline.name)
    told = st.container()
    project = _project(desk, viewer, key)
    most_bytes = most_bytes_of(pipeline, desk.deployment.submissions)
    why_not = obstacle(pipeline, gathered, params, project, most_bytes)
    with told:
        why_not = why_not or _estimated(desk, pipeline, gathered, params or {})
    pressed = st.button(
        "Send",
        type="primary",
        icon=":material/send:",
        disabled=why_not is not None,
        help=why_not,
        width="stretch",
        key=f"{key}-send",
    )
    if why_not is not None:
        told.markdown("**Not ready to send**")
        told.caption(why_not)
    elif pressed:
        _send(desk, Order(pipeline.name, params or {}, viewer.name, project), gathered)


def _project(desk: JobDesk, viewer: Viewer, key: str) -> str | None:
    return st.selectbox(
        "Project",
        desk.board.projects(viewer.only_owner),
        index=None,
        accept_new_options=True,
        key=f"{key}-project",
        placeholder="None; choose or write a name",
        help="Groups what belongs together, such as one house or one collection.",
        persist_state="page",
    )


def _estimated(
    desk: JobDesk, pipeline: Pipeline, gathered: Gathered, params: Mapping[str, JsonValue]
) -> str | None:
    """Show what it makes and costs; why it had better not be sent, if so."""
    try:
        estimate = desk.deployment.estimates.of(pipeline.name, params, gathered.count)
    except ShowroomError as error:
        return str(error)
    if pipeline.published and not estimate.pictures:
        return " ".join(estimate.said)
    show_estimate(estimate, pipeline, gathered.count)
    return None


def show_estimate(estimate: Estimate, pipeline: Pipeline, files: int) -> None:
    """What a job of so many files is expected to make and cost."""
    made = plural(estimate.pictures, "picture") if estimate.pictures else ""
    if made and offer_of(pipeline).counts_at_most:
        made = f"up to {made}"
    sent = plural(files, "file") if files else ""
    st.markdown(f"**{' · '.join(part for part in (sent, made) if part) or 'One job'}**")
    st.markdown(f"### {cost_of(estimate)}")
    for sentence in estimate.said:
        st.caption(sentence)


def cost_of(estimate: Estimate) -> str:
    """What it costs in words: `Free`, `$0.033`, `$0.033 to $0.066`."""
    least, most = money(estimate.at_least_usd), money(estimate.at_most_usd)
    if most == money(0):
        return "Free"
    # A dollar sign begins a formula otherwise.
    return (most if least == most else f"{least} to {most}").replace("$", r"\$")


def _send(desk: JobDesk, order: Order, gathered: Gathered) -> None:
    try:
        if gathered.chosen:
            submit_state.begin(desk.deployment.direct_uploads.begin(gathered.chosen), order)
        else:
            with st.spinner("Sending ..."):
                job = send(desk.deployment, order, gathered)
            submit_state.end(submit_state.Outcome(order.pipeline, job))
            desk.board.look_again()
    except ShowroomError as error:
        submit_state.end(submit_state.Outcome(order.pipeline, problem=str(error)))
    st.rerun()


def _on_its_way(desk: JobDesk, going: submit_state.Going) -> None:
    """While the browser sends."""
    count = plural(len(going.upload.puts), "file")
    st.markdown(f"**Sending {count}**")
    st.caption("Keep this page open until all of them have arrived.")
    if st.button("Cancel all", icon=":material/close:", width="stretch", key="submit-cancel"):
        discard(desk.deployment, going.upload)
        submit_state.end(None)
        st.rerun()
