"""Insights: what jobs came to, cost and took, counted by day in the warehouse.

A job's day is that of its id, UTC. Which jobs are meant is settled once, in a temporary table that
every question joins: so a filter is said in one place, and a sign-in holds for all of them.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from media.limits import MediaLimits, VideoLimits
from media.pipeline import all_pipelines, all_tables
from resources import insight_questions as questions
from resources.warehouse import Warehouse


@dataclass(frozen=True)
class InsightFilter:
    """Which jobs are counted; None means any."""

    days: int | None = None
    """So many days up to today, which is one of them; as many before are there to compare."""
    pipeline: str | None = None
    project: str | None = None
    owner: str | None = None


@dataclass(frozen=True)
class Insights:
    """What the chosen jobs came to. Only `outcomes` and `made` tell of the period before."""

    outcomes: pl.DataFrame
    """`day`, `pipeline`, `is_before`, `status`, `items`."""
    made: pl.DataFrame
    """`day`, `pipeline`, `project`, `provider`, `is_before`, `pictures`, `cost_usd`."""
    reasons: pl.DataFrame
    """`pipeline`, `reason`, `status`, `items`, `example`; the most frequent first."""
    timings: pl.DataFrame
    """`pipeline`, `step`, `provider`, `pictures`, `median_s`, `slow_s` (of ten the slowest)."""
    sharpness: pl.DataFrame
    """`is_chosen`, `from_sharpness`, `step`, `frames`; what is off the scale is in the last bin."""
    structure: pl.DataFrame
    """`from_score` in steps of 0.05, `needs_review`, `pictures`."""
    decisions: pl.DataFrame
    """`pipeline`, `provider`, `style`, `approved`, `rejected`."""
    near_limits: pl.DataFrame
    """`pipeline`, `what` (bytes, pixels or seconds), `uploads`, `largest`, `most`."""


class CountedRows:
    """The rows of one moment, read once and asked many times; safe to use from several threads."""

    def __init__(
        self, warehouse: Warehouse, limits: MediaLimits, video_limits: VideoLimits
    ) -> None:
        """Read what there is; `limits` are those that uploads are refused above."""
        pipelines = list(all_pipelines().values())
        self._largest = {
            "max_bytes": limits.max_upload_bytes,
            "max_video_bytes": video_limits.max_upload_bytes,
            "max_pixels": limits.max_pixels,
            "max_video_s": video_limits.max_duration_s,
        }
        self._lock = threading.Lock()
        self._connection = warehouse.connect(all_tables())
        for read in (questions.items, questions.pictures, questions.troubles):
            self._connection.execute(read(pipelines))
        self._connection.execute(questions.KNOWN)
        self._connection.execute(questions.DECIDED)

    def insights(self, wanted: InsightFilter, today: date | None = None) -> Insights:
        """What the jobs that are meant came to; `today` is the period's last day, UTC."""
        since, before = _first_days(wanted.days, today or datetime.now(UTC).date())
        chosen = {"owner": wanted.owner, "pipeline": wanted.pipeline, "project": wanted.project}
        with self._lock:
            self._connection.execute(questions.CHOSEN, {"since": since, "before": before, **chosen})
            self._connection.execute(questions.OUTCOMES)
            return Insights(
                outcomes=self._rows(questions.ITEMS_BY_DAY),
                made=self._rows(questions.MADE),
                reasons=self._rows(questions.REASONS),
                timings=self._rows(questions.TIMINGS),
                sharpness=self._rows(questions.SHARPNESS),
                structure=self._rows(questions.STRUCTURE),
                decisions=self._rows(questions.DECISIONS),
                near_limits=self._rows(questions.NEAR_LIMITS, self._largest),
            )

    def _rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pl.DataFrame:
        answer = self._connection.sql(sql, params=dict(parameters or {}))
        return pl.DataFrame(pl.from_arrow(answer.to_arrow_table()))


def _first_days(days: int | None, today: date) -> tuple[date, date]:
    """The first days of the period, and of the one before it."""
    if days is None:
        return date.min, date.min
    since = today - timedelta(days=days - 1)
    return since, since - timedelta(days=days)
