"""The design pipeline: an idea becomes pictures, products like them, and who can sew them."""

from decimal import Decimal
from typing import Annotated, Literal

import polars as pl
from pydantic import Field

from media.designs.brief import BODY_TYPES, OCCASIONS, SILHOUETTES, Brief
from media.garments.vocabulary import GARMENTS, TOTAL_LOOK
from media.parameter_types import Names
from media.pipeline import Pipeline, PipelineParameters
from media.pipelines.catalogue import PRICE, Currency
from media.provenance import PROVENANCE_COLUMNS
from media.seeds import MAX_SEED
from media.tables import Column, Table

MAX_PROMPT = 2000
"""Most characters of a prompt."""

Garment = Literal[(*GARMENTS, TOTAL_LOOK)]  # type: ignore[valid-type]
Occasion = Literal[OCCASIONS]  # type: ignore[valid-type]
Silhouette = Literal[SILHOUETTES]  # type: ignore[valid-type]
BodyType = Literal[BODY_TYPES]  # type: ignore[valid-type]


class DesignParameters(PipelineParameters):
    """What to design; a brief's file may say the same, and counts over the job's."""

    prompt: Annotated[
        str, Field(max_length=MAX_PROMPT, description="the idea, in your own words")
    ] = ""
    type: Annotated[
        Garment | None, Field(description=f"{', '.join(GARMENTS)} or {TOTAL_LOOK}; else as worded")
    ] = None
    occasion: Annotated[Occasion | None, Field(description=", ".join(OCCASIONS))] = None
    palette: Annotated[
        Names, Field(max_length=5, description="colour words or #rrggbb, the main one first")
    ] = ()
    silhouette: Annotated[Silhouette | None, Field(description=", ".join(SILHOUETTES))] = None
    body_type: Annotated[BodyType | None, Field(description=", ".join(BODY_TYPES))] = None
    budget: Annotated[
        Decimal | None, Field(gt=0, max_digits=18, decimal_places=4, description="most to spend")
    ] = None
    currency: Annotated[Currency, Field(description="of the budget")] = "USD"
    brands: Annotated[Names, Field(description="brands you like")] = ()
    location: Annotated[
        str | None, Field(max_length=200, description="where an atelier should be")
    ] = None
    images: Annotated[int, Field(ge=1, le=8, description="pictures to make")] = 4
    matches: Annotated[int, Field(ge=0, le=50, description="products found for each picture")] = 12
    seed: Annotated[
        int | None, Field(ge=1, le=MAX_SEED, description="of the first picture; else by the brief")
    ] = None
    model: Annotated[
        str | None, Field(description="the provider's model; else the installation's")
    ] = None
    format: Annotated[Literal["webp", "png", "jpeg"], Field(description="webp, png or jpeg")] = (
        "webp"
    )
    quality: Annotated[int, Field(ge=1, le=100, description="1 to 100")] = 90
    max_cost_usd: Annotated[
        float | None, Field(ge=0, description="most that the job may cost, in US dollars")
    ] = None

    @property
    def brief(self) -> Brief:
        """What the pictures are made from."""
        return Brief(
            prompt=self.prompt,
            garment=self.type,
            occasion=self.occasion,
            palette=self.palette,
            silhouette=self.silhouette,
            body_type=self.body_type,
            budget=self.budget,
            currency=self.currency,
        )


_FILENAME = Column("filename", pl.String(), "Name of the brief's file.")
_NAME = Column("name", pl.String(), "Which picture of the brief: design-1.")
_VARIATION = Column("variation", pl.Int64(), "Number of the picture, from 1.")
_SHA256 = Column("sha256", pl.String(), "SHA-256 of the brief.")
_RECIPE = Column("recipe", pl.String(), "Digest of how it was made; the same is made once.")
_EMBEDDER = (
    Column("embedder", pl.String(), "Who made the vector."),
    Column("embedder_version", pl.String(), "Version; vectors of two are not compared."),
)
_RANK = Column("rank", pl.Int64(), "1 for the best.")
_SCORE = Column("score", pl.Float64(), "0 to 1, the sum of its weighted parts.")

BRIEFS = Table(
    "briefs",
    "What was asked for: one brief per item, complete.",
    (
        _FILENAME,
        _SHA256,
        Column("prompt", pl.String(), "The idea, in the customer's words."),
        Column("type", pl.String(), "Garment asked for; null: as the words tell."),
        Column("occasion", pl.String(), "Where it will be worn."),
        Column("palette", pl.List(pl.String()), "Colours, the main one first."),
        Column("silhouette", pl.String(), "Its outline."),
        Column("body_type", pl.String(), "Who will wear it."),
        Column("budget", PRICE, "Most to spend."),
        Column("currency", pl.String(), "ISO 4217 code of the budget."),
        Column("brands", pl.List(pl.String()), "Brands that are liked."),
        Column("location", pl.String(), "Where an atelier should be."),
        Column("images", pl.Int64(), "Pictures asked for."),
        Column("asked", pl.String(), "The whole brief as JSON, with all parameters."),
        Column("key", pl.String(), "Where the brief's file lies in the store."),
    ),
)

ENHANCED_PROMPTS = Table(
    "enhanced_prompts",
    "What an image model is asked, before anything is paid: a row per picture wanted.",
    (
        *(_FILENAME, _SHA256, _NAME, _VARIATION),
        Column("garment", pl.String(), "Garment, as asked or as the words tell."),
        Column("prompt", pl.String(), "The brief in terms of fashion, with all it asks for."),
        Column("added", pl.List(pl.String()), "What was added to the customer's words."),
        Column("seed", pl.Int64(), "Seed of this picture."),
        Column("provider", pl.String(), "Who will be asked: a service, or offline."),
        Column("model", pl.String(), "Which of its models."),
        Column("estimated_cost_usd", pl.Float64(), "What it is expected to cost."),
        Column("key", pl.String(), "Where the brief's file lies in the store."),
    ),
)

DESIGNS = Table(
    "designs",
    "The pictures; one that must not be shown is a row with a reason.",
    (
        *(_FILENAME, _NAME, _VARIATION),
        Column("garment", pl.String(), "Garment, as asked or as the words tell."),
        Column("prompt", pl.String(), "What was asked of the model."),
        Column("words", pl.String(), "What it is: an offline concept says so."),
        Column("flags", pl.List(pl.String()), "What moderation said of it; empty: nothing."),
        Column("moderated_by", pl.String(), "Who looked at it; off: nobody."),
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

DESIGN_EMBEDDINGS = Table(
    "design_embeddings",
    "The vector of each picture.",
    (
        *(_FILENAME, _NAME),
        Column("key", pl.String(), "Where the picture lies in the store."),
        Column("sha256", pl.String(), "SHA-256 of the picture's bytes."),
        *_EMBEDDER,
        Column("vector", pl.List(pl.Float32()), "Length 1; its parts are the embedder's."),
        Column("seconds", pl.Float64(), "How long it took."),
    ),
)

PRODUCT_MATCHES = Table(
    "product_matches",
    "Products like each picture, those within the budget first.",
    (
        *(_FILENAME, _NAME, _RANK),
        Column("catalogue", pl.String(), "Name of the catalogue."),
        Column("product", pl.String(), "The product's id in its catalogue."),
        Column("product_name", pl.String(), "What it is called."),
        Column("category", pl.String(), "Its main category."),
        Column("brand", pl.String(), "Brand, or vendor."),
        Column("price", PRICE, "What it costs."),
        Column("currency", pl.String(), "ISO 4217 code of the price."),
        Column("within_budget", pl.Boolean(), "Null without a budget in its currency."),
        Column("availability", pl.String(), "Whether it can be had."),
        Column("url", pl.String(), "Its page."),
        Column("image_key", pl.String(), "Where its picture lies in the store."),
        _SCORE,
        Column("similarity", pl.Float64(), "How alike, 0 to 1, before its weight."),
        Column("price_alignment", pl.Float64(), "How near to the budget, 0 to 1."),
        Column("brand_match", pl.Float64(), "1 for a brand that is liked."),
        Column("availability_part", pl.Float64(), "1 for what is in stock."),
        Column("compared_by", pl.String(), "Picture, words or both, and by whom."),
    ),
)

ATELIER_MATCHES = Table(
    "atelier_matches",
    "Ateliers that could sew each picture, and why.",
    (
        *(_FILENAME, _NAME, _RANK),
        Column("catalogue", pl.String(), "Name of the catalogue."),
        Column("atelier", pl.String(), "The atelier's id in its catalogue."),
        Column("atelier_name", pl.String(), "What it is called."),
        Column("location", pl.String(), "Where it is."),
        Column("url", pl.String(), "Its page."),
        _SCORE,
        Column("reasons", pl.List(pl.String()), "Why, in words, the weightiest first."),
        Column("category", pl.String(), "Category of the design."),
        Column("complexity", pl.Float64(), "How intricate the design is, 0 to 1."),
        Column("fabric", pl.String(), "Its fabric; null when unknown."),
        Column("decorations", pl.List(pl.String()), "Its decorative elements."),
        Column("features_by", pl.String(), "How these were told: zero-shot, neighbours, words."),
    ),
)

PIPELINE = Pipeline(
    name="design",
    description="Fashion ideas into pictures, matching products and ateliers",
    parameters=DesignParameters,
    tables=(
        BRIEFS,
        ENHANCED_PROMPTS,
        DESIGNS,
        DESIGN_EMBEDDINGS,
        PRODUCT_MATCHES,
        ATELIER_MATCHES,
    ),
    published=("designs",),
    percent_at_end=(5, 10, 70, 85, 95, 100),
    max_items=50,
    enough_without_files=("prompt", "type", "occasion", "palette", "silhouette"),
    optional=("product_matches", "atelier_matches"),
)
