"""Pictures that lie beside a catalogue on this machine, so that naming the file is enough."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from media.errors import ShowroomError

if TYPE_CHECKING:
    from media.pipelines.catalogue import CatalogueParameters
    from resources.deployments import Deployment

_MAX_BYTES = 100_000_000


def with_pictures(
    sources: Sequence[Path | str],
    asked: "CatalogueParameters",
    most: int,
    deployment: "Deployment",
) -> list[Path | str]:
    """`sources`, then the pictures that their catalogues name and that lie beside them.

    Only what is below a catalogue's own folder: whoever wrote the catalogue shall not have other
    files of this machine sent. At most `most` sources come back; the import tells what is missing.
    """
    files = [source for source in sources if isinstance(source, Path) and source.is_file()]
    beside = dict.fromkeys(path for file in files for path in _beside(file, asked, deployment))
    there = {file.resolve() for file in files}
    return [*sources, *(path for path in beside if path not in there)][: max(most, len(sources))]


def _beside(catalogue: Path, asked: "CatalogueParameters", deployment: "Deployment") -> list[Path]:
    """The pictures that one file names; none of a file that is no catalogue."""
    from media.catalogues.images import image_references, kind_of_reference

    if catalogue.stat().st_size > _MAX_BYTES:
        return []
    try:
        data = catalogue.read_bytes()
        named = deployment.workers.run(image_references, data, catalogue.name, asked)
    except ShowroomError:
        # A picture, or a catalogue that cannot be read: the import says what is wrong with it.
        return []
    folder = catalogue.parent.resolve()
    paths = [(folder / name).resolve() for name in named if kind_of_reference(name) == "path"]
    return [path for path in paths if path.is_relative_to(folder) and path.is_file()]
