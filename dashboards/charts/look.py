"""Charts: each answers the question that is its title, in the colours of the app's theme.

Frames are drawn as they are; a column's name is its field, its axis says what it is, with the unit.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
import streamlit as st

if TYPE_CHECKING:
    import altair as alt
    from streamlit.delta_generator import DeltaGenerator

Chart = Any
"""An altair chart, whose builders promise no types."""

_HEIGHT_PX = 300
_BAR_PX = 30
_AXIS_PX = 80
_LEGEND_PX = 60
_SMALL_LABEL_PX = 150


def card(question: str, said: str, chart: Chart | None = None) -> "DeltaGenerator":
    """A question, a sentence of how to read its answer, and the chart; the card, to add to it.

    Where there is no chart, the sentence is the answer.
    """
    made = st.container(border=True, height="stretch")
    made.markdown(f"**{question}**")
    made.caption(said)
    if chart is not None:
        made.altair_chart(chart, width="stretch", alt=question)
    return made


def by_day(
    rows: pl.DataFrame,
    value: str,
    value_title: str,
    color: str,
    period: tuple[date, date],
    *,
    colors: Mapping[str, int] | None = None,
    value_format: str = ",d",
) -> Chart:
    """A bar for each day of `period`, both ends included, divided by `color`.

    `rows` have `day`, `value` and `color`, whose values are what the legend says; `colors` gives
    each the theme's colour of that number.
    """
    import altair as alt

    first, last = (alt.DateTime(year=d.year, month=d.month, date=d.day) for d in period)
    days = (period[1] - period[0]).days + 1
    return (
        alt.Chart(rows)
        .mark_bar(size=max(2, min(22, 420 // days)))
        .encode(
            x=alt.X(
                "yearmonthdate(day):T",
                title="Day, UTC",
                scale=alt.Scale(domain=[first, last], padding=14),
                axis=alt.Axis(format="%d %b", grid=False, labelOverlap=True, tickCount=6),
            ),
            y=alt.Y(f"sum({value}):Q", title=value_title, axis=_count_axis(value_format)),
            color=alt.Color(f"{color}:N", scale=_scale(rows, color, colors), legend=_legend()),
            tooltip=[
                alt.Tooltip("yearmonthdate(day):T", title="Day", format="%d %b %Y"),
                alt.Tooltip(f"{color}:N", title="Of"),
                alt.Tooltip(f"sum({value}):Q", title=value_title, format=value_format),
            ],
        )
        .properties(height=_HEIGHT_PX)
    )


def bars(  # noqa: PLR0913 - what is drawn and how it is called
    rows: pl.DataFrame,
    name: str,
    value: str,
    value_title: str,
    *,
    color: str | None = None,
    colors: Mapping[str, int] | None = None,
    value_format: str = ",d",
    tooltip: Sequence[tuple[str, str]] = (),
    domain: tuple[float, float] | None = None,
) -> Chart:
    """A bar for each `name`, the longest first; `color` divides each.

    `colors` are values of `color` with the theme's colour of each, by number; `tooltip` are
    further columns with what they are called.
    """
    import altair as alt

    order = rows.group_by(name).agg(pl.col(value).sum()).sort(value, name, descending=[True, False])
    encoding: dict[str, Any] = {
        "x": alt.X(
            f"sum({value}):Q",
            title=value_title,
            axis=_count_axis(value_format),
            scale=alt.Scale(domain=list(domain)) if domain else alt.Undefined,
        ),
        "y": alt.Y(
            f"{name}:N",
            title=None,
            sort=order[name].to_list(),
            axis=alt.Axis(labelLimit=_SMALL_LABEL_PX, ticks=False, domain=False),
        ),
        "tooltip": [
            alt.Tooltip(f"{name}:N", title="Of"),
            *([alt.Tooltip(f"{color}:N", title="Which")] if color else []),
            alt.Tooltip(f"sum({value}):Q", title=value_title, format=value_format),
            *(alt.Tooltip(column, title=title) for column, title in tooltip),
        ],
    }
    if color is not None:
        scale = _scale(rows, color, colors)
        encoding["color"] = alt.Color(f"{color}:N", scale=scale, legend=_legend())
    height = _BAR_PX * order.height + _AXIS_PX + (_LEGEND_PX if color else 0)
    return alt.Chart(rows).mark_bar(size=16).encode(**encoding).properties(height=height)


def histogram(  # noqa: PLR0913 - what is drawn and how it is called
    rows: pl.DataFrame,
    start: str,
    value: str,
    start_title: str,
    value_title: str,
    *,
    step: float,
    color: str,
    colors: Mapping[str, int],
    domain: tuple[float, float] | None = None,
    is_share: bool = False,
) -> Chart:
    """Counted bins: each row tells how many lie from `start` to `start + step`.

    `is_share` for values from 0 to 1, drawn side by side instead of on top of each other.
    """
    import altair as alt

    ends = rows.with_columns((pl.col(start) + step).alias("to"))
    how = ".0%" if is_share else ",d"
    return (
        alt.Chart(ends)
        .mark_bar(opacity=0.75 if is_share else 1.0, binSpacing=1)
        .encode(
            x=alt.X(
                f"{start}:Q",
                bin="binned",
                title=start_title,
                axis=alt.Axis(grid=False, format=".3~g"),
                scale=alt.Scale(domain=list(domain)) if domain else alt.Undefined,
            ),
            x2="to:Q",
            y=alt.Y(
                f"{value}:Q",
                title=value_title,
                axis=_count_axis(how),
                stack=None if is_share else "zero",
            ),
            color=alt.Color(
                f"{color}:N",
                scale=_scale(rows, color, colors),
                legend=_legend(),
            ),
            tooltip=[
                alt.Tooltip(f"{color}:N", title="Which"),
                alt.Tooltip(f"{start}:Q", title="From", format=".4~g"),
                alt.Tooltip("to:Q", title="To", format=".4~g"),
                alt.Tooltip(f"{value}:Q", title=value_title, format=how),
            ],
        )
        .properties(height=_HEIGHT_PX)
    )


def _count_axis(how: str) -> "alt.Axis":
    """An axis that does not halve what is counted."""
    import altair as alt

    least: Any = 1 if how == ",d" else alt.Undefined
    return alt.Axis(format=how, tickCount=5, domain=False, ticks=False, tickMinStep=least)


def _legend() -> "alt.Legend":
    import altair as alt

    return alt.Legend(title=None, orient="top", columns=2, labelLimit=160)


def _scale(rows: pl.DataFrame, column: str, colors: Mapping[str, int] | None) -> Any:
    """The same thing has the same colour in every chart; what is not there is in no legend."""
    import altair as alt

    if colors is None:
        return alt.Undefined
    theme = st.get_option("theme.chartCategoricalColors")
    there = set(rows[column])
    shown = {name: theme[number % len(theme)] for name, number in colors.items() if name in there}
    return alt.Scale(domain=list(shown), range=list(shown.values()))
