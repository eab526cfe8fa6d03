"""One job: how far it is, what came of it, and what can be done about it."""

from html import escape

import streamlit as st

from dashboards.jobs.actions import show_actions
from dashboards.jobs.filters import chosen
from dashboards.jobs.look import BADGE, DETAIL_LOOK, glyph
from dashboards.jobs.results import show_pictures, show_troubles
from dashboards.jobs.steps import given_words, step_name
from dashboards.jobs.table import title_words
from dashboards.page import JOBS, empty_state
from dashboards.viewer import Viewer
from dashboards.words import (
    STATES,
    age,
    duration,
    money,
    pipeline_icon,
    pipeline_name,
    plain,
    plural,
)
from media.errors import UnknownJob
from media.jobs_table import JOBS as JOBS_TABLE
from media.pipeline import all_pipelines
from resources.job_desk import JobDesk
from resources.job_records import JobDetails, JobState
from resources.job_titles import JobTitle, title_of

_LOOK_EVERY_S = 2


def show_job(desk: JobDesk, viewer: Viewer, job: str) -> None:
    """The page of one job; says so where there is none that the viewer may see."""
    st.html(DETAIL_LOOK)
    # Below the bar that lies over the top of every page.
    st.space("small")
    st.page_link(JOBS, label="All jobs", icon=":material/arrow_back:", query_params=_back())
    details = _details(desk, job)
    if details is None or not viewer.may_see(details.owner):
        empty_state(
            ":material/search_off:",
            "There is no such job",
            f"There is no job {job[:60]}. It may have been rejected, or its id is not complete.",
        )
        return
    if details.pipeline not in all_pipelines():
        _rejected(details)
        return
    _head(desk, viewer, details)
    again = job in desk.deployment.intake.retries().values()
    if again or not details.state.ended:
        _live(desk, job, _stage(desk, job))
    if details.error:
        _broke(details)
    show_actions(desk, viewer, details, again=again)
    wide, narrow = st.columns([2, 1], gap="medium")
    with narrow:
        _steps(details)
        _asked(desk, details)
        _relatives(desk, viewer, details)
    with wide:
        show_troubles(details)
        show_pictures(desk, details)


def _back() -> dict[str, str]:
    return chosen().as_query


def _details(desk: JobDesk, job: str) -> JobDetails | None:
    """All that is known of the job; of one that has ended, as it was when its last run ended."""
    known = desk.board.find(job)
    try:
        if known is not None and known.state.ended and known.run_id:
            return _ended(str(desk.deployment.settings.home), job, known.run_id, desk)
        return desk.ledger.job(job)
    except UnknownJob:
        return None


@st.cache_data(ttl=300, max_entries=100, show_spinner=False)
def _ended(home: str, job: str, run_id: str, _desk: JobDesk) -> JobDetails:
    del home, run_id
    return _desk.ledger.job(job)


def _rejected(details: JobDetails) -> None:
    st.title("Rejected", anchor=False)
    st.caption(f"Submitted {age(details.submitted_at)}")
    st.error("This could not be taken as a job; nothing has run.", icon=":material/error:")
    if details.error:
        st.html(f'<p class="said">{escape(details.error)}</p>')
    st.caption("Submit it again as the sentence says.")


def _head(desk: JobDesk, viewer: Viewer, details: JobDetails) -> None:
    st.title(plain(title_words(details.pipeline, _title(desk, details.job))), anchor=False)
    name, icon, color = STATES[details.state]
    about = [
        BADGE.format(color=color, icon=glyph(icon), name=name),
        f"{glyph(pipeline_icon(details.pipeline))} {pipeline_name(details.pipeline)}",
        plural(len(details.items), "file"),
        f"Project {escape(details.project)}" if details.project else "",
        escape(details.owner) if viewer.sees_everyone and details.owner != "local" else "",
        f"submitted {age(details.submitted_at)}",
        _took(details),
        money(details.cost_usd) if details.state.ended else "",
    ]
    st.html(f'<div class="about">{"".join(f"<span>{each}</span>" for each in about if each)}</div>')


def _title(desk: JobDesk, job: str) -> JobTitle:
    return title_of(desk.ledger.request(job))


def _took(details: JobDetails) -> str:
    if details.finished_at is None:
        return ""
    seconds = sum(step.seconds or 0.0 for step in details.timings)
    return f"worked for {duration(seconds)}" if seconds else ""


def _stage(desk: JobDesk, job: str) -> tuple[str, str]:
    """Where the job is now: state and step."""
    known = desk.board.find(job)
    progress = desk.deployment.progress.of(job)
    return (known.state if known else "", progress.step if progress else "")


@st.fragment(run_every=_LOOK_EVERY_S)
def _live(desk: JobDesk, job: str, drawn: tuple[str, str]) -> None:
    """How far the job is; once it is further than what is `drawn`, the whole page follows."""
    stage = _stage(desk, job)
    if stage != drawn:
        st.rerun()
    known = desk.board.find(job)
    progress = desk.deployment.progress.of(job)
    if known is not None and known.state is JobState.RUNNING:
        if progress is None:
            st.progress(0.0, "Has just begun")
            return
        percent = all_pipelines()[known.pipeline].percent(progress.step, progress.part)
        said = f"{step_name(progress.step)}: {progress.done:,} of {progress.total:,}"
        st.progress(min(percent, 100) / 100, f"{percent} % · {said}")
        return
    again = known is not None and known.state.ended
    if desk.runs_by_itself():
        what = "It will run again in a moment." if again else "It waits for its turn."
        st.info(what, icon=":material/hourglass_empty:")
    else:
        what = "It is to run again" if again else "It waits"
        st.warning(
            f"{what}, and nothing is there to run it. Start `showroom up`"
            + ("." if again else ", or run it once with `showroom run --once`."),
            icon=":material/power_settings_new:",
        )


def _broke(details: JobDetails) -> None:
    """Why the job as a whole has failed."""
    step, colon, message = (details.error or "").partition(": ")
    known = step in {table.name for table in all_pipelines()[details.pipeline].tables}
    where = f" while {step_name(step).lower()}" if colon and known else ""
    st.error(
        f"The job broke{where}. Mend the cause, then run it again: what was made is kept.",
        icon=":material/error:",
    )
    st.html(f'<p class="said">{escape(message if known else details.error or "")}</p>')


def _steps(details: JobDetails) -> None:
    tables = {table.name for table in all_pipelines()[details.pipeline].tables}
    timed = [(step.step, step.seconds) for step in details.timings if step.step in tables]
    took = [(step, seconds) for step, seconds in timed if seconds is not None]
    longest = max((seconds for _, seconds in took), default=0.0) or 1.0
    rows = "".join(
        f'<b>{step_name(step)}</b><span class="s">{duration(seconds)}</span>'
        f'<span class="bar"><i style="width:{max(1, round(100 * seconds / longest))}%"></i></span>'
        for step, seconds in took
    )
    with st.container(border=True):
        st.markdown("**How long each step took**")
        if rows:
            st.html(f'<div class="steps">{rows}</div>')
        else:
            st.caption("No step has ended yet.")


def _asked(desk: JobDesk, details: JobDetails) -> None:
    given = given_words(details.pipeline, desk.ledger.request(details.job).params)
    with st.container(border=True):
        st.markdown("**What was asked**")
        facts = "".join(
            f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in given.items()
        )
        if facts:
            st.html(f'<dl class="facts">{facts}</dl>')
        else:
            st.caption("Everything as recommended; no setting was changed.")
        st.caption("Job id")
        st.code(details.job, language=None, wrap_lines=True)


def _relatives(desk: JobDesk, viewer: Viewer, details: JobDetails) -> None:
    """Links to the job that this one repeats with changes, and to those that repeat it."""
    parent = desk.ledger.request(details.job).parent_job
    rows = desk.deployment.tables.rows_with(JOBS_TABLE, "parent_job", [details.job]).to_dicts()
    children = [row["job"] for row in rows if viewer.may_see(row["owner"])]
    if not parent and not children:
        return
    with st.container(border=True):
        st.markdown("**Again, with changes**")
        if parent:
            _link(parent, "The job it was made from", ":material/arrow_upward:")
        for child in sorted(children, reverse=True):
            known = desk.board.find(child)
            said = f"{STATES[known.state][0]}, {age(known.submitted_at)}" if known else child
            _link(child, f"Made from it: {said}", ":material/arrow_downward:")


def _link(job: str, label: str, icon: str) -> None:
    st.page_link(JOBS, label=label, icon=icon, query_params={"job": job} | _back())
