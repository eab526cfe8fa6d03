"""Who stages rooms: the role. Each provider has a file of its own."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from media.provenance import Provenance
from resources.budgets import Budget

if TYPE_CHECKING:
    from media.rooms.layout import RoomLayout


@dataclass(frozen=True)
class StagingTask:
    """One picture that is wanted of one photo."""

    job: str
    mode: str
    room_type: str
    """One of the room types, or `unknown`."""
    style: str
    variation: int
    prompt: str
    seed: int
    """1 to 4294967295."""
    model: str | None = None
    """A name of `models`; None for the provider's first."""
    format: Literal["webp", "png", "jpeg"] = "jpeg"
    quality: int = 90
    layout: "RoomLayout | None" = None
    """What is known of the room; needed by the offline provider alone."""
    mask: bytes | None = field(default=None, repr=False)
    """PNG of the photo's size, white where the picture may change; None for everywhere."""


@dataclass(frozen=True)
class StagedRoom:
    """A staged picture as it is published, and how it came about."""

    data: bytes = field(repr=False)
    format: str
    width_px: int
    height_px: int
    words: str
    """What it is, for people: an offline preview says so and names what it placed."""
    made_by: Provenance
    is_developed: bool = False
    """Whether it was made of the photo's own pixels alone, so that nothing can have moved."""
    prediction: str | None = None
    """The provider's own id of the work."""
    added: bytes | None = field(default=None, repr=False)
    """PNG of the picture's size, white where things were added; None when nobody knows."""


class StagingModel(ABC):
    """Stages rooms; safe to use from as many threads as `at_once`."""

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
    def check(self, task: StagingTask) -> None:
        """Raise `ModeNotOffered` when it cannot do the task, before anything is paid."""

    @abstractmethod
    def stage(self, photo: bytes, task: StagingTask, budget: Budget) -> StagedRoom:
        """The picture that the task describes, made of an encoded photo.

        Raises `ShowroomError`s: refusals of the photo, failures of the provider, and
        `BudgetSpent` before anything is asked that would cost too much.
        """
