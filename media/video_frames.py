"""From a clip to its best frames: one decode, nothing written, memory flat in its length."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import cv2

from media.best_frames import BestOfSpans, FrameScore, ScoreColumns
from media.frame_scores import DEFAULT_ALPHA, DEFAULT_MIN_SHARPNESS
from media.frame_selection import (
    DEFAULT_COUNT,
    DEFAULT_GAP_S,
    select_candidates,
    still_eligible,
)
from media.limits import VideoLimits
from media.video_decoding import FrameReader, TimedFrame
from media.video_pictures import Picture, PictureMaker, encode_jpeg, square_pixels
from media.video_proxies import Proxy, ProxyStrip
from media.video_streams import open_video

_JPEG_QUALITY, _LARGE_JPEG_QUALITY = 95, 90
_LARGE_PX = 4_000_000
MIN_FPS, MAX_FPS = 1.0, 30.0
MAX_PER_SECOND = 10
_TICK_S = 0.001


@dataclass(frozen=True)
class ScoringOptions:
    """How the frames of a clip are scored and chosen. Raises ValueError for values not allowed."""

    fps: float | None = None
    """Frames a second to be scored, 1 to 30, each in full; None for every frame, see
    `media.best_frames`. The sample at n/fps is the first frame at that time or later."""
    alpha: float = DEFAULT_ALPHA
    """Weight of motion in the score."""
    min_sharpness: float = DEFAULT_MIN_SHARPNESS
    """Frames that are less sharp are scored and not chosen."""
    per_second: int = 1
    """Frames of one second that may be chosen: the best of as many equal spans. One is what the
    service before had; a short clip of a fast turn shows more sides with three."""
    keep: int = DEFAULT_COUNT
    """Frames to be chosen at most."""
    gap_s: float = DEFAULT_GAP_S
    """How far chosen frames are apart, less where there are too few of them; 0 to the length of
    a span, so that what was seen is known to be settled while the clip goes on."""
    proxies: int = 48
    """Small pictures at most, for a filmstrip."""
    proxy_px: int = 160
    """Their longer side."""

    def __post_init__(self) -> None:
        """Refuse what cannot be meant, before anything runs."""
        if self.fps is not None and not MIN_FPS <= self.fps <= MAX_FPS:
            raise ValueError(f"fps is {MIN_FPS:g} to {MAX_FPS:g}.")
        if not 1 <= self.per_second <= MAX_PER_SECOND:
            raise ValueError(f"per_second is 1 to {MAX_PER_SECOND}.")
        if not 0 <= self.gap_s <= 1 / self.per_second:
            raise ValueError(f"gap_s is 0 to {1 / self.per_second:.3g}.")
        if self.keep < 1 or self.proxies < 0 or self.proxy_px < 1:
            raise ValueError("keep and proxy_px are at least 1, proxies at least 0.")


@dataclass(frozen=True)
class SavedFrame:
    """A chosen frame at full size: upright, square pixels, sRGB, JPEG bytes."""

    frame: int
    """Number of the frame in its clip, from 0."""
    second: int
    time_s: float
    """Since the first frame."""
    sharpness: float
    motion: float
    score: float
    width_px: int
    height_px: int
    data: bytes = field(repr=False)
    format: str = "jpeg"

    @property
    def name(self) -> str:
        """A name that sorts by time: `frame-000123`."""
        return f"frame-{self.frame:06d}"


@dataclass(frozen=True)
class ScoredVideo:
    """What one decode of a clip gave."""

    scores: ScoreColumns
    """Of every frame scored."""
    frames: list[SavedFrame]
    """The chosen frames in the order of time: `select_candidates` of the best of each span."""
    proxies: list[Proxy]
    """Small pictures evenly over the clip, in the order of time."""
    duration_s: float
    decoded_frames: int


def score_video(
    path: Path, limits: VideoLimits, options: ScoringOptions | None = None
) -> ScoredVideo:
    """Decode a video once, score its frames and return the best of them.

    The best frame of each second, or part of one, competes for one of `options.keep` places,
    `options.gap_s` apart; a clip with no frame sharp enough gives no frames, and its scores
    tell why. Raises what `media.video_streams.open_video` raises, TooLong, and what
    `media.video_decoding.FrameReader.require_whole` raises for a file that is cut or damaged.
    """
    options = options or ScoringOptions()
    with open_video(path, limits) as video, _memory_errors():
        reader = FrameReader(video, limits)
        maker = PictureMaker(square_pixels(video.stream))
        strip = ProxyStrip(maker, options.proxies, options.proxy_px)
        with Shortlist(maker, options) as shortlist:
            contest = BestOfSpans(
                shortlist.offer,
                options.alpha,
                options.min_sharpness,
                options.per_second,
                all_full=options.fps is not None,
            )
            is_due = _sampling(options.fps)
            for timed in reader:
                strip.offer(timed)
                if is_due(timed):
                    contest.offer(timed)
            scores = contest.finish()
            reader.require_whole()
            frames = shortlist.chosen()
        return ScoredVideo(scores, frames, strip.proxies(), reader.duration_s, reader.decoded)


class Shortlist:
    """The winners of spans that may yet be chosen; use as a context manager.

    Those that cannot be any more are dropped at once, so that few more than `options.keep`
    pictures are held whatever the clip's length. They are encoded in a thread of their own
    while decoding goes on, one at a time.
    """

    def __init__(self, maker: PictureMaker, options: ScoringOptions) -> None:
        self._maker = maker
        self._options = options
        self._held: list[tuple[FrameScore, Future[SavedFrame]]] = []
        self._latest: Future[SavedFrame] | None = None
        self._encoder = ThreadPoolExecutor(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._encoder.shutdown(cancel_futures=True)

    def offer(self, timed: TimedFrame, measured: FrameScore) -> None:
        """Take the best frame of the next span, if it may be chosen."""
        scores, times_s = self._columns(measured)
        options = self._options
        eligible = still_eligible(scores, times_s, options.keep, options.gap_s)
        newest = len(self._held)
        if newest in eligible:
            if self._latest:
                # A frame that waits takes memory; the one before is nearly always done.
                self._latest.result()
            self._latest = self._encoder.submit(self._saved, timed, measured)
            self._held.append((measured, self._latest))
        self._held = [self._held[index] for index in eligible]

    def chosen(self) -> list[SavedFrame]:
        """Return the frames chosen of all that were offered, in the order of time."""
        scores, times_s = self._columns()
        indices = select_candidates(scores, times_s, self._options.keep, self._options.gap_s)
        return [self._held[index][1].result() for index in sorted(indices)]

    def _columns(self, *more: FrameScore) -> tuple[list[float], list[float]]:
        rows = [*(measured for measured, _ in self._held), *more]
        return [row.score(self._options.alpha) for row in rows], [row.time_s for row in rows]

    def _saved(self, timed: TimedFrame, measured: FrameScore) -> SavedFrame:
        picture = self._maker.picture(timed.frame)
        return SavedFrame(
            frame=timed.number,
            second=measured.second,
            time_s=timed.time_s,
            sharpness=measured.sharpness,
            motion=measured.motion,
            score=measured.score(self._options.alpha),
            width_px=picture.shape[1],
            height_px=picture.shape[0],
            data=_encoded(picture),
        )


def _encoded(picture: Picture) -> bytes:
    """A large frame in less room: two dozen are held, and sent to the process that asked."""
    if picture.shape[0] * picture.shape[1] <= _LARGE_PX:
        return encode_jpeg(picture, _JPEG_QUALITY)
    return encode_jpeg(picture, _LARGE_JPEG_QUALITY, half_chroma=True)


def _sampling(fps: float | None) -> Callable[[TimedFrame], bool]:
    """Return which frames are scored: all, or the first at each n/fps or later."""
    if fps is None:
        return lambda _: True
    due = 0

    def is_due(timed: TimedFrame) -> bool:
        nonlocal due
        # Stamps are rounded to the ticks of a clock, in Matroska to milliseconds.
        sample = int((timed.time_s + _TICK_S) * fps)
        if sample < due:
            return False
        due = sample + 1
        return True

    return is_due


@contextmanager
def _memory_errors() -> Iterator[None]:
    """Let OpenCV's running out of memory be the error it is everywhere else."""
    try:
        yield
    except cv2.error as error:
        if error.code == cv2.Error.StsNoMem:
            raise MemoryError(str(error)) from error
        raise
