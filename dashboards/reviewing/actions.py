"""What is done about pictures under review: deciding, undoing, reporting, downloading."""

from collections.abc import Collection
from pathlib import PurePosixPath

import streamlit as st

from dashboards.reviewing.units import Unit, title
from dashboards.reviewing.worklist import Change, Undo, Worklist, decide, forget_worklist, undo
from dashboards.viewer import Viewer
from dashboards.words import plain, plural
from media.errors import ShowroomError
from resources.job_desk import JobDesk
from resources.review_queue import Entry, Standing

VIEW, SHOW = "view", "show"
"""Where the session has what was chosen at the top of the page."""
ONE, GRID = "One by one", "Grid"
LARGE_SET = 20
"""More pictures than these are decided about only after a question."""

_SAID = "review-said"
_FINISHED = "review-finished"
_CONFIRM = "review-confirm"
NOTE = "note-"
"""What the session's names of fields for notes begin with."""


def is_finished() -> bool:
    """Whether the last decision left nothing undecided in the list."""
    return bool(st.session_state.get(_FINISHED))


def say(words: str, *, is_wrong: bool = False) -> None:
    """Have something told at the top of the next drawing."""
    st.session_state[_SAID] = (words, is_wrong)


def tell() -> None:
    """Tell what was done or went wrong, once."""
    words, is_wrong = st.session_state.pop(_SAID, ("", False))
    if words and is_wrong:
        st.error(plain(words), icon=":material/error:")
    elif words:
        st.toast(plain(words), icon=":material/check:")


def act(
    desk: JobDesk,
    viewer: Viewer,
    work: Worklist,
    entry: Entry,
    keys: Collection[str],
    change: Change,
) -> None:
    """Keep a change about `keys` of an entry; after a verdict, look at the next that has none."""
    # A key that is pressed twice in a hurry is about the same entry twice, and skips none.
    work.go_to(entry.place)
    try:
        said = decide(desk, work, keys, change, viewer.name)
    except ShowroomError as error:
        say(str(error), is_wrong=True)
        return
    if change.decision in ("approved", "rejected"):
        move_on(work)
    elif change.note is not None:
        say(said)


def move_on(work: Worklist) -> None:
    """Look at the next undecided entry; when the list has none, at what has come meanwhile."""
    if work.next_undecided():
        return
    is_filter = work.standing in (Standing.UNDECIDED, Standing.LOOK_FIRST)
    if is_filter and work.queue.find(work.jobs, work.standing, limit=1).entries:
        forget_worklist()
    else:
        st.session_state[_FINISHED] = True


def act_on_many(
    desk: JobDesk, viewer: Viewer, work: Worklist, keys: Collection[str], change: Change
) -> None:
    """The same for a selection, which stays where it is; a large one after a question."""
    if len(set(keys)) > LARGE_SET:
        st.session_state[_CONFIRM] = (tuple(dict.fromkeys(keys)), change)
        return
    _act_on_all(desk, viewer, work, keys, change)


def ask_when_due(desk: JobDesk, viewer: Viewer, work: Worklist) -> None:
    """Open the question about a large set, when one was asked for."""
    if asked := st.session_state.pop(_CONFIRM, None):
        _confirm(desk, viewer, work, *asked)


@st.dialog("Are you sure?", icon=":material/done_all:")
def _confirm(
    desk: JobDesk, viewer: Viewer, work: Worklist, keys: tuple[str, ...], change: Change
) -> None:
    st.write(f"{plural(len(keys), 'picture')} will be {change.words}. You can undo it.")
    with st.container(horizontal=True):
        if st.button("Yes, go on", type="primary", key="review-yes"):
            _act_on_all(desk, viewer, work, keys, change)
            st.rerun()
        if st.button("Leave them", key="review-no"):
            st.rerun()


def _act_on_all(
    desk: JobDesk, viewer: Viewer, work: Worklist, keys: Collection[str], change: Change
) -> None:
    try:
        say(decide(desk, work, keys, change, viewer.name).capitalize() + ".")
    except ShowroomError as error:
        say(str(error), is_wrong=True)


def undo_button(desk: JobDesk, viewer: Viewer, work: Worklist) -> None:
    """A button that undoes the last batch of the session; nothing while there is none."""
    if work.undos:
        last = work.undos[-1]
        st.button(
            "Undo",
            icon=":material/undo:",
            shortcut="U",
            type="tertiary",
            key="review-U",
            on_click=_take_back,
            args=(desk, viewer, work, last),
            help=f"{last.said}.",
        )


def _take_back(desk: JobDesk, viewer: Viewer, work: Worklist, last: Undo) -> None:
    st.session_state.pop(_FINISHED, None)
    for name in [name for name in st.session_state if str(name).startswith(NOTE)]:
        del st.session_state[name]
    try:
        say(undo(desk, work, last, viewer.name) + ".")
    except ShowroomError as error:
        say(str(error), is_wrong=True)


def turn(work: Worklist, position: int) -> None:
    """Look at the entry of this number; doing it twice is doing it once."""
    st.session_state.pop(_FINISHED, None)
    work.turn_to(position)


def choose(show: str | None, view: str) -> None:
    """Choose at the top of the page; None leaves the pictures as they are."""
    st.session_state[VIEW] = view
    if show is not None:
        st.session_state[SHOW] = show
        start_over()


def start_over() -> None:
    """Look for what is to be decided anew."""
    st.session_state.pop(_FINISHED, None)
    forget_worklist()


def report_form(unit: Unit, viewer: Viewer) -> None:
    """Where somebody says that a picture should not be shown."""
    with st.popover("Report", icon=":material/flag:", type="tertiary", key="review-report"):
        st.caption(
            "A reported picture is withheld at once: it is neither shared nor copied until an "
            "operator has looked at it."
        )
        key = f"report-why-{unit.entry.keys[0]}"
        why = st.text_input("Why should it not be shown?", key=key, max_chars=2_000)
        st.button(
            "Report it",
            disabled=not why.strip(),
            key="review-report-it",
            on_click=_report,
            args=(unit, viewer, why),
        )


def _report(unit: Unit, viewer: Viewer, why: str) -> None:
    try:
        for key in unit.entry.keys:
            unit.desk.deployment.reports.report(key, why, viewer.name)
    except ShowroomError as error:
        say(str(error), is_wrong=True)
    else:
        say("Reported. It is withheld from now on.")
    reported_keys.clear()


@st.cache_data(ttl=10, show_spinner=False)
def reported_keys(home: str, store: str, _desk: JobDesk) -> frozenset[str]:
    """The keys of all pictures that somebody reported, a few seconds old at most."""
    return frozenset(_desk.deployment.reports.reported())


def download(unit: Unit) -> None:
    """A button that saves the picture in full size."""
    if len(unit.entry.keys) != 1:
        return
    key = unit.entry.keys[0]
    stem = PurePosixPath(unit.filename).stem
    words = "-".join(part for part in (stem, title(unit.entry).lower()) if part)
    st.download_button(
        "Download",
        data=lambda: unit.desk.deployment.store.get(key),
        file_name=f"{words}{PurePosixPath(key).suffix}",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        key="review-download",
    )
