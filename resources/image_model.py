"""Who makes pictures of designs: the role. Each provider has a file of its own."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Literal

from media.designs.brief import Brief
from media.provenance import Provenance
from resources.budgets import Budget


@dataclass(frozen=True)
class ImageTask:
    """One picture that is wanted."""

    job: str
    brief: Brief
    """What was asked; the offline provider draws from it."""
    prompt: str
    """The enhanced words that a model is given."""
    seed: int
    """1 to 4294967295."""
    model: str | None = None
    """A name of `models`; None for the provider's first."""
    width_px: int = 768
    height_px: int = 1024
    format: Literal["webp", "png", "jpeg"] = "webp"
    quality: int = 90


@dataclass(frozen=True)
class DesignedImage:
    """A picture as it is published, and how it came about."""

    data: bytes = field(repr=False)
    format: str
    width_px: int
    height_px: int
    words: str
    """What it is, for people: an offline concept says so and names what it drew."""
    made_by: Provenance
    prediction: str | None = None
    """The provider's own id of the work."""
    flags: tuple[str, ...] = ()
    """What the provider's own moderation said of it; a refusal is the error `Moderated`."""


class ImageModel(ABC):
    """Makes pictures from words; safe to use from as many threads as `at_once`."""

    provider: str
    at_once: int = 2
    """Pictures worth asking for at a time."""

    @property
    @abstractmethod
    def models(self) -> tuple[str, ...]:
        """Names of its models; the first is taken where a task names none."""

    @abstractmethod
    def version(self, model: str | None) -> str:
        """Version of the model, as part of the recipe: a new one makes pictures anew."""

    @abstractmethod
    def cost_usd(self, model: str | None) -> float:
        """What one picture is expected to cost, in US dollars."""

    @abstractmethod
    def check(self, task: ImageTask) -> None:
        """Raise `ModeNotOffered` when it cannot do the task, before anything is paid."""

    @abstractmethod
    def imagine(self, task: ImageTask, budget: Budget) -> DesignedImage:
        """The picture that the task describes; the same task gives the same picture, if it can.

        Raises `ShowroomError`s: `Moderated`, failures of the provider, and `BudgetSpent` before
        anything is asked that would cost too much.
        """
