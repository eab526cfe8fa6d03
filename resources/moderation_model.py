"""Who looks whether a picture may be shown: the role, and the one that does not look."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """What was seen in one picture."""

    flags: tuple[str, ...] = ()
    """Why it should not be shown, a word or two each; empty when nothing speaks against it."""


class ModerationModel(ABC):
    """Looks at pictures before they are published; safe to use from several threads."""

    provider: str

    @property
    @abstractmethod
    def model(self) -> str:
        """Which model, with its version; part of a picture's record."""

    @abstractmethod
    def look(self, pictures: Sequence[bytes]) -> list[Verdict]:
        """A verdict on each encoded picture, in order."""


class OfflineModerationModel(ModerationModel):
    """Does not look: what is drawn offline holds garments only. It says so in every row."""

    provider = "off"
    model = "none"

    def look(self, pictures: Sequence[bytes]) -> list[Verdict]:
        """No flags, since nothing was looked at."""
        return [Verdict() for _ in pictures]
