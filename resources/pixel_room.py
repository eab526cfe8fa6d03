"""Room for pixels: how much is decoded at once, so that large pictures do not meet in memory."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class PixelRoom:
    """Admits work as long as its pixels have room; what is larger than all of it goes alone.

    Who asks while there is no room waits; a large picture that waits is not overtaken for ever,
    since nobody enters before it.
    """

    def __init__(self, pixels: int) -> None:
        self._pixels = pixels
        self._taken = 0
        self._entering = threading.Lock()
        self._left = threading.Condition()

    @contextmanager
    def taken_by(self, pixels: int) -> Iterator[None]:
        """Hold room for so many pixels inside the block."""
        share = min(pixels, self._pixels)
        with self._entering, self._left:
            self._left.wait_for(lambda: self._taken + share <= self._pixels)
            self._taken += share
        try:
            yield
        finally:
            with self._left:
                self._taken -= share
                self._left.notify_all()
