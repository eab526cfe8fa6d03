"""Rooms staged by models on Replicate: none paid for twice, none lost."""

import hashlib

from media.limits import MediaLimits
from media.rooms.results import Published, accepted
from resources.budgets import Budget
from resources.media_workers import MediaWorkers
from resources.object_store import ObjectStore
from resources.paid_calls import Question
from resources.replicate.models import ReplicateModels
from resources.replicate.pictures import OFFICIAL, PROVIDER, ReplicatePictures, Wanted
from resources.replicate.purchases import Request
from resources.replicate.staging_models import DEFAULT_STAGING_MODEL, STAGING_MODELS, RoomModel
from resources.replicate.terms import Terms
from resources.replicate.uploads import ReplicateUploads
from resources.staging_model import StagedRoom, StagingModel, StagingTask

_ANY_FILE = "https://api.replicate.com/v1/files/any"


class ReplicateStagingModel(StagingModel):
    """Asks Replicate; what was asked with the same photo, model, prompt and seed is kept."""

    provider = PROVIDER

    def __init__(
        self,
        token: str,
        store: ObjectStore,
        workers: MediaWorkers,
        limits: MediaLimits,
        *,
        model: str = DEFAULT_STAGING_MODEL,
        at_once: int = 10,
        terms: Terms | None = None,
    ) -> None:
        """`model` is what is taken where a task names none; `InvalidSetting` if there is none."""
        terms = terms or Terms()
        self.at_once = at_once
        self._models = ReplicateModels(STAGING_MODELS, model, terms.cost_usd)
        self._workers = workers
        self._limits = limits
        self._pictures = ReplicatePictures(token, store, terms, limits.max_upload_bytes)
        self._uploads = ReplicateUploads(self._pictures.api, workers, limits, terms)

    @property
    def models(self) -> tuple[str, ...]:
        """All models there are, the installation's own first."""
        return self._models.names

    def version(self, model: str | None) -> str:
        """The recipe's version: models are kept up to date by Replicate, what is asked by us."""
        return OFFICIAL

    def cost_usd(self, model: str | None) -> float:
        """The model's price of one picture."""
        return self._models.named(model).cost_usd

    def check(self, task: StagingTask) -> None:
        """Raise `ModeNotOffered` for an unknown model, and a mode or a mask it does not take."""
        self._models.named(task.model).require(task.mode, task.mask is not None)

    def stage(self, photo: bytes, task: StagingTask, budget: Budget) -> StagedRoom:
        """The picture as the model paints it, checked, in the answer's size, encoded by us.

        `made_by.cost_usd` is what the task's job pays for it, also when an earlier run of the
        job was killed after paying; 0 when another job has paid.
        """
        self.check(task)
        model = self._models.named(task.model)

        def prepare() -> Request:
            return self._prepared(photo, task, model)

        def accept(answer: bytes) -> Published:
            return self._workers.run(
                accepted, photo, answer, task.format, task.quality, self._limits
            )

        question = _question(photo, task, model)
        wanted = Wanted(task.job, question, model, task.seed, prepare, accept)
        bought = self._pictures.get(wanted, budget)
        picture = bought.picture
        return StagedRoom(
            picture.data,
            task.format,
            picture.width_px,
            picture.height_px,
            task.prompt,
            bought.made_by,
            prediction=bought.prediction,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pictures.close()

    def _prepared(self, photo: bytes, task: StagingTask, model: RoomModel) -> Request:
        """What the model takes, with the photo uploaded."""
        expected = model.inputs(task.prompt, task.seed, _ANY_FILE, _ANY_FILE)
        self._pictures.schemas.require(model.name, expected)
        sent = self._uploads.sent(photo, task.mask, model.limits)
        inputs = model.inputs(task.prompt, task.seed, sent.photo_url, sent.mask_url)
        return Request(inputs, sent.since)


def _question(photo: bytes, task: StagingTask, model: RoomModel) -> Question:
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
