"""The models on Replicate that stage rooms, and how our task maps to the input of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from media.errors import ModeNotOffered
from media.rooms.results import ModelLimits
from media.rooms.vocabulary import MODES
from resources.replicate.models import ReplicateModel


@dataclass(frozen=True, kw_only=True)
class RoomModel(ReplicateModel):
    """A model that paints a photo anew."""

    photo_field: str
    limits: ModelLimits
    modes: tuple[str, ...] = MODES
    mask_field: str | None = None
    """Where its mask goes; a model that has one paints inside it only, so it needs it."""

    def inputs(
        self, prompt: str, seed: int, photo_url: str, mask_url: str | None
    ) -> dict[str, object]:
        """What is asked of it for one picture."""
        files: dict[str, object] = {self.photo_field: photo_url}
        if self.mask_field:
            files[self.mask_field] = mask_url
        return {**self.settings, "prompt": prompt, "seed": seed, **files}

    def require(self, mode: str, has_mask: bool) -> None:
        """`ModeNotOffered` unless it can do the mode, with the mask or without."""
        if mode not in self.modes:
            raise ModeNotOffered(f"{self.name} offers {', '.join(self.modes)}, not {mode}")
        if has_mask and not self.mask_field:
            raise ModeNotOffered(f"{self.name} takes no mask")
        if self.mask_field and not has_mask:
            raise ModeNotOffered(f"{self.name} needs a mask of what may change")


_MEGAPIXEL_PAINTER = ModelLimits(max_side_px=2048, max_pixels=2_100_000, max_bytes=8_000_000)
"""These models paint about one megapixel; twice that is all they can see of a photo."""

_QWEN = RoomModel(
    name="qwen/qwen-image-edit",
    photo_field="image",
    settings={
        "go_fast": True,
        "aspect_ratio": "match_input_image",
        "output_format": "png",
        "output_quality": 100,
    },
    cost_usd=0.011,
    typical_s=9.0,
    limits=_MEGAPIXEL_PAINTER,
)
_KONTEXT = RoomModel(
    name="black-forest-labs/flux-kontext-max",
    photo_field="input_image",
    settings={"aspect_ratio": "match_input_image", "output_format": "png", "safety_tolerance": 2},
    cost_usd=0.08,
    typical_s=8.0,
    limits=_MEGAPIXEL_PAINTER,
)
_FILL = RoomModel(
    name="black-forest-labs/flux-fill-pro",
    photo_field="image",
    settings={
        "steps": 50,
        "guidance": 3,
        "prompt_upsampling": False,
        "safety_tolerance": 2,
        "output_format": "png",
    },
    cost_usd=0.05,
    typical_s=10.0,
    limits=_MEGAPIXEL_PAINTER,
    modes=("furnish", "declutter", "empty"),
    mask_field="mask",
)

STAGING_MODELS: Mapping[str, RoomModel] = {model.name: model for model in (_QWEN, _KONTEXT, _FILL)}
DEFAULT_STAGING_MODEL = _QWEN.name
