"""Clips: videos decoded once, every frame scored, the few that can win stored."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from media.errors import READY, ShowroomError
from media.limits import VideoLimits
from media.pipelines.product_video import CANDIDATE_FRAMES, FRAME_SCORES, FRAMES
from resources.earlier_work import EarlierWork, Row, recipe_of
from resources.media_workers import Allowance, MediaWorkers
from resources.object_store import ObjectStore
from resources.progress import Progress, each
from resources.renditions import Renditions
from resources.tables import Tables

if TYPE_CHECKING:
    from media.pipelines.product_video import ProductVideoParameters
    from media.video_frames import ScoredVideo, ScoringOptions

_PIPELINE = "product_video"
_WORK_S_PER_VIDEO_S = 3.0
"""How long decoding and scoring may take, for each second a clip lasts: 4K on one old core."""

_MOST_PER_SECOND = 3

ParametersOf = Callable[[str], "ProductVideoParameters"]


@dataclass(frozen=True)
class Clips:
    """Scores clips and chooses their frames."""

    store: ObjectStore
    tables: Tables
    earlier: EarlierWork
    renditions: Renditions
    workers: MediaWorkers
    progress: Progress
    limits: VideoLimits
    memory_bytes: int
    """What a worker may use for one clip."""

    def score(
        self, videos: pl.DataFrame, parameters_of: ParametersOf
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The rows of `frames` and `frame_scores` for `videos`, ready rows of `source_videos`.

        A clip that cannot be decoded to its end has a row with the reason in both.
        """
        if videos.is_empty():
            return FRAMES.empty(), FRAME_SCORES.empty()
        job = str(videos["job"][0])
        clips = videos.to_dicts()
        options = {
            clip["item"]: scoring_options(parameters_of(clip["item"]), clip["duration_s"] or 0)
            for clip in clips
        }
        recipes = {item: recipe_of("score_video", wanted) for item, wanted in options.items()}
        known = self._known(job, {(clip["sha256"], recipes[clip["item"]]) for clip in clips})

        def scored(clip: Row) -> tuple[list[Row], pl.DataFrame]:
            work = (clip["sha256"], recipes[clip["item"]])
            if work in known:
                return known[work]
            return self._score(clip, options[clip["item"]], work)

        frames: list[Row] = []
        scores: list[pl.DataFrame] = []
        results = each(scored, clips, self.workers.count)
        for clip, (kept, scored_rows) in zip(
            clips, self.progress.follow(job, FRAMES.name, results, len(clips)), strict=True
        ):
            own = {"job": job, "item": clip["item"], "filename": clip["filename"]}
            frames += [{**row, **own} for row in kept]
            scores.append(scored_rows.with_columns(**{k: pl.lit(v) for k, v in own.items()}))
        table = pl.concat([FRAME_SCORES.empty(), *(s.select(*FRAME_SCORES.schema) for s in scores)])
        return FRAMES.rows(frames), table

    def _known(
        self, job: str, work: set[tuple[str, str]]
    ) -> dict[tuple[str, str], tuple[list[Row], pl.DataFrame]]:
        """What other jobs made of the same clips in the same way."""
        found = self.earlier.rows(FRAMES, work, _PIPELINE, job)
        known = {}
        for piece, rows in found.items():
            scores = self.tables.read(FRAME_SCORES, rows[0]["job"])
            if scores is not None:
                known[piece] = (rows, scores.filter(pl.col("item") == rows[0]["item"]))
        return known

    def _score(
        self, clip: Row, options: "ScoringOptions", work: tuple[str, str]
    ) -> tuple[list[Row], pl.DataFrame]:
        from media.video_frames import score_video

        shared = dict(zip(("sha256", "recipe"), work, strict=True))
        more_s = _WORK_S_PER_VIDEO_S * (clip["duration_s"] or 0)
        allowance = Allowance(self.memory_bytes, self.workers.allowance.time_s + more_s)
        try:
            with self.store.on_disk(clip["key"]) as path:
                video = self.workers.run_within(allowance, score_video, path, self.limits, options)
            place = (_PIPELINE, clip["job"], clip["item"])
            frames = self.renditions.stored(video.frames, *place)
            proxies = self.renditions.stored(video.proxies, *place)
        except ShowroomError as error:
            row = {**error.outcome(), **shared}
            return [row], FRAME_SCORES.rows([error.outcome()])
        return [{**READY, **shared, **row} for row in frames], _scores(video, proxies)

    def candidates(
        self, frames: pl.DataFrame, frame_scores: pl.DataFrame, parameters_of: ParametersOf
    ) -> pl.DataFrame:
        """The rows of `candidate_frames`: of each clip that was scored."""
        from media.candidate_frames import candidate_rows

        rows: list[Row] = []
        for (item,), scores in frame_scores.group_by("item", maintain_order=True):
            if scores["status"][0] != "ready":
                continue
            asked = parameters_of(str(item))
            own = frames.filter(pl.col("item") == item, pl.col("status") == "ready")
            rows += candidate_rows(own, scores, asked.candidates, asked.min_gap_s)
        return CANDIDATE_FRAMES.rows(rows)


def scoring_options(asked: "ProductVideoParameters", duration_s: float) -> "ScoringOptions":
    """How the parameters want a clip of a length scored.

    A clip with fewer seconds than candidates has up to three of each, so that a product that
    turns fast is seen from more than the side that looks sharpest.
    """
    from media.video_frames import ScoringOptions

    apart = int(1 / asked.min_gap_s) if asked.min_gap_s else _MOST_PER_SECOND
    wanted = math.ceil(asked.candidates / max(duration_s, 1.0))

    return ScoringOptions(
        fps=asked.fps,
        per_second=max(1, min(wanted, apart, _MOST_PER_SECOND)),
        alpha=asked.motion_weight,
        min_sharpness=asked.min_sharpness,
        keep=asked.candidates,
        gap_s=asked.min_gap_s,
    )


def _scores(video: "ScoredVideo", proxies: list[Row]) -> pl.DataFrame:
    """Every scored frame as a row; job, item and filename are still to come."""
    keys: dict[int, Any] = {row["frame"]: row["key"] for row in proxies}
    columns = video.scores
    frame = pl.DataFrame(
        {
            "frame": columns.frame,
            "second": columns.second,
            "time_s": columns.time_s,
            "sharpness": columns.sharpness,
            "motion": columns.motion,
            "score": columns.score,
            "full": columns.full,
        }
    )
    ready = {name: pl.lit(value, dtype=pl.String) for name, value in READY.items()}
    key = pl.col("frame").replace_strict(keys, default=None, return_dtype=pl.String)
    empty = {name: pl.lit(None, dtype=pl.String) for name in ("job", "item", "filename")}
    return frame.with_columns(key=key, **ready, **empty).cast(FRAME_SCORES.schema)
