"""The models on Replicate that stage rooms, and how our task maps to the input of each.

Fields as on the models' pages (replicate.com/<name>, 2026); what a model really takes is compared
with its live schema before anything is paid, see `resources.replicate.schema`. Prices are told by
no API: they are those of early 2026, and an operator may know better.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from media.errors import ModeNotOffered
from media.rooms.results import ModelLimits
from media.rooms.vocabulary import MODES


@dataclass(frozen=True)
class ReplicateModel:
    """One model: what it can do, what it costs and what it is asked."""

    name: str
    photo_field: str
    settings: Mapping[str, object]
    """Input that is the same for every picture."""
    cost_usd: float
    """Of one picture."""
    typical_s: float
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

_QWEN = ReplicateModel(
    "qwen/qwen-image-edit",
    "image",
    {
        "go_fast": True,
        "aspect_ratio": "match_input_image",
        "output_format": "png",
        "output_quality": 100,
    },
    cost_usd=0.011,
    typical_s=9.0,
    limits=_MEGAPIXEL_PAINTER,
)
_KONTEXT = ReplicateModel(
    "black-forest-labs/flux-kontext-max",
    "input_image",
    {"aspect_ratio": "match_input_image", "output_format": "png", "safety_tolerance": 2},
    cost_usd=0.08,
    typical_s=8.0,
    limits=_MEGAPIXEL_PAINTER,
)
_FILL = ReplicateModel(
    "black-forest-labs/flux-fill-pro",
    "image",
    {
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

MODELS: Mapping[str, ReplicateModel] = {model.name: model for model in (_QWEN, _KONTEXT, _FILL)}
DEFAULT_MODEL = _QWEN.name


def model_named(name: str) -> ReplicateModel:
    """The model of that name; `ModeNotOffered` when there is none."""
    if name not in MODELS:
        raise ModeNotOffered(f"there is no model {name}; Replicate is used for {', '.join(MODELS)}")
    return MODELS[name]
