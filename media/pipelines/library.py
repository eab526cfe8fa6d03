"""The library pipeline: any image or PDF into its web variants."""

from dataclasses import replace
from typing import Annotated, Self

import polars as pl
from pydantic import AfterValidator, Field, model_validator

from media.geometry import Anchor, Fit
from media.page_ranges import parse_pages
from media.parameter_types import Color, Names
from media.pipeline import Pipeline, PipelineParameters
from media.presets import (
    DEFAULT_PDF_PRESETS,
    DEFAULT_PRESETS,
    IMAGE_PRESETS,
    OUTPUT_FORMATS,
    PDF_PRESETS,
    RenditionSpec,
    select_presets,
)
from media.sizes import parse_size
from media.tables import Column, Table
from media.watermarks import TextWatermark

KINDS = frozenset({"image", "pdf"})
"""Kinds of media this pipeline takes."""


def _pages(value: str) -> str:
    parse_pages(value)
    return value


StoredFile = Annotated[
    str,
    Field(
        pattern=r"^originals/[0-9a-f]{2}/[0-9a-f]{64}\.[a-z0-9]{1,8}$",
        json_schema_extra={"file": True},
    ),
]
"""A file that belongs to the request; the command line stores it and puts its key here."""


class LibraryParameters(PipelineParameters):
    """How the variants of a job's images and PDFs are made."""

    presets: Annotated[Names, Field(description=f"image presets: {', '.join(IMAGE_PRESETS)}")] = (
        DEFAULT_PRESETS
    )
    sizes: Annotated[Names, Field(description="further image sizes: 800x600, 800x or x600")] = ()
    fit: Annotated[Fit | None, Field(description="how a picture meets its size")] = None
    anchor: Annotated[Anchor | None, Field(description="what a crop keeps")] = None
    format: Annotated[
        str | None, Field(description=f"format of all variants: {', '.join(OUTPUT_FORMATS)}")
    ] = None
    quality: Annotated[int | None, Field(ge=1, le=100, description="1 to 100")] = None
    enlarge: Annotated[bool, Field(description="let small originals grow")] = False
    background: Annotated[Color, Field(description="behind transparency and padding")] = "#ffffff"
    animated: Annotated[bool, Field(description="keep animations, as WebP")] = False

    watermark_text: Annotated[str | None, Field(description="line of text over each variant")] = (
        None
    )
    watermark_image: Annotated[
        StoredFile | None, Field(description="logo over each variant: a file")
    ] = None
    watermark_position: Annotated[Anchor, Field(description="where")] = Anchor.BOTTOM_RIGHT
    watermark_opacity: Annotated[float, Field(gt=0, le=1, description="up to 1")] = 0.5
    watermark_color: Annotated[Color, Field(description="of the text")] = "#ffffff"
    watermark_size_px: Annotated[int, Field(ge=1, description="of the text")] = 24
    watermark_shadow: Annotated[bool, Field(description="behind the text")] = True
    watermark_scale: Annotated[
        float, Field(gt=0, le=1, description="width of the logo as a part of the variant's")
    ] = 0.2
    watermark_font: Annotated[
        StoredFile | None, Field(description="font of the text: a TrueType or OpenType file")
    ] = None

    pages: Annotated[
        str, AfterValidator(_pages), Field(description="PDF pages: 1, 1-3, 2,5-7 or all")
    ] = "1"
    pdf_presets: Annotated[Names, Field(description=f"page presets: {', '.join(PDF_PRESETS)}")] = (
        DEFAULT_PDF_PRESETS
    )
    pdf_format: Annotated[str, Field(pattern="^(png|jpeg|webp)$", description="of pages")] = "jpeg"

    @model_validator(mode="after")
    def _buildable(self) -> Self:
        """Every value that the media functions would refuse is refused here, by name."""
        if not self.image_specs:
            raise ValueError("presets and sizes are both empty; name at least one")
        if not self.page_specs:
            raise ValueError("pdf_presets is empty; name at least one")
        names = [spec.name for spec in self.image_specs]
        if doubled := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"sizes: {', '.join(sorted(doubled))} is given twice")
        if self.watermark_text is not None and self.watermark_image:
            raise ValueError("give watermark_text or watermark_image, not both")
        if self.watermark_text is not None:
            try:
                TextWatermark(self.watermark_text)
            except ValueError as error:
                raise ValueError(f"watermark_text: {error}") from error
        return self

    @property
    def image_specs(self) -> tuple[RenditionSpec, ...]:
        """The renditions of an image."""
        specs = select_presets(self.presets) + tuple(parse_size(size) for size in self.sizes)
        return tuple(self._adjusted(spec) for spec in specs)

    @property
    def page_specs(self) -> tuple[RenditionSpec, ...]:
        """The renditions of a PDF page."""
        return select_presets(
            self.pdf_presets, PDF_PRESETS, format=self.pdf_format, quality=self.quality
        )

    def _adjusted(self, spec: RenditionSpec) -> RenditionSpec:
        return replace(
            spec,
            fit=self.fit or spec.fit,
            anchor=self.anchor or spec.anchor,
            format=self.format or spec.format,
            quality=self.quality or spec.quality,
        )


_RENDITION_COLUMNS = (
    Column("format", pl.String(), "Format of the rendition: webp, jpeg, png or avif."),
    Column("width_px", pl.Int64(), "Width in pixels."),
    Column("height_px", pl.Int64(), "Height in pixels."),
    Column("frames", pl.Int64(), "Frames; more than 1 in an animation."),
    Column("bytes", pl.Int64(), "Size in bytes."),
    Column("key", pl.String(), "Where the rendition lies in the store; equal ones share a key."),
    Column("content_sha256", pl.String(), "SHA-256 of the rendition's own bytes."),
    Column("sha256", pl.String(), "SHA-256 of the original it was made from."),
    Column("recipe", pl.String(), "Digest of how it was made; the same recipe is made once."),
)

UPLOADS = Table(
    "uploads",
    "Every file of every library job: what it is, and whether it was taken.",
    (
        Column("filename", pl.String(), "Name as uploaded, with the path below the inbox."),
        Column("sha256", pl.String(), "SHA-256 of the bytes as uploaded."),
        Column("bytes", pl.Int64(), "Size in bytes."),
        Column("kind", pl.String(), "image or pdf."),
        Column("format", pl.String(), "Format read from the bytes, whatever the name says."),
        Column("width_px", pl.Int64(), "Width in pixels, upright; of a PDF's first page, points."),
        Column("height_px", pl.Int64(), "Height in pixels, upright; of a PDF, points."),
        Column("pages", pl.Int64(), "Pages of a PDF."),
        Column("frames", pl.Int64(), "Frames of an image; more than 1 in an animation."),
        Column("has_alpha", pl.Boolean(), "Whether some of an image may be transparent."),
        Column("perceptual_hash", pl.String(), "64-bit DCT hash, hex; near pictures, near hashes."),
        Column("key", pl.String(), "Where the bytes lie: originals/, or refused/ for a time."),
    ),
)

IMAGE_VARIANTS = Table(
    "image_variants",
    "The web renditions of every image; a row with a reason where none could be made.",
    (
        Column("filename", pl.String(), "Name of the upload."),
        Column("name", pl.String(), "Preset or size."),
        *_RENDITION_COLUMNS,
    ),
)

PDF_PAGES = Table(
    "pdf_pages",
    "Pictures of the pages of every PDF; a row with a reason where none could be made.",
    (
        Column("filename", pl.String(), "Name of the upload."),
        Column("name", pl.String(), "Page and preset: page-0001-md."),
        Column("page", pl.Int64(), "Page of the document, from 1."),
        *_RENDITION_COLUMNS,
    ),
)

PIPELINE = Pipeline(
    name="library",
    description="Images and PDFs into web variants",
    parameters=LibraryParameters,
    tables=(UPLOADS, IMAGE_VARIANTS, PDF_PAGES),
    published=("image_variants", "pdf_pages"),
    percent_at_end=(20, 80, 100),
)
