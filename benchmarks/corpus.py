"""The corpus of real, odd and hostile files with what is to become of each, where it is there."""

import csv
from dataclasses import dataclass
from pathlib import Path

from benchmarks.accounting import PROJECT_ROOT

CORPUS = PROJECT_ROOT.parent / "shared" / "corpus"

_TURNED_ON_ITS_SIDE = 5


@dataclass(frozen=True)
class CorpusFile:
    """One file and what its manifest says; sizes are None where the manifest has none."""

    path: Path
    name: str
    """The path in the corpus, with `/`."""
    kind: str
    category: str
    expected: str
    size_px: tuple[float, float] | None
    """Width and height, upright; of a PDF's first page, points."""

    @property
    def may_be_processed(self) -> bool:
        """Whether something may be made of it."""
        return self.expected in {"process", "either"}

    @property
    def pixels(self) -> float:
        """Width times height, 0 where unknown."""
        return self.size_px[0] * self.size_px[1] if self.size_px else 0.0


def corpus_files(folder: Path = CORPUS) -> list[CorpusFile]:
    """Every file of the manifest, in its order; none where there is no corpus."""
    manifest = folder / "MANIFEST.csv"
    if not manifest.is_file():
        return []
    with manifest.open(encoding="utf-8", newline="") as rows:
        return [_file(row, folder) for row in csv.DictReader(rows)]


def _file(row: dict[str, str], folder: Path) -> CorpusFile:
    size = None
    if row["width"] and row["height"]:
        size = (float(row["width"]), float(row["height"]))
        if int(row["exif_orientation"] or 1) >= _TURNED_ON_ITS_SIDE:
            size = (size[1], size[0])
    return CorpusFile(
        path=folder / row["path"],
        name=row["path"],
        kind=row["kind"],
        category=row["category"],
        expected=row["expected_outcome"],
        size_px=size,
    )
