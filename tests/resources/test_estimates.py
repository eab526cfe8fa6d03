"""Estimates: as many pictures as are then asked for, at the prices that are then paid."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from pydantic import SecretStr

from media.errors import READY, InvalidParameter, InvalidRequest, UnknownPipeline
from media.pipeline import all_pipelines
from media.pipelines.staging import ROOM_LAYOUTS, StagingParameters
from media.requests import Parameters
from resources.deployments import Deployment
from resources.estimates import Estimate
from resources.settings import Settings
from tests.resources.file_server import FileServer

_NO_KEY = SecretStr("a key that nobody accepts")


@pytest.fixture
def paid(settings: Settings) -> Iterator[Deployment]:
    """An installation where services do everything; none of them may be asked anything."""
    keys = dict.fromkeys(("replicate_api_token", "gemini_api_key", "photoroom_api_key"), _NO_KEY)
    with FileServer() as services:
        addresses = ("replicate_url", "gemini_url", "photoroom_url")
        urls = dict.fromkeys(addresses, services.url(""))
        with Deployment(settings.model_copy(update=keys | urls)) as made:
            yield made
        assert services.connections == 0


def usd(estimate: Estimate) -> tuple[float, float]:
    return estimate.at_least_usd, estimate.at_most_usd


def test_every_pipeline_can_be_estimated_and_offline_all_costs_nothing(
    deployment: Deployment,
) -> None:
    for name, pipeline in all_pipelines().items():
        expected = deployment.estimates.of(name, {}, 1)
        assert usd(expected) == (0, 0)
        assert all(said[0].isupper() and said.endswith(".") for said in expected.said)
        assert any("costs nothing" in said for said in expected.said)
        assert bool(expected.pictures) == bool(pipeline.published)


@pytest.mark.parametrize(
    ("params", "pictures", "cost_usd"),
    [
        ({}, 2, 0.022),
        ({"style": "modern,industrial,modern", "variations": "3"}, 12, 0.132),
        ({"mode": "empty", "style": "modern,industrial", "variations": 2}, 4, 0.044),
        ({"mode": "restyle", "style": "modern,industrial"}, 4, 0.044),
        ({"model": "black-forest-labs/flux-kontext-max"}, 2, 0.16),
        ({"variations": 10, "max_cost_usd": 0.033}, 3, 0.033),
        ({"max_cost_usd": 0}, 0, 0),
        ({"area": "floor", "model": "black-forest-labs/flux-fill-pro"}, 2, 0.1),
        # It needs an area, so it would refuse every picture before anything is paid.
        ({"model": "black-forest-labs/flux-fill-pro"}, 0, 0),
        ({"model": "nobody/nothing"}, 0, 0),
    ],
)
def test_two_rooms_cost_as_many_pictures_as_are_asked_for(
    paid: Deployment, params: Parameters, pictures: int, cost_usd: float
) -> None:
    expected = paid.estimates.of("staging", params, 2)
    assert expected.pictures == pictures
    assert usd(expected) == pytest.approx((cost_usd, cost_usd))


@pytest.mark.parametrize("mode", ["furnish", "declutter", "empty", "enhance", "restyle"])
def test_pictures_are_counted_as_prompts_are_written(paid: Deployment, mode: str) -> None:
    params: Parameters = {"mode": mode, "style": "modern,industrial", "variations": 2}
    lengths = {name: 1.0 for name, dtype in ROOM_LAYOUTS.schema.items() if dtype == pl.Float64()}
    sizes = {name: 900 for name, dtype in ROOM_LAYOUTS.schema.items() if dtype == pl.Int64()}
    lists = {"vanishing_points": [1.0] * 6, "horizon": [1.0] * 2, "floor": [1.0] * 8}
    row = {**READY, "job": "J", "item": "0001", "is_room": True, "room_type": "bedroom"}
    layout = ROOM_LAYOUTS.rows([row | lengths | sizes | lists | {"sha256": "a" * 64, "key": "k"}])
    prompts = paid.rooms.prompts(layout, lambda _: StagingParameters.model_validate(params))
    expected = paid.estimates.of("staging", params, 1)
    assert prompts.height == expected.pictures
    assert prompts["estimated_cost_usd"].sum() == pytest.approx(expected.at_most_usd)


def test_what_the_offline_provider_cannot_do_is_said(deployment: Deployment) -> None:
    expected = deployment.estimates.of("staging", {"mode": "restyle"}, 1)
    assert expected.pictures == 0
    assert expected.said[0].startswith("Nothing would be made: offline, ")


def test_designs_cost_their_pictures(paid: Deployment) -> None:
    alone = paid.estimates.of("design", {"prompt": "red dress"}, 0)
    assert (alone.pictures, usd(alone)) == (4, (0.012, 0.012))
    files = paid.estimates.of("design", {"images": 2}, 3)
    assert (files.pictures, usd(files)) == (6, (0.018, 0.018))
    assert any("brief's file" in said for said in files.said)
    assert not any("brief's file" in said for said in alone.said)


@pytest.mark.parametrize(
    ("params", "view_usd", "views"),
    [
        ({}, 0.02 + 2 * 0.10, 5),
        ({"versions": "solid,transparent"}, 0.02, 5),
        ({"versions": "real", "sizes": "800x800,1600x1600", "max_views": 3}, 0.02 + 2 * 0.10, 3),
    ],
)
def test_a_clip_costs_one_view_at_least_and_all_it_may_have_at_most(
    paid: Deployment, params: Parameters, view_usd: float, views: int
) -> None:
    least, most = usd(paid.estimates.of("product_video", params, 2))
    # Gemini's part is an estimate: a tenth of a cent to a fifth of a dollar a clip.
    assert 2 * view_usd < least < 2 * (view_usd + 0.002)
    assert 2 * view_usd * views < most < 2 * (view_usd * views + 0.2)


def test_an_operators_own_prices_count(settings: Settings) -> None:
    own = {"replicate_api_token": _NO_KEY, "replicate_cost_usd": 0.5}
    with Deployment(settings.model_copy(update=own)) as made:
        assert made.estimates.of("staging", {}, 1).at_most_usd == 0.5
    dear = {"gemini_api_key": _NO_KEY, "gemini_input_usd": 100.0, "gemini_output_usd": 1000.0}
    with Deployment(settings.model_copy(update=dear)) as made:
        assert made.estimates.of("product_video", {}, 1).at_most_usd > 30


def test_what_submitting_would_refuse_is_refused(deployment: Deployment) -> None:
    of = deployment.estimates.of
    with pytest.raises(UnknownPipeline):
        of("laundry", {}, 1)
    with pytest.raises(InvalidParameter, match="style"):
        of("staging", {"style": "gothic"}, 1)
    with pytest.raises(InvalidRequest, match="not 51"):
        of("staging", {}, 51)
    with pytest.raises(InvalidRequest, match="not 0"):
        of("design", {}, 0)


def test_offline_nothing_heavy_is_loaded(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from resources.deployments import Deployment; from resources.settings import Settings\n"
        f"with Deployment(Settings(home=Path({str(tmp_path)!r}))) as made:\n"
        "    for name in ('staging', 'product_video', 'design', 'library', 'catalogue'):\n"
        "        made.estimates.of(name, {}, 1)\n"
        "heavy = {'httpx', 'PIL', 'numpy', 'cv2', 'replicate', 'google.genai', 'lancedb'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert ran.stdout.strip() == "[]"
