"""Again, with these changes: a new job of what another had, asked for differently."""

import json
from collections.abc import Mapping

import streamlit as st
from pydantic import JsonValue

from dashboards.forms.fields import fields_of
from dashboards.forms.form import changes, differing, parameter_form, typed
from dashboards.page import JOBS, plainly
from dashboards.viewer import Viewer
from dashboards.words import money, plural
from media.pipeline import Pipeline, pipeline_named
from media.pipelines.design import BRIEFS
from media.requests import JobRequest
from resources.child_jobs import originals_of
from resources.job_desk import JobDesk

_THIS, _ALL = "This file", "The whole job"
MADE = "again-made"
"""Where the session remembers the job that was made."""


def open_again(desk: JobDesk, viewer: Viewer, job: str, item: str) -> None:
    """Open the dialog for an item of a job, or for all of the job."""
    st.session_state.pop(MADE, None)
    _dialog(desk, viewer, job, item)


@st.dialog("Again, with these changes", width="medium", icon=":material/replay:")
def _dialog(desk: JobDesk, viewer: Viewer, job: str, item: str) -> None:
    if made := st.session_state.get(MADE):
        _tell(desk, made)
        return
    with plainly():
        again_form(desk, viewer, job, item)


def again_form(desk: JobDesk, viewer: Viewer, job: str, item: str) -> None:
    """The form, filled with what was asked for; sends a child job and remembers its id.

    Raises InvalidRequest when nothing of the job can be used again.
    """
    request = desk.deployment.intake.request(job)
    originals = originals_of(request, desk.deployment.tables)
    pipeline = pipeline_named(request.pipeline)
    scope = _ALL
    if len(request.items) > 1:
        scope = st.segmented_control(
            "What to make again", [_THIS, _ALL], default=_THIS, required=True, key="again-scope"
        )
    items = [item] if scope == _THIS else None
    given = asked_for(desk, pipeline, request, item if scope == _THIS else None)
    wanted = parameter_form(pipeline, given, key=f"again-{job}-{scope}-{item}")
    if wanted is not None:
        _estimate(desk, pipeline, wanted, files=1 if items else len(originals))
    st.caption("What is there already is kept. What comes out the same is found, not paid again.")

    def send() -> None:
        with plainly():
            changed = changes(given, wanted or {})
            again = desk.deployment.submissions.again
            st.session_state[MADE] = again(request, originals, changed, items, viewer.name)
            desk.board.look_again()

    st.button(
        "Make it again",
        type="primary",
        icon=":material/replay:",
        disabled=wanted is None,
        on_click=send,
        key="again-send",
    )


def asked_for(
    desk: JobDesk, pipeline: Pipeline, request: JobRequest, item: str | None
) -> dict[str, JsonValue]:
    """What was asked for an item, or for all items, without what is as usual anyway."""
    only = item or (request.items[0].item if len(request.items) == 1 else None)
    given: Mapping[str, JsonValue] = request.params if only is None else request.params_of(only)
    if pipeline.name == "design" and only is not None:
        # What a brief's file says counts over the job's parameters.
        given = {**given, **_brief(desk, request.job, only)}
    return differing(fields_of(pipeline), typed(pipeline, given))


def _brief(desk: JobDesk, job: str, item: str) -> dict[str, JsonValue]:
    rows = desk.deployment.tables.read(BRIEFS, job)
    found = [] if rows is None else rows.filter(item=item, status="ready").to_dicts()
    asked: dict[str, JsonValue] = json.loads(found[0]["asked"] or "{}") if found else {}
    return {name: value for name, value in asked.items() if value is not None}


def _estimate(
    desk: JobDesk, pipeline: Pipeline, wanted: Mapping[str, JsonValue], files: int
) -> None:
    with plainly():
        expected = desk.deployment.estimates.of(pipeline.name, wanted, files)
        least, most = money(expected.at_least_usd), money(expected.at_most_usd)
        cost = most if least == most else f"{least} to {most}"
        pictures = f"up to {plural(expected.pictures, 'picture')}, " if expected.pictures else ""
        st.info(
            "\n\n".join([f"**Expected: {pictures}{cost}**", *expected.said]).replace("$", r"\$"),
            icon=":material/calculate:",
        )


def _tell(desk: JobDesk, made: str) -> None:
    """What happens now with the job that was made."""
    st.success("It is on its way as a job of its own.", icon=":material/check:")
    if not desk.runs_by_itself():
        st.warning(
            "Nothing runs jobs at the moment. Start it with `showroom up`.",
            icon=":material/power_off:",
        )
    st.page_link(
        JOBS, label="Look at the new job", icon=":material/list_alt:", query_params={"job": made}
    )
