"""What this installation is made of: the one place that reads the environment and chooses.

Parts are made when first asked for, so that reading a job's state starts no worker.
"""

import contextlib
import os
import threading
from functools import cached_property
from multiprocessing.util import Finalize

from pydantic import ValidationError

from media.errors import InvalidSetting, ShowroomError
from media.requests import describe
from resources.clips import Clips
from resources.direct_uploads import DirectUploads
from resources.earlier_work import EarlierWork
from resources.estimates import Estimates
from resources.fashion import Fashion
from resources.filmstrips import Filmstrips
from resources.inbox import BucketInbox, FolderInbox, Inbox
from resources.intake import Intake
from resources.media_workers import Allowance, MediaWorkers
from resources.object_store import ObjectStore
from resources.originals import Originals
from resources.progress import Progress
from resources.providers import Providers
from resources.published_links import PublishedLinks
from resources.published_pictures import PublishedPictures
from resources.renditions import Renditions
from resources.reports import Reports
from resources.reviews import Reviews
from resources.room_sheets import RoomSheets
from resources.rooms import Rooms
from resources.s3_inbox import S3Inbox
from resources.settings import PREFIX, Settings, words
from resources.studio import Studio
from resources.submissions import Submissions
from resources.tables import Tables
from resources.uploads import Uploads
from resources.url_ingest import UrlIngest
from resources.video_originals import VideoOriginals
from resources.warehouse import Warehouse


def settings_from_environment() -> Settings:
    """The settings in force; `InvalidSetting` names every variable that is wrong or unknown."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    ours = {name for name in os.environ if name.startswith(PREFIX)}
    if unknown := sorted(ours - known):
        raise InvalidSetting(
            f"{', '.join(unknown)}: no such setting; settings are {', '.join(sorted(known))}"
        )
    try:
        settings = Settings()
    except ValidationError as error:
        raise InvalidSetting(f"{PREFIX}*: {describe(error)}") from error
    return settings.model_copy(update={"home": settings.home.expanduser().resolve()})


_OVER_WORKERS = (
    "workers",
    "originals",
    "video_originals",
    "renditions",
    "clips",
    "filmstrips",
    "providers",
    "estimates",
    "studio",
    "rooms",
    "room_sheets",
    "fashion",
)
"""Parts that hold the workers, and are made anew with them."""


class Deployment:
    """The parts of one installation, each made once; close it to stop its workers."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @classmethod
    def from_environment(cls) -> "Deployment":
        """The installation that the environment describes."""
        return cls(settings_from_environment())

    @cached_property
    def store(self) -> ObjectStore:
        """Originals, outputs, tables and requests."""
        return ObjectStore.from_settings(self.settings)

    @cached_property
    def inbox(self) -> Inbox:
        """Where loose drops arrive."""
        if self.store.folder is not None:
            return FolderInbox(self.store, self.store.folder, self.settings.inbox_settle_s)
        if self.settings.store_url.startswith("s3://"):
            return S3Inbox.from_settings(self.settings)
        return BucketInbox(self.store)

    @cached_property
    def intake(self) -> Intake:
        """From arrivals to claimed jobs."""
        return Intake(self.store, self.inbox, self.tables, self.settings.job_items)

    @cached_property
    def submissions(self) -> Submissions:
        """Jobs put together on purpose."""
        return Submissions(self.store, self.settings.limits, self.settings.video_limits)

    @cached_property
    def direct_uploads(self) -> DirectUploads:
        """Large files put straight into the bucket."""
        return DirectUploads(self.store)

    @cached_property
    def tables(self) -> Tables:
        """Typed rows."""
        return Tables(self.store, self.settings.home / "mirror")

    @cached_property
    def warehouse(self) -> Warehouse:
        """The DuckDB file over the tables."""
        return Warehouse(self.settings.warehouse_path, self.tables)

    @cached_property
    def urls(self) -> UrlIngest:
        """Fetches what is at a URL, from public machines only."""
        settings = self.settings
        return UrlIngest(
            self.store,
            max_bytes=max(settings.max_upload_bytes, settings.max_video_bytes),
            timeout_s=settings.url_time_s,
            allowed_networks=words(settings.url_networks),
            buckets=words(settings.url_buckets),
            s3_endpoint=settings.s3_endpoint,
            s3_region=settings.s3_region,
        )

    @cached_property
    def uploads(self) -> Uploads:
        """The bytes of items as they arrived."""
        return Uploads(self.store, self.inbox, self.urls)

    @cached_property
    def earlier(self) -> EarlierWork:
        """What need not be made again."""
        return EarlierWork(self.store, self.tables)

    @cached_property
    def progress(self) -> Progress:
        """How far running jobs are."""
        return Progress(self.store)

    @cached_property
    def reports(self) -> Reports:
        """What somebody says should not be shown."""
        return Reports(self.store)

    @cached_property
    def reviews(self) -> Reviews:
        """What people decided about pictures."""
        return Reviews(self.store, self.tables)

    @cached_property
    def published_links(self) -> PublishedLinks:
        """Links under which anyone sees what is approved."""
        shown = PublishedPictures(self.store, self.tables, self.reviews, self.reports)
        return PublishedLinks(self.settings, self.store, shown)

    @cached_property
    def workers(self) -> MediaWorkers:
        """The processes that decode untrusted bytes."""
        # One thread a process: the pool already uses every core, and each further thread of a
        # numerical library counts against the worker's memory limit.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        os.environ.setdefault("OPENCV_FOR_THREADS_NUM", "1")
        workers = MediaWorkers.from_settings(self.settings)
        # At exit multiprocessing waits for every child; this closes the pool before that.
        Finalize(None, workers.close, exitpriority=100)
        return workers

    def start_workers(self) -> None:
        """Start the workers ahead of need, beside what this process does first; returns at once."""

        def start() -> None:
            # Whoever needs the workers will be told what is wrong with them.
            with contextlib.suppress(ShowroomError):
                self.workers.run(os.getpid)

        _ = self.workers
        threading.Thread(target=start, daemon=True).start()

    @cached_property
    def originals(self) -> Originals:
        """Takes uploads in."""
        return Originals(
            self.store, self.uploads, self.tables, self.workers, self.progress, self.settings.limits
        )

    @cached_property
    def video_originals(self) -> VideoOriginals:
        """Takes videos in."""
        return VideoOriginals(
            self.store,
            self.uploads,
            self.tables,
            self.workers,
            self.progress,
            self.settings.limits,
            self.settings.video_limits,
            Allowance(self.settings.worker_video_memory_bytes, self.settings.worker_time_s),
        )

    @cached_property
    def renditions(self) -> Renditions:
        """Makes and remembers renditions."""
        return Renditions(
            self.store, self.earlier, self.workers, self.progress, self.settings.limits
        )

    @cached_property
    def clips(self) -> Clips:
        """Scores clips and chooses their frames."""
        return Clips(
            self.store,
            self.tables,
            self.earlier,
            self.renditions,
            self.workers,
            self.progress,
            self.settings.video_limits,
            self.settings.worker_video_memory_bytes,
        )

    @cached_property
    def filmstrips(self) -> Filmstrips:
        """Draws a job's clips."""
        return Filmstrips(self.store, self.tables, self.workers)

    @cached_property
    def providers(self) -> Providers:
        """Who judges, cuts out and makes backgrounds."""
        return Providers(self.settings, self.store, self.workers)

    @cached_property
    def estimates(self) -> Estimates:
        """What jobs are expected to cost."""
        return Estimates(self.providers, self.settings)

    @cached_property
    def studio(self) -> Studio:
        """Frames judged, products cut out and shown."""
        providers = self.providers
        return Studio(
            self.renditions,
            providers.vision_model.part,
            providers.background_remover.part,
            providers.scene_model.part,
        )

    @cached_property
    def fashion(self) -> Fashion:
        """Catalogues, designs, and searches over pictures."""
        return Fashion(
            self.settings, self.tables, self.uploads, self.renditions, self.providers, self.reports
        )

    @cached_property
    def rooms(self) -> Rooms:
        """Rooms examined and staged."""
        return Rooms(self.renditions, self.tables, self.providers.staging_model.part)

    @cached_property
    def room_sheets(self) -> RoomSheets:
        """Before and after, side by side."""
        return RoomSheets(self.store, self.tables, self.workers)

    def close(self) -> None:
        """Stop the media workers, if any were started."""
        if "workers" in self.__dict__:
            self.workers.close()
            for part in _OVER_WORKERS:
                self.__dict__.pop(part, None)

    def __enter__(self) -> "Deployment":
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()
