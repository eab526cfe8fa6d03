"""Moderation by an OpenCLIP model on this machine: a first sieve, see `media.moderation`."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from media.errors import ShowroomError
from media.moderation import THRESHOLD, flags_of, sentences
from resources.moderation_model import ModerationModel, Verdict
from resources.open_clip_embedder import OpenClipEmbedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SENTENCES_VERSION = "zero-shot/1"
"""Counts up whenever the same vectors would be judged differently."""


class OpenClipModerationModel(ModerationModel):
    """Asks the embedder's model whether pictures look like what should not be shown."""

    provider = "openclip"

    def __init__(self, embedder: OpenClipEmbedder, threshold: float = THRESHOLD) -> None:
        """`threshold` is 0 to 1: the lower, the more is flagged."""
        self._embedder = embedder
        self._threshold = threshold

    @property
    def model(self) -> str:
        """The embedder's weights, and the version of the sentences."""
        return f"{self._embedder.version} {_SENTENCES_VERSION}"

    def look(self, pictures: Sequence[bytes]) -> list[Verdict]:
        """A verdict on each picture, in order.

        Raises what the embedder raises, also for one picture that cannot be decoded: what could
        not be looked at is not to pass for harmless.
        """
        verdicts = []
        for embedded in self._embedder.embed(pictures):
            if isinstance(embedded, ShowroomError):
                raise embedded
            cosines = self._prompts @ embedded.vector
            verdicts.append(Verdict(flags_of(cosines, self._scale, self._threshold)))
        return verdicts

    @cached_property
    def _prompts(self) -> "NDArray[np.float32]":
        """The sentences' vectors, shape (sentences, dimensions)."""
        return self._embedder.embed_texts(sentences())

    @cached_property
    def _scale(self) -> float:
        return self._embedder.logit_scale
