"""Everything that may go wrong with Replicate: it is got over, or told by its own name."""

from collections.abc import Callable, Iterator

import pytest

from media.errors import (
    BlankPicture,
    InvalidProviderResponse,
    Moderated,
    OutputExpired,
    PredictionAborted,
    PredictionCanceled,
    PredictionFailed,
    ProviderRejected,
    ProviderUnavailable,
    ShowroomError,
    UnchangedPicture,
    WrongShape,
)
from resources.budgets import Budget
from resources.object_store import ObjectStore
from resources.replicate.staging_model import ReplicateStagingModel
from resources.replicate.terms import TRIES, Pace
from resources.settings import Settings
from tests.resources.replicate.parts import (
    PACE,
    QWEN_USD,
    TASK,
    Patience,
    model_over,
    photo,
    task,
)
from tests.resources.replicate.server import ReplicateServer

NewModel = Callable[..., ReplicateStagingModel]
PASSING = ["throttled", "throttled_text", "503", "reset", "silence"]
DAMAGED = ["partial", "html", "truncated"]


@pytest.fixture
def server() -> Iterator[ReplicateServer]:
    """A Replicate that answers at once."""
    with ReplicateServer() as made:
        yield made


@pytest.fixture
def new_model(server: ReplicateServer, settings: Settings) -> NewModel:
    """Makes models that share nothing but the store, and soon lose patience with silence."""

    def make(timeout_s: float = 0.4, pace: Pace = PACE, token: str = "") -> ReplicateStagingModel:
        store, patience = ObjectStore.from_settings(settings), Patience(timeout_s, pace)
        return model_over(server.url, store, patience, **({"token": token} if token else {}))

    return make


@pytest.fixture
def model(new_model: NewModel) -> ReplicateStagingModel:
    """A model over the server."""
    return new_model()


@pytest.mark.parametrize("kind", ["upload", "create", "get", "download"])
@pytest.mark.parametrize("fault", PASSING)
def test_trouble_that_passes_is_got_over(
    server: ReplicateServer, model: ReplicateStagingModel, kind: str, fault: str
) -> None:
    server.takes_s = 0.03
    server.faulty(kind, fault)
    budget = Budget()
    assert model.stage(photo(), TASK, budget).prediction
    assert server.charged == 1
    assert 2 <= server.calls[kind] <= TRIES
    assert budget.spent_usd == pytest.approx(QWEN_USD)


def test_a_prediction_that_is_not_known_everywhere_yet_is_not_given_up(
    server: ReplicateServer, model: ReplicateStagingModel
) -> None:
    server.takes_s = 0.03
    server.faulty("get", "404", "404")
    assert model.stage(photo(), TASK, Budget()).prediction
    assert server.charged == 1


@pytest.mark.parametrize("fault", ["reset_after", "no_json"])
def test_a_prediction_whose_creation_went_unseen_is_found_and_not_created_again(
    server: ReplicateServer, model: ReplicateStagingModel, fault: str
) -> None:
    server.faulty("create", fault)
    room = model.stage(photo(), TASK, Budget())
    assert room.prediction in server.works
    assert (server.charged, server.calls["create"]) == (1, 1)
    assert room.made_by.cost_usd == QWEN_USD


def test_a_prediction_that_is_not_listed_yet_is_waited_for(
    server: ReplicateServer, model: ReplicateStagingModel
) -> None:
    server.listed_after_s = 0.05
    server.faulty("create", "reset_after")
    model.stage(photo(), TASK, Budget())
    assert (server.charged, server.calls["create"]) == (1, 1)
    assert server.calls["list"] > 1


def test_an_unseen_prediction_is_found_behind_pages_of_others_and_an_aborted_one(
    server: ReplicateServer, model: ReplicateStagingModel
) -> None:
    def meanwhile(kind: str, phase: str) -> None:
        if (kind, phase) == ("list", "before") and server.calls["list"] == 0:
            server.fated("aborted")
            for seed in range(100, 113):
                inputs = {**server.bodies[0]["input"], "seed": seed}
                server.create("qwen/qwen-image-edit", {"input": inputs})

    server.on_request = meanwhile
    server.faulty("create", "reset_after")
    room = model.stage(photo(), TASK, Budget())
    assert server.works[str(room.prediction)].question[3] == TASK.seed
    assert (server.calls["create"], server.calls["list"]) == (1, 3)


def test_an_earlier_attempt_that_failed_is_not_mistaken_for_the_unseen_one(
    server: ReplicateServer, model: ReplicateStagingModel
) -> None:
    server.fated("failed", "succeeded").faulty("create", "fine", "reset_after")
    room = model.stage(photo(), TASK, Budget())
    assert room.prediction == list(server.works)[1]
    assert server.calls["create"] == 2


@pytest.mark.parametrize("status", [402, 403, 404, 422])
def test_a_refusal_ends_it_at_once_and_costs_nothing(
    server: ReplicateServer, model: ReplicateStagingModel, status: int
) -> None:
    server.faulty("create", str(status))
    budget = Budget()
    with pytest.raises(ProviderRejected, match=f"trouble {status}"):
        model.stage(photo(), TASK, budget)
    assert (server.calls["create"], server.charged, budget.spent_usd) == (1, 0, 0)
    assert model.stage(photo(), TASK, budget).prediction


def test_a_wrong_token_is_named(server: ReplicateServer, new_model: NewModel) -> None:
    with pytest.raises(ProviderRejected, match=r"token \(401\): No such token"):
        new_model(token="stolen").stage(photo(), TASK, Budget())  # noqa: S106
    assert server.calls["upload"] == 1


def test_a_service_that_stays_busy_is_given_up_and_costs_nothing(
    server: ReplicateServer, model: ReplicateStagingModel
) -> None:
    server.faulty("create", *["throttled"] * 10)
    budget = Budget()
    with pytest.raises(ProviderUnavailable, match="429"):
        model.stage(photo(), TASK, budget)
    assert (server.calls["create"], server.charged, budget.spent_usd) == (TRIES, 0, 0)


def test_a_creation_that_may_have_happened_counts_until_it_is_known(
    server: ReplicateServer, model: ReplicateStagingModel
) -> None:
    server.faulty("create", *["500"] * TRIES)
    budget = Budget()
    with pytest.raises(ProviderUnavailable):
        model.stage(photo(), TASK, budget)
    assert server.calls["create"] == TRIES
    assert budget.spent_usd == pytest.approx(QWEN_USD)


@pytest.mark.parametrize(
    ("fate", "error", "creations", "charges"),
    [
        ("failed", PredictionFailed, 2, 2),
        ("canceled", PredictionCanceled, 1, 1),
        ("aborted", PredictionAborted, 1, 0),
        ("moderated", Moderated, 1, 1),
        ("removed", OutputExpired, 1, 1),
        ("blank", BlankPicture, 1, 1),
        ("unchanged", UnchangedPicture, 1, 1),
        ("wrong_shape", WrongShape, 1, 1),
        ("small", WrongShape, 1, 1),
    ],
)
def test_a_prediction_that_ends_badly_has_its_own_reason_and_may_be_asked_for_anew(
    server: ReplicateServer,
    new_model: NewModel,
    fate: str,
    error: type[ShowroomError],
    creations: int,
    charges: int,
) -> None:
    server.fated(fate, fate if fate == "failed" else "succeeded")
    large = photo(1600, 1200) if fate == "small" else photo()
    budget = Budget()
    with pytest.raises(error):
        new_model().stage(large, TASK, budget)
    assert server.calls["create"] == creations
    assert budget.spent_usd == pytest.approx(charges * QWEN_USD)
    later = Budget()
    room = new_model().stage(large, TASK, later)
    assert server.calls["create"] == creations + 1
    assert later.spent_usd == pytest.approx((charges + 1) * QWEN_USD)
    assert room.made_by.cost_usd == pytest.approx((charges + 1) * QWEN_USD)


def test_a_model_that_fails_once_is_asked_once_more(
    server: ReplicateServer, model: ReplicateStagingModel
) -> None:
    server.fated("failed")
    room = model.stage(photo(), TASK, Budget())
    assert server.calls["create"] == 2
    assert room.made_by.cost_usd == pytest.approx(2 * QWEN_USD)


def test_a_prediction_without_an_end_is_stopped(
    server: ReplicateServer, new_model: NewModel
) -> None:
    server.fated("endless")
    impatient = new_model(pace=Pace(0.01, 0.01, patience_s=0.1, look_again_s=()))
    with pytest.raises(ProviderUnavailable, match="stopped"):
        impatient.stage(photo(), TASK, Budget())
    assert (server.calls["cancel"], server.calls["create"]) == (1, 1)
    assert impatient.stage(photo(), TASK, Budget()).prediction == list(server.works)[1]


@pytest.mark.parametrize("fault", DAMAGED)
def test_a_picture_damaged_on_its_way_is_fetched_again(
    server: ReplicateServer, model: ReplicateStagingModel, fault: str
) -> None:
    server.faulty("download", fault, fault)
    model.stage(photo(), TASK, Budget())
    assert (server.calls["download"], server.charged) == (3, 1)


@pytest.mark.parametrize("fault", DAMAGED)
def test_a_picture_that_stays_damaged_is_no_answer_and_can_be_fetched_later(
    server: ReplicateServer, new_model: NewModel, fault: str
) -> None:
    server.faulty("download", *[fault] * TRIES)
    with pytest.raises(InvalidProviderResponse) as told:
        new_model().stage(photo(), TASK, Budget())
    assert type(told.value) is InvalidProviderResponse
    assert server.calls["download"] == TRIES
    new_model().stage(photo(), TASK, Budget())
    assert server.charged == 1


def test_an_address_that_has_expired_is_asked_for_anew(
    server: ReplicateServer, model: ReplicateStagingModel
) -> None:
    server.faulty("download", "expired")
    model.stage(photo(), TASK, Budget())
    assert (server.calls["download"], server.charged) == (2, 1)


@pytest.mark.parametrize("fault", ["expired", "403", "410"])
def test_a_picture_that_is_gone_is_told_so(
    server: ReplicateServer, model: ReplicateStagingModel, fault: str
) -> None:
    server.faulty("download", fault, fault)
    with pytest.raises(OutputExpired):
        model.stage(photo(), TASK, Budget())
    assert server.calls["download"] == 2


def test_work_that_could_not_be_watched_is_fetched_by_the_next_run(
    server: ReplicateServer, new_model: NewModel
) -> None:
    server.takes_s = 0.02
    server.faulty("get", *["500"] * TRIES)
    with pytest.raises(ProviderUnavailable):
        new_model().stage(photo(), TASK, Budget())
    assert server.calls["get"] == TRIES
    budget = Budget(0.0)
    room = new_model().stage(photo(), TASK, budget)
    assert (server.charged, room.made_by.cost_usd) == (1, QWEN_USD)
    assert budget.spent_usd == pytest.approx(QWEN_USD)


def test_work_that_replicate_has_forgotten_is_told_and_then_asked_for_anew(
    server: ReplicateServer, new_model: NewModel
) -> None:
    server.takes_s = 0.02
    server.faulty("get", *["500"] * TRIES)
    with pytest.raises(ProviderUnavailable):
        new_model().stage(photo(), TASK, Budget())
    server.works.clear()
    with pytest.raises(OutputExpired, match="forgotten"):
        new_model().stage(photo(), TASK, Budget())
    assert new_model().stage(photo(), task(), Budget()).prediction in server.works
