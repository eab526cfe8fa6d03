"""Small pictures spread evenly over a clip whose length nobody knows yet."""

from dataclasses import dataclass, field

from media.video_decoding import TimedFrame
from media.video_pictures import Picture, PictureMaker, encode_jpeg

_QUALITY = 80


@dataclass(frozen=True)
class Proxy:
    """A small picture of a frame, upright: JPEG bytes."""

    frame: int
    time_s: float
    data: bytes = field(repr=False)
    format: str = "jpeg"

    @property
    def name(self) -> str:
        """A name that sorts by time: `proxy-000123`."""
        return f"proxy-{self.frame:06d}"


class ProxyStrip:
    """Keeps every frame at first, then every second, every fourth: never more than `count`."""

    def __init__(self, maker: PictureMaker, count: int, long_side_px: int) -> None:
        self._maker = maker
        self._count = count
        self._long_side_px = long_side_px
        self._stride = 1
        self._kept: list[tuple[int, float, Picture]] = []

    def offer(self, timed: TimedFrame) -> None:
        """Keep the frame if its turn has come."""
        if self._count < 1 or timed.number % self._stride:
            return
        if len(self._kept) == self._count:
            self._stride *= 2
            self._kept = [kept for kept in self._kept if kept[0] % self._stride == 0]
            self.offer(timed)
            return
        picture = self._maker.proxy(timed.frame, self._long_side_px)
        self._kept.append((timed.number, timed.time_s, picture))

    def proxies(self) -> list[Proxy]:
        """Return what was kept, in the order of time; half of `count` at least, if there were."""
        return [
            Proxy(number, time_s, encode_jpeg(picture, _QUALITY))
            for number, time_s, picture in self._kept
        ]
