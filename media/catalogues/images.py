"""The pictures that a catalogue names."""

import re
from typing import Literal

import polars as pl

from media.catalogues.reading import read_catalogue
from media.pipelines.catalogue import CatalogueParameters

# What `media.keys.original` and `media.keys.output` make; a folder of somebody's own that is
# called so is none.
_KEY = re.compile(r"originals/[0-9a-f]{2}/[^/]+|outputs/[^/]+/[^/]+/[^/]+/[^/]+")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://|data:")


def image_references(data: bytes, filename: str, options: CatalogueParameters) -> tuple[str, ...]:
    """The distinct pictures of a file's good rows, in their order; errors as `read_catalogue`."""
    return referenced_images(read_catalogue(data, filename, options).rows)


def referenced_images(rows: pl.DataFrame) -> tuple[str, ...]:
    """The distinct pictures of good rows: of products theirs, of ateliers their portfolios."""
    ready = rows.filter(pl.col("status") == "ready")
    is_products = "image" in rows.columns
    named = ready["image"] if is_products else ready["portfolio"].explode()
    return tuple(named.drop_nulls().unique(maintain_order=True))


def kind_of_reference(reference: str) -> Literal["url", "key", "path"]:
    """Whether a picture's name is an address, a key of the store, or a path beside the file."""
    if _URL.match(reference):
        return "url"
    is_key = _KEY.fullmatch(reference) and not {".", ".."} & set(reference.split("/"))
    return "key" if is_key else "path"
