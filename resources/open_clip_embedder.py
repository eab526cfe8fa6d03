"""Pictures and words embedded by an OpenCLIP model on this machine."""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from media.embeddings import Embedding, VectorPart, joined
from media.errors import ShowroomError
from media.limits import MediaLimits
from media.picture_tensors import TensorShape, picture_tensor
from resources.clip_weights import weights_of
from resources.embedder import Embedder
from resources.media_workers import MediaWorkers
from resources.open_clip import Device, LoadedClip, embed_size, load
from resources.progress import each

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class OpenClipEmbedder(Embedder):
    """Knows what things are, and which words go with them.

    Media workers decode, since they are what untrusted bytes may harm; the network sees pixels,
    in this process and one batch at a time: its weights would not fit in a worker's memory, and
    it uses every core. It is loaded when first used, which takes seconds.
    """

    provider = "openclip"
    takes_text = True

    def __init__(
        self,
        workers: MediaWorkers,
        limits: MediaLimits,
        architecture: str,
        weights: str,
        device: Device = "auto",
    ) -> None:
        """`weights` is a checkpoint file, or a tag that OpenCLIP has for the architecture.

        Raises what `weights_of` raises.
        """
        self._weights = weights_of(architecture, weights)
        self._device = device
        self._workers = workers
        self._limits = limits
        # Two more than the workers, so that none waits for its next picture.
        self._threads = workers.count + 2
        self._one_at_a_time = threading.Lock()
        self._loaded: LoadedClip | None = None
        self._parts: tuple[VectorPart, ...] = ()

    @property
    def model(self) -> str:
        """The architecture and its weights."""
        return self._weights.name

    @property
    def version(self) -> str:
        """That of the weights: a tag, or the start of a file's SHA-256."""
        return self._weights.version

    @property
    def parts(self) -> tuple[VectorPart, ...]:
        """The model's whole vector."""
        if not self._parts:
            size = self._weights.embed_size or embed_size(self._weights.architecture)
            self._parts = (VectorPart("clip", size, 1.0),)
        return self._parts

    @property
    def logit_scale(self) -> float:
        """By what the model was taught to multiply cosines before a softmax over them."""
        with self._one_at_a_time:
            return self._clip().logit_scale

    def embed(self, pictures: Sequence[bytes]) -> list[Embedding | ShowroomError]:
        """An embedding for each picture, in order; what is wrong with one costs that one.

        Raises `WeightsMissing` and `InvalidSetting` when there is no model to do it.
        """
        found: list[Embedding | ShowroomError] = []
        for start in range(0, len(pictures), self.at_once):
            found += self._embedded(pictures[start : start + self.at_once])
        return found

    def embed_texts(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Vectors of words, shape (texts, dimensions), each of length 1."""
        import numpy as np

        vectors: list[NDArray[np.float32]] = []
        for start in range(0, len(texts), self.at_once):
            with self._one_at_a_time:
                made = self._clip().text_vectors(texts[start : start + self.at_once])
            vectors += [joined(self.parts, [vector]) for vector in made]
        return np.stack(vectors) if vectors else np.empty((0, self.dimensions), np.float32)

    def _embedded(self, pictures: Sequence[bytes]) -> list[Embedding | ShowroomError]:
        """The same for at most `at_once` pictures."""
        import numpy as np

        with self._one_at_a_time:
            shape = self._clip().shape
        seen = list(each(lambda picture: self._seen(picture, shape), pictures, self._threads))
        whole = [levels for levels in seen if not isinstance(levels, ShowroomError)]
        if not whole:
            return [error for error in seen if isinstance(error, ShowroomError)]
        with self._one_at_a_time:
            vectors = iter(self._clip().image_vectors(np.stack(whole)))
        return [
            one
            if isinstance(one, ShowroomError)
            else Embedding(joined(self.parts, [next(vectors)]))
            for one in seen
        ]

    def _seen(self, picture: bytes, shape: TensorShape) -> "NDArray[np.uint8] | ShowroomError":
        try:
            return self._workers.run(picture_tensor, picture, shape, self._limits)
        except ShowroomError as error:
            return error

    def _clip(self) -> LoadedClip:
        """The model, loaded once; for whoever has the lock."""
        if self._loaded is None:
            self._loaded = load(self._weights, self._device)
        return self._loaded
