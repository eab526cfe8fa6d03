"""What somebody is reviewing: their place in the queue, their decisions, and how to undo them.

It lives in the session. What was in the list when it was made stays in it, decided or not, so that
going back and undoing lead to where one was.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import streamlit as st

from dashboards.installation import desk
from dashboards.words import plural
from media.reviews import Decision, Verdict, revised
from resources.job_board import JobFilter
from resources.job_desk import JobDesk
from resources.review_queue import Entry, ReviewQueue, Standing

PAGE = 24
"""Entries on a page of the grid."""
_MOST_UNDOS = 50
_WORKLIST = "review-worklist"
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Undo:
    """What was decided before a batch, and where in the list it was decided."""

    before: Sequence[Decision]
    position: int
    said: str


@dataclass
class Worklist:
    """Entries to go through; more of them are found when the end comes near."""

    queue: ReviewQueue
    jobs: JobFilter
    standing: Standing
    entries: list[Entry] = field(default_factory=list)
    is_complete: bool = False
    position: int = 0
    undos: list[Undo] = field(default_factory=list)

    @property
    def current(self) -> Entry | None:
        """The entry that is looked at; None when there is none."""
        self.have(self.position + 1)
        return self.entries[self.position] if self.position < len(self.entries) else None

    def have(self, count: int) -> None:
        """See that `count` entries are known, unless there are fewer."""
        while len(self.entries) < count and not self.is_complete:
            last = self.entries[-1] if self.entries else None
            found = self.queue.find(self.jobs, self.standing, last)
            self.entries += found.entries
            self.is_complete = found.is_last

    def turn_to(self, position: int) -> None:
        """Look at the entry of this number, from 0, or at the last or first one."""
        self.have(position + 1)
        self.position = max(0, min(position, len(self.entries) - 1))

    def go_to(self, place: tuple[str, str, str]) -> None:
        """Look at this entry; one that the list lacks is put in beside the current one."""
        places = [entry.place for entry in self.entries]
        if place in places:
            self.position = places.index(place)

    def insert(self, entry: Entry) -> None:
        """Look at an entry of the same item that the filter had left out."""
        if entry.place not in [known.place for known in self.entries]:
            self.entries.insert(self.position, entry)
        self.go_to(entry.place)

    def next_undecided(self) -> bool:
        """Look at the next entry of which something is undecided, after or else before this one.

        False, and the place is kept, when there is none.
        """
        decisions = self.queue.book.current()
        index = self.position + 1
        while True:
            self.have(index + 1)
            if index >= len(self.entries):
                break
            if self.entries[index].stands(Standing.UNDECIDED, decisions):
                self.position = index
                return True
            index += 1
        for index, entry in enumerate(self.entries[: self.position]):
            if entry.stands(Standing.UNDECIDED, decisions):
                self.position = index
                return True
        return False

    def ahead(self, count: int) -> list[Entry]:
        """The entries after the current one that are known already."""
        return self.entries[self.position + 1 : self.position + 1 + count]


def review_queue() -> ReviewQueue:
    """The queue of the installation that the environment describes, one for all who look."""
    made = desk()
    settings = made.deployment.settings
    return _queue(str(settings.home), settings.store_url)


@st.cache_resource(show_spinner=False)
def _queue(home: str, store: str) -> ReviewQueue:
    made = desk()
    return ReviewQueue(made.board, made.deployment.tables)


def worklist(jobs: JobFilter, standing: Standing) -> Worklist:
    """The session's list for this filter, made anew when another was chosen."""
    known = st.session_state.get(_WORKLIST)
    queue = review_queue()
    made = Worklist(queue, jobs, standing)
    if isinstance(known, Worklist) and known.queue is queue:
        if (known.jobs, known.standing) == (jobs, standing):
            return known
        made.undos = known.undos
    st.session_state[_WORKLIST] = made
    return made


def forget_worklist() -> None:
    """Let the next list be found anew: something was made or decided since."""
    if isinstance(known := st.session_state.get(_WORKLIST), Worklist):
        known.queue.book.look_again()
        fresh = Worklist(known.queue, known.jobs, known.standing, undos=known.undos)
        st.session_state[_WORKLIST] = fresh


@dataclass(frozen=True)
class Change:
    """What is to be changed about pictures; None leaves it as it is."""

    decision: Verdict | None = None
    is_favourite: bool | None = None
    note: str | None = None

    @property
    def words(self) -> str:
        """What was done, in a word or two."""
        if self.decision is not None:
            return "taken back" if self.decision == "undecided" else self.decision
        if self.is_favourite is not None:
            return "marked as favourite" if self.is_favourite else "no favourite any more"
        return "noted"


def decide(desk: JobDesk, work: Worklist, keys: Collection[str], change: Change, owner: str) -> str:
    """Keep a change about pictures as one batch, to be undone as one; what was done, in words.

    Nothing is written of pictures about which the same was decided before.
    Raises InvalidRequest, see `Reviews.decide`.
    """
    unique = list(dict.fromkeys(keys))
    work.queue.book.look_again()
    before = work.queue.book.current()
    changed = [
        revised(
            key,
            before.get(key),
            decision=change.decision,
            is_favourite=change.is_favourite,
            note=change.note,
        )
        for key in unique
    ]
    said = f"{plural(len(unique), 'picture')} {change.words}"
    changed = [each for each in changed if not _is_same(each, before.get(each.key))]
    if not changed:
        return said
    desk.deployment.reviews.decide(changed, owner)
    undone = [before.get(each.key, Decision(each.key)) for each in changed]
    undo = Undo(undone, work.position, said)
    work.undos = [*work.undos, undo][-_MOST_UNDOS:]
    work.queue.book.look_again()
    return said


def undo(desk: JobDesk, work: Worklist, last: Undo, owner: str) -> str:
    """Decide again as it was before `last`, the session's last batch; what was undone, in words.

    Nothing more is undone when it was undone already.
    """
    if not work.undos or work.undos[-1] is not last:
        return "That was undone already"
    desk.deployment.reviews.decide(last.before, owner)
    work.undos = work.undos[:-1]
    work.position = min(last.position, max(0, len(work.entries) - 1))
    work.queue.book.look_again()
    return f"Undone: {last.said}"


def joint(keys: Sequence[str], decisions: Mapping[str, Decision]) -> Decision:
    """What was decided about pictures that are decided about together.

    Undecided where they differ; a favourite where one is; the newest note.
    """
    mine = [decisions[key] for key in keys if key in decisions]
    verdicts = {decisions.get(key, Decision(key)).decision for key in keys}
    newest = max(mine, key=lambda each: each.decided_at or _NEVER, default=Decision(keys[0]))
    return Decision(
        keys[0],
        verdicts.pop() if len(verdicts) == 1 else "undecided",
        any(decision.is_favourite for decision in mine),
        newest.note,
        newest.owner,
        newest.decided_at,
    )


def _is_same(decision: Decision, before: Decision | None) -> bool:
    old = before or Decision(decision.key)
    return (decision.decision, decision.is_favourite, decision.note or None) == (
        old.decision,
        old.is_favourite,
        old.note,
    )
