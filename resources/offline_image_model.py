"""Designing without a provider: a fashion flat drawn from the brief's words, marked as one."""

import time

from media.errors import ModeNotOffered
from media.provenance import Provenance
from resources.budgets import Budget
from resources.image_model import DesignedImage, ImageModel, ImageTask
from resources.media_workers import MediaWorkers

_MODEL = "garment flats"


class OfflineImageModel(ImageModel):
    """Draws the garment that a brief's words describe; what they leave open, the seed decides."""

    provider = "offline"

    def __init__(self, workers: MediaWorkers) -> None:
        # Two more than the workers: while they draw, somebody reads and somebody writes.
        self.at_once = workers.count + 2
        self._workers = workers

    @property
    def models(self) -> tuple[str, ...]:
        """The one method there is."""
        return (_MODEL,)

    def version(self, model: str | None) -> str:
        """Counts up whenever a brief would be drawn differently."""
        del model
        return "1"

    def cost_usd(self, model: str | None) -> float:
        """Nothing."""
        del model
        return 0.0

    def check(self, task: ImageTask) -> None:
        """It draws any brief, by the one method."""
        if task.model not in (None, _MODEL):
            raise ModeNotOffered(
                f"there is no model {task.model} offline; with SHOWROOM_REPLICATE_API_TOKEN set "
                "there are others"
            )

    def imagine(self, task: ImageTask, budget: Budget) -> DesignedImage:
        """The drawing; it follows from the brief and the seed, not from the enhanced prompt."""
        from media.garments.concepts import concept_picture

        del budget
        self.check(task)
        started = time.monotonic()
        with self._workers.room.taken_by(task.width_px * task.height_px):
            drawn = self._workers.run(
                concept_picture,
                task.brief,
                task.seed,
                task.width_px,
                task.height_px,
                task.format,
                task.quality,
            )
        made_by = Provenance(
            self.provider,
            _MODEL,
            self.version(None),
            task.seed,
            seconds=time.monotonic() - started,
        )
        return DesignedImage(
            drawn.data,
            drawn.format,
            drawn.width_px,
            drawn.height_px,
            f"Offline concept drawing: {drawn.words}",
            made_by,
        )
