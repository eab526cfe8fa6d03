"""The bare side: a competent plain loop that makes the same files, and nothing else.

    python -m benchmarks.bare_pillow FOLDER TARGET RECIPE

One process per core, each opens a picture, turns it upright, makes each rendition and writes
it. RECIPE is JSON: {"method", "renditions": [{"name", "width_px", "height_px", "quality"}]}.
It is given and not imported, so that this side imports only what it uses.
"""

import json
import multiprocessing
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pillow_heif
from PIL import Image, ImageOps

_REDUCING_GAP = 2.0


def main(folder: str, target: str, recipe: str) -> None:
    """Make everything; prints how many pictures were made."""
    files = sorted(Path(folder).iterdir())
    make = partial(_make, target=Path(target), recipe=json.loads(recipe))
    with multiprocessing.Pool(initializer=pillow_heif.register_heif_opener) as pool:
        print(sum(pool.imap_unordered(make, files, chunksize=2)))


def _make(path: Path, target: Path, recipe: dict[str, Any]) -> bool:
    try:
        with Image.open(path) as opened:
            upright = ImageOps.exif_transpose(opened)
        picture = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
        for wanted in recipe["renditions"]:
            rendition = _fitted(picture, wanted["width_px"], wanted["height_px"])
            rendition.save(
                target / f"{path.stem}-{wanted['name']}.webp",
                quality=wanted["quality"],
                method=recipe["method"],
            )
    except Exception:  # noqa: BLE001 - what a plain script does with a bad file
        return False
    return True


def _fitted(picture: Image.Image, width_px: int, height_px: int | None) -> Image.Image:
    """Never enlarged: cropped to the box where it has two sides, else no wider than it."""
    if height_px is not None:
        side = min(width_px, height_px, *picture.size)
        return ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS)
    rendition = picture.copy()
    rendition.thumbnail(
        (width_px, sys.maxsize), Image.Resampling.LANCZOS, reducing_gap=_REDUCING_GAP
    )
    return rendition


if __name__ == "__main__":
    main(*sys.argv[1:])
