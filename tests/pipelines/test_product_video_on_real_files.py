"""The product_video pipeline on real and hostile files, where they are at hand."""

import csv
from pathlib import Path

import polars as pl
import pytest

from media.pipelines.product_video import (
    CANDIDATE_FRAMES,
    COMMERCIAL_IMAGES,
    FRAME_SCORES,
    SOURCE_VIDEOS,
)
from orchestration.once import JobRunner

Manifest = dict[str, dict[str, str]]


def videos(corpus: Path) -> Manifest:
    """The manifest's rows of everything that is, or says it is, a video or a sound."""
    with (corpus / "MANIFEST.csv").open(encoding="utf-8", newline="") as rows:
        return {
            row["path"]: row for row in csv.DictReader(rows) if row["kind"] in {"video", "audio"}
        }


def test_every_video_comes_out_as_it_should(runner: JobRunner, corpus: Path) -> None:
    manifest = videos(corpus)
    job = runner.deployment.submissions.submit(
        "product_video",
        [corpus / path for path in manifest],
        {"versions": "solid", "sizes": "320x320", "max_views": 2},
    )
    assert runner.run_job(job) == "done"
    tables = runner.deployment.tables
    sources = tables.read(SOURCE_VIDEOS, job)
    scores = tables.read(FRAME_SCORES, job)
    assert sources is not None
    assert scores is not None
    assert sources.height == len(manifest)
    wrong = {}
    for (path, row), source in zip(manifest.items(), sources.to_dicts(), strict=True):
        scored = scores.filter(pl.col("item") == source["item"])
        whole = source["status"] == "ready" and set(scored["status"]) == {"ready"}
        refused = source["status"] == "refused" or set(scored["status"]) == {"refused"}
        right = {
            "process": whole,
            "refuse": refused,
            "either": whole or refused,
            "warn_or_refuse": source["reason"] == "incomplete"
            or set(scored["reason"]) == {"incomplete"},
        }[row["expected_outcome"]]
        declared = float(row["duration_s"] or 0)
        if whole and declared and abs(source["duration_s"] - declared) > max(0.2, declared / 20):
            right = False
        if not right:
            wrong[path] = (row["expected_outcome"], source["status"], source["detail"])
        if source["status"] == "refused":
            assert source["reason"]
            assert source["key"] or row["bytes"] == "0"
    assert wrong == {}


@pytest.mark.parametrize("clip", ["derived/turntable/phone.mp4"])
def test_the_turntable_gives_distinct_views_in_four_versions(
    runner: JobRunner, corpus: Path, clip: str
) -> None:
    job = runner.deployment.submissions.submit("product_video", [corpus / clip], {})
    assert runner.run_job(job) == "done"
    candidates = runner.deployment.tables.read(CANDIDATE_FRAMES, job)
    shots = runner.deployment.tables.read(COMMERCIAL_IMAGES, job)
    assert candidates is not None
    assert shots is not None
    views = shots.group_by("view").agg(pl.col("version"), pl.col("status").unique())
    assert views.height >= 3
    assert all(
        sorted(found) == ["creative", "real", "solid", "transparent"] for found in views["version"]
    )
    assert shots.filter(pl.col("status") == "ready", ~pl.col("needs_review")).height >= 12
