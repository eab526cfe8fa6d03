"""Attempts at a question are kept beside its answer; their costs count once in each budget."""

import pytest

from media import keys
from media.errors import BudgetSpent
from resources.budgets import Budget
from resources.deployments import Deployment
from resources.replicate.bills import Bills
from resources.replicate.predictions import OPEN, Attempt, Prediction, PredictionRecords

DIGEST = "ab" * 32
INTENT = Attempt("job-1", "model", 0.5, {"seed": 7, "image": "https://x"}, "2026-01-01T00:00:00Z")
TAKEN = INTENT.taken(Prediction("p1", "starting", "2026-01-01T00:00:01Z", {}, version="v9"))


def test_attempts_are_found_as_they_were_written(anywhere: Deployment) -> None:
    records = PredictionRecords(anywhere.store, "shop")
    assert records.read(DIGEST) == []
    records.write(DIGEST, [TAKEN.failed("prediction_failed", True), INTENT])
    assert PredictionRecords(anywhere.store, "shop").read(DIGEST) == [
        TAKEN.failed("prediction_failed", True),
        INTENT,
    ]
    assert records.read("cd" * 32) == PredictionRecords(anywhere.store, "other").read(DIGEST) == []


def test_a_record_is_never_taken_for_the_answer() -> None:
    answer = keys.paid_call("shop", DIGEST)
    assert keys.paid_attempts("shop", DIGEST) != answer
    assert keys.paid_attempts("shop", DIGEST).rpartition("/")[0] == answer.rpartition("/")[0]


def test_an_attempt_is_charged_once_it_is_taken() -> None:
    assert (INTENT.is_charged, INTENT.outcome, INTENT.prediction) == (False, OPEN, "")
    assert (TAKEN.is_charged, TAKEN.outcome, TAKEN.prediction, TAKEN.version) == (
        True,
        OPEN,
        "p1",
        "v9",
    )
    assert not TAKEN.failed("prediction_aborted", False).is_charged


@pytest.mark.parametrize("status", ["succeeded", "failed", "canceled", "aborted"])
def test_a_prediction_is_over_in_every_status_that_ends_it(status: str) -> None:
    assert Prediction("p", status, "", {}).is_over  # type: ignore[arg-type]
    assert not Prediction("p", "processing", "", {}).is_over


def test_what_a_killed_run_paid_is_counted_once_whatever_the_limit() -> None:
    bills, budget = Bills(), Budget(0.1)
    for _ in range(2):
        bills.of(budget, "job-1", DIGEST).count([TAKEN, INTENT])
    assert budget.spent_usd == 0.5
    another = Budget()
    bills.of(another, "job-2", DIGEST).count([TAKEN])
    bills.of(another, "job-1", "cd" * 32).count([TAKEN])
    assert another.spent_usd == 0.5


def test_what_was_taken_is_not_counted_again_and_told_once() -> None:
    bills, budget = Bills(), Budget(0.6)
    bill = bills.of(budget, "job-1", DIGEST)
    bill.take(0, 0.5)
    with pytest.raises(BudgetSpent):
        bill.take(1, 0.5)
    bill.count([TAKEN])
    assert budget.spent_usd == 0.5
    assert bill.told_usd([TAKEN, INTENT]) == 0.5
    assert bills.of(budget, "job-1", DIGEST).told_usd([TAKEN]) == 0
    assert bills.of(budget, "job-2", DIGEST).told_usd([TAKEN]) == 0


def test_what_was_given_back_may_be_taken_again() -> None:
    budget = Budget(0.6)
    bill = Bills().of(budget, "job-1", DIGEST)
    bill.take(0, 0.5)
    bill.give_back(0, 0.5)
    bill.take(0, 0.5)
    assert budget.spent_usd == 0.5
