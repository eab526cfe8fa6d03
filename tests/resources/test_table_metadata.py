"""What is plotted of a job's rows."""

import polars as pl
import pytest

from media.pipeline import table_named
from resources.table_metadata import counted, measured, plots_of


def test_nothing_that_can_be_counted_is_left_out_of_a_job_without_rows() -> None:
    told = counted(table_named("staged_images"), table_named("staged_images").empty())
    assert told == {
        "ready": 0,
        "refused": 0,
        "failed": 0,
        "bytes": 0,
        "needs_review": 0,
        "cost_usd": 0.0,
    }
    assert measured(table_named("source_videos").empty(), {"duration_s": "sum"}) == {
        "duration_s_sum": 0.0
    }
    assert measured(table_named("cutouts").empty(), {"mask_quality": "mean"}) == {}


def test_the_best_match_is_plotted_and_not_all_of_them() -> None:
    rows = pl.DataFrame(
        {"status": ["ready"] * 3, "rank": [1, 2, 1], "score": [0.9, 0.1, 0.7]},
    )
    assert measured(rows, {"score": "best"}) == {"score_best": 0.8}


def test_a_column_that_there_is_not_cannot_be_plotted() -> None:
    with pytest.raises(ValueError, match="cutouts cannot plot sharpness as mean"):
        plots_of({"plotted": {"sharpness": "mean"}}, table_named("cutouts"))
