"""What this installation is made of: the one place that reads the environment and chooses.

Parts are made when first asked for, so that reading a job's state starts no worker.
"""

import os
from functools import cached_property
from multiprocessing.util import Finalize

from pydantic import ValidationError

from media.errors import InvalidSetting
from media.requests import describe
from resources.inbox import BucketInbox, FolderInbox, Inbox
from resources.intake import Intake
from resources.media_workers import MediaWorkers
from resources.object_store import ObjectStore
from resources.originals import Originals
from resources.progress import Progress
from resources.renditions import Renditions
from resources.s3_inbox import S3Inbox
from resources.settings import PREFIX, Settings
from resources.tables import Tables
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
    def tables(self) -> Tables:
        """Typed rows."""
        return Tables(self.store, self.settings.home / "mirror")

    @cached_property
    def warehouse(self) -> Warehouse:
        """The DuckDB file over the tables."""
        return Warehouse(self.settings.warehouse_path, self.tables)

    @cached_property
    def progress(self) -> Progress:
        """How far running jobs are."""
        return Progress(self.store)

    @cached_property
    def workers(self) -> MediaWorkers:
        """The processes that decode untrusted bytes."""
        # One thread a process: the pool already uses every core, and each further thread of a
        # numerical library counts against the worker's memory limit.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        workers = MediaWorkers.from_settings(self.settings)
        # At exit multiprocessing waits for every child; this closes the pool before that.
        Finalize(None, workers.close, exitpriority=100)
        return workers

    @cached_property
    def originals(self) -> Originals:
        """Takes uploads in."""
        return Originals(
            self.store, self.intake, self.tables, self.workers, self.progress, self.settings.limits
        )

    @cached_property
    def renditions(self) -> Renditions:
        """Makes and remembers renditions."""
        return Renditions(
            self.store, self.tables, self.workers, self.progress, self.settings.limits
        )

    def close(self) -> None:
        """Stop the media workers, if any were started."""
        if "workers" in self.__dict__:
            self.workers.close()
            for part in ("workers", "originals", "renditions"):
                self.__dict__.pop(part, None)

    def __enter__(self) -> "Deployment":
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()
