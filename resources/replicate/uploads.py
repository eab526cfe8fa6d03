"""Photos uploaded to Replicate: each once in a process, though many pictures are made of it."""

import time
from dataclasses import dataclass

from media.limits import MediaLimits
from media.rooms.results import ModelLimits, sendable
from resources.media_workers import MediaWorkers
from resources.paid_calls import Turns, digest_of
from resources.replicate.api import ReplicateApi
from resources.replicate.terms import Terms


@dataclass(frozen=True)
class SentPhoto:
    """A photo at Replicate, and its mask; `since` is when it came there, by Replicate's clock."""

    photo_url: str
    mask_url: str | None
    since: str


@dataclass(frozen=True)
class _Kept:
    """A photo that was sent, and until when it may be relied upon."""

    sent: SentPhoto
    until_s: float


class ReplicateUploads:
    """Uploads photos in the form that models take; safe to use from many threads."""

    def __init__(
        self,
        api: ReplicateApi,
        workers: MediaWorkers,
        limits: MediaLimits,
        terms: Terms,
    ) -> None:
        self._api = api
        self._reads = terms.reads
        self._workers = workers
        self._limits = limits
        self._kept_s = terms.pace.upload_s
        self._turns = Turns()
        self._kept: dict[str, _Kept] = {}

    def sent(self, photo: bytes, mask: bytes | None, model: ModelLimits) -> SentPhoto:
        """The photo at Replicate, no larger than the model takes.

        Raises the refusals of a photo that cannot be decoded.
        """
        limits = [model.max_side_px, model.max_pixels, model.max_bytes]
        name = digest_of({"photo": photo, "mask": mask, "limits": limits})
        with self._turns.of(name):
            kept = self._kept.get(name)
            if kept is None or kept.until_s < time.monotonic():
                kept = _Kept(self._upload(photo, mask, model), time.monotonic() + self._kept_s)
                self._kept[name] = kept
            return kept.sent

    def _upload(self, photo: bytes, mask: bytes | None, model: ModelLimits) -> SentPhoto:
        files = self._workers.run(sendable, photo, mask, model, self._limits)
        mask_url = None
        if files.mask is not None:
            mask_png = files.mask
            mask_url = self._reads.ask(
                lambda: self._api.upload(mask_png, "mask.png", "image/png")
            ).url
        uploaded = self._reads.ask(lambda: self._api.upload(files.photo, "photo.jpg", "image/jpeg"))
        return SentPhoto(uploaded.url, mask_url, uploaded.created_at)
