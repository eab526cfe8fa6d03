"""Designing offline: a drawing from a worker, honest about what it is."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from media.designs.brief import Brief
from media.errors import ModeNotOffered
from resources.budgets import Budget
from resources.image_model import ImageTask
from resources.media_workers import MediaWorkers
from resources.offline_image_model import OfflineImageModel

TASK = ImageTask(
    "job", Brief("navy wrap dress"), "whatever a model was told", 11, width_px=240, height_px=320
)


@pytest.fixture(scope="module")
def model() -> Iterator[OfflineImageModel]:
    """The model over one worker with the limits of an ordinary installation."""
    with MediaWorkers(1, 1_000_000_000, 60.0) as workers:
        yield OfflineImageModel(workers)


def test_it_draws_the_brief_and_says_that_it_is_a_drawing(model: OfflineImageModel) -> None:
    made = model.imagine(TASK, Budget(0.0))
    with Image.open(BytesIO(made.data)) as image:
        assert image.size == (made.width_px, made.height_px) == (240, 320)
        assert image.format == "WEBP"
    assert made.words.startswith("Offline concept drawing: navy")
    assert "dress" in made.words
    assert made.flags == ()
    assert made.prediction is None


def test_its_rows_say_who_made_it_with_what_and_that_it_cost_nothing(
    model: OfflineImageModel,
) -> None:
    made_by = model.imagine(TASK, Budget(0.0)).made_by
    assert (made_by.provider, made_by.model) == ("offline", model.models[0])
    assert (made_by.seed, made_by.cost_usd) == (11, 0.0)
    assert made_by.version == model.version(None)
    assert model.cost_usd(None) == 0.0


def test_the_same_task_gives_the_same_bytes_and_the_seed_counts(model: OfflineImageModel) -> None:
    first, again = (model.imagine(TASK, Budget()).data for _ in range(2))
    assert first == again
    assert model.imagine(replace(TASK, seed=12), Budget()).data != first


def test_format_and_quality_are_kept(model: OfflineImageModel) -> None:
    fine, coarse = (
        model.imagine(replace(TASK, format="jpeg", quality=each), Budget()) for each in (95, 30)
    )
    assert fine.format == "jpeg"
    assert len(fine.data) > 1.5 * len(coarse.data)


def test_a_model_of_somebody_else_is_refused_with_the_way_out(model: OfflineImageModel) -> None:
    with pytest.raises(ModeNotOffered, match="SHOWROOM_REPLICATE_API_TOKEN"):
        model.check(replace(TASK, model="stability-ai/sdxl"))
    model.check(replace(TASK, model=model.models[0]))
