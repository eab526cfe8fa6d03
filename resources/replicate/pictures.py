"""Pictures of Replicate's models: asked for, judged, kept; what staging and designing share."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from media.errors import InvalidProviderResponse
from media.provenance import Provenance
from media.rooms.results import Published
from resources.budgets import Budget
from resources.object_store import ObjectStore
from resources.paid_calls import PaidCalls, Question, digest_of
from resources.replicate.api import ReplicateApi
from resources.replicate.bills import Bill, Bills
from resources.replicate.creations import ReplicateCreations
from resources.replicate.downloads import ReplicateDownloads
from resources.replicate.models import ReplicateModel
from resources.replicate.predictions import PredictionRecords
from resources.replicate.purchases import Order, ReplicatePurchases, Request
from resources.replicate.schema import ReplicateSchemas
from resources.replicate.terms import Terms
from resources.replicate.waiting import ReplicateWaiting

PROVIDER = "replicate"
OFFICIAL = "official"
"""The version of a model that Replicate keeps up to date without telling one."""


@dataclass(frozen=True)
class Wanted:
    """One picture that is wanted of a model."""

    job: str
    question: Question
    """All that decides the answer; who asks, and in which format, does not."""
    model: ReplicateModel
    seed: int
    prepare: Callable[[], Request]
    """As in an `Order`."""
    accept: Callable[[bytes], Published]
    """The answer as it is published; raises `InvalidProviderResponse` and its kinds."""


@dataclass(frozen=True)
class Bought:
    """A picture, and how it came about."""

    picture: Published
    made_by: Provenance
    """Its cost is what the job pays for it, also when an earlier run of the job was killed after
    paying; 0 when another job has paid."""
    prediction: str | None
    flags: tuple[str, ...]
    """What the model says against it."""


class ReplicatePictures:
    """Gets pictures, each paid for once; safe to use from many threads.

    Answers are kept as they came, so another format or quality costs nothing.
    """

    def __init__(self, token: str, store: ObjectStore, terms: Terms, max_bytes: int) -> None:
        """`max_bytes` is the most that a picture may have."""
        self.api = ReplicateApi(token, terms)
        self.schemas = ReplicateSchemas(self.api, terms)
        self._downloads = ReplicateDownloads(terms, max_bytes)
        self._paid = PaidCalls(store)
        self._bills = Bills()
        self._records = PredictionRecords(store, PROVIDER)
        self._purchases = ReplicatePurchases(
            self._records,
            ReplicateCreations(self.api, terms),
            ReplicateWaiting(self.api, store, terms),
            self._downloads,
        )

    def get(self, wanted: Wanted, budget: Budget) -> Bought:
        """The answer to the question, kept or bought, as it is published."""
        started = time.monotonic()
        digest = digest_of(wanted.question)
        bill = self._bills.of(budget, wanted.job, digest)
        picture = self._picture(wanted, digest, bill)
        attempts = self._records.read(digest)
        bill.count(attempts)
        made_by = Provenance(
            PROVIDER,
            wanted.model.name,
            (attempts[-1].version if attempts else "") or OFFICIAL,
            wanted.seed,
            cost_usd=bill.told_usd(attempts),
            seconds=time.monotonic() - started,
        )
        if not attempts:
            return Bought(picture, made_by, None, ())
        return Bought(picture, made_by, attempts[-1].prediction, attempts[-1].flags)

    def close(self) -> None:
        """Close all connections."""
        self.api.close()
        self._downloads.close()

    def _picture(self, wanted: Wanted, digest: str, bill: Bill) -> Published:
        made: list[Published] = []

        def check(answer: bytes) -> None:
            made.append(wanted.accept(answer))

        order = Order(digest, wanted.job, wanted.model, wanted.prepare, check)
        kept = self._paid.once(
            PROVIDER, wanted.question, lambda: self._purchases.picture(order, bill)
        )
        try:
            return made[-1] if made else wanted.accept(kept.data)
        except InvalidProviderResponse:
            self._paid.forget(PROVIDER, wanted.question)
            raise
