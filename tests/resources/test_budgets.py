"""A job's budget is kept, whoever spends it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from media.errors import BudgetSpent
from resources.budgets import Budget


def test_a_budget_is_taken_until_the_next_call_would_be_too_much() -> None:
    budget = Budget(0.033)
    for _ in range(3):
        budget.take(0.011)
    with pytest.raises(BudgetSpent, match=r"max_cost_usd=0\.033"):
        budget.take(0.011)
    assert budget.spent_usd == pytest.approx(0.033)


def test_nothing_may_be_spent_of_nothing_and_free_work_costs_nothing() -> None:
    budget = Budget(0.0)
    budget.take(0.0)
    with pytest.raises(BudgetSpent):
        budget.take(0.001)


def test_without_a_limit_anything_goes() -> None:
    budget = Budget()
    budget.take(1e6)
    assert budget.spent_usd == 1e6


def test_what_was_not_caused_can_be_spent_on_something_else() -> None:
    budget = Budget(1.0)
    budget.take(1.0)
    budget.give_back(1.0)
    budget.take(1.0)


def test_what_was_paid_before_counts_even_over_the_limit() -> None:
    budget = Budget(1.0)
    budget.count(2.0)
    with pytest.raises(BudgetSpent):
        budget.take(0.01)


def test_threads_together_keep_to_it() -> None:
    budget = Budget(1.0)

    def take(_: int) -> bool:
        try:
            budget.take(0.01)
        except BudgetSpent:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, range(400))) == 100
