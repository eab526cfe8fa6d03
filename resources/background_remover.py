"""The background remover: a picture in, its product without background out."""

import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

from media.limits import MediaLimits
from media.provenance import Provenance
from resources.media_workers import MediaWorkers

if TYPE_CHECKING:
    from media.cutouts import Cutout


@dataclass(frozen=True)
class RemovedBackground:
    """A cutout, and who made it."""

    cutout: "Cutout"
    made_by: Provenance


class BackgroundRemover(ABC):
    """Cuts products out; called from several threads at once."""

    provider: str
    model: str
    version: str
    """Changes whenever the same picture may be cut out in another way."""

    @abstractmethod
    def cut_out(self, picture: bytes) -> RemovedBackground:
        """The product of an encoded picture, as large as the picture.

        Raises `EmptyMask` where there is none, the other refusals of a picture, and the
        failures of a provider.
        """


class OfflineBackgroundRemover(BackgroundRemover):
    """Classical segmentation: good on plain backgrounds, and says where it is not."""

    provider = "offline"
    model = "product-masks"
    version = "1"

    def __init__(self, workers: MediaWorkers, limits: MediaLimits) -> None:
        self._workers = workers
        self._limits = limits

    def cut_out(self, picture: bytes) -> RemovedBackground:
        """The product as `media.cutouts` finds it."""
        from media.cutouts import CutoutOptions, cut_out

        started = time.monotonic()
        (cutout,) = self._workers.run(cut_out, picture, CutoutOptions(), self._limits)
        seconds = time.monotonic() - started
        made_by = Provenance(self.provider, self.model, self.version, seconds=seconds)
        return RemovedBackground(cutout, made_by)
