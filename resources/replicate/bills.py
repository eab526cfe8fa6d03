"""Bills: what a job pays for each picture, counted once in its budget, kills and all."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from resources.budgets import Budget
from resources.replicate.predictions import Attempt


@dataclass(frozen=True)
class _Ledger:
    """Which attempts a budget has counted, and which were told to be paid for, by name."""

    counted: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)


class Bill:
    """What one job pays for the attempts at one question."""

    def __init__(self, budget: Budget, job: str, digest: str, ledger: _Ledger) -> None:
        self._budget = budget
        self._job = job
        self._digest = digest
        self._ledger = ledger

    def count(self, attempts: Sequence[Attempt]) -> None:
        """Have the budget know of what this job has caused before, in a run that was killed."""
        for name, attempt in self._paid(attempts):
            if name not in self._ledger.counted:
                self._ledger.counted.add(name)
                self._budget.count(attempt.cost_usd)

    def take(self, position: int, cost_usd: float) -> None:
        """Set aside the cost of the attempt at a position; `BudgetSpent` when it is too much."""
        self._budget.take(cost_usd)
        self._ledger.counted.add(self._name(position))

    def give_back(self, position: int, cost_usd: float) -> None:
        """Free what was set aside for an attempt that costs nothing after all."""
        self._ledger.counted.discard(self._name(position))
        self._budget.give_back(cost_usd)

    def told_usd(self, attempts: Sequence[Attempt]) -> float:
        """What this job has paid for these attempts and was not told before, in US dollars."""
        told = self._ledger.told
        new = [(name, attempt) for name, attempt in self._paid(attempts) if name not in told]
        told.update(name for name, _ in new)
        return sum(attempt.cost_usd for _, attempt in new)

    def _paid(self, attempts: Sequence[Attempt]) -> Iterator[tuple[str, Attempt]]:
        for position, attempt in enumerate(attempts):
            if attempt.job == self._job and attempt.is_charged:
                yield self._name(position), attempt

    def _name(self, position: int) -> str:
        return f"{self._digest}/{position}"


class Bills:
    """The bills of this process; for one question, one thread at a time may use a bill."""

    def __init__(self) -> None:
        self._ledgers: WeakKeyDictionary[Budget, _Ledger] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def of(self, budget: Budget, job: str, digest: str) -> Bill:
        """The bill for a question that goes to a job's budget."""
        with self._lock:
            ledger = self._ledgers.setdefault(budget, _Ledger())
        return Bill(budget, job, digest, ledger)
