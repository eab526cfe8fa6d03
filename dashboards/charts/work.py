"""The charts of the insights page: each a question about jobs, and how to read its answer."""

from dataclasses import replace
from datetime import date

import polars as pl
import streamlit as st

from dashboards.charts.look import bars, by_day, card
from dashboards.charts.quality import show_decisions, show_sharpness, show_structure
from dashboards.charts.sentences import kind_colors, with_kind, with_provider
from dashboards.reason_words import reason_name, reason_words
from dashboards.words import duration, money, pipeline_name, plural
from resources.insights import Insights

_OUTCOMES = {"Ready": 2, "Refused": 4, "Failed": 3}
"""What came of a file, and which of the theme's colours says so."""
_STEPS = {
    "designs": "Designs",
    "product_views": "Judging clips",
    "cutouts": "Cutting out",
    "commercial_images": "Backgrounds",
    "staged_images": "Rooms",
}
_MOST_BARS = 10
_EXAMPLES = 8


def show_charts(told: Insights, period: tuple[date, date]) -> None:
    """All of them; `period` are the first and the last day that are drawn."""
    now = replace(
        told,
        outcomes=with_kind(told.outcomes.filter(is_before=False)),
        made=with_kind(told.made.filter(is_before=False)),
    )
    st.subheader("What was done", anchor=False)
    with st.grid(2, min_column_width=320):
        _files(now, period)
        _pictures(now, period)
        _outcomes(now)
        _reasons(now)
    st.subheader("What it cost, and how long it took", anchor=False)
    with st.grid(2, min_column_width=320):
        if now.made["cost_usd"].sum() > 0:
            _costs_by_day(now, period)
            _costs_by_project(now)
        else:
            _no_costs()
        _near_limits(now)
        _seconds(now)
    st.subheader("How good it is", anchor=False)
    with st.grid(2, min_column_width=320):
        show_decisions(now)
        show_structure(now)
        show_sharpness(now)


def _files(told: Insights, period: tuple[date, date]) -> None:
    card(
        "How many files came in each day?",
        "Every file counts, also those that were refused.",
        by_day(told.outcomes, "items", "Files", "kind", period, colors=kind_colors()),
    )


def _pictures(told: Insights, period: tuple[date, date]) -> None:
    question = "How many pictures were made each day?"
    rows = told.made.filter(pl.col("pictures") > 0)
    if rows.is_empty():
        card(question, "No pictures were made in this time.")
        return
    drawn = by_day(rows, "pictures", "Pictures", "kind", period, colors=kind_colors())
    card(question, "Each size and version of a picture counts.", drawn)


def _outcomes(told: Insights) -> None:
    rows = told.outcomes.with_columns(pl.col("status").str.to_titlecase())
    card(
        "What became of the files?",
        "Refused: something is wrong with the file. Failed: it should have worked, and may be "
        "tried again.",
        bars(rows, "kind", "items", "Files", color="status", colors=_OUTCOMES),
    )


def _reasons(told: Insights) -> None:
    question = "Why were files not taken?"
    if told.reasons.is_empty():
        card(question, "All files were taken, and all of them worked out.")
        return
    reasons = told.reasons["reason"]
    rows = with_kind(told.reasons).with_columns(
        pl.col("status").str.to_titlecase(),
        name=pl.Series(map(reason_name, reasons), dtype=pl.String),
        meaning=pl.Series(map(reason_words, reasons), dtype=pl.String),
    )
    counts = rows.group_by("name").agg(pl.col("items").sum()).sort("items", "name", descending=True)
    shown = rows.filter(pl.col("name").is_in(counts["name"].head(_MOST_BARS).to_list()))
    drawn = bars(
        shown,
        "name",
        "items",
        "Files",
        color="status",
        colors=_OUTCOMES,
        tooltip=[("meaning", "Meaning")],
    )
    with (
        card(question, "The most frequent reasons.", drawn),
        st.expander("What they mean, with an example"),
    ):
        for row in rows.head(_EXAMPLES).to_dicts():
            files = plural(row["items"], "file")
            st.markdown(f"**{row['name']}** ({row['kind']}, {files}). {row['meaning']}")
            # As text: what files are called is not ours to format.
            st.text(row["example"])


def _no_costs() -> None:
    card(
        "What was paid, and to whom?",
        "Nothing was paid in this time: all of it was done on this machine, or found from earlier "
        "identical work, which is never paid twice.",
    )


def _costs_by_day(told: Insights, period: tuple[date, date]) -> None:
    paid = with_provider(told.made.filter(pl.col("cost_usd") > 0))
    total = money(float(paid["cost_usd"].sum()))
    card(
        "What was paid each day, and to whom?",
        f"{total} in all, in US dollars.",
        by_day(paid, "cost_usd", "US dollars", "who", period, value_format="$,.2f"),
    )


def _costs_by_project(told: Insights) -> None:
    paid = told.made.filter(pl.col("cost_usd") > 0).with_columns(
        pl.col("project").fill_null("No project")
    )
    top = paid.group_by("project").agg(pl.col("cost_usd").sum()).sort("cost_usd", descending=True)
    shown = paid.filter(pl.col("project").is_in(top["project"].head(_MOST_BARS).to_list()))
    card(
        "Which projects cost most?",
        "In US dollars, by kind of work.",
        bars(
            shown,
            "project",
            "cost_usd",
            "US dollars",
            color="kind",
            colors=kind_colors(),
            value_format="$,.2f",
        ),
    )


def _seconds(told: Insights) -> None:
    question = "How long does a picture take?"
    if told.timings.is_empty():
        card(question, "Nothing was made in this time that takes long enough to be measured.")
        return
    steps = [_STEPS.get(step, step.replace("_", " ").capitalize()) for step in told.timings["step"]]
    rows = with_provider(told.timings).with_columns(
        pl.format("{}, {}", pl.Series(steps, dtype=pl.String), "who").alias("work"),
        slow=pl.Series(map(duration, told.timings["slow_s"]), dtype=pl.String),
    )
    together = rows.sort("pictures", descending=True).unique("work", maintain_order=True)
    card(
        question,
        "The median in seconds, by who does it. Point at a bar for the slowest tenth.",
        bars(
            together.head(_MOST_BARS),
            "work",
            "median_s",
            "Seconds, median",
            value_format=",.3~g",
            tooltip=[("slow", "Slowest tenth, from"), ("pictures", "Pictures")],
        ),
    )


def _near_limits(told: Insights) -> None:
    question = "Is anything close to a limit?"
    if told.near_limits.is_empty():
        card(question, "No. No upload came within a fifth of the largest that is taken.")
        return
    made = card(question, "Uploads that were taken, and were close to what is refused:")
    for row in told.near_limits.to_dicts():
        files = plural(row["uploads"], "file")
        largest, most = (_measured(row["what"], row[name]) for name in ("largest", "most"))
        made.markdown(
            f":material/warning: **{pipeline_name(row['pipeline'])}:** {files}, the largest with "
            f"{largest}; at most {most} are taken."
        )
    made.caption("The settings of the installation say how much is taken: see the README.")


def _measured(what: str, value: float) -> str:
    if what == "bytes":
        return f"{value / 1e6:,.0f} MB"
    if what == "pixels":
        return f"{value / 1e6:,.1f} million pixels"
    return duration(value)
