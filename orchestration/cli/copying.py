"""Copying a job's outputs to a folder, under names that people recognize."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from pathlib import Path

from media.keys import safe_segment
from media.reviews import Decision
from resources.job_records import JobDetails, OutputRecord
from resources.object_store import ObjectStore


class LeftOut(StrEnum):
    """Why outputs are not copied, as it is said of how many there are."""

    REPORTED = "were reported and are withheld"
    REJECTED = "were rejected and are left out"
    NOT_APPROVED = "are not approved; showroom review decides"
    FOR_REVIEW = "wait for review; approve them, or --unreviewed copies them too"


def left_out(
    job: JobDetails,
    reported: Collection[str],
    decisions: Mapping[str, Decision],
    *,
    unreviewed: bool = False,
    approved: bool = False,
) -> dict[str, LeftOut]:
    """The keys of a job's outputs that are not to be copied, each with why.

    Reported pictures are never, whatever was decided, nor rejected ones. What a person has
    approved counts as reviewed; with `approved` nothing else is copied.
    """

    def why(output: OutputRecord) -> LeftOut | None:
        decision = decisions.get(output.key, Decision(output.key)).decision
        if output.key in reported:
            return LeftOut.REPORTED
        if decision == "rejected":
            return LeftOut.REJECTED
        if decision == "approved":
            return None
        if approved:
            return LeftOut.NOT_APPROVED
        return LeftOut.FOR_REVIEW if output.needs_review and not unreviewed else None

    outputs = [output for item in job.items for output in item.outputs]
    return {output.key: reason for output in outputs if (reason := why(output)) is not None}


def copy_outputs(
    job: JobDetails,
    store: ObjectStore,
    folder: Path,
    withheld: Collection[str] = (),
    *,
    unreviewed: bool = False,
) -> list[tuple[str, Path]]:
    """Copy every output to `folder/<upload's name>/<rendition>.<ext>`; (key, path) of each.

    Keys that are `withheld` are left out, see `left_out`, and so is what a person should look at
    first, unless `unreviewed`.

    Two uploads of one name are told apart by their item numbers. A name never leads out of
    `folder`.
    """
    names = [_folder_name(item.filename) for item in job.items]
    copied = []
    for item, name in zip(job.items, names, strict=True):
        unique = name if names.count(name) == 1 else f"{name}~{item.item}"
        for output in item.outputs:
            if output.key in withheld or (output.needs_review and not unreviewed):
                continue
            path = folder / unique / f"{safe_segment(output.name)}{Path(output.key).suffix}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(store.get(output.key))
            copied.append((output.key, path))
    return copied


def _folder_name(filename: str) -> str:
    return safe_segment(filename.rsplit("/", 1)[-1])
