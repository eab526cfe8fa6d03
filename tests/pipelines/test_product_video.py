"""A clip in, studio shots out: the pipeline as a whole, through submission, run and ledger."""

import io
from pathlib import Path

import polars as pl
import pytest
from PIL import Image

from media.pipelines.product_video import (
    CANDIDATE_FRAMES,
    COMMERCIAL_IMAGES,
    CUTOUTS,
    FRAME_SCORES,
    FRAMES,
    PRODUCT_VIEWS,
    SOURCE_VIDEOS,
)
from orchestration.cli.copying import copy_outputs
from orchestration.once import JobRunner
from resources.job_records import JobState
from resources.settings import PROJECT_ROOT
from tests.pipelines.job_tables import rows

CLIP = PROJECT_ROOT / "data" / "samples" / "armchair-turning-round.mp4"
PARAMETERS = {"sizes": "512x512", "versions": "transparent,solid"}


def run(runner: JobRunner, sources: list[Path | str], params: dict[str, str]) -> str:
    job = runner.deployment.submissions.submit("product_video", sources, params)
    assert runner.run_job(job) is JobState.DONE
    return job


def test_a_clip_becomes_studio_shots(runner: JobRunner, tmp_path: Path) -> None:
    job = run(runner, [CLIP], PARAMETERS | {"versions": "transparent,solid,real,creative"})
    [source] = rows(runner, SOURCE_VIDEOS, job).to_dicts()
    assert (source["status"], source["kind"], source["width_px"]) == ("ready", "video", 512)
    assert source["duration_s"] == pytest.approx(4, abs=0.1)

    scores = rows(runner, FRAME_SCORES, job)
    assert scores["frame"].to_list() == list(range(48))
    assert scores["time_s"].is_sorted()
    # In the sample one frame of each second is in focus.
    best = scores.sort("sharpness").group_by("second").last()
    frames = rows(runner, FRAMES, job)
    assert sorted(frames["frame"]) == sorted(best["frame"])
    candidates = rows(runner, CANDIDATE_FRAMES, job)
    assert set(candidates["frame"]) <= set(frames["frame"])
    assert candidates["time_s"].is_sorted()

    views = rows(runner, PRODUCT_VIEWS, job)
    assert views["is_hero"].sum() == views["product"].n_unique()
    assert set(views["provider"]) == {"offline"}
    assert views["cost_usd"].sum() == 0
    cutouts = rows(runner, CUTOUTS, job).filter(pl.col("status") == "ready")
    assert cutouts.height == views.height
    for row in cutouts.to_dicts():
        picture = Image.open(io.BytesIO(runner.deployment.store.get(row["key"])))
        assert (picture.mode, picture.size) == ("RGBA", (512, 512))

    shots = rows(runner, COMMERCIAL_IMAGES, job)
    ready = shots.filter(pl.col("status") == "ready")
    assert set(ready["version"]) == {"transparent", "solid", "real", "creative"}
    assert "offline" in " ".join(ready.filter(pl.col("version") == "real")["scene"])
    details = runner.ledger.job(job)
    [item] = details.items
    assert item.status == "ready"
    assert len(item.outputs) == ready.height
    assert len({output.name for output in item.outputs}) == ready.height
    copied = copy_outputs(details, runner.deployment.store, tmp_path / "out", unreviewed=True)
    assert len(list((tmp_path / "out").rglob("*.webp"))) == len(copied) == ready.height


def test_the_same_clip_again_is_found_and_not_made_again(runner: JobRunner) -> None:
    first = run(runner, [CLIP], PARAMETERS)
    stored = {found.key for found in runner.deployment.store.objects("outputs/")}
    second = run(runner, [CLIP], PARAMETERS)
    assert {found.key for found in runner.deployment.store.objects("outputs/")} == stored
    for table in (FRAMES, FRAME_SCORES, CUTOUTS, COMMERCIAL_IMAGES):
        one, other = (rows(runner, table, job) for job in (first, second))
        assert one.drop("job", "seconds", strict=False).equals(
            other.drop("job", "seconds", strict=False)
        )


def test_one_bad_clip_disturbs_no_other(
    runner: JobRunner, tmp_path: Path, make_picture: "object"
) -> None:
    del make_picture
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(CLIP.read_bytes()[:40_000])
    text = tmp_path / "list.mp4"
    text.write_text("ffconcat version 1.0\nfile 'armchair-turning-round.mp4'\n")
    job = run(runner, [cut, CLIP, text], PARAMETERS)
    items = runner.ledger.job(job).items
    assert [item.status for item in items] == ["refused", "ready", "refused"]
    assert items[0].reason in {"incomplete", "corrupt"}
    assert items[2].reason == "misleading_name"
    assert runner.deployment.store.get(str(_key(runner, job, "0003"))) == text.read_bytes()


def _key(runner: JobRunner, job: str, item: str) -> object:
    found = rows(runner, SOURCE_VIDEOS, job).filter(pl.col("item") == item)
    return found["key"][0]


def test_the_percentage_follows_the_steps(runner: JobRunner) -> None:
    from media.pipelines.product_video import PIPELINE

    steps = [table.name for table in PIPELINE.tables]
    percents = [PIPELINE.percent(step, part) for step in steps for part in (0, 0.5, 1)]
    assert percents == sorted(percents)
    assert percents[-1] == 100
    job = run(runner, [CLIP], PARAMETERS)
    assert runner.ledger.job(job).percent == 100
