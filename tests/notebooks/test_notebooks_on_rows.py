"""What the offline providers never make: charges, doubts and refusals, from rows as written."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from media import keys
from media.job_ids import new_job_id
from media.pipelines.product_video import COMMERCIAL_IMAGES, CUTOUTS, FRAME_SCORES, SOURCE_VIDEOS
from media.pipelines.staging import STAGED_IMAGES, STAGING_PROMPTS
from media.requests import JobRequest, RequestedItem
from resources.deployments import Deployment
from resources.settings import Settings
from tests.notebooks.conftest import UseHome
from tests.notebooks.test_notebooks import run

JOB = new_job_id()
READY: dict[str, Any] = {"job": JOB, "item": "0001", "status": "ready"}
FAILED = READY | {"status": "failed", "reason": "provider_unavailable", "detail": "Try again."}
BLURRED = READY | {"status": "refused", "reason": "blurred_picture", "detail": "It is blurred."}


@pytest.fixture
def written(tmp_path: Path, use_home: UseHome) -> Iterator[Deployment]:
    """An installation without rows, which the environment describes."""
    use_home(tmp_path / "home")
    with Deployment(Settings(home=tmp_path / "home", workers=1)) as deployment:
        yield deployment


def test_costs_are_summed_and_compared_with_their_estimates(written: Deployment) -> None:
    room = {"style": "modern", "room_type": "bedroom", "mode": "furnish", "provider": "replicate"}
    prompts = [
        READY | {"name": name, "estimated_cost_usd": 0.03} for name in ("modern-1", "modern-2")
    ]
    pictures = [
        READY | room | {"name": "modern-1", "model": "m", "cost_usd": 0.05, "seconds": 4.0},
        FAILED | room | {"name": "modern-2", "model": "m", "cost_usd": 0.02, "seconds": 2.0},
    ]
    written.tables.write(STAGING_PROMPTS, JOB, STAGING_PROMPTS.rows(prompts))
    written.tables.write(STAGED_IMAGES, JOB, STAGED_IMAGES.rows(pictures))
    with run("staging_costs_and_styles") as (text, found):
        [estimate] = found["estimates"].to_dicts()
        assert found["total_usd"] == pytest.approx(0.07)
        assert estimate["charged_usd"] == pytest.approx(0.07)
        assert estimate["estimated_usd"] == pytest.approx(0.06)
        assert estimate["difference_usd"] == pytest.approx(0.01)
        assert found["pictures_by"]["pictures"].to_list() == [1]
        assert found["cost_by"]["cost_usd"].to_list() == [pytest.approx(0.07)]
        assert "Nothing was charged" not in text
        assert "No picture has been judged yet" in text


def test_what_the_gate_held_back_is_counted_by_step_and_reason(written: Deployment) -> None:
    request = JobRequest(
        job=JOB,
        pipeline="product_video",
        submitted_at=datetime.now(UTC),
        params={"min_sharpness": 7},
        items=[RequestedItem(item="0001", key="k", filename="clip.mp4")],
    )
    written.store.put(keys.job_request(JOB), request.model_dump_json().encode())
    clip = READY | {"filename": "clip.mp4"}
    scores = [
        clip | {"frame": n, "time_s": n / 10, "sharpness": float(n), "motion": 0.1, "score": 1.0}
        for n in range(10)
    ]
    doubted = READY | {"name": "cutout", "needs_review": True, "review": "ragged edge"}
    for table, rows in (
        (SOURCE_VIDEOS, [clip | {"duration_s": 1.0}]),
        (FRAME_SCORES, scores),
        (CUTOUTS, [doubted, BLURRED]),
        (COMMERCIAL_IMAGES, [BLURRED, BLURRED]),
    ):
        written.tables.write(table, JOB, table.rows(rows))
    with run("frame_quality") as (text, found):
        # The job's own setting counts, not the default.
        assert found["dropped"] == 7
        assert sorted(found["outcomes"].rows()) == [
            ("commercial_images", "blurred_picture", 2),
            ("cutouts", "blurred_picture", 1),
            ("cutouts", "to review: ragged edge", 1),
        ]
        assert "No frame of this clip was sharp enough" in text
        assert "Nothing was held back" not in text
