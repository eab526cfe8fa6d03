"""Rooms staged through the real client: what is sent, what comes back, who pays how much."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from media.errors import BudgetSpent, CorruptMedia, InvalidSetting, ModeNotOffered, ProviderRejected
from media.limits import MediaLimits
from resources.budgets import Budget
from resources.object_store import ObjectStore
from resources.replicate.staging_model import ReplicateStagingModel
from resources.replicate.terms import Terms
from resources.settings import Settings
from tests.resources.replicate.http import TOKEN
from tests.resources.replicate.parts import (
    FILL,
    KONTEXT,
    PACE,
    QWEN,
    QWEN_USD,
    TASK,
    HereWorkers,
    model_over,
    photo,
    task,
)
from tests.resources.replicate.server import ReplicateServer

NewModel = Callable[[], ReplicateStagingModel]


@pytest.fixture
def server() -> Iterator[ReplicateServer]:
    """A Replicate that answers at once."""
    with ReplicateServer() as made:
        yield made


@pytest.fixture
def new_model(server: ReplicateServer, settings: Settings) -> NewModel:
    """Makes models that share nothing but the store, as runs do."""
    return lambda: model_over(server.url, ObjectStore.from_settings(settings))


@pytest.fixture
def model(new_model: NewModel) -> ReplicateStagingModel:
    """A model over the server."""
    return new_model()


def test_a_room_comes_back_staged_with_all_that_is_known_of_it(
    server: ReplicateServer, model: ReplicateStagingModel
) -> None:
    budget = Budget(1.0)
    room = model.stage(photo(), TASK, budget)
    assert (room.format, room.width_px, room.height_px) == ("jpeg", 480, 320)
    picture = Image.open(BytesIO(room.data))
    assert picture.size == (480, 320)
    assert not picture.getexif()
    sofa = np.asarray(picture)[250, 240].astype(int)
    assert np.abs(sofa - [371 % 200, 707 % 200, 119]).max() < 12
    made_by = room.made_by
    assert (made_by.provider, made_by.model, made_by.version) == ("replicate", QWEN, "official")
    assert (made_by.seed, made_by.cost_usd) == (7, QWEN_USD)
    assert made_by.seconds > 0
    assert room.prediction in server.works
    assert room.words == TASK.prompt
    assert budget.spent_usd == pytest.approx(QWEN_USD)
    assert server.charged == 1


def test_qwen_is_asked_for_the_photo_in_its_own_proportions(
    server: ReplicateServer, model: ReplicateStagingModel
) -> None:
    model.stage(photo(), TASK, Budget())
    (body,) = server.bodies
    address = body["input"].pop("image")
    assert address.startswith(f"{server.url}/v1/files/")
    assert body == {
        "input": {
            "prompt": TASK.prompt,
            "seed": 7,
            "go_fast": True,
            "aspect_ratio": "match_input_image",
            "output_format": "png",
            "output_quality": 100,
        }
    }
    assert server.headers["create"]["cancel-after"] == "10s"
    assert "authorization" not in server.headers["download"]


def test_kontext_is_never_asked_to_be_more_tolerant_than_it_may_be_with_a_photo(
    server: ReplicateServer, model: ReplicateStagingModel
) -> None:
    room = model.stage(photo(), task(model=KONTEXT), Budget())
    (body,) = server.bodies
    assert body["input"]["input_image"].startswith(server.url)
    assert body["input"]["safety_tolerance"] <= 2
    assert body["input"]["output_format"] == "png"
    assert (room.made_by.model, room.made_by.cost_usd) == (KONTEXT, 0.08)


def test_a_mask_is_sent_in_the_size_of_the_photo_that_is_sent(
    server: ReplicateServer, model: ReplicateStagingModel
) -> None:
    output = BytesIO()
    Image.new("L", (3000, 2000), 255).save(output, "PNG")
    large = photo(3000, 2000)
    room = model.stage(large, task(model=FILL, mask=output.getvalue()), Budget())
    (body,) = server.bodies
    names = [str(body["input"][field]).rsplit("/", 1)[-1] for field in ("image", "mask")]
    sent, mask = (Image.open(BytesIO(server.files[name])) for name in names)
    assert sent.size == mask.size
    assert sent.width * sent.height <= 2_100_000
    assert abs(sent.width / sent.height - 1.5) < 0.01
    assert abs(room.width_px / room.height_px - 1.5) < 0.002


def test_a_photo_on_its_side_is_sent_upright_and_without_what_the_camera_wrote(
    server: ReplicateServer, model: ReplicateStagingModel
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    output = BytesIO()
    Image.open(BytesIO(photo())).save(output, "JPEG", exif=exif)
    room = model.stage(output.getvalue(), TASK, Budget())
    (sent,) = (Image.open(BytesIO(data)) for data in server.files.values())
    assert sent.size == (320, 480)
    assert not sent.getexif()
    assert (room.width_px, room.height_px) == (320, 480)


def test_variations_of_a_photo_upload_it_once_and_differ(
    server: ReplicateServer, model: ReplicateStagingModel
) -> None:
    with ThreadPoolExecutor(4) as threads:
        rooms = list(
            threads.map(lambda seed: model.stage(photo(), task(seed=seed), Budget()), range(1, 5))
        )
    assert len({room.data for room in rooms}) == 4
    assert (server.calls["upload"], server.calls["model"], server.charged) == (1, 1, 4)


def test_threads_that_want_the_same_picture_pay_once(
    server: ReplicateServer, model: ReplicateStagingModel
) -> None:
    server.takes_s = 0.1
    budget = Budget()
    with ThreadPoolExecutor(4) as threads:
        rooms = list(threads.map(lambda _: model.stage(photo(), TASK, budget), range(4)))
    assert server.charged == 1
    assert sorted(room.made_by.cost_usd for room in rooms) == [0, 0, 0, QWEN_USD]
    assert budget.spent_usd == pytest.approx(QWEN_USD)


def test_another_job_finds_the_picture_and_pays_nothing(
    server: ReplicateServer, new_model: NewModel
) -> None:
    first = new_model().stage(photo(), TASK, Budget())
    budget = Budget(0.0)
    again = new_model().stage(photo(), task(job="job-2"), budget)
    assert again.data == first.data
    assert again.prediction == first.prediction
    assert (again.made_by.cost_usd, budget.spent_usd, server.charged) == (0, 0, 1)


def test_the_same_job_run_again_knows_what_it_has_paid(
    server: ReplicateServer, new_model: NewModel
) -> None:
    new_model().stage(photo(), TASK, Budget())
    budget = Budget(0.0)
    again = new_model().stage(photo(), TASK, budget)
    assert again.made_by.cost_usd == QWEN_USD
    assert budget.spent_usd == pytest.approx(QWEN_USD)
    assert server.charged == 1


def test_another_format_of_a_picture_costs_nothing(
    server: ReplicateServer, new_model: NewModel
) -> None:
    new_model().stage(photo(), TASK, Budget())
    room = new_model().stage(photo(), task(format="webp", quality=60), Budget())
    assert Image.open(BytesIO(room.data)).format == "WEBP"
    assert server.charged == 1


def test_nothing_is_asked_that_the_budget_does_not_allow(
    server: ReplicateServer, model: ReplicateStagingModel
) -> None:
    budget = Budget(1.5 * QWEN_USD)
    model.stage(photo(), TASK, budget)
    with pytest.raises(BudgetSpent):
        model.stage(photo(), task(seed=8), budget)
    assert (server.charged, server.calls["create"]) == (1, 1)
    assert budget.spent_usd == pytest.approx(QWEN_USD)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"model": "stranger/model"}, "no model stranger/model"),
        ({"model": FILL}, "needs a mask"),
        ({"model": FILL, "mask": b"png", "mode": "restyle"}, "not restyle"),
        ({"mask": b"png"}, "takes no mask"),
    ],
)
def test_what_a_model_cannot_do_is_said_before_anything_is_asked(
    server: ReplicateServer, model: ReplicateStagingModel, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(ModeNotOffered, match=words):
        model.stage(photo(), task(**changes), Budget())
    assert not server.calls


def test_a_model_that_has_changed_is_not_paid(
    server: ReplicateServer, model: ReplicateStagingModel
) -> None:
    fields = server.schemas[QWEN]["components"]["schemas"]["Input"]["properties"]
    server.schemas[QWEN]["components"]["schemas"]["Input"]["properties"] = {
        name: field for name, field in fields.items() if name != "go_fast"
    }
    budget = Budget()
    with pytest.raises(ProviderRejected, match="no input `go_fast`"):
        model.stage(photo(), TASK, budget)
    assert (server.calls["create"], server.calls["upload"], budget.spent_usd) == (0, 0, 0)


@pytest.mark.parametrize("fault", ["500", "404", "no_json", "reset"])
def test_a_schema_that_cannot_be_had_keeps_nobody_from_working(
    server: ReplicateServer, model: ReplicateStagingModel, fault: str
) -> None:
    server.faulty("model", fault)
    model.stage(photo(), TASK, Budget())
    model.stage(photo(), task(seed=8), Budget())
    assert (server.charged, server.calls["model"]) == (2, 1)


def test_bytes_that_are_no_photo_are_refused_before_anything_is_paid(
    server: ReplicateServer, model: ReplicateStagingModel
) -> None:
    budget = Budget()
    with pytest.raises(CorruptMedia):
        model.stage(photo()[:2000], TASK, budget)
    assert (server.charged, budget.spent_usd) == (0, 0)


def test_an_operator_may_know_the_price_better(server: ReplicateServer, settings: Settings) -> None:
    store, terms = ObjectStore.from_settings(settings), Terms(server.url, cost_usd=0.03, pace=PACE)
    model = ReplicateStagingModel(TOKEN, store, HereWorkers(), MediaLimits(), terms=terms)
    assert (model.cost_usd(None), model.cost_usd(QWEN), model.cost_usd(FILL)) == (0.03, 0.03, 0.05)
    assert model.stage(photo(), TASK, Budget()).made_by.cost_usd == 0.03


def test_a_model_that_does_not_exist_is_a_wrong_setting(settings: Settings) -> None:
    store = ObjectStore.from_settings(settings)
    with pytest.raises(InvalidSetting, match="no model qwen"):
        ReplicateStagingModel("token", store, HereWorkers(), MediaLimits(), model="qwen")


def test_the_models_of_an_installation_start_with_its_own(model: ReplicateStagingModel) -> None:
    assert model.models == (QWEN, KONTEXT, FILL)
    assert model.cost_usd(None) == QWEN_USD
    assert model.cost_usd(FILL) == 0.05
    assert model.version(None) == "official"
