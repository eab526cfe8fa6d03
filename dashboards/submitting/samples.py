"""Samples: files of our own for whoever wants to try a pipeline and has none at hand."""

from collections.abc import Sequence
from pathlib import Path

from media.pipeline import Pipeline
from resources.settings import PROJECT_ROOT

_FOLDER = PROJECT_ROOT / "data" / "samples"
_SAMPLES = {
    "library": ("house-at-dusk.jpg", "still-life.heic", "brochure.pdf"),
    "staging": ("staging/empty-room.jpg",),
    "product_video": ("armchair-turning-round.mp4",),
    "catalogue": ("catalogue/*",),
}
"""Names or patterns, by pipeline; designs need no file."""


def samples_of(pipeline: Pipeline) -> Sequence[Path]:
    """The sample files of a pipeline; none where it has none, or they are not installed."""
    patterns = _SAMPLES.get(pipeline.name, ())
    return [path for pattern in patterns for path in sorted(_FOLDER.glob(pattern))]
