"""Thumbnails: small versions of pictures of the store, made in workers and kept on the local disk.

Bytes under a key never change, so a thumbnail is made once. The folder may be removed at any time.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from media.errors import Refusal, ShowroomError
from media.limits import MediaLimits
from media.thumbnails import thumbnail
from resources.media_workers import MediaWorkers
from resources.object_store import ObjectStore
from resources.progress import each
from resources.tables import write_whole

GRID_PX = 360
"""Longer side in a grid, for screens of two pixels a point."""
LARGE_PX = 1280
"""Longer side of a picture that fills a page."""
_THREADS = 8


@dataclass(frozen=True)
class Thumbnails:
    """Makes and keeps thumbnails."""

    store: ObjectStore
    workers: MediaWorkers
    folder: Path
    limits: MediaLimits

    def of(self, keys: Sequence[str | None], longer_side_px: int = GRID_PX) -> list[bytes | None]:
        """A WebP for each key, in order; None where there is no object or it is no picture."""
        return list(each(lambda key: self._of(key, longer_side_px), keys, _THREADS))

    def _of(self, key: str | None, longer_side_px: int) -> bytes | None:
        if key is None:
            return None
        path = self._path(key, longer_side_px)
        try:
            return path.read_bytes() or None
        except FileNotFoundError:
            pass
        data = self.store.find(key)
        if data is None:
            return None
        try:
            small = self.workers.run(thumbnail, data, longer_side_px, self.limits)
        except Refusal:
            # A clip, a document or a broken upload: the page says what it is instead. That is
            # remembered as an empty file, since it will be so the next time.
            write_whole(path, b"")
            return None
        except ShowroomError:
            return None
        write_whole(path, small)
        return small

    def _path(self, key: str, longer_side_px: int) -> Path:
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        return self.folder / str(longer_side_px) / digest[:2] / f"{digest}.webp"
