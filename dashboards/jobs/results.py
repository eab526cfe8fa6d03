"""What came of a job's items: its pictures, and what was refused or has failed and why."""

import math
from collections.abc import Iterable
from html import escape

import streamlit as st

from dashboards.jobs.steps import advice
from dashboards.words import file_size, plain, plural
from resources.job_desk import JobDesk
from resources.job_records import ItemRecord, JobDetails, OutputRecord

PICTURES_A_PAGE = 24
_FILES_SHOWN = 8
_STATUSES = {
    "ready": "Done",
    "refused": "Refused",
    "failed": "Failed",
    "waiting": "Waiting",
}


def show_troubles(details: JobDetails) -> None:
    """Refused and failed items by reason, each with what to do next; then all of the items."""
    for status, what in (("failed", "failed"), ("refused", "refused")):
        items = [item for item in details.items if item.status == status]
        if items:
            were = "has" if what == "failed" and len(items) == 1 else "have"
            verb = f"{were} failed" if what == "failed" else _was(items, "refused")
            said = f"{plural(len(items), 'file')} {verb}"
            _reasons(said, status, [(item.reason, _name(item), item.detail) for item in items])
    withheld = [
        (one.reason, f"{_name(item)}: {one.name}", one.detail)
        for item in details.items
        for one in item.withheld
    ]
    if withheld:
        _reasons(f"{plural(len(withheld), 'picture')} could not be made", "failed", withheld)
    if len(details.items) > 1:
        _all_items(details)


def _was(items: list[ItemRecord], verb: str) -> str:
    return f"{'was' if len(items) == 1 else 'were'} {verb}"


def _name(item: ItemRecord) -> str:
    return item.filename.rsplit("/", 1)[-1]


def _reasons(
    said: str, status: str, troubles: Iterable[tuple[str | None, str, str | None]]
) -> None:
    by_reason: dict[str | None, list[tuple[str, str | None]]] = {}
    for reason, name, detail in troubles:
        by_reason.setdefault(reason, []).append((name, detail))
    icon = ":material/error:" if status == "failed" else ":material/do_not_disturb_on:"
    with st.container(border=True):
        st.markdown(f"{icon} **{said}**")
        for reason, files in by_reason.items():
            shown = "".join(
                f"<li><b>{escape(name)}</b> {escape(detail or '')}</li>"
                for name, detail in files[:_FILES_SHOWN]
            )
            more = len(files) - _FILES_SHOWN
            rest = f'<li class="soft">and {more:,} more of the same kind</li>' if more > 0 else ""
            st.html(
                f'<ul class="troubles">{shown}{rest}</ul>'
                f'<p class="next"><b>What to do:</b> {escape(advice(status, reason))}</p>'
            )


def _all_items(details: JobDetails) -> None:
    with st.expander(f"All {len(details.items):,} files", icon=":material/list:"):
        st.dataframe(
            {
                "File": [item.filename for item in details.items],
                "Result": [_STATUSES.get(item.status, item.status) for item in details.items],
                "Pictures": [len(item.outputs) for item in details.items],
                "Said": [item.detail or "" for item in details.items],
            },
            hide_index=True,
            column_config={
                "File": st.column_config.TextColumn(width="medium"),
                "Result": st.column_config.TextColumn(width="small"),
                "Pictures": st.column_config.NumberColumn(width="small"),
                "Said": st.column_config.TextColumn(width="large"),
            },
        )


@st.fragment
def show_pictures(desk: JobDesk, details: JobDetails) -> None:
    """The pictures that were made, a page at a time; equal ones once."""
    made = [(item, output) for item in details.items for output in item.outputs]
    pictures = list({output.key: (item, output) for item, output in reversed(made)}.values())[::-1]
    if not pictures:
        return
    pages = math.ceil(len(pictures) / PICTURES_A_PAGE)
    key = f"pictures-of-{details.job}"
    page = min(int(st.session_state.get(key, 1)), pages)
    shown = pictures[(page - 1) * PICTURES_A_PAGE : page * PICTURES_A_PAGE]
    equal = len(made) - len(pictures)
    once = f", of which {equal:,} are the same as another and not shown again" if equal else ""
    st.markdown(f"**{plural(len(made), 'picture')}**{once}")
    place = st.container()
    if pages > 1:
        with st.container(horizontal_alignment="center"):
            st.pagination(pages, key=key)
    small = desk.thumbnails.of([output.key for _, output in shown])
    with place, st.grid(columns="auto", min_column_width=130, gap="small"):
        for (item, output), data in zip(shown, small, strict=True):
            _picture(item, output, data, several=len(details.items) > 1)


def _picture(item: ItemRecord, output: OutputRecord, data: bytes | None, *, several: bool) -> None:
    with st.container(gap="xxsmall"):
        if data is None:
            st.markdown(":material/hide_image:", text_alignment="center")
        else:
            st.image(data, width="stretch", alt=f"{output.name} of {_name(item)}")
        size = f"{output.width_px} by {output.height_px} px" if output.width_px else ""
        weight = file_size(output.bytes) if output.bytes else ""
        first = ":orange-badge[Look first] " if output.needs_review else ""
        name = f"{_name(item)}: {output.name}" if several else output.name
        st.caption(f"{first}{plain(name)}  \n{' · '.join(part for part in (size, weight) if part)}")
