"""Who turns pictures and words into vectors: the role. Each provider has a file of its own."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from media.embeddings import Embedding, VectorPart
from media.errors import ShowroomError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Embedder(ABC):
    """Embeds pictures, and words where it can; safe to use from several threads.

    Vectors of two embedders, or of two versions of one, say nothing about each other: whatever is
    stored names both, and an index holds the vectors of one.
    """

    provider: str
    """`offline` or the name of the library or service."""
    takes_text: bool = False
    """Whether words and pictures share the vectors' space."""
    tells_same_products: bool = False
    """Whether its embeddings carry local features."""
    at_once: int = 32
    """Pictures worth giving it at a time."""

    @property
    @abstractmethod
    def model(self) -> str:
        """Which model or method, for people."""

    @property
    @abstractmethod
    def version(self) -> str:
        """Short and of letters, digits, dots and dashes; another one for vectors that differ."""

    @property
    @abstractmethod
    def parts(self) -> tuple[VectorPart, ...]:
        """What its vectors are made of, in order."""

    @property
    def dimensions(self) -> int:
        """Of a whole vector."""
        return sum(part.size for part in self.parts)

    @property
    def logit_scale(self) -> float:
        """By what cosines of a picture with words are multiplied before a softmax over them.

        Only where `takes_text`; a `TypeError` elsewhere.
        """
        raise TypeError(f"{self.provider} embeds no words")

    @abstractmethod
    def embed(self, pictures: Sequence[bytes]) -> list[Embedding | ShowroomError]:
        """An embedding for each encoded picture, in order, or why there is none for that one."""

    def embed_texts(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Vectors of words, shape (texts, dimensions), each of length 1.

        Only where `takes_text`; a `TypeError` elsewhere.
        """
        raise TypeError(f"{self.provider} embeds no words")

    def inliers(self, query: bytes, others: Sequence[bytes | None]) -> list[int]:
        """How many local features of `query` lie on each of `others` in one arrangement.

        Both as `Embedding.local_features`; 0 where there are none. Only where
        `tells_same_products`; a `TypeError` elsewhere.
        """
        raise TypeError(f"{self.provider} keeps no local features")
