"""Output paths: where a job's outputs lie when they leave the store, under names people know."""

import tempfile
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from media.keys import safe_segment
from resources.job_records import ItemRecord, OutputRecord
from resources.object_store import ObjectStore


def output_paths(items: Sequence[ItemRecord]) -> Iterator[tuple[OutputRecord, PurePosixPath]]:
    """Each output and its `<upload's name>/<rendition>.<ext>`.

    Two uploads of one name are told apart by their item numbers. A path never leads out of the
    folder that it is put into.
    """
    names = [safe_segment(item.filename.rsplit("/", 1)[-1]) for item in items]
    counts = Counter(names)
    for item, name in zip(items, names, strict=True):
        folder = name if counts[name] == 1 else f"{name}~{item.item}"
        for output in item.outputs:
            suffix = PurePosixPath(output.key).suffix
            yield output, PurePosixPath(folder) / f"{safe_segment(output.name)}{suffix}"


def zipped_outputs(
    items: Sequence[ItemRecord], wanted: Collection[str], store: ObjectStore
) -> BinaryIO:
    """A zip file of the outputs whose keys are `wanted`, read from its start; close it.

    It lies on the disk without a name, and one picture at a time is in memory.
    """
    made = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - whoever reads it closes it
    # Pictures are as small as they get already.
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for output, path in output_paths(items):
            if output.key in wanted and (data := store.find(output.key)) is not None:
                archive.writestr(str(path), data)
    made.seek(0)
    return made
