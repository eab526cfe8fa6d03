"""Copying a job's outputs to a folder, under names that people recognize."""

from collections.abc import Collection
from pathlib import Path

from resources.job_records import JobDetails
from resources.object_store import ObjectStore
from resources.output_paths import output_paths


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
    """
    copied = []
    for output, name in output_paths(job.items):
        if output.key in withheld or (output.needs_review and not unreviewed):
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(store.get(output.key))
        copied.append((output.key, path))
    return copied
