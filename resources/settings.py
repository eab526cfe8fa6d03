"""The settings of an installation, each an environment variable `SHOWROOM_<NAME>`."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from media.limits import MediaLimits, VideoLimits
from media.requests import MAX_ITEMS

PROJECT_ROOT = Path(__file__).resolve().parent.parent
PREFIX = "SHOWROOM_"
MIN_SECRET = 16
"""Fewest characters of a secret that signs."""

Positive = Annotated[int, Field(gt=0)]
Seconds = Annotated[float, Field(ge=0)]


class Settings(BaseSettings):
    """What an operator can set; the defaults need nothing but a disk."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    home: Annotated[
        Path, Field(description="where a local installation keeps everything: store, run history")
    ] = PROJECT_ROOT / "data"
    store: Annotated[
        str, Field(description="`s3://bucket/prefix`, or a folder; empty: `store` in the home")
    ] = ""
    s3_endpoint: Annotated[
        str, Field(description="address of an S3-compatible service; empty: Amazon's")
    ] = ""
    s3_region: Annotated[str, Field(description="region of the bucket")] = "us-east-1"

    workers: Annotated[
        int, Field(ge=0, description="media worker processes per run; 0: one per core")
    ] = 0
    worker_memory_bytes: Annotated[
        Positive, Field(description="memory one item may use in its worker")
    ] = 1_000_000_000
    worker_video_memory_bytes: Annotated[
        Positive, Field(description="memory one video may use in its worker")
    ] = 1_500_000_000
    worker_time_s: Annotated[
        float, Field(gt=0, description="seconds one item may take in its worker")
    ] = 60.0

    max_upload_bytes: Annotated[Positive, Field(description="largest upload taken")] = (
        MediaLimits.max_upload_bytes
    )
    max_pixels: Annotated[Positive, Field(description="largest image decoded, in pixels")] = (
        MediaLimits.max_pixels
    )
    max_frames: Annotated[Positive, Field(description="most frames of an animation")] = (
        MediaLimits.max_frames
    )
    max_pages: Annotated[Positive, Field(description="most pages rendered of one PDF")] = (
        MediaLimits.max_pages
    )
    max_page_pixels: Annotated[Positive, Field(description="largest rendered PDF page")] = (
        MediaLimits.max_page_pixels
    )

    max_video_bytes: Annotated[Positive, Field(description="largest video taken")] = (
        VideoLimits.max_upload_bytes
    )
    max_video_s: Annotated[float, Field(gt=0, description="longest video taken, in seconds")] = (
        VideoLimits.max_duration_s
    )
    max_frame_pixels: Annotated[Positive, Field(description="largest video frame, in pixels")] = (
        VideoLimits.max_frame_pixels
    )

    url_time_s: Annotated[float, Field(gt=0, description="seconds fetching one URL may take")] = (
        300.0
    )
    url_networks: Annotated[
        str,
        Field(description="networks that are not public and may be fetched from: `10.1.0.0/16`"),
    ] = ""
    url_buckets: Annotated[str, Field(description="buckets that `s3://` URLs may name")] = ""

    vision_model: Annotated[
        Literal["auto", "gemini", "offline"], Field(description="who judges the frames of a clip")
    ] = "auto"
    background_remover: Annotated[
        Literal["auto", "photoroom", "rembg", "offline"], Field(description="who cuts products out")
    ] = "auto"
    scene_model: Annotated[
        Literal["auto", "photoroom", "offline"], Field(description="who makes backgrounds")
    ] = "auto"
    staging_model: Annotated[
        Literal["auto", "replicate", "offline"], Field(description="who stages rooms")
    ] = "auto"
    image_model: Annotated[
        Literal["auto", "replicate", "offline"], Field(description="who makes pictures of designs")
    ] = "auto"
    embedder: Annotated[
        Literal["auto", "openclip", "offline"],
        Field(description="who turns pictures into vectors; auto: openclip with clip_weights"),
    ] = "auto"
    moderation_model: Annotated[
        Literal["off", "openclip"],
        Field(description="who looks whether pictures of designs may be shown"),
    ] = "off"
    clip_model: Annotated[str, Field(description="OpenCLIP's architecture")] = "ViT-B-32"
    clip_weights: Annotated[
        str, Field(description="its weights: a file, or a tag such as laion2b_s34b_b79k")
    ] = ""
    clip_device: Annotated[
        Literal["auto", "cpu", "cuda"], Field(description="where OpenCLIP computes")
    ] = "auto"
    gemini_api_key: Annotated[SecretStr, Field(description="key of the Gemini API")] = SecretStr("")
    gemini_model: Annotated[str, Field(description="its model")] = "gemini-2.5-flash"
    gemini_input_usd: Annotated[
        float,
        Field(ge=0, description="price of a million input tokens; 0: as listed"),
    ] = 0.0
    gemini_output_usd: Annotated[
        float, Field(ge=0, description="price of a million output tokens; 0: as listed")
    ] = 0.0
    gemini_url: Annotated[str, Field(description="its address, if not Google's")] = ""
    photoroom_api_key: Annotated[SecretStr, Field(description="key of the Photoroom API")] = (
        SecretStr("")
    )
    photoroom_url: Annotated[str, Field(description="its address, if not Photoroom's")] = ""
    replicate_api_token: Annotated[SecretStr, Field(description="token of the Replicate API")] = (
        SecretStr("")
    )
    replicate_model: Annotated[str, Field(description="its model where a job names none")] = (
        "qwen/qwen-image-edit"
    )
    replicate_cost_usd: Annotated[
        float, Field(ge=0, description="price of one picture of that model; 0: as listed")
    ] = 0.0
    replicate_url: Annotated[str, Field(description="its address, if not Replicate's")] = ""
    replicate_at_once: Annotated[Positive, Field(description="pictures asked of it at a time")] = 10
    replicate_calls_per_minute: Annotated[
        Positive, Field(description="pictures asked of it a minute")
    ] = 600
    replicate_webhook_url: Annotated[
        str, Field(description="public address of this installation's API; empty: it is polled")
    ] = ""
    replicate_webhook_secret: Annotated[
        SecretStr, Field(description="with which it signs webhooks: `whsec_...`")
    ] = SecretStr("")
    replicate_image_model: Annotated[
        str, Field(description="its model for designs where a job names none")
    ] = "black-forest-labs/flux-schnell"
    rembg_weights: Annotated[
        str, Field(description="folder of rembg's weights; empty: `~/.u2net`")
    ] = ""
    provider_calls_per_minute: Annotated[
        Positive, Field(description="calls a minute to one provider, from one process")
    ] = 60

    search_similarity_weight: Annotated[
        float, Field(ge=0, description="how much likeness counts in a product's score")
    ] = 0.6
    search_price_weight: Annotated[
        float, Field(ge=0, description="how much a price near the budget counts")
    ] = 0.2
    search_brand_weight: Annotated[
        float, Field(ge=0, description="how much a brand that is liked counts")
    ] = 0.1
    search_availability_weight: Annotated[
        float, Field(ge=0, description="how much being in stock counts")
    ] = 0.1
    search_exact_below: Annotated[
        int, Field(ge=0, description="vectors up to which searches compare with all of them")
    ] = 20_000
    contact_key: Annotated[
        SecretStr,
        Field(description="Fernet key for ateliers' contacts; several, new first, to rotate"),
    ] = SecretStr("")

    job_items: Annotated[
        int, Field(gt=0, le=MAX_ITEMS, description="most loose files gathered into one job")
    ] = MAX_ITEMS
    inbox_settle_s: Annotated[
        Seconds, Field(description="a local file is complete when unchanged for this long")
    ] = 2.0
    inbox_poll_s: Annotated[
        float, Field(gt=0, le=1, description="seconds between looks at the inbox")
    ] = 0.5
    refused_days: Annotated[Positive, Field(description="days a refused upload is kept")] = 30
    compact_after: Annotated[
        Positive, Field(description="per-job table files that are worth merging")
    ] = 200
    port: Annotated[int, Field(gt=0, lt=65536, description="port of the Dagster UI")] = 3000
    app_port: Annotated[int, Field(gt=0, lt=65536, description="port of the app")] = 8501
    operators: Annotated[
        str, Field(description="who sees everyone's jobs where people sign in: e-mail addresses")
    ] = ""
    api_port: Annotated[int, Field(gt=0, lt=65536, description="port of the API")] = 3001
    api_token: Annotated[
        SecretStr, Field(description="with which programs may search; empty: they may not")
    ] = SecretStr("")
    public_url: Annotated[
        str,
        Field(
            pattern=r"^(https?://[^\s?#]+)?$",
            description="where people reach the API; empty: `http://127.0.0.1:` and its port",
        ),
    ] = ""
    link_secret: Annotated[
        SecretStr,
        Field(description="signs published links; several, new first, to rotate; empty: made once"),
    ] = SecretStr("")

    @model_validator(mode="after")
    def _webhooks_can_be_verified(self) -> Self:
        secret = self.replicate_webhook_secret.get_secret_value()
        if self.replicate_webhook_url and not secret.startswith("whsec_"):
            raise ValueError(
                "replicate_webhook_url needs replicate_webhook_secret, which starts with whsec_"
            )
        return self

    @field_validator("link_secret")
    @classmethod
    def _nobody_guesses(cls, secret: SecretStr) -> SecretStr:
        if any(len(each) < MIN_SECRET for each in words(secret.get_secret_value())):
            raise ValueError(f"each secret has at least {MIN_SECRET} characters")
        return secret

    @property
    def limits(self) -> MediaLimits:
        """The caps on one item's content."""
        return MediaLimits(
            max_upload_bytes=self.max_upload_bytes,
            max_pixels=self.max_pixels,
            max_frames=self.max_frames,
            max_pages=self.max_pages,
            max_page_pixels=self.max_page_pixels,
        )

    @property
    def video_limits(self) -> VideoLimits:
        """The caps on one video."""
        return VideoLimits(
            max_upload_bytes=self.max_video_bytes,
            max_duration_s=self.max_video_s,
            max_frame_pixels=self.max_frame_pixels,
        )

    @property
    def store_url(self) -> str:
        """The store as a URL or an absolute folder."""
        if "://" in self.store:
            return self.store
        return str(Path(self.store).expanduser().resolve() if self.store else self.home / "store")

    @property
    def dagster_home(self) -> Path:
        """Where Dagster keeps its run history."""
        return self.home / "dagster"

    @property
    def warehouse_path(self) -> Path:
        """The DuckDB file that analysts open."""
        return self.home / "showroom.duckdb"


def words(text: str) -> list[str]:
    """The words of a setting that is a list, written with commas or spaces."""
    return text.replace(",", " ").split()
