"""What is looked at when a picture is reviewed, as its pipeline asks for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import streamlit as st

from dashboards.forms.values import VALUES
from dashboards.pictures import Thumb, large, thumb_strip
from dashboards.reviewing.before_after import before_after
from dashboards.reviewing.worklist import joint
from dashboards.words import file_size, money, plain, plural
from media.pipeline import all_pipelines, pipeline_named, table_named
from media.pipelines.library import UPLOADS
from media.pipelines.staging import ROOM_PHOTOS, STAGING_PROMPTS
from media.reviews import Decision
from media.tables import Table
from resources.job_desk import JobDesk
from resources.job_records import JobRecord
from resources.review_queue import Entry, ReviewQueue, is_of
from resources.thumbnails import LARGE_PX

Row = dict[str, Any]
Fact = tuple[str, str, str | None]
"""What is told of a picture: its label, the words, and what they mean where that needs saying."""
_STRIP = 24
"""Pictures of a strip, the current one among them."""


@dataclass(frozen=True)
class Unit:
    """An entry with what is known of it and of the others of its item."""

    desk: JobDesk
    queue: ReviewQueue
    job: JobRecord
    entry: Entry
    siblings: Sequence[Entry]
    """All entries of the item, the entry among them."""
    reported: frozenset[str]
    """Keys of reported pictures."""

    def rows(self, table: Table) -> list[Row]:
        """The item's ready rows in a table."""
        return self.queue.rows(table, self.job, self.entry.item)

    @cached_property
    def pictures(self) -> list[Row]:
        """The rows of the entry's pictures."""
        return [
            row
            for name in pipeline_named(self.job.pipeline).published
            for row in self.rows(table_named(name))
            if is_of(self.entry, name, row)
        ]

    @property
    def row(self) -> Row:
        """The row of its picture, the first where there are several."""
        return self.pictures[0] if self.pictures else {}

    @cached_property
    def filename(self) -> str:
        """Name of the upload, without folders; empty for what was sent in words."""
        first = next(iter(self.rows(all_pipelines()[self.job.pipeline].first_table)), {})
        name = str(first.get("filename") or "").rsplit("/", 1)[-1]
        return "" if name == "parameters.json" else name

    def decision(self, entry: Entry | None = None) -> Decision:
        """What was decided about the entry, or about another one."""
        return joint((entry or self.entry).keys, self.queue.book.current())

    @property
    def look_key(self) -> str:
        """Where the session remembers which part of the unit is looked at."""
        return "look-" + "/".join(self.entry.place)


def title(entry: Entry) -> str:
    """What an entry is called beside its file's name."""
    words = [word for word in entry.name.split(" ") if word]
    if entry.pipeline in {"staging", "design"}:
        return entry.name.replace("_", " ").replace("-", " ").capitalize()
    if entry.pipeline == "product_video" and len(words) == 3:
        version = words[2].rsplit("-", 1)[0]
        return f"{words[1].replace('-', ' ')}, {VALUES.get(version, version)}".capitalize()
    return entry.name.capitalize()


def siblings_strip(unit: Unit, go_to: Callable[[Entry], None], *, is_wall: bool = False) -> None:
    """The pictures of the item, to switch between; nothing where there is one only."""
    if len(unit.siblings) < 2:
        return
    at = list(unit.siblings).index(unit.entry)
    start = max(0, min(at - _STRIP // 2, len(unit.siblings) - _STRIP))
    near = list(unit.siblings)[start : start + _STRIP]
    pictures = unit.desk.thumbnails.of([entry.keys[0] for entry in near])
    thumbs = [_thumb(unit, entry, data) for entry, data in zip(near, pictures, strict=True)]
    label = "Pictures of this file"
    if len(near) < len(unit.siblings):
        label = f"{label}: {start + 1} to {start + len(near)} of {len(unit.siblings)}"
        st.caption(label)
    thumb_strip(
        thumbs,
        at - start,
        lambda number: go_to(near[number]),
        label=label,
        key=f"strip-{unit.job.job}-{unit.entry.item}",
        is_wall=is_wall,
    )


def _thumb(unit: Unit, entry: Entry, data: bytes | None) -> Thumb:
    decision = unit.decision(entry)
    return Thumb(
        title(entry) or unit.filename,
        f"{title(entry)}: {decision.decision}",
        data,
        decision.decision,
        decision.is_favourite,
        not unit.reported.isdisjoint(entry.keys),
    )


def show_picture(unit: Unit) -> None:
    """A picture of a pipeline that asks for no more than to be shown."""
    alt = f"{title(unit.entry)} of {unit.filename}".strip()
    large(unit.desk, unit.entry.keys[0], alt)


def show_room(unit: Unit) -> None:
    """The room before and after, what it is in words, and what was asked for."""
    row = unit.row
    photo = next((photo["key"] for photo in unit.rows(ROOM_PHOTOS)), None)
    before, after = unit.desk.thumbnails.of([photo, unit.entry.keys[0]], LARGE_PX)
    if before is None or after is None:
        show_picture(unit)
    else:
        size_px = (row.get("width_px") or 3, row.get("height_px") or 2)
        of = f"The room {unit.filename}"
        before_after(before, after, size_px, of, key=f"before-after-{unit.job.job}")
    if words := row.get("words"):
        st.caption(plain(sentence(words)))
    prompt = next((p for p in unit.rows(STAGING_PROMPTS) if p["name"] == row.get("name")), None)
    if prompt is not None:
        with st.expander("What was asked for", icon=":material/notes:"):
            st.text(prompt["prompt"])


def show_original(unit: Unit) -> None:
    """An upload, its renditions in a row, and a table of their sizes."""
    picked = st.session_state.get(unit.look_key)
    sizes = unit.pictures
    widest = max(sizes, key=lambda row: row.get("width_px") or 0, default={})
    original = next((row for row in unit.rows(UPLOADS) if row["kind"] == "image"), widest)
    shown = sizes[picked - 1] if picked and picked <= len(sizes) else original
    if shown:
        is_clear = bool(original.get("has_alpha")) and shown.get("format") != "jpeg"
        large(unit.desk, shown["key"], unit.filename, is_clear=is_clear)
    data = unit.desk.thumbnails.of([original.get("key"), *(row["key"] for row in sizes)])
    decisions = unit.queue.book.current()
    thumbs = [Thumb("Original", "As it was uploaded", data[0])]
    for row, picture in zip(sizes, data[1:], strict=True):
        mine = decisions.get(row["key"], Decision(row["key"]))
        words = f"{row['name']}: {_sides(row)}, {mine.decision}"
        reported = row["key"] in unit.reported
        verdict = mine.decision
        thumbs.append(Thumb(row["name"], words, picture, verdict, mine.is_favourite, reported))

    def look(number: int) -> None:
        st.session_state[unit.look_key] = number

    key = f"sizes-{unit.job.job}-{unit.entry.item}-{unit.entry.name}"
    thumb_strip(thumbs, picked or 0, look, label="Sizes of this picture", key=key)
    with st.expander(plural(len(sizes), "size"), icon=":material/table_rows:"):
        st.table([_size(row) for row in sizes])


def _size(row: Row) -> dict[str, str]:
    return {
        "Name": row["name"],
        "Size": _sides(row),
        "Weight": file_size(row["bytes"] or 0),
        "Format": (row["format"] or "").upper(),
    }


def _sides(row: Row) -> str:
    return f"{row['width_px']} \N{MULTIPLICATION SIGN} {row['height_px']} px"


def made_by(row: Row) -> tuple[Fact, ...]:
    """Who made a picture, for how much, as facts."""
    if not row.get("provider"):
        return ()
    is_offline = row["provider"] == "offline"
    who = "Offline provider" if is_offline else row["provider"].replace("_", " ").capitalize()
    model = f"{row['model']} {row['model_version'] or ''}".strip()
    return (
        ("Made by", f"{who}, {model}", None),
        ("Cost", money(row.get("cost_usd") or 0.0), None),
    )


def file_facts(row: Row) -> tuple[Fact, ...]:
    """How large a picture is, as facts."""
    if not row.get("width_px"):
        return ()
    size = f"{_sides(row)}, {file_size(row.get('bytes') or 0)}"
    return (("Picture", f"{size}, {(row.get('format') or '').upper()}", None),)


def room_facts(row: Row) -> tuple[Fact, ...]:
    """How far a staged room is still the same room, as facts."""
    score = row.get("structure_score")
    kept = "not judged" if score is None else f"{score:.0%}"
    changed = row.get("changed_part")
    told: list[Fact] = [
        ("Structure kept", kept, "How far walls, windows and edges stayed where they were.")
    ]
    if changed is not None:
        told.append(("Changed", f"{changed:.0%} of the picture", None))
    return tuple(told)


def sentence(words: str) -> str:
    """Words as a sentence: a capital at the start, a full stop at the end."""
    text = words.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"
