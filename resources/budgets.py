"""Budgets: what a job may spend on paid services, checked before each call."""

import threading

from media.errors import BudgetSpent


class Budget:
    """What one job may cost, in US dollars; None for any amount. Safe to share by threads."""

    def __init__(self, max_cost_usd: float | None = None) -> None:
        self._max_cost_usd = max_cost_usd
        self._spent_usd = 0.0
        self._lock = threading.Lock()

    @property
    def spent_usd(self) -> float:
        """What was taken so far."""
        return self._spent_usd

    def take(self, cost_usd: float) -> None:
        """Set a cost aside before it is caused; `BudgetSpent` when it would be too much."""
        with self._lock:
            limit = self._max_cost_usd
            # A millionth of a dollar is no reason: sums of prices are not exact.
            if limit is not None and self._spent_usd + cost_usd > limit + 1e-6:
                raise BudgetSpent(
                    f"another {cost_usd:.3f} USD would be more than max_cost_usd={limit:g}: "
                    f"{self._spent_usd:.3f} USD are spent"
                )
            self._spent_usd += cost_usd

    def count(self, cost_usd: float) -> None:
        """Note a cost that this job has caused before, whatever the limit is."""
        with self._lock:
            self._spent_usd += cost_usd

    def give_back(self, cost_usd: float) -> None:
        """Free a cost that was set aside and not caused after all."""
        with self._lock:
            self._spent_usd -= cost_usd
