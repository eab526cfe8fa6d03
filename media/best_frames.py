"""The best frame of every span of a clip, such as a second, found while it is decoded.

Measuring a frame at half its size is several times cheaper than in full, and tells nearly as
well which of a second's frames is the sharpest. So every frame is measured small, and of each
second the few that can still win in full.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from media.frame_scores import Grey, half_size, motion, motion_picture, score, sharpness
from media.video_decoding import TimedFrame
from media.video_pictures import grey_levels

CONTENDERS = 3
"""Frames of a span that can still win it, when all of it were measured at half size."""
_HALVED_FROM_PX = 8


@dataclass(frozen=True)
class FrameScore:
    """What was measured of one frame; `full` says that its sharpness is no estimate."""

    frame: int
    time_s: float
    second: int
    sharpness: float
    motion: float
    full: bool

    def score(self, alpha: float) -> float:
        """The frame's score with motion weighted by `alpha`, see `media.frame_scores.score`."""
        return score(self.sharpness, self.motion, alpha)


@dataclass(frozen=True)
class ScoreColumns:
    """The scores of a clip's frames in the order of time, one array each, all of one length."""

    frame: npt.NDArray[np.int64]
    time_s: npt.NDArray[np.float64]
    second: npt.NDArray[np.int64]
    sharpness: npt.NDArray[np.float64]
    motion: npt.NDArray[np.float64]
    score: npt.NDArray[np.float64]
    full: npt.NDArray[np.bool_]
    """False where the sharpness was measured at half size and scaled: by the ratio of both in
    the frames of the same second that were measured in full."""


class BestOfSpans:
    """Scores the frames offered to it and names the best of each span of time when it is over.

    A second has `per_second` spans. `winner` gets the best frame of each span that has one of
    `min_sharpness` or more; of equal scores the earlier. With `all_full` every frame offered is
    measured in full. At most CONTENDERS decoded frames are held.
    """

    def __init__(
        self,
        winner: Callable[[TimedFrame, FrameScore], None],
        alpha: float,
        min_sharpness: float,
        per_second: int,
        all_full: bool,
    ) -> None:
        self._winner = winner
        self._alpha = alpha
        self._min_sharpness = min_sharpness
        self._per_second = per_second
        self._all_full = all_full
        self._span = 0
        self._before: Grey | None = None
        self._closed: list[FrameScore] = []
        self._open: list[FrameScore] = []
        self._contenders: list[tuple[int, TimedFrame]] = []

    def offer(self, timed: TimedFrame) -> None:
        """Score a frame; frames come in the order of time."""
        span = int(timed.time_s * self._per_second)
        if span != self._span:
            self._close_span()
            self._span = span
        grey, spread = grey_levels(timed.frame)
        small = half_size(grey) if min(grey.shape) >= _HALVED_FROM_PX else grey
        after = motion_picture(small)
        moved = spread * motion(self._before, after)
        self._before = after
        sharp = spread * sharpness(grey if self._all_full else small)
        self._open.append(
            FrameScore(timed.number, timed.time_s, int(timed.time_s), sharp, moved, self._all_full)
        )
        self._contenders.append((len(self._open) - 1, timed))
        self._contenders.sort(key=lambda contender: (-self._score(contender[0]), contender[0]))
        del self._contenders[1 if self._all_full else CONTENDERS :]

    def finish(self) -> ScoreColumns:
        """Close the last span and return the scores of all frames."""
        self._close_span()
        rows = self._closed
        return ScoreColumns(
            frame=np.array([row.frame for row in rows], np.int64),
            time_s=np.array([row.time_s for row in rows], np.float64),
            second=np.array([row.second for row in rows], np.int64),
            sharpness=np.array([row.sharpness for row in rows], np.float64),
            motion=np.array([row.motion for row in rows], np.float64),
            score=np.array([row.score(self._alpha) for row in rows], np.float64),
            full=np.array([row.full for row in rows], np.bool_),
        )

    def _close_span(self) -> None:
        if not self._all_full:
            self._measure_contenders()
        sharp_enough = [
            (index, timed)
            for index, timed in self._contenders
            if self._open[index].sharpness >= self._min_sharpness
        ]
        if sharp_enough:
            index, timed = min(sharp_enough, key=lambda found: (-self._score(found[0]), found[0]))
            self._winner(timed, self._open[index])
        self._closed += self._open
        self._open = []
        self._contenders = []

    def _measure_contenders(self) -> None:
        """Measure the contenders in full, and scale what was measured of the others by it."""
        small = full = 0.0
        for index, timed in self._contenders:
            grey, spread = grey_levels(timed.frame)
            measured = spread * sharpness(grey)
            small += self._open[index].sharpness
            full += measured
            self._open[index] = replace(self._open[index], sharpness=measured, full=True)
        ratio = full / small if small else 1.0
        self._open = [
            row if row.full else replace(row, sharpness=ratio * row.sharpness) for row in self._open
        ]

    def _score(self, index: int) -> float:
        return self._open[index].score(self._alpha)
