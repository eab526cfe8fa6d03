"""Predictions: what was asked of a service that works for a while, kept before it is asked.

Beside the answer to a question stands a record of every attempt at it. Whoever comes after a
kill reads there what is under way, what it is known by, and who pays.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

from media import keys
from resources.object_store import ObjectStore

Status = Literal["starting", "processing", "succeeded", "failed", "canceled", "aborted"]
STATUSES: tuple[Status, ...] = get_args(Status)

OPEN = "open"
"""The outcome of an attempt that may still lead to an answer, or has led to the one kept."""


@dataclass(frozen=True)
class Prediction:
    """A service's work as the service tells it."""

    id: str
    status: Status
    created_at: str
    """ISO 8601, by the service's clock."""
    inputs: Mapping[str, object]
    """Empty when the service has forgotten them."""
    output_url: str | None = None
    error: str = ""
    model: str = ""
    version: str = ""
    """Empty, like the model, where the service does not tell."""
    flags: tuple[str, ...] = ()
    """What the model says against its own picture."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status not in ("starting", "processing")


@dataclass(frozen=True)
class Attempt:
    """One try at an answer, written down before the service is asked."""

    job: str
    """Who pays for it."""
    model: str
    cost_usd: float
    """What it is expected to cost."""
    inputs: Mapping[str, object]
    """What is asked, and what the work is told by."""
    since: str
    """A time before the service was asked, by the service's own clock."""
    prediction: str = ""
    """The service's id of the work, as soon as it is known."""
    version: str = ""
    """The version of the model that is asked, or works on it, where that is known."""
    outcome: str = OPEN
    """OPEN, or the reason code of how it failed."""
    is_charged: bool = False
    """Whether the service takes money for it, as far as is known."""
    flags: tuple[str, ...] = ()
    """What the model says against its picture."""

    def taken(self, prediction: Prediction) -> "Attempt":
        """The attempt once the service has taken it."""
        known_as, version = prediction.id, prediction.version or self.version
        return replace(self, prediction=known_as, version=version, is_charged=True)

    def failed(self, reason: str, is_charged: bool) -> "Attempt":
        """The attempt once nothing more will come of it."""
        return replace(self, outcome=reason, is_charged=is_charged)


class PredictionRecords:
    """The attempts at each question of one provider, oldest first, in the store."""

    def __init__(self, store: ObjectStore, provider: str) -> None:
        self._store = store
        self._provider = provider

    def read(self, digest: str) -> list[Attempt]:
        """The attempts at the question that has this digest."""
        try:
            record = json.loads(self._store.get(keys.paid_attempts(self._provider, digest)))
        except FileNotFoundError:
            return []
        return [_attempt(kept) for kept in record["attempts"]]

    def write(self, digest: str, attempts: list[Attempt]) -> None:
        """Keep these attempts, replacing what was kept."""
        record = {"attempts": [asdict(attempt) for attempt in attempts]}
        self._store.put(keys.paid_attempts(self._provider, digest), json.dumps(record).encode())


def _attempt(kept: dict[str, Any]) -> Attempt:
    """From JSON, which has no tuples."""
    return Attempt(**kept | {"flags": tuple(kept.get("flags", ()))})
