"""The catalogue pipeline: products and ateliers from files, as rows, vectors and an index."""

import re
from typing import Annotated, Any, Literal

import polars as pl
from pydantic import BeforeValidator, Field

from media.parameter_types import Names
from media.pipeline import Pipeline, PipelineParameters
from media.tables import Column, Table

KINDS = frozenset({"catalogue", "image"})
"""Kinds of files this pipeline takes: the images are those that its catalogues name."""

AVAILABILITIES = ("in_stock", "limited", "preorder", "out_of_stock", "unknown")

PRICE = pl.Decimal(18, 4)
"""Prices are exact: no currency has more than four decimals."""


def _pairs(value: Any) -> Any:
    """A mapping may be given as `id=SKU,price=Net price`, as on a command line."""
    if not isinstance(value, str):
        return value
    parts = [part for part in value.split(",") if part.strip()]
    if wrong := [part for part in parts if "=" not in part]:
        raise ValueError(f"{wrong[0]!r} is not of the form field=column")
    return {name.strip(): column.strip() for name, column in (p.split("=", 1) for p in parts)}


def _currency(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", value):
        raise ValueError("a currency has three letters, such as USD")
    return value.upper()


Currency = Annotated[str, BeforeValidator(_currency)]
"""An ISO 4217 code."""

Name = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[\w][\w .-]*$")]


class CatalogueParameters(PipelineParameters):
    """How a catalogue's files are read and what becomes of earlier imports."""

    catalogue: Annotated[
        Name, Field(description="name of the catalogue; product ids are its own")
    ] = "main"
    contents: Annotated[
        Literal["auto", "products", "ateliers"],
        Field(description="products or ateliers; auto: told by the columns"),
    ] = "auto"
    columns: Annotated[
        dict[str, str],
        BeforeValidator(_pairs),
        Field(
            default_factory=dict,
            description="where our names are not found: id=SKU,price=Net price",
        ),
    ]
    currency: Annotated[Currency, Field(description="of prices that name none")] = "USD"
    fetch_images: Annotated[
        Literal["new", "all", "none"],
        Field(description="which pictures that are URLs are fetched: new, all anew, or none"),
    ] = "new"
    remove_missing: Annotated[
        bool, Field(description="whether what the catalogue had and the files lack is removed")
    ] = False
    remove: Annotated[Names, Field(description="ids of products to remove; needs no file")] = ()


_FILENAME = Column("filename", pl.String(), "Name of the file it came from.")
_LINE = Column("line", pl.Int64(), "Line or number of the entry in its file, from 1.")
_CATALOGUE = Column("catalogue", pl.String(), "Name of the catalogue.")
_PRODUCT = Column("product", pl.String(), "The product's id in its catalogue.")
_CURRENCY = Column("currency", pl.String(), "ISO 4217 code of the prices.")
_SHA256 = Column("sha256", pl.String(), "SHA-256 of the picture's bytes as they came.")
_EMBEDDER = (
    Column("embedder", pl.String(), "Who made the vector."),
    Column("embedder_version", pl.String(), "Version; vectors of two are not compared."),
)

CATALOGUE_FILES = Table(
    "catalogue_files",
    "Every file of every job: what it is, and how much of it was understood.",
    (
        _FILENAME,
        Column("sha256", pl.String(), "SHA-256 of the bytes as uploaded."),
        Column("bytes", pl.Int64(), "Size in bytes."),
        Column("kind", pl.String(), "products, ateliers, image, or parameters."),
        Column("format", pl.String(), "csv, json, jsonl, parquet, or the image's format."),
        Column("rows", pl.Int64(), "Entries found; null for an image."),
        Column("bad_rows", pl.Int64(), "Of these, how many were not taken."),
        Column("columns", pl.List(pl.String()), "What was read as what: price=Variant Price."),
        Column("ignored", pl.List(pl.String()), "Columns that mean nothing to us."),
        Column("key", pl.String(), "Where the bytes lie; those with contacts are encrypted."),
    ),
)

PRODUCTS = Table(
    "products",
    "Every product of every import, and every entry that was not taken, with its reason.",
    (
        *(_FILENAME, _LINE, _CATALOGUE, _PRODUCT),
        Column("name", pl.String(), "What it is called."),
        Column("description", pl.String(), "What it is, without markup."),
        Column("category", pl.String(), "Its main category."),
        Column("tags", pl.List(pl.String()), "Further categories and words."),
        Column("brand", pl.String(), "Brand, or vendor."),
        Column("price", PRICE, "What it costs; of several variants the least."),
        Column("price_to", PRICE, "What the dearest variant costs."),
        _CURRENCY,
        Column("variants", pl.Int64(), "Variants it comes in."),
        Column("availability", pl.String(), f"{', '.join(AVAILABILITIES)}."),
        Column("rating", pl.Float64(), "0 to 5; null when nobody rated it."),
        Column("url", pl.String(), "Its page."),
        Column("image", pl.String(), "Its picture as the catalogue names it."),
        Column("is_removed", pl.Boolean(), "Whether this import removes it."),
    ),
)

PRODUCT_EMBEDDINGS = Table(
    "product_embeddings",
    "The vector of each product's picture; a row with a reason where there is none.",
    (
        *(_FILENAME, _LINE, _CATALOGUE, _PRODUCT),
        Column("image", pl.String(), "The picture as the catalogue names it."),
        Column("key", pl.String(), "Where the picture lies in the store."),
        _SHA256,
        *_EMBEDDER,
        Column("vector", pl.List(pl.Float32()), "Length 1; its parts are the embedder's."),
        Column("seconds", pl.Float64(), "How long it took."),
    ),
)

PRODUCT_INDEX = Table(
    "product_index",
    "What each import has changed in the index that searches ask.",
    (
        *(_CATALOGUE, *_EMBEDDER),
        Column("upserted", pl.Int64(), "Products added or updated."),
        Column("removed", pl.Int64(), "Products removed."),
        Column("products", pl.Int64(), "Products of all catalogues in the index afterwards."),
        Column("with_vector", pl.Int64(), "Of these, how many have a picture's vector."),
        Column("index", pl.String(), "How it is searched: exact, or the kind of index."),
        Column("index_version", pl.Int64(), "Version of the index's table."),
    ),
)

ATELIERS = Table(
    "ateliers",
    "Every atelier of every import; contacts are encrypted.",
    (
        *(_FILENAME, _LINE, _CATALOGUE),
        Column("atelier", pl.String(), "The atelier's id in its catalogue."),
        Column("name", pl.String(), "What it is called."),
        Column("location", pl.String(), "Where it is."),
        Column("specialization", pl.String(), "What it is best at, in its own words."),
        Column("categories", pl.List(pl.String()), "Garments it makes."),
        Column("price_from", PRICE, "Least it works for."),
        Column("price_to", PRICE, "Most it usually takes; null: no limit."),
        _CURRENCY,
        Column("complexity_from", pl.Float64(), "Simplest work it takes, 0 to 1."),
        Column("complexity_to", pl.Float64(), "Most intricate work it takes, 0 to 1."),
        Column("rating", pl.Float64(), "0 to 5; null when nobody rated it."),
        Column("portfolio", pl.List(pl.String()), "Pictures of its work, as the file names them."),
        Column("url", pl.String(), "Its page."),
        Column("contact", pl.String(), "Encrypted; null when there is none."),
        Column("is_removed", pl.Boolean(), "Whether this import removes it."),
    ),
)

PIPELINE = Pipeline(
    name="catalogue",
    description="Catalogues of products and ateliers, to be searched and matched",
    parameters=CatalogueParameters,
    tables=(CATALOGUE_FILES, PRODUCTS, ATELIERS, PRODUCT_EMBEDDINGS, PRODUCT_INDEX),
    published=(),
    percent_at_end=(10, 20, 22, 90, 100),
    enough_without_files=("remove",),
    optional=("product_embeddings", "product_index"),
)
