"""Pictures from words through the real client: what is sent, what comes back, who pays how much."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from media.errors import (
    BlankPicture,
    BudgetSpent,
    InvalidSetting,
    ModeNotOffered,
    Moderated,
    PredictionFailed,
    ProviderRejected,
    ProviderUnavailable,
    ShowroomError,
    WrongShape,
)
from media.limits import MediaLimits
from resources.budgets import Budget
from resources.object_store import ObjectStore
from resources.replicate.image_model import ReplicateImageModel
from resources.replicate.image_models import IMAGE_MODELS
from resources.replicate.staging_models import STAGING_MODELS
from resources.replicate.terms import TRIES
from resources.settings import Settings
from tests.resources.replicate.parts import (
    DEV,
    IMAGE_TASK,
    PRO,
    SCHNELL,
    SCHNELL_USD,
    SDXL,
    HereWorkers,
    image_model_over,
    image_task,
)
from tests.resources.replicate.server import ReplicateServer, version_id

NewModel = Callable[[], ReplicateImageModel]


@pytest.fixture
def server() -> Iterator[ReplicateServer]:
    """A Replicate that answers at once."""
    with ReplicateServer() as made:
        yield made


@pytest.fixture
def new_model(server: ReplicateServer, settings: Settings) -> NewModel:
    """Makes models that share nothing but the store, as runs do."""
    return lambda: image_model_over(server.url, ObjectStore.from_settings(settings))


@pytest.fixture
def model(new_model: NewModel) -> ReplicateImageModel:
    """A model over the server."""
    return new_model()


@pytest.mark.parametrize(
    ("name", "size_px", "version"),
    [
        (SCHNELL, (896, 1184), "official"),
        (DEV, (896, 1184), "official"),
        (PRO, (896, 1184), "official"),
        (SDXL, (768, 1024), version_id(SDXL)),
    ],
)
def test_a_picture_comes_back_in_the_models_own_size_with_all_that_is_known_of_it(
    server: ReplicateServer,
    model: ReplicateImageModel,
    name: str,
    size_px: tuple[int, int],
    version: str,
) -> None:
    budget, listed_usd = Budget(1.0), IMAGE_MODELS[name].cost_usd
    made = model.imagine(image_task(model=name), budget)
    picture = Image.open(BytesIO(made.data))
    assert (made.format, made.width_px, made.height_px) == ("webp", *size_px)
    assert (picture.format, picture.size) == ("WEBP", size_px)
    assert not picture.getexif()
    sofa = np.asarray(picture.convert("RGB"))[size_px[1] * 4 // 5, size_px[0] // 2].astype(int)
    assert np.abs(sofa - [371 % 200, 707 % 200, 119]).max() < 12
    made_by = made.made_by
    assert (made_by.provider, made_by.model, made_by.version) == ("replicate", name, version)
    assert (made_by.seed, made_by.cost_usd, made.flags) == (7, listed_usd, ())
    assert made.prediction in server.works
    assert budget.spent_usd == pytest.approx(listed_usd)
    assert server.charged == 1


@pytest.mark.parametrize("name", [SCHNELL, DEV])
def test_open_flux_models_are_asked_so_that_a_seed_gives_the_same_picture(
    server: ReplicateServer, model: ReplicateImageModel, name: str
) -> None:
    model.imagine(image_task(model=name), Budget())
    (body,) = server.bodies
    assert "version" not in body
    asked = body["input"]
    assert (asked["prompt"], asked["seed"]) == (IMAGE_TASK.prompt, 7)
    assert (asked["aspect_ratio"], asked["go_fast"], asked["num_outputs"]) == ("3:4", False, 1)
    assert "width" not in asked


def test_the_prompt_is_asked_as_it_stands_in_its_row(
    server: ReplicateServer, model: ReplicateImageModel
) -> None:
    model.imagine(image_task(model=PRO), Budget())
    (body,) = server.bodies
    assert body["input"]["prompt_upsampling"] is False
    assert body["input"]["safety_tolerance"] <= 2


def test_a_model_that_is_not_official_is_asked_by_its_newest_version(
    server: ReplicateServer, model: ReplicateImageModel
) -> None:
    for seed in (1, 2):
        model.imagine(image_task(model=SDXL, seed=seed), Budget())
    first, _ = server.bodies
    assert first["version"] == version_id(SDXL)
    assert (first["input"]["width"], first["input"]["height"]) == (768, 1024)
    assert server.calls["model"] == 1
    assert (model.version(SDXL), model.version(None)) == ("newest", "official")


def test_a_version_that_cannot_be_had_at_first_is_asked_for_again(
    server: ReplicateServer, model: ReplicateImageModel
) -> None:
    server.faulty("model", "500", "reset")
    assert model.imagine(image_task(model=SDXL), Budget()).prediction
    assert (server.calls["model"], server.charged) == (3, 1)


def test_without_a_version_nothing_is_asked_or_paid(
    server: ReplicateServer, model: ReplicateImageModel
) -> None:
    server.faulty("model", *["500"] * (TRIES + 1))
    budget = Budget()
    with pytest.raises(ProviderUnavailable):
        model.imagine(image_task(model=SDXL), budget)
    assert (server.calls["create"], budget.spent_usd) == (0, 0)


def test_threads_and_jobs_that_want_the_same_picture_pay_once(
    server: ReplicateServer, new_model: NewModel
) -> None:
    server.takes_s = 0.1
    budget, model = Budget(), new_model()
    with ThreadPoolExecutor(3) as threads:
        made = list(threads.map(lambda _: model.imagine(IMAGE_TASK, budget), range(3)))
    assert sorted(one.made_by.cost_usd for one in made) == [0, 0, SCHNELL_USD]
    later = Budget(0.0)
    again = new_model().imagine(image_task(job="job-2", format="png"), later)
    assert (again.prediction, again.format) == (made[0].prediction, "png")
    assert (again.made_by.cost_usd, later.spent_usd, server.charged) == (0, 0, 1)


def test_another_seed_model_or_size_is_another_picture(
    server: ReplicateServer, model: ReplicateImageModel
) -> None:
    for changes in ({}, {"seed": 8}, {"model": DEV}, {"width_px": 1024}):
        model.imagine(image_task(**changes), Budget())
    assert server.charged == 4


def test_nothing_is_asked_that_the_budget_does_not_allow(
    server: ReplicateServer, model: ReplicateImageModel
) -> None:
    budget = Budget(1.5 * SCHNELL_USD)
    model.imagine(IMAGE_TASK, budget)
    with pytest.raises(BudgetSpent):
        model.imagine(image_task(seed=8), budget)
    assert server.calls["create"] == 1
    assert budget.spent_usd == pytest.approx(SCHNELL_USD)


@pytest.mark.parametrize("name", [SCHNELL, SDXL])
@pytest.mark.parametrize("fault", ["reset_after", "no_json"])
def test_a_prediction_whose_creation_went_unseen_is_told_by_what_was_asked(
    server: ReplicateServer, model: ReplicateImageModel, name: str, fault: str
) -> None:
    def meanwhile(kind: str, phase: str) -> None:
        if (kind, phase) == ("list", "before") and server.calls["list"] == 0:
            asked = server.bodies[0]
            other = {"width": 1024} if name == SDXL else {"aspect_ratio": "1:1"}
            for changes in ({"seed": 8}, {"prompt": "a hat"}, other):
                server.create(
                    "" if "version" in asked else name,
                    {**asked, "input": {**asked["input"], **changes}},
                )

    server.on_request = meanwhile
    server.faulty("create", fault)
    made = model.imagine(image_task(model=name), Budget())
    assert made.prediction == next(iter(server.works))
    assert server.calls["create"] == 1


def test_work_that_was_asked_for_long_before_is_not_taken_for_the_unseen_one(
    server: ReplicateServer, model: ReplicateImageModel
) -> None:
    def an_hour_ago(kind: str, phase: str) -> None:
        if (kind, phase) == ("create", "before") and not server.works:
            inputs = dict(IMAGE_MODELS[SCHNELL].inputs(IMAGE_TASK.prompt, 7, (768, 1024)))
            record = server.create(SCHNELL, {"input": inputs})
            assert record is not None
            record["created_at"] = "2026-01-01T00:00:00Z"

    server.on_request = an_hour_ago
    server.faulty("create", "reset", "reset", "reset_after")
    made = model.imagine(IMAGE_TASK, Budget())
    assert made.prediction == list(server.works)[1]


@pytest.mark.parametrize(
    ("fate", "error", "creations"),
    [
        ("nsfw", Moderated, 1),
        ("moderated", Moderated, 1),
        ("failed", PredictionFailed, 2),
        ("blank", BlankPicture, 1),
        ("wrong_shape", WrongShape, 1),
        ("small", WrongShape, 1),
    ],
)
def test_a_prediction_that_ends_badly_has_its_own_reason_and_may_be_asked_for_anew(
    server: ReplicateServer,
    new_model: NewModel,
    fate: str,
    error: type[ShowroomError],
    creations: int,
) -> None:
    server.fated(fate, fate if fate == "failed" else "succeeded")
    with pytest.raises(error):
        new_model().imagine(IMAGE_TASK, Budget())
    assert server.calls["create"] == creations
    assert new_model().imagine(IMAGE_TASK, Budget()).prediction
    assert server.calls["create"] == creations + 1


def test_what_a_model_says_against_its_picture_stays_with_it(
    server: ReplicateServer, new_model: NewModel
) -> None:
    server.fated("flagged")
    assert new_model().imagine(IMAGE_TASK, Budget()).flags == ("nsfw",)
    assert new_model().imagine(image_task(job="job-2"), Budget()).flags == ("nsfw",)
    assert server.charged == 1


def test_a_model_that_has_changed_is_not_paid(
    server: ReplicateServer, model: ReplicateImageModel
) -> None:
    server.schemas[SCHNELL]["components"]["schemas"]["aspect_ratio"]["enum"] = ["1:1"]
    budget = Budget()
    with pytest.raises(ProviderRejected, match="`aspect_ratio` is '3:4', and must be one of 1:1"):
        model.imagine(IMAGE_TASK, budget)
    assert (server.calls["create"], budget.spent_usd) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"model": "stranger/model"}, "no model stranger/model"),
        ({"model": next(iter(STAGING_MODELS))}, "no model qwen"),
        ({"width_px": 500}, "512 to 1440 pixels a side"),
        ({"width_px": 770}, "not 770 x 1024 pixels"),
        ({"model": SDXL, "width_px": 770}, "multiples of 8 pixels"),
    ],
)
def test_what_a_model_cannot_do_is_said_before_anything_is_asked(
    server: ReplicateServer, model: ReplicateImageModel, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(ModeNotOffered, match=words):
        model.imagine(image_task(**changes), Budget())
    assert not server.calls


def test_the_models_of_an_installation_start_with_its_own(settings: Settings) -> None:
    store = ObjectStore.from_settings(settings)
    model = ReplicateImageModel("token", store, HereWorkers(), MediaLimits(), model=SDXL)
    assert model.models == (SDXL, SCHNELL, DEV, PRO)
    assert (model.cost_usd(None), model.cost_usd(SCHNELL)) == (0.01, SCHNELL_USD)
    with pytest.raises(InvalidSetting, match="no model qwen"):
        ReplicateImageModel("token", store, HereWorkers(), MediaLimits(), model="qwen")
