"""Candidate frames: which of a clip's saved frames may show a view, and what to do better."""

from typing import Any

import polars as pl

from media.capture_tips import capture_tips
from media.errors import READY, NoSharpFrame
from media.frame_selection import select_candidates

Row = dict[str, Any]

_TAKEN_OVER = (
    "filename",
    "second",
    "frame",
    "time_s",
    "sharpness",
    "motion",
    "score",
    "key",
    "content_sha256",
)


_SHARP_BESIDE_BEST = 0.25
"""How sharp, as a part of its second's best, a further frame of the second has to be. The sides of
one product differ by less in focus; a frame out of focus beside one in focus differs by more."""


def candidate_rows(
    frames: pl.DataFrame, scores: pl.DataFrame, count: int, gap_s: float
) -> list[Row]:
    """The rows of `candidate_frames` of one clip, by time.

    `frames` and `scores` are the clip's rows of the tables of these names, all ready; `scores`
    is not empty. At most `count` frames are chosen, `gap_s` seconds apart where there are enough. A
    clip of which no frame was sharp enough to be saved gets one row, refused, with the tips.
    """
    tips = capture_tips(scores["sharpness"].to_list(), scores["motion"].to_list())
    first = scores.row(0, named=True)
    shared = {"job": first["job"], "item": first["item"], "tips": " ".join(tips) or None}
    if frames.is_empty():
        advice = " ".join(tips) or "Hold the camera still and let it focus."
        error = NoSharpFrame(f"No frame of the clip is sharp enough. {advice}")
        return [{**error.outcome(), **shared, "filename": first["filename"]}]
    best = pl.col("sharpness").max().over("second")
    sharp = frames.filter(pl.col("sharpness") >= _SHARP_BESIDE_BEST * best)
    chosen = select_candidates(sharp["score"].to_list(), sharp["time_s"].to_list(), count, gap_s)
    rows = sharp[sorted(chosen)].sort("time_s").to_dicts()
    return [{**READY, **shared, **{name: row[name] for name in _TAKEN_OVER}} for row in rows]
