"""The pipeline with services instead of the offline providers, spoken to over HTTP."""

from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest
from pydantic import SecretStr

from media.pipelines.product_video import COMMERCIAL_IMAGES, CUTOUTS, PRODUCT_VIEWS
from media.requests import Parameters
from orchestration.once import JobRunner
from resources.dagster_home import open_instance
from resources.deployments import Deployment
from resources.settings import PROJECT_ROOT, Settings
from tests.pipelines.job_tables import rows
from tests.resources.vendor_servers import (
    Answer,
    Call,
    VendorServer,
    gemini_answer,
    photoroom_cutout,
    photoroom_error,
    photoroom_scene,
)

CLIP = PROJECT_ROOT / "data" / "samples" / "armchair-turning-round.mp4"
PARAMETERS: Parameters = {"sizes": "300x300", "versions": "solid,creative", "candidates": 3}
PRODUCTS = [
    {
        "name": "Armchair",
        "backgrounds": {
            "solid_color": "#f0e0d0",
            "real_life_setting": "by a window",
            "creative_shot": "on blue silk",
        },
        "variants": [
            {
                "frame": frame,
                "view": view,
                "kind": "angle",
                "quality": 70,
                "obstructions": ["shadow"],
                "rotation_deg": 2.0,
                "is_hero": frame == 0,
            }
            for frame, view in enumerate(("front", "side"))
        ],
    }
]


@pytest.fixture
def gemini() -> Iterator[VendorServer]:
    with VendorServer() as server:
        yield server.always(gemini_answer(PRODUCTS))


@pytest.fixture
def photoroom() -> Iterator[VendorServer]:
    def answer(call: Call) -> Answer:
        return (photoroom_cutout if "segment" in call.path else photoroom_scene)(call)

    with VendorServer() as server:
        yield server.always(answer)


@pytest.fixture
def runner_with_services(
    settings: Settings, gemini: VendorServer, photoroom: VendorServer
) -> Iterator[JobRunner]:
    served = settings.model_copy(
        update={
            "gemini_api_key": SecretStr("g"),
            "gemini_url": gemini.url,
            "photoroom_api_key": SecretStr("p"),
            "photoroom_url": photoroom.url,
            "provider_calls_per_minute": 1000,
        }
    )
    with Deployment(served) as deployment, open_instance(served) as instance:
        yield JobRunner.over(deployment, instance)


PAID = (PRODUCT_VIEWS, CUTOUTS, COMMERCIAL_IMAGES)


def run(runner: JobRunner) -> str:
    job = runner.deployment.submissions.submit("product_video", [CLIP], PARAMETERS)
    assert runner.run_job(job) == "done"
    return job


def test_each_row_says_who_did_it_and_for_how_much(
    runner_with_services: JobRunner, gemini: VendorServer, photoroom: VendorServer
) -> None:
    runner = runner_with_services
    job = run(runner)
    views = rows(runner, PRODUCT_VIEWS, job).sort("frame")
    assert views.select("product", "view", "obstructions", "solid_color").to_dicts() == [
        {
            "product": "Armchair",
            "view": view,
            "obstructions": ["shadow"],
            "solid_color": "#f0e0d0",
        }
        for view in ("front", "side")
    ]
    assert set(views["provider"]) == {"gemini"}
    assert views["cost_usd"].sum() > 0
    cutouts = rows(runner, CUTOUTS, job)
    assert cutouts.select("provider", "cost_usd").unique().rows() == [("photoroom", 0.02)]
    shots = rows(runner, COMMERCIAL_IMAGES, job)
    by_version: dict[str, Any] = {
        version: set(found["provider"]) for (version,), found in shots.group_by("version")
    }
    assert by_version == {"solid": {"offline"}, "creative": {"photoroom"}}
    assert set(shots.filter(pl.col("version") == "creative")["scene"]) == {"on blue silk"}

    # Asked for once more, in a job of its own, nothing is paid for again.
    paid = {table.name: rows(runner, table, job)["cost_usd"].sum() for table in PAID}
    asked = len(gemini.calls), len(photoroom.calls)
    again = run(runner)
    for table in PAID:
        assert rows(runner, table, again)["cost_usd"].sum() == 0
    # Made anew, the job still tells what it has spent.
    assert runner.run_job(job) == "done"
    assert {table.name: rows(runner, table, job)["cost_usd"].sum() for table in PAID} == paid
    assert (len(gemini.calls), len(photoroom.calls)) == asked


def test_a_service_that_refuses_costs_its_rows_only(
    runner_with_services: JobRunner, photoroom: VendorServer
) -> None:
    def answer(call: Call) -> Answer:
        if "segment" in call.path:
            return photoroom_cutout(call)
        return photoroom_error(402, "Exhausted credits")

    photoroom.always(answer)
    runner = runner_with_services
    job = run(runner)
    shots = rows(runner, COMMERCIAL_IMAGES, job)
    assert {(row["version"], row["status"], row["reason"]) for row in shots.to_dicts()} == {
        ("solid", "ready", None),
        ("creative", "failed", "provider_rejected"),
    }
    [item] = runner.ledger.job(job).items
    assert item.status == "ready"
    assert {withheld.reason for withheld in item.withheld} == {"provider_rejected"}
