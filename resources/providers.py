"""Which provider does what: chosen by name in the settings, or because its key is there.

Never during a job: the choice is made once for an installation, and `showroom doctor` tells it.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from media.errors import InvalidSetting
from resources.background_remover import BackgroundRemover, OfflineBackgroundRemover
from resources.embedder import Embedder
from resources.image_model import ImageModel
from resources.media_workers import MediaWorkers
from resources.moderation_model import ModerationModel, OfflineModerationModel
from resources.object_store import ObjectStore
from resources.offline_staging_model import OfflineStagingModel
from resources.paid_calls import CallRate, PaidCalls
from resources.scene_model import OfflineSceneModel, SceneModel
from resources.settings import PREFIX, Settings
from resources.staging_model import StagingModel
from resources.vision_model import OfflineVisionModel, VisionModel

if TYPE_CHECKING:
    from resources.photoroom import Photoroom
    from resources.replicate.terms import Terms

Part = TypeVar("Part")


@dataclass(frozen=True)
class Choice(Generic[Part]):
    """A provider and why it was chosen, for people."""

    part: Part
    why: str


class Providers:
    """The providers of one installation."""

    def __init__(self, settings: Settings, store: ObjectStore, workers: MediaWorkers) -> None:
        self._settings = settings
        self._store = store
        self._workers = workers
        self._paid = PaidCalls(store)

    @cached_property
    def vision_model(self) -> Choice[VisionModel]:
        """Who judges the frames of a clip."""
        key = self._settings.gemini_api_key.get_secret_value()
        name, why = self._named("vision_model", {"gemini": ("GEMINI_API_KEY", key)})
        if name == "gemini":
            return Choice(self._gemini(key), why)
        return Choice(OfflineVisionModel(self._workers), why)

    def _gemini(self, key: str) -> VisionModel:
        from resources.gemini_vision_model import GeminiVisionModel, TokenPrice

        settings = self._settings
        price = TokenPrice(settings.gemini_input_usd, settings.gemini_output_usd)
        return GeminiVisionModel(
            key,
            self._paid,
            model=settings.gemini_model,
            price=price if price.input_usd or price.output_usd else None,
            base_url=settings.gemini_url,
            rate=CallRate(settings.provider_calls_per_minute),
        )

    @cached_property
    def background_remover(self) -> Choice[BackgroundRemover]:
        """Who cuts products out."""
        limits = self._settings.limits
        name, why = self._named("background_remover", self._photoroom_key)
        if name == "photoroom":
            from resources.photoroom_background_remover import PhotoroomBackgroundRemover

            return Choice(
                PhotoroomBackgroundRemover(self._photoroom, self._paid, self._workers, limits), why
            )
        if name == "rembg":
            from resources.rembg_background_remover import RembgBackgroundRemover

            folder = self._settings.rembg_weights
            weights = Path(folder).expanduser() if folder else None
            return Choice(RembgBackgroundRemover(self._workers, limits, weights), why)
        return Choice(OfflineBackgroundRemover(self._workers, limits), why)

    @cached_property
    def scene_model(self) -> Choice[SceneModel]:
        """Who makes backgrounds."""
        limits = self._settings.limits
        name, why = self._named("scene_model", self._photoroom_key)
        if name == "photoroom":
            from resources.photoroom_scene_model import PhotoroomSceneModel

            return Choice(
                PhotoroomSceneModel(self._photoroom, self._paid, self._workers, limits), why
            )
        return Choice(OfflineSceneModel(self._workers, limits), why)

    @cached_property
    def staging_model(self) -> Choice[StagingModel]:
        """Who stages rooms."""
        settings = self._settings
        token = settings.replicate_api_token.get_secret_value()
        name, why = self._named("staging_model", {"replicate": ("REPLICATE_API_TOKEN", token)})
        if name == "replicate":
            return Choice(self._replicate(token), why)
        return Choice(OfflineStagingModel(self._workers, settings.limits), why)

    def _replicate(self, token: str) -> StagingModel:
        from resources.replicate.staging_model import ReplicateStagingModel

        settings = self._settings
        return ReplicateStagingModel(
            token,
            self._store,
            self._workers,
            settings.limits,
            model=settings.replicate_model,
            at_once=settings.replicate_at_once,
            terms=replace(self._replicate_terms, cost_usd=settings.replicate_cost_usd),
        )

    @cached_property
    def image_model(self) -> Choice[ImageModel]:
        """Who makes pictures of designs."""
        token = self._settings.replicate_api_token.get_secret_value()
        name, why = self._named("image_model", {"replicate": ("REPLICATE_API_TOKEN", token)})
        if name == "replicate":
            return Choice(self._replicate_images(token), why)
        from resources.offline_image_model import OfflineImageModel

        return Choice(OfflineImageModel(self._workers), why)

    def _replicate_images(self, token: str) -> ImageModel:
        from resources.replicate.image_model import ReplicateImageModel

        settings = self._settings
        return ReplicateImageModel(
            token,
            self._store,
            self._workers,
            settings.limits,
            model=settings.replicate_image_model,
            at_once=settings.replicate_at_once,
            terms=self._replicate_terms,
        )

    @cached_property
    def _replicate_terms(self) -> "Terms":
        """Shared by all of its models: an account is asked so often in all."""
        from resources.replicate.terms import TRIES, Terms
        from resources.replicate.webhooks import PATH

        settings = self._settings
        address = settings.replicate_webhook_url.rstrip("/")
        return Terms(
            base_url=settings.replicate_url,
            webhook_url=address + PATH if address else "",
            creations=CallRate(settings.replicate_calls_per_minute, TRIES),
        )

    @cached_property
    def embedder(self) -> Choice[Embedder]:
        """Who turns pictures and words into vectors."""
        settings = self._settings
        name, why = self._named("embedder", {"openclip": ("CLIP_WEIGHTS", settings.clip_weights)})
        if name == "openclip":
            from resources.open_clip_embedder import OpenClipEmbedder

            return Choice(
                OpenClipEmbedder(
                    self._workers,
                    settings.limits,
                    settings.clip_model,
                    settings.clip_weights,
                    settings.clip_device,
                ),
                why,
            )
        from resources.offline_embedder import OfflineEmbedder

        return Choice(OfflineEmbedder(self._workers, settings.limits), why)

    @cached_property
    def moderation_model(self) -> Choice[ModerationModel]:
        """Who looks at pictures of designs before they are shown."""
        wanted = self._settings.moderation_model
        why = f"{PREFIX}MODERATION_MODEL={wanted}"
        if wanted == "openclip":
            embedder = self.embedder.part
            if embedder.provider != "openclip":
                raise InvalidSetting(f"{why} needs {PREFIX}CLIP_WEIGHTS and the embedder openclip")
            from resources.open_clip_embedder import OpenClipEmbedder
            from resources.open_clip_moderation_model import OpenClipModerationModel

            assert isinstance(embedder, OpenClipEmbedder)  # noqa: S101 - told by its provider
            return Choice(OpenClipModerationModel(embedder), why)
        return Choice(OfflineModerationModel(), why)

    @property
    def _photoroom_key(self) -> dict[str, tuple[str, str]]:
        key = self._settings.photoroom_api_key.get_secret_value()
        return {"photoroom": ("PHOTOROOM_API_KEY", key)}

    @cached_property
    def _photoroom(self) -> "Photoroom":
        from resources.photoroom import EDIT_URL, SEGMENT_URL, Photoroom

        settings = self._settings
        return Photoroom(
            settings.photoroom_api_key.get_secret_value(),
            segment_url=settings.photoroom_url or SEGMENT_URL,
            edit_url=settings.photoroom_url or EDIT_URL,
            rate=CallRate(settings.provider_calls_per_minute),
        )

    def _named(self, role: str, keys: dict[str, tuple[str, str]]) -> tuple[str, str]:
        """The provider of a role and why; `InvalidSetting` when one is named without its key."""
        wanted = str(getattr(self._settings, role))
        setting = PREFIX + role.upper()
        if wanted == "auto":
            for name, (key_setting, key) in keys.items():
                if key:
                    return name, f"{PREFIX}{key_setting} is set"
            names = " or ".join(PREFIX + key_setting for key_setting, _ in keys.values())
            return "offline", f"{names} is not set"
        if wanted in keys and not keys[wanted][1]:
            raise InvalidSetting(f"{setting}={wanted} needs {PREFIX}{keys[wanted][0]}")
        return wanted, f"{setting}={wanted}"
