"""Whether the renditions of a file are what was promised: sizes, upright, sRGB, nothing but pixels.

The sizes are worked out here once more, from the presets' plain meaning, and not asked of the
code that is judged.
"""

import warnings
from collections.abc import Sequence
from io import BytesIO

import numpy as np
import numpy.typing as npt
import pillow_heif
from PIL import Image, ImageOps

from benchmarks.outcomes import Row
from media.presets import DEFAULT_PDF_PRESETS, DEFAULT_PRESETS, IMAGE_PRESETS, PDF_PRESETS
from resources.object_store import ObjectStore

Greys = npt.NDArray[np.float64]

_LIKENESS_PX = (24, 24)
_LEAST_CORRELATION = 0.9
_SMALLEST_PX = 16
"""Width or height below which a lossy encoder changes more than there is to compare."""
_FLAT = 4.0
"""Standard deviation of grey levels below which there is nothing to see."""
_DEEP = {"I;16": 1 / 257, "I;16B": 1 / 257, "I": 1 / 257}
_METADATA = {"exif", "xmp", "icc_profile", "XML:com.adobe.xmp", "comment", "photoshop"}


def wrong_with_image(
    rows: Sequence[Row],
    size_px: tuple[float, float],
    reference: Image.Image | None,
    store: ObjectStore,
) -> str | None:
    """What is wrong with an image's renditions, or None.

    `size_px` is the upright size of the original, `reference` an upright picture of it.
    """
    width, height = size_px
    wanted: dict[str, tuple[float, float]] = {}
    for name in DEFAULT_PRESETS:
        spec = IMAGE_PRESETS[name]
        if spec.height_px is None:
            across = min(spec.width_px or width, width)
            wanted[name] = (across, height * across / width)
        else:
            side = min(spec.height_px, width, height)
            wanted[name] = (side, side)
    likeness = _likeness(reference) if reference else None
    return _wrong(rows, wanted, store, likeness, 0.0)


def wrong_with_page(
    rows: Sequence[Row], size_pt: tuple[float, float], precision_pt: float, store: ObjectStore
) -> str | None:
    """What is wrong with the renditions of a document's first page, or None.

    `size_pt` is the page's size, known to within `precision_pt`.
    """
    width, height = size_pt
    wanted: dict[str, tuple[float, float]] = {}
    for name in DEFAULT_PDF_PRESETS:
        spec = PDF_PRESETS[name]
        scale = min((spec.width_px or width) / width, (spec.height_px or float("inf")) / height)
        wanted[f"page-0001-{name}"] = (width * scale, height * scale)
    return _wrong(rows, wanted, store, None, precision_pt / min(size_pt))


def upright_picture(data: bytes) -> Image.Image:
    """An original as a plain script would read it; raises what Pillow raises."""
    pillow_heif.register_heif_opener()
    with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(data)) as opened:
        upright = ImageOps.exif_transpose(opened)
    if scale := _DEEP.get(upright.mode):
        upright = upright.convert("I").point(lambda level: level * scale)
    return upright.convert("RGBA")


def _wrong(
    rows: Sequence[Row],
    wanted: dict[str, tuple[float, float]],
    store: ObjectStore,
    likeness: Greys | None,
    size_error: float,
) -> str | None:
    if missing := wanted.keys() - {row["name"] for row in rows}:
        return f"no {', '.join(sorted(missing))}"
    for row in rows:
        with Image.open(BytesIO(store.get(row["key"]))) as picture:
            picture.load()
            problem = _wrong_pixels(picture, wanted[row["name"]], size_error)
            # One look is enough, and only a whole picture looks like its original.
            if not problem and likeness is not None and row["name"] == "sm":
                problem = _unlike(picture, likeness)
        if problem:
            return f"{row['name']} {problem}"
    return None


def _wrong_pixels(picture: Image.Image, size: tuple[float, float], size_error: float) -> str | None:
    """`size_error` is how far off `size` itself may be, as a part of it."""
    if any(
        abs(is_px - max(1, should)) > 1 + should * size_error
        for is_px, should in zip(picture.size, size, strict=True)
    ):
        return f"is {picture.size}, should be {round(size[0])} x {round(size[1])}"
    if picture.mode not in ("RGB", "RGBA"):
        return f"is {picture.mode}, not sRGB"
    if found := _METADATA & picture.info.keys():
        return f"carries {', '.join(sorted(found))}"
    if picture.getexif():
        return "carries EXIF"
    return None


def _unlike(picture: Image.Image, likeness: Greys) -> str | None:
    """Correlation, because gamma and bit depth, which Pillow alone gets wrong, hardly change it."""
    greys = _likeness(picture)
    if min(picture.size) < _SMALLEST_PX or min(greys.std(), likeness.std()) < _FLAT:
        return None
    correlation = float(np.corrcoef(greys.ravel(), likeness.ravel())[0, 1])
    if correlation >= _LEAST_CORRELATION:
        return None
    return f"does not look like its upright original: correlation {correlation:.2f}"


def _likeness(picture: Image.Image) -> Greys:
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture.convert("RGBA"))
    small = paper.convert("L").resize(_LIKENESS_PX, Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float64)
