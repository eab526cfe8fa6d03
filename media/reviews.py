"""Reviews: what people have decided about pictures, as rows that analysts can query.

Nothing is ever overwritten. Everybody's decisions are kept, and of a picture's the newest counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

import polars as pl

from media.errors import READY, InvalidRequest
from media.tables import Column, Table

Verdict = Literal["approved", "rejected", "undecided"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

MAX_NOTE = 2_000
"""Most characters of a note."""

REVIEWS = Table(
    "reviews",
    "What people decided about pictures, each decision once; of a key the newest counts. "
    "The job is the batch that the decisions were made in, the item their number in it.",
    (
        Column("key", pl.String(), "Where the picture lies in the store."),
        Column("pipeline", pl.String(), "Pipeline that made the picture."),
        Column("picture_job", pl.String(), "Job that made the picture."),
        Column("picture_item", pl.String(), "Item of that job, from 0001."),
        Column("name", pl.String(), "What tells the picture from the others of its item."),
        Column("decision", pl.String(), f"{', '.join(VERDICTS)}."),
        Column("is_favourite", pl.Boolean(), "Whether it is one of the best."),
        Column("note", pl.String(), "Why, in words; null when nothing was said."),
        Column("owner", pl.String(), "Who decided."),
        Column("decided_at", pl.Datetime("us", "UTC"), "When it was decided, UTC."),
    ),
)


@dataclass(frozen=True)
class Decision:
    """What somebody decided about the picture under `key`."""

    key: str
    decision: Verdict = "undecided"
    is_favourite: bool = False
    note: str | None = None
    owner: str | None = None
    """Who decided; None until it is kept."""
    decided_at: datetime | None = None
    """UTC; None until it is kept."""

    def checked(self) -> "Decision":
        """The same with its note tidied.

        Raises InvalidRequest for a decision that there is not, and for a note of more than
        `MAX_NOTE` characters.
        """
        if self.decision not in VERDICTS:
            raise InvalidRequest(
                f"A picture can be {', '.join(VERDICTS[:-1])} or {VERDICTS[-1]}, "
                f"not {self.decision!r}."
            )
        note = as_text(self.note or "").strip()
        if len(note) > MAX_NOTE:
            raise InvalidRequest(
                f"The note has {len(note):,} characters; at most {MAX_NOTE:,} are taken."
            )
        return replace(self, note=note or None)


def revised(
    key: str,
    before: Decision | None,
    *,
    decision: Verdict | None = None,
    is_favourite: bool | None = None,
    note: str | None = None,
) -> Decision:
    """What was decided about `key` before, with what is given changed.

    A note is about its decision: a new decision without one has none.
    """
    old = before or Decision(key)
    is_same = decision is None or decision == old.decision
    return Decision(
        key,
        old.decision if decision is None else decision,
        old.is_favourite if is_favourite is None else is_favourite,
        (old.note if is_same else None) if note is None else note,
    )


@dataclass(frozen=True)
class ReviewedPicture:
    """Where the picture under `key` comes from."""

    key: str
    pipeline: str
    job: str
    item: str
    name: str


def review_rows(batch: str, decisions: Iterable[tuple[Decision, ReviewedPicture]]) -> pl.DataFrame:
    """The decisions of one batch, each with its picture, as rows of `REVIEWS`."""
    return REVIEWS.rows(
        [
            {
                "job": batch,
                "item": f"{number:04d}",
                **READY,
                "key": picture.key,
                "pipeline": picture.pipeline,
                "picture_job": picture.job,
                "picture_item": picture.item,
                "name": picture.name,
                "decision": decision.decision,
                "is_favourite": decision.is_favourite,
                "note": decision.note,
                "owner": decision.owner,
                "decided_at": decision.decided_at,
            }
            for number, (decision, picture) in enumerate(decisions, start=1)
        ]
    )


def newest_decisions(rows: pl.DataFrame) -> dict[str, Decision]:
    """What counts of rows of `REVIEWS`: the newest decision of each key."""
    # Two of one microsecond are told apart by their batches, so everybody sees the same one.
    ordered = rows.sort("decided_at", "job", "item")
    newest = ordered.unique("key", keep="last", maintain_order=True)
    columns = ("key", "decision", "is_favourite", "note", "owner", "decided_at")
    return {row["key"]: Decision(**row) for row in newest.select(columns).to_dicts()}


def as_text(text: str) -> str:
    """`text` without half characters: broken clients send them, and no file can hold them."""
    return text.encode("utf-8", "replace").decode()
