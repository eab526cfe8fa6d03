"""What a search compares: a picture's vector, a vector of words, or words looked up in texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from media.embeddings import reweighed
from media.errors import InvalidRequest, ShowroomError
from resources.embedder import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass
class SearchTerms:
    """What is looked for, as an index can be asked; what is compared, and what to say of it."""

    picture: "NDArray[np.float32] | None" = None
    """The picture's vector, its parts weighed as stored vectors' are."""
    features: bytes | None = None
    """The picture's local features."""
    vectors: "list[NDArray[np.float32]]" = field(default_factory=list)
    """All that stored vectors are compared with: the picture's, weighed as asked; of words."""
    words: str | None = None
    """What is looked up in texts."""
    compared_by: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @classmethod
    def of_picture(
        cls,
        embedder: Embedder,
        picture: "bytes | NDArray[np.float32] | None",
        part_weights: Mapping[str, float] | None,
    ) -> "SearchTerms":
        """Those of an encoded picture, or of its vector.

        Raises the picture's own refusal where it cannot be read, and `InvalidRequest` for a vector
        or for weights that are not the embedder's.
        """
        terms = cls()
        if picture is None:
            return terms
        if isinstance(picture, bytes):
            [embedded] = embedder.embed([picture])
            if isinstance(embedded, ShowroomError):
                raise embedded
            terms.picture, terms.features = embedded.vector, embedded.local_features
        else:
            terms.picture = picture
        if terms.picture.shape != (embedder.dimensions,):
            raise InvalidRequest(
                f"a vector of {_name(embedder)} has {embedder.dimensions} numbers; "
                f"this one has the shape {terms.picture.shape}"
            )
        terms.vectors.append(_weighed(embedder, terms.picture, part_weights))
        terms.compared_by.append(f"picture by {_name(embedder)}")
        return terms

    def add_words(self, embedder: Embedder, text: str) -> None:
        """Add words: as a vector where the embedder knows words, else to be looked up."""
        if embedder.takes_text:
            self.vectors.append(embedder.embed_texts([text])[0])
            self.compared_by.append(f"words by {_name(embedder)}")
            return
        self.words = text
        self.compared_by.append("words in texts")
        pictures = "pictures were compared with the picture alone"
        self.said.append(
            "words were looked up in the products' texts; "
            f"{pictures if self.vectors else 'pictures were not compared'} "
            f"({embedder.provider} embedder)"
        )


def _name(embedder: Embedder) -> str:
    return f"{embedder.provider} {embedder.version}"


def _weighed(
    embedder: Embedder, vector: "NDArray[np.float32]", weights: Mapping[str, float] | None
) -> "NDArray[np.float32]":
    if weights is None:
        return vector
    try:
        return reweighed(embedder.parts, vector, weights)
    except ValueError as error:
        names = ", ".join(part.name for part in embedder.parts)
        raise InvalidRequest(f"{error}; the parts of a picture here are {names}") from error
