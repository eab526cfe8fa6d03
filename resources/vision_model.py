"""The vision model: which of a clip's frames show which product, and from which side."""

import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from media.product_views import ProductView, ViewFrame
from media.provenance import Provenance
from resources.media_workers import MediaWorkers


@dataclass(frozen=True)
class JudgedViews:
    """The views found in one clip, and who found them."""

    views: tuple[ProductView, ...]
    made_by: Provenance


class VisionModel(ABC):
    """Chooses the frames worth a picture; called from several threads at once."""

    provider: str
    model: str
    version: str
    """Changes whenever the same frames may be judged in another way."""

    @abstractmethod
    def views(self, clip: str, frames: Sequence[ViewFrame], max_views: int) -> JudgedViews:
        """At most `max_views` views of each product in the frames of one clip.

        `clip` is the clip's name, for messages. No frames, no views. Raises `Moderated` for
        what the provider will not look at, and the failures of a provider.
        """


class OfflineVisionModel(VisionModel):
    """Groups frames by how alike they look; knows nothing of products."""

    provider = "offline"
    model = "view-groups"
    version = "1"

    def __init__(self, workers: MediaWorkers) -> None:
        self._workers = workers

    def views(self, clip: str, frames: Sequence[ViewFrame], max_views: int) -> JudgedViews:
        """The best frame of each group of frames that look alike."""
        from media.view_groups import group_views

        started = time.monotonic()
        views = self._workers.run(group_views, frames, max_views=max_views) if frames else []
        seconds = time.monotonic() - started
        made_by = Provenance(self.provider, self.model, self.version, seconds=seconds)
        return JudgedViews(tuple(views), made_by)
