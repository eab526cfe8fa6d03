"""Reviewing one by one: a picture, what it is made of, and the keys that decide."""

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from dashboards.page import JOBS
from dashboards.pictures import prefetch, verdict_badges, who_decided
from dashboards.reviewing.actions import (
    NOTE,
    act,
    download,
    is_finished,
    report_form,
    reported_keys,
    tell,
    turn,
    undo_button,
)
from dashboards.reviewing.again import open_again
from dashboards.reviewing.clip_view import product_facts, show_frames, show_product
from dashboards.reviewing.design_view import show_matches, show_words
from dashboards.reviewing.done import nothing_left
from dashboards.reviewing.units import (
    Unit,
    file_facts,
    made_by,
    room_facts,
    show_original,
    show_picture,
    show_room,
    siblings_strip,
    title,
)
from dashboards.reviewing.worklist import Change, Worklist, worklist
from dashboards.sharing import share_approved
from dashboards.viewer import Viewer
from dashboards.words import age, pipeline_icon, pipeline_name, plain
from media.reviews import MAX_NOTE, Decision
from resources.job_board import JobFilter
from resources.job_desk import JobDesk
from resources.review_queue import Entry, Standing
from resources.thumbnails import LARGE_PX

_SHOWN: dict[str, Callable[[Unit], None]] = {
    "staging": show_room,
    "product_video": show_product,
    "library": show_original,
}
_FACTS = {"staging": lambda unit: room_facts(unit.row), "product_video": product_facts}
_AHEAD = 3

_keys = st.components.v2.component(
    "showroom_review_keys", js=Path(__file__).with_name("keys.js").read_text("utf-8")
)


@st.fragment
def one_by_one(desk: JobDesk, viewer: Viewer, jobs: JobFilter, standing: Standing) -> None:
    """The current picture of the list; a click or key draws only this part of the page anew."""
    work = worklist(jobs, standing)
    tell()
    entry = work.current
    job = desk.board.find(entry.job) if entry else None
    if entry is None or job is None or is_finished():
        nothing_left(desk, viewer, work)
        return
    siblings = [each for each in work.queue.of_job(job) if each.item == entry.item]
    settings = desk.deployment.settings
    reported = reported_keys(str(settings.home), settings.store_url, desk)
    unit = Unit(desk, work.queue, job, entry, siblings or [entry], reported)
    _heading(unit)
    looked_at, panel = st.columns([7, 3], gap="medium")
    with looked_at:
        _look(unit, work)
    with panel:
        _panel(unit, viewer, work)
    if job.pipeline == "product_video":
        show_frames(unit)
    if job.pipeline == "design":
        show_matches(unit)
    _get_ready(unit, work)


def _heading(unit: Unit) -> None:
    job = unit.job
    decided, total = unit.queue.decided(job)
    with st.container(horizontal=True, vertical_alignment="center", key="review-heading"):
        st.badge(pipeline_name(job.pipeline), icon=pipeline_icon(job.pipeline), color="gray")
        name = plain(unit.filename) or "In words"
        st.markdown(f"**{name}**", width="content")
        about = [job.project, age(job.submitted_at)]
        st.caption(", ".join(plain(part) for part in about if part), width="content")
        st.page_link(
            JOBS, label="Its job", icon=":material/list_alt:", query_params={"job": job.job}
        )
        st.progress(
            decided / max(1, total), text=f"{decided} of {total} decided in this job", width=220
        )


def _look(unit: Unit, work: Worklist) -> None:
    def go_to(entry: Entry) -> None:
        work.insert(entry)

    if unit.job.pipeline == "design":
        left, right = st.columns([3, 2])
        with left:
            show_picture(unit)
        with right:
            siblings_strip(unit, go_to, is_wall=True)
        show_words(unit)
        return
    _SHOWN.get(unit.job.pipeline, show_picture)(unit)
    siblings_strip(unit, go_to)


def _panel(unit: Unit, viewer: Viewer, work: Worklist) -> None:
    keys = _chosen(unit)
    decision = unit.decision()
    st.markdown(f"### {plain(_title(unit))}")
    verdict_badges(decision, is_reported=not unit.reported.isdisjoint(unit.entry.keys))
    if decided := who_decided(decision):
        st.caption(decided)
    if unit.row.get("review"):
        st.warning(plain(unit.row["review"]), icon=":material/visibility:")
    _buttons(unit, viewer, work, keys, decision)
    facts = [*_FACTS.get(unit.job.pipeline, lambda unit: ())(unit), *made_by(unit.row)]
    if len(unit.entry.keys) == 1:
        facts += file_facts(unit.row)
    for label, words, explained in facts:
        st.markdown(f":small[:gray[{label}:] {plain(words)}]", help=explained)
    with st.container(horizontal=True, gap="xsmall"):
        if st.button("Again, with these changes", icon=":material/replay:", key="review-again"):
            open_again(unit.desk, viewer, unit.job.job, unit.entry.item)
        approved = unit.queue.book.current()
        entries = unit.queue.of_job(unit.job)
        if any(entry.stands(Standing.APPROVED, approved) for entry in entries):
            share_approved(unit.desk, viewer, unit.job.job, key="review-share")
        download(unit)
        report_form(unit, viewer)


def _title(unit: Unit) -> str:
    if len(unit.entry.keys) == 1:
        return title(unit.entry) or str(unit.row.get("name", ""))
    sizes = f"all {len(unit.entry.keys)} sizes"
    return f"{title(unit.entry)}, {sizes}" if unit.entry.name else sizes.capitalize()


def _chosen(unit: Unit) -> Sequence[str]:
    """The keys that a decision is about: of several sizes those that are picked, else all."""
    names = {row["name"]: row["key"] for row in unit.pictures}
    if len(unit.entry.keys) < 2:
        return unit.entry.keys
    picked = st.session_state.get(f"{unit.look_key}-only") or []
    return [names[name] for name in picked if name in names] or unit.entry.keys


def _buttons(
    unit: Unit, viewer: Viewer, work: Worklist, keys: Sequence[str], decision: Decision
) -> None:
    desk = unit.desk
    if len(unit.entry.keys) > 1:
        st.pills(
            "Decide about",
            list(dict.fromkeys(row["name"] for row in unit.pictures)),
            selection_mode="multi",
            key=f"{unit.look_key}-only",
            help="Pick sizes to decide about these only. With none picked it is all of them.",
        )

    verdicts = st.container(gap="small")
    note = _note(unit, viewer, work, keys, decision)

    def button(label: str, shortcut: str, icon: str, change: Change) -> None:
        verdicts.button(
            label,
            icon=f":material/{icon}:",
            shortcut=shortcut,
            type="primary" if shortcut == "A" else "secondary",
            width="stretch",
            key=f"review-{shortcut}",
            on_click=act,
            args=(desk, viewer, work, unit.entry, keys, change),
        )

    button("Approve", "A", "check", Change("approved", note=note))
    button("Reject", "X", "close", Change("rejected", note=note))
    button("Favourite", "F", "star", Change(is_favourite=not decision.is_favourite))
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            "Back",
            icon=":material/chevron_left:",
            shortcut="Left",
            width="stretch",
            key="review-back",
            on_click=turn,
            args=(work, work.position - 1),
            disabled=work.position == 0,
        )
        work.have(work.position + 2)
        st.button(
            "Next",
            icon=":material/chevron_right:",
            shortcut="Right",
            width="stretch",
            key="review-next",
            on_click=turn,
            args=(work, work.position + 1),
            disabled=work.position + 1 >= len(work.entries),
        )
    undo_button(desk, viewer, work)


def _note(
    unit: Unit, viewer: Viewer, work: Worklist, keys: Sequence[str], decision: Decision
) -> str | None:
    """Where a note is written; it is kept when the field is left. What goes with a verdict."""
    field = NOTE + "/".join(unit.entry.place)

    def keep() -> None:
        words = Change(note=st.session_state.get(field, ""))
        act(unit.desk, viewer, work, unit.entry, keys, words)

    with st.container(key="review-note"):
        words = st.text_area(
            "Note",
            decision.note or "",
            max_chars=MAX_NOTE,
            height=68,
            key=field,
            on_change=keep,
            placeholder="Note (N): what is right or wrong about it?",
            label_visibility="collapsed",
        )
    _keys(key="review-keys")
    note = (words or "").strip() or None
    # What was written about another verdict is not about this one.
    return note if decision.decision == "undecided" or note != decision.note else None


def _get_ready(unit: Unit, work: Worklist) -> None:
    """Have the pictures that come next made small already."""
    ahead = work.ahead(_AHEAD)
    prefetch(unit.desk, [entry.keys[0] for entry in ahead], LARGE_PX)
    prefetch(unit.desk, [entry.keys[0] for entry in ahead])
