"""The filters of the list of jobs, which the address keeps: state, kind, project, text, page."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from dashboards.viewer import Viewer
from dashboards.words import STATES, pipeline_name
from media.pipeline import all_pipelines
from resources.job_desk import JobDesk
from resources.job_records import JobState

PAGE_SIZE = 20
_EVERYWHERE = "All kinds"
_EVERY_PROJECT = "All projects"


@dataclass(frozen=True)
class Chosen:
    """What the filters say, as the address has it; empty where nothing is chosen."""

    state: str = ""
    kind: str = ""
    project: str = ""
    find: str = ""
    page: int = 1

    @property
    def as_query(self) -> dict[str, str]:
        """The address's query that chooses the same."""
        texts = {"state": self.state, "kind": self.kind, "project": self.project, "find": self.find}
        pages = {"page": str(self.page)} if self.page > 1 else {}
        return {name: text for name, text in texts.items() if text} | pages


def chosen() -> Chosen:
    """What the address says is chosen; what it says wrongly counts as nothing."""
    query = st.query_params
    page = query.get("page", "1")
    state, kind = query.get("state", ""), query.get("kind", "")
    return Chosen(
        state if state in list(JobState) else "",
        kind if kind in all_pipelines() else "",
        query.get("project", ""),
        query.get("find", "").strip(),
        max(1, int(page)) if page.isdecimal() and len(page) < 9 else 1,
    )


def show_filters(desk: JobDesk, viewer: Viewer, now: Chosen) -> None:
    """Text, kind and, where there are any, project."""
    kinds = ["", *all_pipelines()]
    projects = ["", *desk.board.projects(viewer.only_owner)]
    with st.container(horizontal=True, vertical_alignment="bottom", key="job-filters"):
        st.text_input(
            "Find",
            now.find,
            max_chars=200,
            key="find-jobs",
            type="search",
            placeholder="File name or job id",
            label_visibility="collapsed",
            icon=":material/search:",
            on_change=_choose_from,
            args=("find", "find-jobs"),
        )
        st.selectbox(
            "Kind",
            kinds,
            kinds.index(now.kind),
            lambda kind: pipeline_name(kind) if kind else _EVERYWHERE,
            key="kind-of-jobs",
            label_visibility="collapsed",
            width=190,
            on_change=_choose_from,
            args=("kind", "kind-of-jobs"),
        )
        if len(projects) > 1 or now.project:
            st.selectbox(
                "Project",
                projects if now.project in projects else [*projects, now.project],
                projects.index(now.project) if now.project in projects else len(projects),
                lambda project: project or _EVERY_PROJECT,
                key="project-of-jobs",
                label_visibility="collapsed",
                width=190,
                on_change=_choose_from,
                args=("project", "project-of-jobs"),
            )


def show_states(now: Chosen, counts: Mapping[JobState, int]) -> None:
    """A button for each state that some jobs are in, with how many are."""
    with st.container(horizontal=True, gap="xsmall", key="job-states"):
        _chip("", f"All {sum(counts.values()):,}", None, chosen=not now.state)
        for state, (name, icon, _) in STATES.items():
            if counts.get(state) or now.state == state:
                _chip(state, f"{name} {counts.get(state, 0):,}", icon, chosen=now.state == state)


def _chip(state: str, label: str, icon: str | None, *, chosen: bool) -> None:
    st.button(
        label,
        key=f"state-{state or 'all'}",
        icon=icon,
        type="secondary" if chosen else "tertiary",
        on_click=_choose,
        args=("state", state),
    )


def _choose(name: str, value: str) -> None:
    """Put a choice into the address; another choice begins at its first page."""
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)
    if name != "page":
        st.query_params.pop("page", None)
        st.session_state.pop("page-of-jobs", None)


def _choose_from(name: str, widget: str) -> None:
    _choose(name, str(st.session_state[widget] or "").strip())


def _choose_page() -> None:
    page = st.session_state["page-of-jobs"]
    _choose("page", str(page) if page > 1 else "")


def show_pages(now: Chosen, pages: int, total: int) -> None:
    """Which jobs of how many are shown, and the other pages."""
    with st.container(horizontal=True, horizontal_alignment="distribute", key="job-pages"):
        last = min(total, now.page * PAGE_SIZE)
        st.caption(f"{(now.page - 1) * PAGE_SIZE + 1:,} to {last:,} of {total:,} jobs")
        st.pagination(pages, default=now.page, key="page-of-jobs", on_change=_choose_page)


def forget() -> None:
    """Choose nothing."""
    st.query_params.clear()
    for widget in ("find-jobs", "kind-of-jobs", "project-of-jobs", "page-of-jobs"):
        st.session_state.pop(widget, None)
