"""Video originals: uploads that are too large to be held in memory, taken in from disk."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from media import keys
from media.errors import READY, ShowroomError
from media.formats import SNIFF_BYTES
from media.limits import VideoLimits
from media.requests import RequestedItem
from resources.media_workers import Allowance
from resources.originals import Facts, Originals, Reading


@dataclass(frozen=True)
class VideoOriginals(Originals):
    """Takes a job's videos in; a worker opens the file itself, nobody holds its bytes."""

    video_limits: VideoLimits
    allowance: Allowance

    @property
    def max_bytes(self) -> int:
        """The largest upload taken."""
        return self.video_limits.max_upload_bytes

    def _hashed(self, item: RequestedItem, before: str | None) -> tuple[str, int, bytes]:
        with self._on_disk(item, before) as path, path.open("rb") as file:
            head = file.read(SNIFF_BYTES)
            file.seek(0)
            return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size, head

    def _probe(self, reading: Reading, before: str | None, kinds: frozenset[str]) -> Facts:
        """The facts of a video never seen before, which is then stored."""
        from media.videos import probe_video

        del kinds  # the probe takes videos only
        sha256 = str(reading.sha256)
        try:
            with self._on_disk(reading.item, before) as path:
                found = asdict(
                    self.workers.run_within(self.allowance, probe_video, path, self.video_limits)
                )
                key = keys.original(sha256, found.pop("extension"))
                if self.store.head(key) is None:
                    self.store.put_file(key, path, sha256)
        except ShowroomError as error:
            return error.outcome()
        return {**READY, **found, "key": key}

    @contextmanager
    def _on_disk(self, item: RequestedItem, before: str | None) -> Iterator[Path]:
        if before is not None and self.store.head(before):
            with self.store.on_disk(before) as path:
                yield path
            return
        with self.uploads.on_disk(item) as path:
            yield path
