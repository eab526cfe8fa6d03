"""A tiny CLIP of random weights, registered with OpenCLIP and stored as its checkpoints are."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from media.limits import MediaLimits
from resources.open_clip import import_open_clip
from resources.open_clip_embedder import OpenClipEmbedder
from tests.resources.replicate.parts import HereWorkers

WITH_OPEN_CLIP = pytest.mark.skipif(
    find_spec("open_clip") is None,
    reason="OpenCLIP is not installed (pip install 'showroom[clip]'), so no model can run",
)

TINY, SMALLER = "showroom-tiny", "showroom-smaller"
SIZE, SIDE_PX = 32, 32
_TEXT = {"context_length": 24, "vocab_size": 49408, "width": 32, "heads": 2, "layers": 1}


@dataclass(frozen=True)
class TinyClip:
    """Where tiny weights are kept."""

    folder: Path

    def weights(self, seed: int = 1, suffix: str = ".safetensors", model: str = TINY) -> Path:
        """A file of random weights; the same seed gives the same."""
        torch, open_clip = register_tiny(self.folder)
        path = self.folder / f"{model}-{seed}{suffix}"
        torch.manual_seed(seed)
        state = open_clip.create_model(model).state_dict()
        if suffix == ".safetensors":
            save_file = import_module("safetensors.torch").save_file
            save_file({name: tensor.contiguous() for name, tensor in state.items()}, path)
        else:
            torch.save(state, path)
        return path

    def embedder(self, weights: Path | None = None, device: str = "cpu") -> OpenClipEmbedder:
        """An embedder over weights of the tiny model."""
        path = str(weights or self.weights())
        return OpenClipEmbedder(HereWorkers(), MediaLimits(), TINY, path, device)  # type: ignore[arg-type]


@cache
def register_tiny(folder: Path):  # type: ignore[no-untyped-def]
    """Have OpenCLIP know the tiny architectures; torch and open_clip."""
    torch, open_clip = import_open_clip()
    for name, layers in ((TINY, 2), (SMALLER, 1)):
        vision = {"image_size": SIDE_PX, "layers": layers, "width": 32, "patch_size": 8}
        config = {"embed_dim": SIZE, "vision_cfg": vision | {"head_width": 16}, "text_cfg": _TEXT}
        path = folder / f"{name}.json"
        path.write_text(json.dumps(config))
        open_clip.add_model_config(path)
    return torch, open_clip
