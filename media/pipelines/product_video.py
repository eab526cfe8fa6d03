"""The product_video pipeline: the best frame of every view of a clip, as studio shots."""

from typing import Annotated, Literal, Self

import polars as pl
from pydantic import Field, model_validator

from media.parameter_types import Color, Names
from media.pipeline import Pipeline, PipelineParameters
from media.provenance import PROVENANCE_COLUMNS
from media.sizes import parse_size
from media.tables import Column, Table

KINDS = frozenset({"video"})
"""Kinds of media this pipeline takes."""

VERSIONS = ("transparent", "solid", "real", "creative")
"""Backgrounds a product can be shown on."""


_SIDES_PX = (64, 3072)
"""A worker makes pictures of these sides within its memory."""


class ProductVideoParameters(PipelineParameters):
    """How frames are chosen from a clip, and what is made of them.

    Defaults of the scoring and selection are those of the service this one replaces.
    """

    fps: Annotated[
        float | None, Field(ge=1, le=30, description="frames a second to score; all when not set")
    ] = None
    motion_weight: Annotated[
        float, Field(ge=0, le=10, description="how much motion counts against sharpness")
    ] = 0.2
    min_sharpness: Annotated[
        float, Field(ge=0, description="frames less sharp than this are dropped")
    ] = 5.0
    candidates: Annotated[int, Field(ge=1, le=100, description="frames chosen of a clip")] = 24
    min_gap_s: Annotated[
        float, Field(ge=0, le=1, description="seconds between two chosen frames, up to 1")
    ] = 0.3
    max_views: Annotated[int, Field(ge=1, le=24, description="views kept of one product")] = 5

    versions: Annotated[Names, Field(description=f"backgrounds: {', '.join(VERSIONS)}")] = VERSIONS
    color: Annotated[
        Color | None, Field(description="of the solid background; else as recommended")
    ] = None
    real_setting: Annotated[
        str | None, Field(max_length=500, description="words for the real background")
    ] = None
    creative_setting: Annotated[
        str | None, Field(max_length=500, description="words for the creative background")
    ] = None
    sizes: Annotated[Names, Field(description="WIDTHxHEIGHT in pixels, one or more")] = (
        "1600x1600",
    )
    format: Annotated[Literal["webp", "png", "jpeg"], Field(description="webp, png or jpeg")] = (
        "webp"
    )
    quality: Annotated[int, Field(ge=1, le=100, description="1 to 100")] = 90
    padding: Annotated[
        float, Field(ge=0, le=0.4, description="free on each side, as a part of the picture")
    ] = 0.12
    seed: Annotated[int, Field(ge=1, le=4294967295, description="of made backgrounds")] = 1

    @model_validator(mode="after")
    def _buildable(self) -> Self:
        """Every value that the media functions would refuse is refused here, by name."""
        if not self.versions or not self.sizes:
            raise ValueError("versions and sizes: name at least one of each")
        if unknown := set(self.versions) - set(VERSIONS):
            raise ValueError(
                f"versions: {', '.join(sorted(unknown))} is none of {', '.join(VERSIONS)}"
            )
        _ = self.sizes_px
        return self

    @property
    def sizes_px(self) -> tuple[tuple[int, int], ...]:
        """The sizes asked for, (width, height) each."""
        found = []
        for text in dict.fromkeys(self.sizes):
            spec = parse_size(text)
            if not spec.width_px or not spec.height_px:
                raise ValueError(f"sizes: {text} needs a width and a height")
            if not all(_SIDES_PX[0] <= side <= _SIDES_PX[1] for side in spec.box_px if side):
                low, high = _SIDES_PX
                raise ValueError(f"sizes: a side of {text} is not {low} to {high} pixels")
            found.append((spec.width_px, spec.height_px))
        return tuple(found)


_FILENAME = Column("filename", pl.String(), "Name of the upload, or of the URL's file.")
_SECOND = Column("second", pl.Int64(), "Second of the clip, from 0.")
_FRAME = Column("frame", pl.Int64(), "Number of the frame in the clip as decoded, from 0.")
_TIME = Column("time_s", pl.Float64(), "When the frame is shown, in seconds from the start.")
_SHARPNESS = Column("sharpness", pl.Float64(), "Standard deviation of the Laplacian of the luma.")
_MOTION = Column("motion", pl.Float64(), "Mean difference to the frame before, 0 to 1.")
_SCORE = Column("score", pl.Float64(), "Sharpness less motion_weight x motion x 255.")
_PRODUCT = Column("product", pl.String(), "Which product; the same for all of its views.")
_VIEW = Column("view", pl.String(), "Angle, state or detail.")
_HERO = Column("is_hero", pl.Boolean(), "Whether to show this view of the product first.")
_CONTENT = Column("content_sha256", pl.String(), "SHA-256 of the picture's own bytes.")
_REVIEW = (
    Column("needs_review", pl.Boolean(), "Whether a person should look before it is published."),
    Column("review", pl.String(), "Why; null when nobody needs to."),
)
_PICTURE = (
    Column("format", pl.String(), "Format of the picture."),
    Column("width_px", pl.Int64(), "Width in pixels, upright."),
    Column("height_px", pl.Int64(), "Height in pixels, upright."),
    Column("bytes", pl.Int64(), "Size in bytes."),
    Column("key", pl.String(), "Where the picture lies in the store."),
    _CONTENT,
)
_RECIPE = (
    Column("sha256", pl.String(), "SHA-256 of what it was made from."),
    Column("recipe", pl.String(), "Digest of how it was made; the same recipe is made once."),
)

SOURCE_VIDEOS = Table(
    "source_videos",
    "Every clip of every job: what it is, and whether it was taken.",
    (
        _FILENAME,
        Column("sha256", pl.String(), "SHA-256 of the bytes as uploaded."),
        Column("bytes", pl.Int64(), "Size in bytes."),
        Column("kind", pl.String(), "video."),
        Column("format", pl.String(), "Container, read from the bytes."),
        Column("codec", pl.String(), "Codec of the pictures."),
        Column("width_px", pl.Int64(), "Width in pixels, as displayed."),
        Column("height_px", pl.Int64(), "Height in pixels, as displayed."),
        Column("rotation_deg", pl.Int64(), "How far the recording has to be turned, clockwise."),
        Column("duration_s", pl.Float64(), "Length in seconds."),
        Column("fps", pl.Float64(), "Frames a second, on average."),
        Column("frames", pl.Int64(), "Frames in the file."),
        Column("key", pl.String(), "Where the bytes lie: originals/, or refused/ for a time."),
    ),
)

FRAMES = Table(
    "frames",
    "The sharpest frames of a clip in full size, one to three of a second; no other is written.",
    (
        *(_FILENAME, Column("name", pl.String(), "frame-NNNNNN."), _SECOND, _FRAME, _TIME),
        *(_SHARPNESS, _MOTION, _SCORE, *_PICTURE, *_RECIPE),
    ),
)

FRAME_SCORES = Table(
    "frame_scores",
    "Every scored frame of every clip; some with a small picture for a filmstrip.",
    (
        *(_FILENAME, _SECOND, _FRAME, _TIME, _SHARPNESS, _MOTION, _SCORE),
        Column("full", pl.Boolean(), "Sharpness measured in full size; else from half, scaled."),
        Column("key", pl.String(), "Where a small picture of the frame lies; null for most."),
    ),
)

CANDIDATE_FRAMES = Table(
    "candidate_frames",
    "The frames that may show a view: the best by score, some time apart from each other.",
    (
        *(_FILENAME, _SECOND, _FRAME, _TIME, _SHARPNESS, _MOTION, _SCORE),
        Column("key", pl.String(), "Where the frame lies in the store, in full size."),
        _CONTENT,
        Column("tips", pl.String(), "What would make the next recording better; null for none."),
    ),
)

PRODUCT_VIEWS = Table(
    "product_views",
    "The best frame of each view of each product, and what was seen in it.",
    (
        *(_FILENAME, _FRAME, _TIME, _PRODUCT, _VIEW, _HERO),
        Column("quality", pl.Int64(), "0 to 100; 50 is usable."),
        Column("obstructions", pl.List(pl.String()), "What is in the way; null when unknown."),
        Column("rotation_deg", pl.Float64(), "Lean of the product, clockwise; null: unknown."),
        Column("solid_color", pl.String(), "Recommended plain background, #rrggbb."),
        Column("real_life_setting", pl.String(), "Recommended setting, in words."),
        Column("creative_shot", pl.String(), "Recommended creative background, in words."),
        *(_SHARPNESS, Column("key", pl.String(), "Where the frame lies in the store."), _CONTENT),
        *PROVENANCE_COLUMNS,
    ),
)

CUTOUTS = Table(
    "cutouts",
    "Each view without its background, and how far the mask can be trusted.",
    (
        *(_FILENAME, _FRAME, _TIME, _PRODUCT, _VIEW, _HERO),
        Column("name", pl.String(), "cutout."),
        Column("mask_quality", pl.Float64(), "0 to 1."),
        *_REVIEW,
        Column("solid_color", pl.String(), "Recommended plain background, #rrggbb."),
        Column("real_life_setting", pl.String(), "Recommended setting, in words."),
        Column("creative_shot", pl.String(), "Recommended creative background, in words."),
        *(*_PICTURE, *_RECIPE, *PROVENANCE_COLUMNS),
    ),
)

COMMERCIAL_IMAGES = Table(
    "commercial_images",
    "Each view on each background, ready to be shown; a row with a reason where it is not.",
    (
        *(_FILENAME, _FRAME, _PRODUCT, _VIEW, _HERO),
        Column("name", pl.String(), "Version and size: solid-1600x1600."),
        Column("version", pl.String(), f"{', '.join(VERSIONS)}."),
        Column("scene", pl.String(), "What the background is, in words."),
        *_REVIEW,
        *(*_PICTURE, *_RECIPE, *PROVENANCE_COLUMNS),
    ),
)

PIPELINE = Pipeline(
    name="product_video",
    description="Product videos into studio shots",
    parameters=ProductVideoParameters,
    tables=(
        SOURCE_VIDEOS,
        FRAMES,
        FRAME_SCORES,
        CANDIDATE_FRAMES,
        PRODUCT_VIEWS,
        CUTOUTS,
        COMMERCIAL_IMAGES,
    ),
    published=("commercial_images",),
    # As the service it replaces reported its steps.
    percent_at_end=(10, 40, 45, 50, 65, 80, 100),
)
