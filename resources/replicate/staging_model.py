"""Rooms staged by models on Replicate: none paid for twice, none lost."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import replace

from media.errors import InvalidProviderResponse, InvalidSetting
from media.limits import MediaLimits
from media.provenance import Provenance
from media.rooms.results import Published, accepted
from resources.budgets import Budget
from resources.media_workers import MediaWorkers
from resources.object_store import ObjectStore
from resources.paid_calls import PaidCalls, Question, digest_of
from resources.replicate.api import ReplicateApi
from resources.replicate.bills import Bill, Bills
from resources.replicate.creations import ReplicateCreations
from resources.replicate.downloads import ReplicateDownloads
from resources.replicate.models import DEFAULT_MODEL, MODELS, ReplicateModel, model_named
from resources.replicate.predictions import PredictionRecords
from resources.replicate.purchases import Order, ReplicatePurchases, SentPhoto
from resources.replicate.schema import ReplicateSchemas
from resources.replicate.terms import Terms
from resources.replicate.uploads import ReplicateUploads
from resources.replicate.waiting import ReplicateWaiting
from resources.staging_model import StagedRoom, StagingModel, StagingTask

OFFICIAL = "official"
"""The version of a model that Replicate keeps up to date without telling one."""


class ReplicateStagingModel(StagingModel):
    """Asks Replicate; what was asked with the same photo, model, prompt and seed is kept.

    Answers are kept as they came, so another format or quality costs nothing.
    """

    provider = "replicate"

    def __init__(
        self,
        token: str,
        store: ObjectStore,
        workers: MediaWorkers,
        limits: MediaLimits,
        *,
        model: str = DEFAULT_MODEL,
        at_once: int = 10,
        terms: Terms | None = None,
    ) -> None:
        """`model` is what is taken where a task names none; `InvalidSetting` if there is none."""
        if model not in MODELS:
            raise InvalidSetting(f"there is no model {model}; there are {', '.join(MODELS)}")
        terms = terms or Terms()
        self.at_once = at_once
        first = MODELS[model]
        self._first = replace(first, cost_usd=terms.cost_usd or first.cost_usd)
        self._workers = workers
        self._limits = limits
        self._api = ReplicateApi(token, terms)
        self._schemas = ReplicateSchemas(self._api)
        self._uploads = ReplicateUploads(self._api, workers, limits, terms)
        self._downloads = ReplicateDownloads(terms, limits.max_upload_bytes)
        self._paid = PaidCalls(store)
        self._bills = Bills()
        self._records = PredictionRecords(store, self.provider)
        self._purchases = ReplicatePurchases(
            self._records,
            ReplicateCreations(self._api, terms),
            ReplicateWaiting(self._api, store, terms),
            self._downloads,
        )

    @property
    def models(self) -> tuple[str, ...]:
        """All models there are, the installation's own first."""
        return (self._first.name, *(name for name in MODELS if name != self._first.name))

    def version(self, model: str | None) -> str:
        """The recipe's version: models are kept up to date by Replicate, what is asked by us."""
        return OFFICIAL

    def cost_usd(self, model: str | None) -> float:
        """The model's price of one picture."""
        return self._model(model).cost_usd

    def check(self, task: StagingTask) -> None:
        """Raise `ModeNotOffered` for an unknown model, and a mode or a mask it does not take."""
        self._model(task.model).require(task.mode, task.mask is not None)

    def stage(self, photo: bytes, task: StagingTask, budget: Budget) -> StagedRoom:
        """The picture as the model paints it, checked, in the answer's size, encoded by us.

        `made_by.cost_usd` is what the task's job pays for it, also when an earlier run of the
        job was killed after paying; 0 when another job has paid.
        """
        started = time.monotonic()
        self.check(task)
        model = self._model(task.model)
        question = _question(photo, task, model)
        digest = digest_of(question)
        bill = self._bills.of(budget, task.job, digest)
        picture = self._picture(photo, task, question, bill)
        attempts = self._records.read(digest)
        bill.count(attempts)
        made_by = Provenance(
            self.provider,
            model.name,
            (attempts[-1].version if attempts else "") or OFFICIAL,
            task.seed,
            cost_usd=bill.told_usd(attempts),
            seconds=time.monotonic() - started,
        )
        return StagedRoom(
            picture.data,
            task.format,
            picture.width_px,
            picture.height_px,
            task.prompt,
            made_by,
            prediction=attempts[-1].prediction if attempts else None,
        )

    def close(self) -> None:
        """Close all connections."""
        self._api.close()
        self._downloads.close()

    def _model(self, name: str | None) -> ReplicateModel:
        return self._first if name in (None, self._first.name) else model_named(str(name))

    def _picture(
        self, photo: bytes, task: StagingTask, question: Question, bill: Bill
    ) -> Published:
        """The answer to the question, kept or bought, as it is published."""
        made: list[Published] = []

        def check(answer: bytes) -> None:
            made.append(self._accepted(photo, answer, task))

        order = self._order(photo, task, question, check)
        kept = self._paid.once(
            self.provider, question, lambda: self._purchases.picture(order, bill)
        )
        try:
            return made[-1] if made else self._accepted(photo, kept.data, task)
        except InvalidProviderResponse:
            self._paid.forget(self.provider, question)
            raise

    def _accepted(self, photo: bytes, answer: bytes, task: StagingTask) -> Published:
        return self._workers.run(accepted, photo, answer, task.format, task.quality, self._limits)

    def _order(
        self,
        photo: bytes,
        task: StagingTask,
        question: Question,
        check: Callable[[bytes], None],
    ) -> Order:
        model = self._model(task.model)

        def send() -> SentPhoto:
            self._schemas.require(model, task.prompt, task.seed)
            return self._uploads.sent(photo, task.mask, model.limits)

        return Order(
            digest_of(question), task.job, model, task.prompt, task.seed, send=send, check=check
        )


def _question(photo: bytes, task: StagingTask, model: ReplicateModel) -> Question:
    """All that decides the answer; who asks, and in which format, does not."""
    return {
        "call": "staging/1",
        "photo": hashlib.sha256(photo).hexdigest(),
        "mask": hashlib.sha256(task.mask).hexdigest() if task.mask else None,
        "model": model.name,
        "settings": dict(model.settings),
        "prompt": task.prompt,
        "seed": task.seed,
    }
