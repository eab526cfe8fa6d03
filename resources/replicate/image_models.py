"""The models on Replicate that make pictures from words, and what each is asked.

Prices of the Flux models are those of replicate.com/pricing in 2026: 3 US dollars a thousand
pictures of flux-schnell, 0.025 each of flux-dev, 0.04 each of flux-1.1-pro. SDXL is a community
model and billed by the second of its GPU; pages of early 2026 find 0.003 to 0.015 for a picture,
so 0.01 is an estimate that a budget can live with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import gcd

from media.errors import ModeNotOffered
from resources.replicate.models import ReplicateModel

MIN_SIDE_PX, MAX_SIDE_PX = 512, 1440
"""Of the size that is asked for; these models know little of smaller and larger ones."""


@dataclass(frozen=True, kw_only=True)
class PictureModel(ReplicateModel):
    """A model that paints from words alone."""

    shapes: tuple[str, ...] = ()
    """The proportions it takes by name, such as 3:4, and about one megapixel of each; empty for a
    model that takes width and height."""
    side_step_px: int = 1
    """Width and height are multiples of this."""

    def inputs(self, prompt: str, seed: int, size_px: tuple[int, int]) -> dict[str, object]:
        """What is asked of it for one picture of a size that it can make."""
        width_px, height_px = size_px
        size: dict[str, object] = (
            {"aspect_ratio": _shape(size_px)}
            if self.shapes
            else {"width": width_px, "height": height_px}
        )
        return {**self.settings, "prompt": prompt, "seed": seed, **size}

    def require(self, size_px: tuple[int, int]) -> None:
        """`ModeNotOffered` unless it can make pictures of a size, or of its proportions."""
        asked = f"{size_px[0]} x {size_px[1]} pixels"
        if min(size_px) < MIN_SIDE_PX or max(size_px) > MAX_SIDE_PX:
            raise ModeNotOffered(
                f"{self.name} makes pictures of {MIN_SIDE_PX} to {MAX_SIDE_PX} pixels a side, "
                f"not of {asked}"
            )
        if self.shapes and _shape(size_px) not in self.shapes:
            raise ModeNotOffered(f"{self.name} offers {', '.join(self.shapes)}, not {asked}")
        if any(side_px % self.side_step_px for side_px in size_px):
            raise ModeNotOffered(
                f"{self.name} takes multiples of {self.side_step_px} pixels, not {asked}"
            )


def _shape(size_px: tuple[int, int]) -> str:
    """The proportions as models name them: 3:4."""
    part_px = gcd(*size_px)
    return f"{size_px[0] // part_px}:{size_px[1] // part_px}"


_SHAPES = ("1:1", "16:9", "9:16", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3")
# The fast kernels paint another picture each time, whatever the seed.
_REPEATABLE: Mapping[str, object] = {
    "go_fast": False,
    "megapixels": "1",
    "num_outputs": 1,
    "output_format": "png",
}

_SCHNELL = PictureModel(
    name="black-forest-labs/flux-schnell",
    settings={**_REPEATABLE, "num_inference_steps": 4},
    cost_usd=0.003,
    typical_s=2.0,
    shapes=_SHAPES,
)
_DEV = PictureModel(
    name="black-forest-labs/flux-dev",
    settings={**_REPEATABLE, "num_inference_steps": 28, "guidance": 3},
    cost_usd=0.025,
    typical_s=6.0,
    shapes=_SHAPES,
)
_PRO = PictureModel(
    name="black-forest-labs/flux-1.1-pro",
    settings={"prompt_upsampling": False, "safety_tolerance": 2, "output_format": "png"},
    cost_usd=0.04,
    typical_s=5.0,
    shapes=_SHAPES,
)
_SDXL = PictureModel(
    name="stability-ai/sdxl",
    settings={
        "num_outputs": 1,
        "num_inference_steps": 30,
        "guidance_scale": 7.5,
        "scheduler": "K_EULER",
        "refine": "no_refiner",
    },
    cost_usd=0.01,
    typical_s=8.0,
    is_versioned=True,
    side_step_px=8,
)

IMAGE_MODELS: Mapping[str, PictureModel] = {
    model.name: model for model in (_SCHNELL, _DEV, _PRO, _SDXL)
}
DEFAULT_IMAGE_MODEL = _SCHNELL.name
