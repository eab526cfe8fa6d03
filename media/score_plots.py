"""A clip's scores over time, drawn small: an area, its upper edge, and marks for winners."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from media.fonts import text_font

Color = tuple[int, int, int]
Values = npt.NDArray[np.float64]

INK: Color = (38, 38, 36)
FADED: Color = (132, 130, 125)
MAT: Color = (240, 240, 237)
ACCENT: Color = (192, 86, 52)
_AREA: Color = (222, 221, 215)
_EDGE: Color = (106, 104, 98)
_RULE: Color = (226, 225, 220)

_SCALE = 3
_LABEL_PX = 11
_AXIS_PX = 18
_DOT_PX = 4
_HEADROOM = 1.12
_DEEPEST = 0.25
"""Scores may fall far below zero in a blur; a quarter of the height above it is enough."""
_STEPS_S = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600)
_MAX_TICKS = 12


@dataclass(frozen=True)
class TimeScale:
    """Where a clip's times are on a page: `left_px` is 0 s, `width_px` wide is all of it."""

    left_px: int
    width_px: int
    duration_s: float

    def x_px(self, time_s: float) -> int:
        """Return the place of a time; times outside the clip are put at its ends."""
        share = time_s / self.duration_s if self.duration_s > 0 else 0.0
        return self.left_px + round(min(1.0, max(0.0, share)) * (self.width_px - 1))


def score_plot(
    times_s: Values,
    scores: Values,
    winners_s: Sequence[float],
    duration_s: float,
    size_px: tuple[int, int],
) -> Image.Image:
    """Return the plot as an `RGB` picture on the colour of a mat, with a time axis below.

    Each column of pixels shows the highest score of its times, so that no peak is lost in a
    long clip; scores that are no number are left out.
    """
    width_px, height_px = size_px
    plot_px = height_px - _AXIS_PX
    large = Image.new("RGB", (width_px * _SCALE, plot_px * _SCALE), MAT)
    finite = np.isfinite(scores)
    times, levels = times_s[finite], scores[finite]
    if len(levels):
        tops = column_tops(times, levels, duration_s, width_px)
        _draw_curve(large, tops, _marks(times, levels, winners_s, duration_s, width_px))
    plot = Image.new("RGB", size_px, MAT)
    plot.paste(large.resize((width_px, plot_px), Image.Resampling.LANCZOS), (0, 0))
    _draw_axis(plot, duration_s, plot_px)
    return plot


def column_tops(times_s: Values, scores: Values, duration_s: float, width_px: int) -> Values:
    """Return the highest score of each column of pixels; between samples a straight line."""
    scale = TimeScale(0, width_px, duration_s)
    columns = np.array([scale.x_px(float(time_s)) for time_s in times_s])
    tops = np.full(width_px, -np.inf)
    np.maximum.at(tops, columns, scores)
    known = np.flatnonzero(np.isfinite(tops))
    return np.asarray(np.interp(np.arange(width_px), known, tops[known]), np.float64)


def _marks(
    times_s: Values, scores: Values, winners_s: Sequence[float], duration_s: float, width_px: int
) -> list[tuple[int, float]]:
    """Return column and score of each winner: the score of the frame nearest to its time."""
    scale = TimeScale(0, width_px, duration_s)
    nearest = (int(np.argmin(np.abs(times_s - winner_s))) for winner_s in winners_s)
    return [(scale.x_px(float(times_s[index])), float(scores[index])) for index in nearest]


def _draw_curve(image: Image.Image, tops: Values, marks: list[tuple[int, float]]) -> None:
    draw = ImageDraw.Draw(image)
    highest = max(float(tops.max()) * _HEADROOM, 1.0)
    lowest = max(min(0.0, float(tops.min())), -_DEEPEST * highest)

    def place(column: float, value: float) -> tuple[float, float]:
        share = (max(value, lowest) - lowest) / (highest - lowest)
        return (column + 0.5) * _SCALE, (1 - share) * (image.height - 1)

    edge = [place(column, value) for column, value in enumerate(tops)]
    floor = place(0, 0.0)[1]
    draw.polygon([(0, floor), *edge, (image.width, floor)], fill=_AREA)
    draw.line(edge, fill=_EDGE, width=_SCALE, joint="curve")
    radius = _DOT_PX * _SCALE
    for column, value in marks:
        x, y = place(column, value)
        draw.line((x, y, x, image.height), fill=ACCENT, width=_SCALE)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ACCENT)


def _draw_axis(plot: Image.Image, duration_s: float, top_px: int) -> None:
    draw = ImageDraw.Draw(plot)
    font = text_font(_LABEL_PX)
    draw.line((0, top_px, plot.width, top_px), fill=_RULE)
    scale = TimeScale(0, plot.width, duration_s)
    step_s = next((s for s in _STEPS_S if duration_s / s <= _MAX_TICKS), _STEPS_S[-1])
    for number in range(1, min(60, int(duration_s / step_s)) + 1):
        x, label = scale.x_px(number * step_s), clock(number * step_s)
        half_px = font.getlength(label) / 2
        if x + half_px < plot.width:
            draw.line((x, top_px, x, top_px + 3), fill=FADED)
            draw.text((x - half_px, top_px + 3), label, fill=FADED, font=font)


def clock(time_s: float) -> str:
    """Return a time as people write it: `2.5 s`, or `1:05` from a minute on."""
    if time_s < 60:
        return f"{time_s:.1f}".removesuffix(".0") + " s"
    return f"{int(time_s) // 60}:{int(time_s) % 60:02}"
