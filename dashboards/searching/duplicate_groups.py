"""Duplicates: pictures that are nearly the same, which of them to keep, and why."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from dashboards.installation import desk
from dashboards.page import empty_state, plainly
from dashboards.searching.picture_catch_up import catch_up
from dashboards.searching.picture_rights import PictureRights
from dashboards.words import file_size, pipeline_name, plural
from media.duplicates import SHARPNESS_TOLERANCE, DuplicateGroup, near_duplicates
from media.matching.filters import one_of_ids
from resources.image_index import ImageIndex
from resources.job_desk import JobDesk

_AT_ONCE = 20_000
"""Pictures that are compared with each other without being asked to."""
_GROUPS = 6
_SHOWN = 5
_FACTS = (
    *("id", "content_sha256", "width_px", "height_px", "perceptual_hash", "chroma_layout"),
    *("sharpness", "pipeline", "job", "item", "filename"),
)
_ITEM = ("pipeline", "job", "item")


def show_duplicates(made: JobDesk, rights: PictureRights) -> None:
    """The groups, some at a time."""
    with plainly():
        catch_up(made)
        index = made.deployment.fashion.image_index
        facts = index.table.describe()
        if facts.rows > _AT_ONCE and not st.session_state.get("compare all"):
            st.markdown(
                f"Comparing {plural(facts.rows, 'picture')} with each other takes some minutes."
            )
            if not st.button("Compare them", icon=":material/compare:", type="primary"):
                return
            st.session_state["compare all"] = True
        settings = made.deployment.settings
        groups = _groups(settings.home, settings.store_url, facts.version)
        own = rights.own()
        if own is not None:
            groups = visible_groups(index, groups, own.keys())
        if not groups:
            empty_state(
                ":material/done_all:",
                "No duplicates",
                "No two pictures that can be found are nearly the same.",
            )
            return
        _show(made, index, groups, own)


def visible_groups(
    index: ImageIndex, groups: Sequence[DuplicateGroup], own: Collection[str]
) -> list[DuplicateGroup]:
    """The groups among somebody's own pictures.

    Where the best of a group is not theirs, the rest is compared anew by bytes and hashes.
    """
    found = []
    for group in groups:
        others = tuple(other for other in group.others if other.key in own)
        if group.keep in own and others:
            found.append(DuplicateGroup(group.keep, others))
        elif len(others) > 1:
            rows = index.table.rows(one_of_ids([other.key for other in others]), _FACTS)
            found += near_duplicates(rows.rename({"id": "key"}).sort("key"))
    return found


def without_versions(
    groups: Sequence[DuplicateGroup], items: Mapping[str, tuple[Any, ...]]
) -> tuple[list[DuplicateGroup], int]:
    """The groups in which some picture could go, and how many there are besides.

    `items` tells of which item of which job each picture is: those of one are versions of it, as
    they were asked for.
    """
    found = [
        group
        for group in groups
        if any(items.get(other.key) != items.get(group.keep) for other in group.others)
    ]
    return found, len(groups) - len(found)


def why_words(why: str) -> str:
    """How two pictures are known to be nearly the same, for people."""
    kind, _, rest = why.partition(", ")
    if kind == "same bytes":
        return "The same file."
    if kind == "perceptual hash":
        return f"Looks the same: {rest.removesuffix(' apart')} of its pattern differ."
    return f"Very much alike: {float(rest.removesuffix(' alike')):.0%}."


def why_kept(keep: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> str:
    """Why one of a group is the one to keep, from the rows of the index."""
    sharpest = max((other["sharpness"] or 0.0 for other in others), default=0.0)
    largest = max((_pixels(other) for other in others), default=0)
    if (keep["sharpness"] or 0.0) * (1 - SHARPNESS_TOLERANCE) > sharpest:
        return "The sharpest."
    if _pixels(keep) > largest:
        return "As sharp as the others, and the largest."
    return "As good as the others."


def _show(
    made: JobDesk,
    index: ImageIndex,
    groups: Sequence[DuplicateGroup],
    own: Mapping[str, tuple[str, str, str]] | None,
) -> None:
    every = {key for group in groups for key in (group.keep, *(o.key for o in group.others))}
    items = {
        key: tuple(item)
        for key, *item in index.table.rows(one_of_ids(every), ("id", *_ITEM)).iter_rows()
    }
    copies, versions = without_versions(groups, items)
    if versions and st.toggle(
        f"Also show {plural(versions, 'group')} of versions of one file",
        key="versions",
        help="Such as one view on two backgrounds. They were asked for, so none is a copy too "
        "many.",
    ):
        copies = list(groups)
    if not copies:
        empty_state(
            ":material/done_all:",
            "No copies too many",
            "Only versions of one file are nearly the same, and these were asked for.",
        )
        return
    groups = copies
    spare = sum(items.get(o.key) != items.get(g.keep) for g in groups for o in g.others)
    st.markdown(
        f"**{plural(len(groups), 'group')}**, with {plural(spare, 'picture')} that could go. "
        "Nothing is removed here: rows and links name these pictures, so a person decides."
    )
    pages = -(-len(groups) // _GROUPS)
    page = st.pagination(pages, key="duplicates page") if pages > 1 else 1
    shown = groups[(page - 1) * _GROUPS : page * _GROUPS]
    keys = [key for group in shown for key in _keys(group)]
    rows = {row["id"]: row for row in index.table.rows(one_of_ids(keys), _FACTS).to_dicts()}
    if own is not None:
        for key in rows.keys() & own.keys():
            rows[key] |= dict(zip(("job", "item", "filename"), own[key], strict=True))
    small = dict(zip(keys, made.thumbnails.of(keys), strict=True))
    for group in shown:
        _show_group(made, group, rows, small)


def _show_group(
    made: JobDesk,
    group: DuplicateGroup,
    rows: Mapping[str, Mapping[str, Any]],
    small: Mapping[str, bytes | None],
) -> None:
    whys = {other.key: why_words(other.why) for other in group.others}
    there = [key for key in _keys(group) if key in rows]
    others = [rows[key] for key in there if key != group.keep]
    with st.container(border=True), st.grid("auto", min_column_width=190):
        for key in there:
            row = rows[key]
            is_kept = key == group.keep
            with st.container(key=f"match-{key}", gap="xsmall"):
                if is_kept:
                    st.badge("Keep", icon=":material/star:", color="green")
                elif _item(row) == _item(rows[group.keep]):
                    st.badge("Another version", icon=":material/layers:", color="blue")
                else:
                    st.badge("Could go", icon=":material/content_copy:", color="gray")
                if (picture := small[key]) is not None:
                    st.image(picture, alt=row["filename"], width="stretch")
                stored = made.deployment.store.head(key)
                size = f", {file_size(stored.bytes)}" if stored else ""
                st.text(row["filename"])
                st.caption(
                    f"{pipeline_name(row['pipeline'])}, {row['width_px']:,} by "
                    f"{row['height_px']:,} px{size}"
                )
                st.caption(why_kept(row, others) if is_kept else whys[key])
    if (hidden := 1 + len(group.others) - len(_keys(group))) > 0:
        st.caption(f"And {plural(hidden, 'more picture')} of this group.")


def _item(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _ITEM)


def _keys(group: DuplicateGroup) -> list[str]:
    return [group.keep, *(other.key for other in group.others[: _SHOWN - 1])]


def _pixels(row: Mapping[str, Any]) -> int:
    return (row["width_px"] or 0) * (row["height_px"] or 0)


@st.cache_resource(max_entries=4, show_spinner="Comparing the pictures with each other")
def _groups(home: Path, store: str, version: int) -> list[DuplicateGroup]:
    """The groups of one version of the index, of the installation that is named."""
    return desk().deployment.fashion.image_index.duplicates()
