"""Insights: what came of everything that was submitted, what it cost and how long it took."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import streamlit as st

from dashboards.charts.counted import counted_rows
from dashboards.charts.work import show_charts
from dashboards.page import SUBMIT, empty_state, heading, opened
from dashboards.viewer import Viewer
from dashboards.words import money, pipeline_name, plural
from media.pipeline import all_pipelines
from resources.insights import InsightFilter, Insights
from resources.job_board import JobFilter
from resources.job_desk import JobDesk

_PERIODS: dict[str, int | None] = {"7 days": 7, "30 days": 30, "90 days": 90, "All": None}
_ANY_PIPELINE, _ANY_PROJECT = "All kinds", "All projects"
_LEAST_CHANGE = 0.0005
"""Under it a figure is said to be the same."""


def show() -> None:
    """The page."""
    made, viewer = opened()
    heading("Insights", "What came of your files, what it cost and how long it took.")
    wanted = _filters(made, viewer)
    settings = made.deployment.settings
    told = counted_rows(settings.home, settings.store_url).insights(wanted)
    if told.outcomes.filter(is_before=False).is_empty():
        _nothing(made, viewer)
    else:
        _figures(told, wanted.days)
        show_charts(told, _period(told, wanted.days))
    _own_questions(made)


def _filters(made: JobDesk, viewer: Viewer) -> InsightFilter:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        period = st.segmented_control(
            "Period",
            list(_PERIODS),
            default="30 days",
            required=True,
            key="period",
            bind="query-params",
            help="Whole days up to today, in UTC. The figures are compared with as many days "
            "before.",
        )
        kind = st.selectbox(
            "Kind",
            [_ANY_PIPELINE, *all_pipelines()],
            format_func=lambda name: name if name == _ANY_PIPELINE else pipeline_name(name),
            key="kind",
            bind="query-params",
            width=220,
        )
        projects = made.board.projects(viewer.only_owner)
        project = _ANY_PROJECT
        if projects:
            project = st.selectbox(
                "Project",
                [_ANY_PROJECT, *projects],
                key="project",
                bind="query-params",
                width=220,
            )
    return InsightFilter(
        days=_PERIODS[period or "30 days"],
        pipeline=None if kind == _ANY_PIPELINE else kind,
        project=None if project == _ANY_PROJECT else project,
        owner=viewer.only_owner,
    )


def _nothing(made: JobDesk, viewer: Viewer) -> None:
    if made.board.page(JobFilter(owner=viewer.only_owner), limit=1).total:
        empty_state(
            ":material/filter_alt_off:",
            "Nothing here",
            "No file was taken in that these filters let through. Choose a longer period, or all "
            "kinds and projects.",
        )
        return
    empty_state(
        ":material/insights:",
        "Nothing to count yet",
        "Once files have been submitted, this page tells what came of them, what it cost and how "
        "long it took.",
    )
    st.page_link(SUBMIT, label="Submit files", icon=":material/upload:")


def _figures(told: Insights, days: int | None) -> None:
    """The sums, each beside what it was in as many days before."""
    now, before = _sums(told, is_before=False), _sums(told, is_before=True)
    compared = days is not None and before["items"] > 0

    def figure(
        label: str, name: str, shown: str, step: str, said: str, *, good: bool = True
    ) -> None:
        change = now[name] - before[name]
        delta = f"{change:{step}}" if compared and abs(change) > _LEAST_CHANGE else None
        st.metric(
            label,
            shown,
            delta,
            delta_color=("normal" if good else "inverse") if name != "cost" else "off",
            help=said,
            border=True,
        )

    with st.grid("auto", min_column_width=150):
        figure("Files", "items", f"{now['items']:,.0f}", "+,.0f", "Files, URLs and ideas taken in.")
        figure(
            "Pictures made",
            "pictures",
            f"{now['pictures']:,.0f}",
            "+,.0f",
            "Pictures that jobs published: renditions, staged rooms, commercial images, designs.",
        )
        figure(
            "Not made",
            "troubled",
            f"{now['troubled']:.1%}",
            "+.1%",
            "Share of the files that were refused, or that failed.",
            good=False,
        )
        figure(
            "Paid",
            "cost",
            money(now["cost"]) if now["cost"] else "free",
            "+,.2f",
            "What providers charged, in US dollars. What runs on this machine is free.",
        )
        approved = int(told.decisions["approved"].sum())
        decided = approved + int(told.decisions["rejected"].sum())
        share = approved / decided if decided else None
        st.metric(
            "Approved",
            None if share is None else f"{share:.0%}",
            help=f"Of the {plural(decided, 'picture')} that somebody has decided about."
            if decided
            else "Nobody has decided about these pictures yet.",
            border=True,
        )
    if compared:
        st.caption(f"The small figures compare with the {days} days before.")


def _sums(told: Insights, *, is_before: bool) -> dict[str, float]:
    items = told.outcomes.filter(is_before=is_before)
    made = told.made.filter(is_before=is_before)
    count = float(items["items"].sum())
    troubled = float(items.filter(pl.col("status") != "ready")["items"].sum())
    return {
        "items": count,
        "pictures": float(made["pictures"].sum()),
        "troubled": troubled / count if count else 0.0,
        "cost": float(made["cost_usd"].sum()),
    }


def _period(told: Insights, days: int | None) -> tuple[date, date]:
    """The days that are drawn, the first and the last."""
    today = datetime.now(UTC).date()
    first = told.outcomes["day"].to_list()[0] if days is None else None
    return first or today - timedelta(days=(days or 1) - 1), today


def _own_questions(made: JobDesk) -> None:
    with st.expander("Ask your own question", icon=":material/database:"):
        st.markdown(
            "Everything on this page is counted from tables that anyone who knows SQL may ask. "
            "They lie in this file, which any number of people may open for reading while jobs "
            "run:"
        )
        st.code(str(made.deployment.warehouse.path), language=None)
        st.markdown("From a terminal, with the page of all tables and their columns:")
        st.code(
            'showroom sql "SELECT reason, count(*) FROM uploads GROUP BY reason"\nshowroom tables',
            language="bash",
        )
        st.markdown(
            "`docs/tables.md` is the same page with questions to begin with. For questions that "
            "take more than a line there are notebooks about costs, styles, sharpness and "
            "duplicates:"
        )
        st.code("make notebooks", language="bash")


if __name__ == "__main__":
    show()
