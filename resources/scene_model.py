"""The scene model: a cut out product placed in front of a background that was made for it."""

import time
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Literal

from media.limits import MediaLimits
from media.provenance import Provenance
from resources.media_workers import MediaWorkers


@dataclass(frozen=True)
class Scene:
    """The picture that is wanted."""

    kind: Literal["real", "creative"]
    prompt: str | None
    """The surroundings in words; None leaves them to the model."""
    width_px: int
    height_px: int
    padding: float
    """Free on each side, as a part of the picture, 0 to 0.4."""
    format: Literal["webp", "png", "jpeg"]
    quality: int
    """1 to 100."""
    seed: int
    """1 to 4294967295; the same seed gives a similar picture."""


@dataclass(frozen=True)
class PlacedProduct:
    """The finished picture, and what its background is in words."""

    data: bytes = field(repr=False)
    format: str
    width_px: int
    height_px: int
    words: str
    made_by: Provenance


class SceneModel(ABC):
    """Makes backgrounds; called from several threads at once."""

    provider: str
    model: str
    version: str
    """Changes whenever the same scene may come out in another way."""

    @abstractmethod
    def place(self, cutout: bytes, scene: Scene) -> PlacedProduct:
        """The product of an RGBA picture in the scene, in exactly the size that is asked for.

        Raises refusals of the picture (`EmptyMask`, `CroppedProduct` ...), `Moderated` for
        words or pictures a provider will not work on, and the failures of a provider.
        """


class OfflineSceneModel(SceneModel):
    """Studio backgrounds drawn by formula; knows nothing of the words that were asked for."""

    provider = "offline"
    model = "studio-backgrounds"
    version = "1"

    def __init__(self, workers: MediaWorkers, limits: MediaLimits) -> None:
        self._workers = workers
        self._limits = limits

    def place(self, cutout: bytes, scene: Scene) -> PlacedProduct:
        """The product on a drawn background of the scene's kind."""
        from media.commercial_images import CommercialOptions, commercial_images

        started = time.monotonic()
        options = CommercialOptions(
            versions=(scene.kind,),
            sizes=((scene.width_px, scene.height_px),),
            format=scene.format,
            quality=scene.quality,
            padding=scene.padding,
            seed=scene.seed,
        )
        (image,) = self._workers.run(commercial_images, cutout, options, self._limits)
        seconds = time.monotonic() - started
        return PlacedProduct(
            image.data,
            image.format,
            image.width_px,
            image.height_px,
            image.scene,
            Provenance(self.provider, self.model, self.version, scene.seed, seconds=seconds),
        )
