"""Charts: one calm look for all notebooks, and the few kinds of charts they draw.

Frames are drawn as they are: a column's name is its field, its axis says what it is, with the unit.
"""

from typing import Any

import altair as alt
import polars as pl

PALETTE = ("#3d6b7d", "#c58a5c", "#87a07c", "#a8687b", "#cdb160", "#77738f", "#5f9ea0", "#b9b4a8")
"""Muted, told apart by lightness as well as by hue; the first is that of a single series."""

INK, FADED, RULE, PAPER = "#262624", "#6f6d68", "#e6e4df", "#ffffff"
_FONT = "Source Sans 3, Source Sans Pro, system-ui, sans-serif"
_BAR_PX = 22
_HEIGHT_PX = 220
_BINS = 40
_FEW_DAYS = 24


def calm(chart: Any, title: str, height_px: int | None = _HEIGHT_PX) -> Any:
    """A chart in the look of the house, as wide as the page.

    The title says what is to be seen. `height_px` is None where the chart's rows set its height.
    """
    placed = chart.properties(title=title, width="container")
    if height_px is not None:
        placed = placed.properties(height=height_px)
    return (
        placed.configure(font=_FONT, background=PAPER)
        .configure_view(stroke=None)
        .configure_range(category=list(PALETTE))
        .configure_title(anchor="start", color=INK, fontSize=14, fontWeight=600, offset=12)
        .configure_axis(
            domainColor=RULE,
            gridColor=RULE,
            tickColor=RULE,
            labelColor=FADED,
            titleColor=FADED,
            titleFontWeight=400,
            labelLimit=220,
        )
        .configure_legend(labelColor=FADED, titleColor=FADED, titleFontWeight=400, orient="top")
    )


def bars(
    rows: pl.DataFrame,
    name: str,
    value: str,
    title: str,
    value_title: str,
    color: str | None = None,
) -> Any:
    """A bar per `name`, the longest first; `color` is a column that divides each."""
    encoding: dict[str, Any] = {
        "x": alt.X(f"sum({value}):Q", title=value_title),
        "y": alt.Y(f"{name}:N", title=None, sort="-x"),
        "tooltip": list(rows.columns),
    }
    if color is not None:
        encoding["color"] = alt.Color(f"{color}:N", title=_words(color))
    chart = alt.Chart(rows, height=alt.Step(_BAR_PX)).mark_bar(color=PALETTE[0]).encode(**encoding)
    return calm(chart, title, height_px=None)


def histogram(
    rows: pl.DataFrame,
    column: str,
    title: str,
    column_title: str,
    color: str | None = None,
    counted: str | None = None,
) -> Any:
    """How often values of `column` occur, in bins of equal width.

    `counted` is a column that says of how many each row stands, where that is not one.
    """
    encoding: dict[str, Any] = {
        "x": alt.X(f"{column}:Q", bin=alt.Bin(maxbins=_BINS), title=column_title),
        "y": alt.Y(f"sum({counted}):Q" if counted else "count():Q", title="how many"),
    }
    if color is not None:
        encoding["color"] = alt.Color(f"{color}:N", title=_words(color))
    return calm(alt.Chart(rows).mark_bar(color=PALETTE[0]).encode(**encoding), title)


def days(rows: pl.DataFrame, value: str, title: str, value_title: str, color: str) -> Any:
    """A bar per day; `rows` have `day` as a date, and `color` divides each bar."""
    # A bar that fills the page would seem to be more than a day.
    width = _BAR_PX if rows["day"].n_unique() <= _FEW_DAYS else alt.Undefined
    chart = (
        alt.Chart(rows)
        .mark_bar(size=width)
        .encode(
            x=alt.X("yearmonthdate(day):O", title="day, UTC"),
            y=alt.Y(f"sum({value}):Q", title=value_title),
            color=alt.Color(f"{color}:N", title=_words(color)),
            tooltip=list(rows.columns),
        )
    )
    return calm(chart, title)


def over_time(
    rows: pl.DataFrame,
    column: str,
    title: str,
    column_title: str,
    marked: pl.DataFrame | None = None,
    floor: float | None = None,
) -> Any:
    """A line over `time_s`, in seconds; `marked` are rows shown as dots, `floor` a dashed rule."""
    time = alt.X("time_s:Q", title="time in the clip, s")
    value = alt.Y(f"{column}:Q", title=column_title)
    line = alt.Chart(rows).mark_line(color=PALETTE[0], strokeWidth=1.2)
    layers: list[Any] = [line.encode(x=time, y=value)]
    if floor is not None:
        rule = alt.Chart(pl.DataFrame({column: [floor]}))
        layers.append(rule.mark_rule(color=PALETTE[3], strokeDash=[4, 4]).encode(y=value))
    if marked is not None and not marked.is_empty():
        dots = alt.Chart(marked).mark_point(color=PALETTE[1], filled=True, size=60, opacity=1)
        layers.append(dots.encode(x=time, y=value, tooltip=list(marked.columns)))
    return calm(alt.layer(*layers), title)


def _words(column: str) -> str:
    return column.replace("_", " ")
