"""Child jobs: what of a job is used again by another, with some parameters changed."""

import json
from collections.abc import Collection, Mapping

import polars as pl
from pydantic import JsonValue

from media.errors import InvalidRequest
from media.pipeline import pipeline_named
from media.requests import JobRequest, Parameters, RequestedItem
from resources.tables import Tables


def originals_of(parent: JobRequest, tables: Tables) -> dict[str, str]:
    """The keys of the originals that a job has stored, by item; refused items have none.

    Raises `InvalidRequest` while the job has not come so far.
    """
    rows = tables.read(pipeline_named(parent.pipeline).first_table, parent.job)
    if rows is None:
        raise InvalidRequest(
            f"job {parent.job} has not taken its files in yet; wait until it has run"
        )
    ready = rows.filter(pl.col("status") == "ready", pl.col("key").is_not_null())
    return dict(ready.select("item", "key").rows())


def items_again(
    parent: JobRequest, originals: Mapping[str, str], wanted: Collection[str] | None
) -> list[RequestedItem]:
    """The items of `parent` that are wanted and have originals; None means all.

    Raises `InvalidRequest` for an item that the job does not have, and when nothing is left.
    """
    known = [item.item for item in parent.items]
    if unknown := sorted(set(wanted or ()) - set(known)):
        raise InvalidRequest(
            f"job {parent.job} has no item {', '.join(unknown)}; its items are {known[0]} to "
            f"{known[-1]}"
        )
    asked = [item for item in parent.items if wanted is None or item.item in wanted]
    left = [item for item in asked if item.item in originals]
    if not left:
        raise InvalidRequest(
            f"nothing of job {parent.job} can be used again: it took in none of the items asked "
            "for; submit the files anew"
        )
    return left


def changed(params: Mapping[str, JsonValue], changes: Mapping[str, JsonValue]) -> Parameters:
    """`params` with `changes` on top; a change to None takes a parameter away."""
    return {name: value for name, value in {**params, **changes}.items() if value is not None}


def unchanged(params: Mapping[str, JsonValue], changes: Mapping[str, JsonValue]) -> Parameters:
    """Those of an item's own `params` that `changes`, which are for all items, do not speak of."""
    return {name: value for name, value in params.items() if name not in changes}


def changed_brief(data: bytes, changes: Mapping[str, JsonValue]) -> bytes | None:
    """A design's brief that says what `changes` do, as JSON; None when it need not be changed.

    What a brief's file says counts over the job's parameters, so a change of what it says has to
    be made in the file.
    """
    from media.designs.brief_files import read_brief

    said = read_brief(data)
    if not said.keys() & changes.keys():
        return None
    return json.dumps(changed(said, changes), indent=1, sort_keys=True).encode()
