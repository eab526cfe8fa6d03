"""Backgrounds removed by Photoroom."""

import time

from media.errors import InvalidProviderResponse
from media.limits import MediaLimits
from media.provenance import Provenance
from resources.background_remover import BackgroundRemover, RemovedBackground
from resources.media_workers import MediaWorkers
from resources.paid_calls import PaidCalls
from resources.photoroom import SEGMENT_COST_USD, Photoroom

_FIELDS = {"format": "png", "channels": "rgba", "size": "full"}


class PhotoroomBackgroundRemover(BackgroundRemover):
    """Asks Photoroom's segmentation; the same picture is paid for once."""

    provider = "photoroom"
    model = "segment"
    version = "v1"

    def __init__(
        self,
        photoroom: Photoroom,
        paid: PaidCalls,
        workers: MediaWorkers,
        limits: MediaLimits,
        call_cost_usd: float = SEGMENT_COST_USD,
    ) -> None:
        self._photoroom = photoroom
        self._paid = paid
        self._workers = workers
        self._limits = limits
        self._call_cost_usd = call_cost_usd

    def cut_out(self, picture: bytes) -> RemovedBackground:
        """The product as Photoroom sees it; the mask is judged by us."""
        from media.provided_pictures import cutout_of_answer

        started = time.monotonic()
        question = {"call": "segment/v1", "picture": picture, **_FIELDS}
        answer, found = self._paid.once(
            self.provider, question, lambda: self._photoroom.segment(picture, _FIELDS)
        )
        try:
            cutout = self._workers.run(cutout_of_answer, picture, answer, self._limits)
        except InvalidProviderResponse as error:
            self._paid.forget(self.provider, question)
            raise InvalidProviderResponse(f"Photoroom: {error}") from error
        made_by = Provenance(
            self.provider,
            self.model,
            self.version,
            cost_usd=0.0 if found else self._call_cost_usd,
            seconds=time.monotonic() - started,
        )
        return RemovedBackground(cutout, made_by)
