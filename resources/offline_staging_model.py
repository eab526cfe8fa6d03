"""Staging without a provider: furniture drawn into the photo, or the photo made the best of."""

import time
from typing import Any

from media.errors import LayoutUnclear, ModeNotOffered
from media.limits import MediaLimits
from media.provenance import Provenance
from resources.budgets import Budget
from resources.media_workers import MediaWorkers
from resources.staging_model import StagedRoom, StagingModel, StagingTask

_MODEL = "drawn preview"
_MODES = ("furnish", "enhance")


class OfflineStagingModel(StagingModel):
    """Draws a preview, marked as one; it cannot invent what furniture hides."""

    provider = "offline"

    def __init__(self, workers: MediaWorkers, limits: MediaLimits) -> None:
        # Two more than the workers: while they draw, somebody reads and somebody writes.
        self.at_once = workers.count + 2
        self._workers = workers
        self._limits = limits

    @property
    def models(self) -> tuple[str, ...]:
        """The one method there is."""
        return (_MODEL,)

    def version(self, model: str | None) -> str:
        """Counts up whenever a photo would be staged differently."""
        del model
        return "1"

    def cost_usd(self, model: str | None) -> float:
        """Nothing."""
        del model
        return 0.0

    def check(self, task: StagingTask) -> None:
        """It furnishes and enhances, the whole picture, by the one method."""
        if task.model not in (None, _MODEL):
            raise ModeNotOffered(
                f"there is no model {task.model} offline; with SHOWROOM_REPLICATE_API_TOKEN set "
                "there are others"
            )
        if task.mode not in _MODES:
            raise ModeNotOffered(
                f"offline, a room can be furnished or enhanced; {task.mode} needs a model: set "
                "SHOWROOM_REPLICATE_API_TOKEN"
            )
        if task.mask is not None:
            raise ModeNotOffered("offline, a change cannot be kept to an area; leave area out")

    def stage(self, photo: bytes, task: StagingTask, budget: Budget) -> StagedRoom:
        """A preview, or the enhanced photo; `layout_unclear` and `floor_not_free` say why not."""
        del budget
        self.check(task)
        started = time.monotonic()
        if task.mode == "enhance":
            staged = self._enhanced(photo, task)
        else:
            staged = self._furnished(photo, task)
        made_by = Provenance(
            self.provider,
            _MODEL if task.mode == "furnish" else "exposure, white balance, straightening",
            self.version(None),
            task.seed,
            seconds=time.monotonic() - started,
        )
        return StagedRoom(**staged, format=task.format, made_by=made_by)

    def _furnished(self, photo: bytes, task: StagingTask) -> dict[str, Any]:
        from media.rooms.preview import PreviewOptions, preview_picture

        if task.layout is None:
            raise LayoutUnclear("nothing is known of the room")
        options = PreviewOptions(task.room_type, task.style, task.seed, task.format, task.quality)
        camera = task.layout.camera
        with self._workers.room.taken_by(camera.width_px * camera.height_px):
            made = self._workers.run(preview_picture, photo, task.layout, options, self._limits)
        return vars(made)

    def _enhanced(self, photo: bytes, task: StagingTask) -> dict[str, Any]:
        from media.rooms.enhance import enhanced

        made = self._workers.run(enhanced, photo, task.format, task.quality, self._limits)
        return {
            "data": made.data,
            "width_px": made.width_px,
            "height_px": made.height_px,
            "words": made.words,
            "is_developed": True,
        }
