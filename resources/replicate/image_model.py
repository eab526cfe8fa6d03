"""Pictures of designs by models on Replicate: none paid for twice, none lost."""

from media.designs.results import accepted_picture
from media.limits import MediaLimits
from media.rooms.results import Published
from resources.budgets import Budget
from resources.image_model import DesignedImage, ImageModel, ImageTask
from resources.media_workers import MediaWorkers
from resources.object_store import ObjectStore
from resources.paid_calls import Question
from resources.replicate.image_models import DEFAULT_IMAGE_MODEL, IMAGE_MODELS, PictureModel
from resources.replicate.models import ReplicateModels
from resources.replicate.pictures import OFFICIAL, PROVIDER, ReplicatePictures, Wanted
from resources.replicate.purchases import Request
from resources.replicate.terms import Terms

NEWEST = "newest"
"""The recipe's version of models that are asked by version: a picture's row tells which it was."""


class ReplicateImageModel(ImageModel):
    """Asks Replicate; what was asked with the same model, prompt, seed and size is kept."""

    provider = PROVIDER

    def __init__(
        self,
        token: str,
        store: ObjectStore,
        workers: MediaWorkers,
        limits: MediaLimits,
        *,
        model: str = DEFAULT_IMAGE_MODEL,
        at_once: int = 10,
        terms: Terms | None = None,
    ) -> None:
        """`model` is what is taken where a task names none; `InvalidSetting` if there is none."""
        terms = terms or Terms()
        self.at_once = at_once
        self._models = ReplicateModels(IMAGE_MODELS, model, terms.cost_usd)
        self._workers = workers
        self._limits = limits
        self._pictures = ReplicatePictures(token, store, terms, limits.max_upload_bytes)

    @property
    def models(self) -> tuple[str, ...]:
        """All models there are, the installation's own first."""
        return self._models.names

    def version(self, model: str | None) -> str:
        """The recipe's version; a model that changes at Replicate makes no picture anew."""
        return NEWEST if self._models.named(model).is_versioned else OFFICIAL

    def cost_usd(self, model: str | None) -> float:
        """The model's price of one picture."""
        return self._models.named(model).cost_usd

    def check(self, task: ImageTask) -> None:
        """Raise `ModeNotOffered` for an unknown model, and a size it does not make."""
        self._models.named(task.model).require((task.width_px, task.height_px))

    def imagine(self, task: ImageTask, budget: Budget) -> DesignedImage:
        """The picture as the model paints it, checked, in the answer's size, encoded by us.

        `made_by.cost_usd` is what the task's job pays for it, also when an earlier run of the
        job was killed after paying; 0 when another job has paid.
        """
        self.check(task)
        model = self._models.named(task.model)
        size_px = task.width_px, task.height_px
        inputs = model.inputs(task.prompt, task.seed, size_px)

        def prepare() -> Request:
            return self._prepared(model, inputs)

        def accept(answer: bytes) -> Published:
            return self._workers.run(
                accepted_picture, answer, size_px, task.format, task.quality, self._limits
            )

        question: Question = {"call": "design/1", "model": model.name, "inputs": inputs}
        wanted = Wanted(task.job, question, model, task.seed, prepare, accept)
        bought = self._pictures.get(wanted, budget)
        picture = bought.picture
        return DesignedImage(
            picture.data,
            task.format,
            picture.width_px,
            picture.height_px,
            f"Made by {model.name} from the words of its prompt.",
            bought.made_by,
            prediction=bought.prediction,
            flags=bought.flags,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pictures.close()

    def _prepared(self, model: PictureModel, inputs: dict[str, object]) -> Request:
        """What the model takes, and the version it is asked by."""
        self._pictures.schemas.require(model.name, inputs)
        version = self._pictures.schemas.version_of(model.name) if model.is_versioned else ""
        return Request(inputs, self._pictures.api.now(), version)
