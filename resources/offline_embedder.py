"""Embedding without a model: pictures described by shape, colour and local features."""

from collections.abc import Sequence

from media.descriptors.describe import PARTS, VERSION
from media.embeddings import Embedding, VectorPart, joined
from media.errors import ShowroomError
from media.limits import MediaLimits
from resources.embedder import Embedder
from resources.media_workers import MediaWorkers
from resources.progress import each


class OfflineEmbedder(Embedder):
    """Tells kinds of things by outline and colour, and the same product by its details.

    It knows no words and no meaning: a skirt and a lampshade of one outline are alike.
    """

    provider = "offline"
    takes_text = False
    tells_same_products = True

    def __init__(self, workers: MediaWorkers, limits: MediaLimits) -> None:
        # Two more than the workers, so that none waits for its next picture.
        self._threads = workers.count + 2
        self._workers = workers
        self._limits = limits

    @property
    def model(self) -> str:
        """The one method there is."""
        return "shape, colour and local features"

    @property
    def version(self) -> str:
        """That of the descriptors."""
        return VERSION

    @property
    def parts(self) -> tuple[VectorPart, ...]:
        """Shape and colour."""
        return PARTS

    def embed(self, pictures: Sequence[bytes]) -> list[Embedding | ShowroomError]:
        """An embedding for each picture, in order; what is wrong with one costs that one."""
        return list(each(self._embed, pictures, self._threads))

    def _embed(self, picture: bytes) -> Embedding | ShowroomError:
        from media.descriptors.describe import describe_picture

        try:
            made = self._workers.run(describe_picture, picture, self._limits)
        except ShowroomError as error:
            return error
        return Embedding(joined(PARTS, [made.shape, made.color]), made.local_features)

    def inliers(self, query: bytes, others: Sequence[bytes | None]) -> list[int]:
        """How many local features lie in one arrangement, for all of `others` in one call."""
        from media.descriptors.local_features import inliers_of_each

        return self._workers.run(inliers_of_each, query, others)
