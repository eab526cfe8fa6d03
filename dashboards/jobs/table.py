"""The list of jobs: a card for each job of a page, and what is said where there are none."""

import math
from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from dashboards.jobs.filters import (
    PAGE_SIZE,
    Chosen,
    chosen,
    forget,
    show_filters,
    show_pages,
    show_states,
)
from dashboards.jobs.look import BADGE, LIST_LOOK, glyph
from dashboards.jobs.steps import step_name
from dashboards.page import JOBS, SUBMIT, empty_state
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
from media.pipeline import all_pipelines
from resources.job_board import JobFilter
from resources.job_desk import JobDesk
from resources.job_records import JobRecord, JobState
from resources.job_summaries import JobSummary
from resources.job_titles import JobTitle

_LOOK_EVERY_S = 5


@st.fragment(run_every=_LOOK_EVERY_S)
def show_list(desk: JobDesk, viewer: Viewer) -> None:
    """Filters and the jobs they leave, newest first; looks again by itself."""
    now = chosen()
    wanted = _filter(desk, viewer, now)
    counts = desk.board.states(wanted)
    if not counts and now == Chosen():
        _nothing_yet()
        return
    _warn_if_nothing_runs(desk, counts[JobState.WAITING])
    show_filters(desk, viewer, now)
    show_states(now, counts)
    if now.state:
        wanted = replace(wanted, state=JobState(now.state))
    page = desk.board.page(wanted, (now.page - 1) * PAGE_SIZE, PAGE_SIZE)
    if not page.total:
        _nothing_found()
        return
    pages = math.ceil(page.total / PAGE_SIZE)
    if now.page > pages:
        page = desk.board.page(wanted, (pages - 1) * PAGE_SIZE, PAGE_SIZE)
        now = replace(now, page=pages)
    _cards(desk, viewer, page.jobs, now)
    if pages > 1:
        show_pages(now, pages, page.total)


def _filter(desk: JobDesk, viewer: Viewer, now: Chosen) -> JobFilter:
    """What is chosen but for the state, as the board takes it."""
    among = None
    if now.find:
        by_name = _with_file(str(desk.deployment.settings.home), now.find, desk)
        among = by_name | desk.board.with_id(now.find)
    return JobFilter(
        pipeline=now.kind or None,
        owner=viewer.only_owner,
        project=now.project or None,
        among=among,
    )


@st.cache_data(ttl=30, max_entries=100, show_spinner=False)
def _with_file(home: str, text: str, _desk: JobDesk) -> set[str]:
    """Jobs that have a file of this name; all owners' (the filter leaves the viewer's)."""
    del home
    return _desk.summaries.with_file(text, all_pipelines().values())


def _warn_if_nothing_runs(desk: JobDesk, waiting: int) -> None:
    if waiting and not desk.runs_by_itself():
        st.warning(
            f"{plural(waiting, 'job waits', 'jobs wait')}, and nothing is there to run "
            f"{'it' if waiting == 1 else 'them'}. Start `showroom up`, or run once with "
            "`showroom run --once`.",
            icon=":material/power_settings_new:",
        )


def _cards(desk: JobDesk, viewer: Viewer, jobs: Sequence[JobRecord], now: Chosen) -> None:
    st.html(LIST_LOOK)
    summaries, titles = desk.summaries.of(jobs), desk.titles.of(jobs)
    wishes = set(desk.deployment.intake.retries().values())
    with st.container(gap="xsmall", key="job-cards"):
        for job in jobs:
            with st.container(key=f"jobcard-{job.job}", gap=None):
                # The link lies over the whole card, see job_look.
                st.page_link(
                    JOBS,
                    label=link_label(job, titles[job.job]),
                    icon="",
                    query_params={"job": job.job} | now.as_query,
                    width="stretch",
                )
                running = _progress(desk, job, again=job.job in wishes)
                st.html(_card(job, titles[job.job], summaries[job.job], running, whose=viewer))


def title_words(pipeline: str, title: JobTitle) -> str:
    """What a job is called: its first file or words, and how many more there are."""
    first = title.first if len(title.first) <= 80 else f"{title.first[:79]}…"
    if not first:
        return pipeline_name(pipeline)
    return first if title.items <= 1 else f"{first} and {title.items - 1:,} more"


def link_label(job: JobRecord, title: JobTitle) -> str:
    """The words of a card's link, which are heard and not seen."""
    return plain(f"{STATES[job.state][0]}: {title_words(job.pipeline, title)}")


def _progress(desk: JobDesk, job: JobRecord, *, again: bool) -> str:
    """What is said of a job that has not ended, or will be run again, as HTML; else nothing."""
    if again:
        return '<span class="soft">Will run again in a moment</span>'
    if job.state is JobState.WAITING:
        return '<span class="soft">Waits for its turn</span>'
    if job.state is not JobState.RUNNING:
        return ""
    progress = desk.deployment.progress.of(job.job)
    if progress is None:
        return '<span class="soft">Has just begun</span>'
    percent = all_pipelines()[job.pipeline].percent(progress.step, progress.part)
    return (
        f'<span class="soft">{escape(step_name(progress.step))}</span>'
        f'<span class="bar" role="progressbar" aria-valuenow="{percent}">'
        f'<i style="width:{percent}%"></i></span>'
    )


def _card(
    job: JobRecord, title: JobTitle, summary: JobSummary, running: str, *, whose: Viewer
) -> str:
    name, icon, color = STATES[job.state]
    about = [pipeline_name(job.pipeline)]
    about += [plural(title.items, "file")] if title.items > 1 else []
    about += [job.project] if job.project else []
    about += [job.owner] if whose.sees_everyone and job.owner != "local" else []
    took = ""
    if job.finished_at:
        took = f"took {duration((job.finished_at - job.submitted_at).total_seconds())}"
    return f"""
    <div class="job" aria-hidden="true">
      <span class="kind">{glyph(pipeline_icon(job.pipeline))}</span>
      <span class="what"><b>{escape(title.first or about[0])}</b>
        <small>{escape(" · ".join(about))}</small></span>
      <span class="state">{BADGE.format(color=color, icon=glyph(icon), name=name)}</span>
      <span class="made">{running or _made(summary)}</span>
      <span class="cost">{money(summary.cost_usd) if job.state.ended else ""}</span>
      <span class="when" title="{took}">{age(job.submitted_at)}</span>
    </div>"""


def _made(summary: JobSummary) -> str:
    """What came of an ended job's items, as HTML."""
    parts = []
    if summary.pictures:
        parts.append(plural(summary.pictures, "picture"))
    elif summary.ready:
        parts.append(f"{plural(summary.ready, 'file')} taken in")
    if summary.refused:
        parts.append(f'<em class="refused">{summary.refused:,} refused</em>')
    if summary.failed:
        parts.append(f'<em class="failed">{summary.failed:,} failed</em>')
    if summary.for_review:
        parts.append(f"{summary.for_review:,} to look at first")
    return " · ".join(parts) or '<span class="soft">Made nothing</span>'


def _nothing_yet() -> None:
    empty_state(
        ":material/inbox:",
        "No jobs yet",
        "Whatever you submit is listed here, with how far it is and what came of it.",
    )
    with st.container(horizontal_alignment="center"):
        st.page_link(SUBMIT, label="Submit something", icon=":material/upload:")


def _nothing_found() -> None:
    empty_state(
        ":material/search_off:",
        "No such jobs",
        "No job fits all of these filters.",
    )
    with st.container(horizontal_alignment="center"):
        st.button("Show all jobs", key="all-jobs", on_click=forget)
