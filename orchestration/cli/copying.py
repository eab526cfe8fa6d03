"""Copying a job's outputs to a folder, under names that people recognize."""

from collections.abc import Collection
from pathlib import Path

from media.keys import safe_segment
from resources.job_records import JobDetails
from resources.object_store import ObjectStore


def copy_outputs(
    job: JobDetails,
    store: ObjectStore,
    folder: Path,
    withheld: Collection[str] = (),
    *,
    unreviewed: bool = False,
) -> list[tuple[str, Path]]:
    """Copy every output to `folder/<upload's name>/<rendition>.<ext>`; (key, path) of each.

    Keys that are `withheld` are left out, see `resources/publishing.py`, and so is what a person
    should look at first, unless `unreviewed`.

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
