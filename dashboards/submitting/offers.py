"""What each pipeline offers: what comes of what is sent, and which files it takes."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass

from dashboards.words import file_size, plural
from media.designs import brief_files
from media.pipeline import Pipeline
from resources.submissions import Submissions

_IMAGES = ("jpg", "jpeg", "png", "webp", "gif", "tif", "tiff", "bmp", "avif", "heic", "heif")
_EXTENSIONS: Mapping[str, tuple[str, ...]] = {
    "image": _IMAGES,
    "pdf": ("pdf",),
    "video": (
        "mp4",
        "m4v",
        "mov",
        "webm",
        "mkv",
        "avi",
        "mpg",
        "mpeg",
        "3gp",
        "ts",
        "flv",
        "wmv",
        "ogv",
    ),
    "catalogue": ("csv", "tsv", "txt", "json", "jsonl", "ndjson", "parquet"),
}
"""By the kinds of media that a pipeline says it takes."""


@dataclass(frozen=True)
class Offer:
    """One pipeline in people's words."""

    said: str
    """What comes of it."""
    takes: str = "files"
    """What is dropped, in the sentence `Drop ... here`."""
    formats: str = ""
    """Which of these it takes, as a sentence; empty: whatever it is given."""
    to_begin: str = ""
    """What to do where nothing is there to be sent yet."""
    is_about_words: bool = False
    """Whether the settings say what is wanted, and files are the exception."""
    counts_at_most: bool = False
    """Whether it makes fewer pictures than estimated where there is less to see."""


OFFERS: Mapping[str, Offer] = {
    "library": Offer(
        "Every picture and PDF page in the sizes your website, shop and social media need.",
        "images and PDFs",
        "JPEG, PNG, WebP, HEIC, TIFF, AVIF, GIF, BMP or PDF.",
        "Add images or PDFs, or paste their addresses.",
    ),
    "staging": Offer(
        "Photos of rooms: furnished, tidied, emptied, improved or in another style.",
        "photos of rooms",
        "JPEG, PNG, WebP, HEIC, TIFF or AVIF; the longer side has at least 512 pixels.",
        "Add photos of rooms, or paste their addresses.",
    ),
    "product_video": Offer(
        "A clip of a product becomes studio shots of its best views, on four backgrounds.",
        "clips",
        "MP4, MOV, WebM, MKV, AVI, MPEG, 3GP and others.",
        "Add clips, or paste their addresses.",
        counts_at_most=True,
    ),
    "design": Offer(
        "An idea for a garment becomes pictures, with products like it and ateliers to sew it.",
        "briefs",
        "Text or JSON.",
        "Write down your idea, or choose a garment or an occasion.",
        is_about_words=True,
    ),
    "catalogue": Offer(
        "A shop's products or ateliers, read from its own file, to be searched and matched.",
        "the catalogue's file and the pictures it names",
        "CSV, JSON, JSON lines or Parquet, and images beside them.",
        "Add the catalogue's file.",
    ),
}
"""Of the pipelines we know; another one offers what it says of itself."""


def offer_of(pipeline: Pipeline) -> Offer:
    """What a pipeline offers."""
    return OFFERS.get(pipeline.name) or Offer(f"{pipeline.description}.", to_begin="Add files.")


def extensions_of(pipeline: Pipeline) -> tuple[str, ...]:
    """The names' endings of files that a pipeline takes; none: whatever it is given."""
    if pipeline.name == "design":
        return ("txt", "md", "json")
    declared = importlib.import_module(f"media.pipelines.{pipeline.name}")
    kinds = sorted(getattr(declared, "KINDS", ()))
    if not all(kind in _EXTENSIONS for kind in kinds):
        return ()
    return tuple(dict.fromkeys(end for kind in kinds for end in _EXTENSIONS[kind]))


def most_bytes_of(pipeline: Pipeline, submissions: Submissions) -> int:
    """The largest file that a pipeline takes."""
    most_bytes = submissions.max_bytes(pipeline)
    return min(most_bytes, brief_files.MAX_BYTES) if pipeline.name == "design" else most_bytes


def limits_of(pipeline: Pipeline, most_bytes: int) -> str:
    """Which files, how many and how large, in sentences."""
    size = file_size(most_bytes).replace(".0 ", " ")
    limits = f"Up to {plural(pipeline.max_items, 'file')}, at most {size} each."
    return f"{offer_of(pipeline).formats} {limits}".strip()
