"""The settings of an installation, each an environment variable `SHOWROOM_<NAME>`."""

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from media.limits import MediaLimits
from media.requests import MAX_ITEMS

PROJECT_ROOT = Path(__file__).resolve().parent.parent
PREFIX = "SHOWROOM_"

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
