"""Reviewing many: a page of pictures, some of them selected, and what is decided about those."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from dashboards.pictures import prefetch
from dashboards.reviewing.actions import (
    ONE,
    act_on_many,
    ask_when_due,
    choose,
    reported_keys,
    start_over,
    tell,
    undo_button,
)
from dashboards.reviewing.done import nothing_left
from dashboards.reviewing.units import title
from dashboards.reviewing.worklist import PAGE, Change, Worklist, joint, worklist
from dashboards.viewer import Viewer
from dashboards.words import age, pipeline_icon, pipeline_name, plain, plural
from media.pipeline import pipeline_named
from media.reviews import Decision
from resources.job_board import JobFilter
from resources.job_desk import JobDesk
from resources.job_records import JobRecord
from resources.review_queue import Entry, Standing

_WHOLE_JOB = {
    "Approve all of the job": Change("approved"),
    "Reject all of the job": Change("rejected"),
    "Take all decisions back": Change("undecided"),
}
_MARKS = {
    "approved": ":green[:material/check_circle:]",
    "rejected": ":red[:material/cancel:]",
    "undecided": "",
}


@st.fragment
def grid(desk: JobDesk, viewer: Viewer, jobs: JobFilter, standing: Standing) -> None:
    """A page of the list; a click draws only this part of the page anew."""
    work = worklist(jobs, standing)
    tell()
    ask_when_due(desk, viewer, work)
    start = work.position // PAGE * PAGE
    work.have(start + PAGE + 1)
    shown = work.entries[start : start + PAGE]
    if not shown:
        nothing_left(desk, viewer, work)
        return
    _bulk_bar(desk, viewer, work, shown)
    pictures = desk.thumbnails.of([entry.keys[0] for entry in shown])
    thumbs = dict(zip((entry.place for entry in shown), pictures, strict=True))
    for _, group in groupby(shown, key=_group):
        _show_group(desk, viewer, work, list(group), thumbs)
    _pages(work, start)
    prefetch(desk, [entry.keys[0] for entry in work.entries[start + PAGE : start + 2 * PAGE]])


def _group(entry: Entry) -> tuple[str, str]:
    """Pictures of an item stand together; an item of the library is one picture."""
    return entry.job, "" if entry.pipeline == "library" else entry.item


def _pick_key(entry: Entry) -> str:
    return "pick-" + "/".join(entry.place)


def _pick(entries: Sequence[Entry], *, is_picked: bool) -> None:
    for entry in entries:
        st.session_state[_pick_key(entry)] = is_picked


def _bulk_bar(desk: JobDesk, viewer: Viewer, work: Worklist, shown: Sequence[Entry]) -> None:
    picked = [entry for entry in shown if st.session_state.get(_pick_key(entry))]
    keys = [key for entry in picked for key in entry.keys]

    def change(words: Change) -> None:
        _pick(picked, is_picked=False)
        act_on_many(desk, viewer, work, keys, words)

    def button(label: str, shortcut: str, icon: str, words: Change) -> None:
        st.button(
            label,
            icon=f":material/{icon}:",
            shortcut=shortcut,
            type="primary" if shortcut == "A" else "secondary",
            key=f"grid-{shortcut}",
            disabled=not picked,
            help=None if picked else "Select pictures first.",
            on_click=change,
            args=(words,),
        )

    with st.container(horizontal=True, vertical_alignment="center", key="review-bulk"):
        st.button(
            "Select this page",
            key="grid-all",
            icon=":material/select_all:",
            on_click=_pick,
            args=(shown,),
            kwargs={"is_picked": True},
        )
        button("Approve", "A", "check", Change("approved"))
        button("Reject", "X", "close", Change("rejected"))
        button("Favourite", "F", "star", Change(is_favourite=True))
        button("Take back", "T", "undo", Change("undecided"))
        undo_button(desk, viewer, work)
        if picked:
            st.caption(f"{plural(len(picked), 'picture')} selected", width="content")
            st.button(
                "Clear",
                key="grid-none",
                type="tertiary",
                on_click=_pick,
                args=(picked,),
                kwargs={"is_picked": False},
            )


def _show_group(
    desk: JobDesk,
    viewer: Viewer,
    work: Worklist,
    group: Sequence[Entry],
    thumbs: dict[tuple[str, str, str], bytes | None],
) -> None:
    job = desk.board.find(group[0].job)
    if job is None:
        return
    names = _filenames(work, job)
    _group_heading(desk, viewer, work, job, group, names)
    settings = desk.deployment.settings
    reported = reported_keys(str(settings.home), settings.store_url, desk)
    decisions = work.queue.book.current()
    with st.grid("auto", min_column_width=170):
        for entry in group:
            decision = joint(entry.keys, decisions)
            verdict = decision.decision
            with st.container(
                border=True, key=f"card-{verdict}-{'/'.join(entry.place)}", gap="xsmall"
            ):
                name = title(entry) if entry.name else names.get(entry.item, "")
                _card(work, entry, name, decision, thumbs[entry.place])
                if not reported.isdisjoint(entry.keys):
                    st.caption(":orange[:material/flag: Reported]")


def _card(
    work: Worklist, entry: Entry, name: str, decision: Decision, picture: bytes | None
) -> None:
    if picture is None:
        st.caption(":material/hide_image: No preview")
    else:
        st.image(picture, alt=name, width="stretch")
    marks = [_MARKS[decision.decision]]
    marks += [":orange[:material/star:]"] if decision.is_favourite else []
    marks += [":material/visibility:"] if entry.for_review else []
    st.checkbox(
        " ".join([plain(name), *(mark for mark in marks if mark)]),
        key=_pick_key(entry),
        help=_explained(entry, decision),
    )
    key = "look-at-" + "/".join(entry.place)
    if st.button(
        "Look closer", type="tertiary", key=key, on_click=_look_closer, args=(work, entry)
    ):
        # The other view is outside of this part of the page.
        st.rerun()


def _look_closer(work: Worklist, entry: Entry) -> None:
    work.insert(entry)
    choose(None, ONE)


def _explained(entry: Entry, decision: Decision) -> str | None:
    said = [
        f"{decision.decision.capitalize()} {age(decision.decided_at)}."
        if decision.decided_at
        else "",
        f"Note: {plain(decision.note)}" if decision.note else "",
        "It was marked to be looked at first." if entry.for_review else "",
        f"It is {plural(len(entry.keys), 'size')} of one picture." if len(entry.keys) > 1 else "",
    ]
    return "  \n".join(part for part in said if part) or None


def _group_heading(
    desk: JobDesk,
    viewer: Viewer,
    work: Worklist,
    job: JobRecord,
    group: Sequence[Entry],
    names: dict[str, str],
) -> None:
    place = "/".join(_group(group[0]))
    decided, total = work.queue.decided(job)
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"group-{place}", gap="xsmall"
    ):
        name = names.get(group[0].item, "") if _group(group[0])[1] else ""
        words = plain(name) or pipeline_name(job.pipeline)
        st.markdown(f"#### {pipeline_icon(job.pipeline)} {words}", width="content")
        about = [job.project, age(job.submitted_at), f"{decided} of {total} decided in this job"]
        st.caption(", ".join(plain(part) for part in about if part), width="content")
        label = "Select these"
        st.button(
            label,
            key=f"these-{place}",
            type="tertiary",
            on_click=_pick,
            args=(group,),
            kwargs={"is_picked": True},
        )
        st.menu_button(
            "Whole job",
            list(_WHOLE_JOB),
            key=f"whole-{place}",
            type="tertiary",
            on_click=_decide_about_job,
            args=(desk, viewer, work, job, f"whole-{place}"),
        )


def _decide_about_job(
    desk: JobDesk, viewer: Viewer, work: Worklist, job: JobRecord, key: str
) -> None:
    if (chosen := st.session_state.get(key)) in _WHOLE_JOB:
        keys = [key for entry in work.queue.of_job(job) for key in entry.keys]
        act_on_many(desk, viewer, work, keys, _WHOLE_JOB[chosen])


def _filenames(work: Worklist, job: JobRecord) -> dict[str, str]:
    """The names of a job's uploads by item, without folders."""
    first = pipeline_named(job.pipeline).first_table
    names = work.queue.filenames(first, job)
    return {item: name.rsplit("/", 1)[-1] for item, name in names.items()}


def _pages(work: Worklist, start: int) -> None:
    def turn(to: int) -> None:
        work.position = to

    page = start // PAGE + 1
    with st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center"):
        st.button(
            "Newer",
            icon=":material/chevron_left:",
            key="grid-back",
            shortcut="Left",
            on_click=turn,
            args=(start - PAGE,),
            disabled=start == 0,
        )
        pages = -(-len(work.entries) // PAGE)
        st.caption(
            f"Page {page} of {pages}{'' if work.is_complete else ' or more'}", width="content"
        )
        st.button(
            "Older",
            icon=":material/chevron_right:",
            key="grid-next",
            shortcut="Right",
            on_click=turn,
            args=(start + PAGE,),
            disabled=start + PAGE >= len(work.entries),
        )
        st.button(
            "Refresh",
            icon=":material/refresh:",
            key="grid-refresh",
            type="tertiary",
            on_click=start_over,
            help="Show what has been made or decided since.",
        )
