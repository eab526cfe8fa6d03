"""The staging pipeline: photos of rooms, furnished, emptied or made the best of."""

from typing import Annotated, Any, Literal

import polars as pl
from pydantic import Field, field_validator

from media.errors import InvalidParameter
from media.parameter_types import Names
from media.pipeline import Pipeline, PipelineParameters
from media.provenance import PROVENANCE_COLUMNS
from media.rooms.areas import parse_area
from media.rooms.vocabulary import MODES, ROOM_TYPES, STYLES, Mode, RoomType
from media.seeds import MAX_SEED
from media.tables import Column, Table

KINDS = frozenset({"image"})
"""Kinds of media this pipeline takes."""

MIN_LONGER_SIDE_PX = 512


class StagingParameters(PipelineParameters):
    """What is made of each photo: one picture per style and variation."""

    mode: Annotated[Mode, Field(description=", ".join(MODES))] = "furnish"
    room_type: Annotated[
        RoomType | None, Field(description=f"{', '.join(ROOM_TYPES)}; guessed when not set")
    ] = None
    style: Annotated[Names, Field(description=f"one or more of {', '.join(STYLES)}")] = ("modern",)
    variations: Annotated[int, Field(ge=1, le=10, description="pictures of each style")] = 1
    seed: Annotated[int | None, Field(description="of the first variation; else derived")] = None
    prompt: Annotated[
        str | None, Field(description="10 to 2000 characters, in place of the library's prompt")
    ] = None
    area: Annotated[
        str | None,
        Field(description="what may change: floor, or LEFT,TOP,RIGHT,BOTTOM in percent"),
    ] = None
    model: Annotated[
        str | None, Field(description="a model of the provider; its first when not set")
    ] = None
    max_cost_usd: Annotated[
        float | None, Field(ge=0, description="most that the job may cost, in US dollars")
    ] = None
    format: Annotated[Literal["jpeg", "webp", "png"], Field(description="jpeg, webp or png")] = (
        "jpeg"
    )
    quality: Annotated[int, Field(ge=1, le=100, description="1 to 100")] = 90

    @field_validator("prompt")
    @classmethod
    def _sendable(cls, prompt: str | None) -> str | None:
        # The library of prompts is not read to declare parameters.
        from media.rooms.prompts import custom_prompt

        try:
            return None if prompt is None else custom_prompt(prompt)
        except InvalidParameter as error:
            raise ValueError(str(error)) from error

    @field_validator("area")
    @classmethod
    def _area(cls, area: str | None) -> str | None:
        if area is not None:
            parse_area(area)
        return area

    @field_validator("style")
    @classmethod
    def _known_styles(cls, styles: tuple[str, ...]) -> tuple[str, ...]:
        """An empty style is modern, as it was with the service this one replaces."""
        if unknown := [style for style in styles if style not in STYLES]:
            raise ValueError(f"{', '.join(unknown)} is none of {', '.join(STYLES)}")
        return tuple(dict.fromkeys(styles)) or ("modern",)

    @field_validator("seed", mode="before")
    @classmethod
    def _seed_in_range(cls, seed: Any) -> Any:
        """Said in one sentence, whatever is wrong with it."""
        try:
            in_range = seed is None or 1 <= int(seed) <= MAX_SEED
        except (TypeError, ValueError):
            in_range = False
        if not in_range:
            raise ValueError(f"a seed is a whole number from 1 to {MAX_SEED}")
        return seed


_FILENAME = Column("filename", pl.String(), "Name of the upload, or of the URL's file.")
_SHA256 = Column("sha256", pl.String(), "SHA-256 of the bytes as uploaded.")
_RECIPE = Column("recipe", pl.String(), "Digest of how it was made; the same is made once.")
_ROOM_TYPE = Column("room_type", pl.String(), "As asked for, or guessed; `unknown` when neither.")
_WANTED = (
    Column("name", pl.String(), "Mode or style, and variation: modern-1."),
    Column("mode", pl.String(), f"{', '.join(MODES)}."),
    _ROOM_TYPE,
    Column("style", pl.String(), f"{', '.join(STYLES)}."),
    Column("variation", pl.Int64(), "From 1."),
)
_SEED = Column("seed", pl.Int64(), "1 to 4294967295; the same seed gives the same picture.")

ROOM_PHOTOS = Table(
    "room_photos",
    "Every photo of every job: what it is, and whether it was taken.",
    (
        _FILENAME,
        _SHA256,
        Column("bytes", pl.Int64(), "Size in bytes."),
        Column("kind", pl.String(), "image."),
        Column("format", pl.String(), "Format, read from the bytes."),
        Column("width_px", pl.Int64(), "Width in pixels, upright."),
        Column("height_px", pl.Int64(), "Height in pixels, upright."),
        Column("pages", pl.Int64(), "Null for an image."),
        Column("frames", pl.Int64(), "Frames of an animation; the first is staged."),
        Column("has_alpha", pl.Boolean(), "Whether some pixel is not opaque."),
        Column("perceptual_hash", pl.String(), "64-bit hash of what it looks like, in hex."),
        Column("key", pl.String(), "Where the bytes lie: originals/, or refused/ for a time."),
    ),
)

ROOM_LAYOUTS = Table(
    "room_layouts",
    "What each photo tells of its room: the camera, the box of floor and walls, its light.",
    (
        _FILENAME,
        _SHA256,
        _RECIPE,
        Column("width_px", pl.Int64(), "Width of the photo in pixels, upright."),
        Column("height_px", pl.Int64(), "Height of the photo in pixels, upright."),
        Column("is_room", pl.Boolean(), "Whether it looks like the inside of a room at all."),
        _ROOM_TYPE,
        Column("focal_px", pl.Float64(), "Focal length in pixels."),
        Column("yaw_deg", pl.Float64(), "Camera against the back wall; positive looks right."),
        Column("pitch_deg", pl.Float64(), "Positive looks down."),
        Column("roll_deg", pl.Float64(), "Positive leans clockwise."),
        Column("camera_height_m", pl.Float64(), "Assumed, and with it every length."),
        Column("left_m", pl.Float64(), "Left wall, from the camera; negative."),
        Column("right_m", pl.Float64(), "Right wall, from the camera."),
        Column("back_m", pl.Float64(), "Back wall, from the camera."),
        Column("vanishing_points", pl.List(pl.Float64()), "x, y of three points, in pixels."),
        Column("horizon", pl.List(pl.Float64()), "y at the left and right edge, in pixels."),
        Column("floor", pl.List(pl.Float64()), "x, y of the corners of the floor in the photo."),
        Column("alignment", pl.Float64(), "Straight edges along the room's axes, 0 to 1."),
        Column("clarity", pl.Float64(), "How well the box falls on edges, 0 to 1."),
        Column("floor_part", pl.Float64(), "Floor's share of the photo, 0 to 1."),
        Column("floor_free", pl.Float64(), "Share of the floor that nothing stands on, 0 to 1."),
        Column("brightness", pl.Float64(), "Mean luma, 0 to 1."),
        Column("obstacle", pl.String(), "Why a preview cannot be drawn; null when it can."),
        Column("note", pl.String(), "What a person should know; null for nothing."),
        Column("key", pl.String(), "Where the photo lies in the store."),
    ),
)

STAGING_PROMPTS = Table(
    "staging_prompts",
    "What is asked for, in words, before anything is paid: a row per picture wanted.",
    (
        *(_FILENAME, _SHA256, *_WANTED, _SEED),
        Column("prompt", pl.String(), "The words that a model is given."),
        Column("source", pl.String(), "custom, exact, room default or generic."),
        Column("provider", pl.String(), "Who will be asked: a service, or offline."),
        Column("model", pl.String(), "Which of its models."),
        Column("estimated_cost_usd", pl.Float64(), "What it is expected to cost."),
        Column("key", pl.String(), "Where the photo lies in the store."),
    ),
)

STAGED_IMAGES = Table(
    "staged_images",
    "The pictures, and how far each kept the structure of its room.",
    (
        *(_FILENAME, *_WANTED),
        Column("words", pl.String(), "What it is: an offline preview says so."),
        Column("structure_score", pl.Float64(), "How far edges stayed, 0 to 1; null: not judged."),
        Column("changed_part", pl.Float64(), "Share of the picture that differs, 0 to 1."),
        Column("needs_review", pl.Boolean(), "Whether a person should look first."),
        Column("review", pl.String(), "Why; null when nobody needs to."),
        Column("prediction", pl.String(), "The provider's id of the work; null offline."),
        Column("format", pl.String(), "Format of the picture."),
        Column("width_px", pl.Int64(), "Width in pixels."),
        Column("height_px", pl.Int64(), "Height in pixels."),
        Column("bytes", pl.Int64(), "Size in bytes."),
        Column("key", pl.String(), "Where the picture lies in the store."),
        Column("content_sha256", pl.String(), "SHA-256 of the picture's own bytes."),
        *(_SHA256, _RECIPE, *PROVENANCE_COLUMNS),
    ),
)

PIPELINE = Pipeline(
    name="staging",
    description="Rooms staged: furnished, decluttered, emptied, enhanced or restyled",
    parameters=StagingParameters,
    tables=(ROOM_PHOTOS, ROOM_LAYOUTS, STAGING_PROMPTS, STAGED_IMAGES),
    published=("staged_images",),
    percent_at_end=(10, 20, 25, 100),
    max_items=50,
)
