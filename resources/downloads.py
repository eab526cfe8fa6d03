"""Downloads: what every source of a fetched file shares, its limits of time and size."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from media.errors import DownloadFailed, TooLarge

PIECE_BYTES = 256 * 1024
"""About as much as is read, unzipped or written at once."""

# A timeout of zero would mean not to wait at all.
_LEAST_S = 0.001


@dataclass(frozen=True)
class Download:
    """A file that has begun to arrive. Its bytes come once, while its source is open."""

    chunks: Iterator[bytes]
    filename: str
    media_type: str | None
    """As the server claims; None where it claims nothing."""


class Deadline:
    """When a whole download, tries and redirects included, has to be done."""

    def __init__(self, timeout_s: float) -> None:
        self.timeout_s = timeout_s
        self._ends_at_s = time.monotonic() + timeout_s

    @property
    def left_s(self) -> float:
        """The seconds left; zero or less when the time is over."""
        return self._ends_at_s - time.monotonic()

    def at_most_s(self, seconds: float | None) -> float:
        """`seconds`, or less where less is left; `DownloadFailed` when nothing is."""
        self.require_time()
        left_s = max(self.left_s, _LEAST_S)
        return left_s if seconds is None else min(seconds, left_s)

    def require_time(self) -> None:
        """Raise `DownloadFailed` when the time is over."""
        if self.left_s <= 0:
            raise DownloadFailed(f"the download took longer than {self.timeout_s:g} seconds")


def require_room(declared_bytes: int | None, max_bytes: int) -> None:
    """Raise `TooLarge` for a file that says of itself that it has more than `max_bytes`."""
    if declared_bytes is not None and declared_bytes > max_bytes:
        raise TooLarge(f"the file has {declared_bytes:,} bytes; at most {max_bytes:,} are taken")


def capped(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    """The chunks, unchanged; `TooLarge` in place of the one that exceeds `max_bytes`."""
    so_far = 0
    for chunk in chunks:
        so_far += len(chunk)
        if so_far > max_bytes:
            raise TooLarge(f"the file has more than the {max_bytes:,} bytes that are taken")
        yield chunk


def gathered(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in larger pieces: a server may send them one by one, and each chunk that
    waits to be written takes a hundred bytes of memory besides its own."""
    piece = bytearray()
    for chunk in chunks:
        piece += chunk
        if len(piece) >= PIECE_BYTES:
            yield bytes(piece)
            piece.clear()
    if piece:
        yield bytes(piece)
