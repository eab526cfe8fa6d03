"""OpenCLIP's models, loaded and run: the one place that imports torch and open_clip."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal

from media.errors import InvalidSetting, WeightsMissing
from media.picture_tensors import TensorShape
from resources.clip_weights import ClipWeights, located

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Device = Literal["auto", "cpu", "cuda"]

_log = logging.getLogger(__name__)

_importing = threading.Lock()
_declared: list[Any] = []
"""Declarations last as long as somebody holds them."""


@dataclass(frozen=True)
class LoadedClip:
    """A model in memory; one thread at a time may use it."""

    model: Any
    tokenizer: Any
    device: str
    precision: str
    """`float32`, or `bfloat16` where the machine computes faster so."""
    size: int
    """Dimensions of its vectors."""
    shape: TensorShape
    mean: tuple[float, ...]
    std: tuple[float, ...]

    @property
    def logit_scale(self) -> float:
        """By what the model was taught to multiply cosines before a softmax over them."""
        return float(self.model.logit_scale.exp())

    def image_vectors(self, levels: "NDArray[np.uint8]") -> "NDArray[np.float32]":
        """Vectors (n, size) of pictures (n, height, width, 3) as `picture_tensor` makes them."""
        torch = import_module("torch")
        with torch.inference_mode():
            pixels = torch.from_numpy(levels).to(self.device).permute(0, 3, 1, 2).float() / 255
            mean, std = (
                torch.tensor(each, device=self.device).view(1, 3, 1, 1)
                for each in (self.mean, self.std)
            )
            seen = ((pixels - mean) / std).to(getattr(torch, self.precision))
            return self._out(self.model.encode_image(seen, normalize=True))

    def text_vectors(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Vectors (n, size) of texts; what is longer than the model reads is cut."""
        torch = import_module("torch")
        with torch.inference_mode():
            tokens = self.tokenizer(list(texts)).to(self.device)
            return self._out(self.model.encode_text(tokens, normalize=True))

    def _out(self, vectors: Any) -> "NDArray[np.float32]":
        found: NDArray[np.float32] = vectors.float().cpu().numpy()
        return found


def load(weights: ClipWeights, device: Device) -> LoadedClip:
    """The model with its weights, ready to run; takes seconds.

    Raises `WeightsMissing` when they are not there, cannot be read, or are of another
    architecture, and `InvalidSetting` when the installation cannot run it at all.
    """
    torch, open_clip = import_open_clip()
    if weights.architecture not in open_clip.list_models():
        raise InvalidSetting(
            f"OpenCLIP has no architecture {weights.architecture}; ViT-B-32 is one"
        )
    place = _place(torch, device)
    precision = "bfloat16" if _is_faster_in_bfloat16(torch, place) else "float32"
    path, taught = located(weights, open_clip)
    model, tokenizer = _made(open_clip, weights, path, taught, place, precision)
    sees = dict(model.visual.preprocess_cfg)
    height_px, width_px = _pair(sees["size"])
    _log.info("OpenCLIP %s computes on %s in %s", weights.name, place, precision)
    return LoadedClip(
        model,
        tokenizer,
        place,
        precision,
        int(open_clip.get_model_config(weights.architecture)["embed_dim"]),
        TensorShape(width_px, height_px, sees["resize_mode"], sees["interpolation"]),
        tuple(sees["mean"]),
        tuple(sees["std"]),
    )


def embed_size(architecture: str) -> int:
    """Dimensions of a model's vectors, by OpenCLIP's registry; `InvalidSetting` for no model."""
    _, open_clip = import_open_clip()
    config = open_clip.get_model_config(architecture)
    if config is None:
        raise InvalidSetting(f"OpenCLIP has no architecture {architecture}; ViT-B-32 is one")
    return int(config["embed_dim"])


def import_open_clip() -> tuple[ModuleType, ModuleType]:
    """The modules torch and open_clip; `InvalidSetting` where they cannot be imported."""
    with _importing:
        try:
            torch = import_module("torch")
            _declare_missing_operators(torch)
            return torch, import_module("open_clip")
        except (ImportError, RuntimeError, OSError, AttributeError) as error:
            raise InvalidSetting(
                f"OpenCLIP cannot be imported ({error}): install torch and torchvision of one "
                "build, such as both for CPU, with pip install --force-reinstall torch torchvision"
            ) from error


def _made(
    open_clip: ModuleType,
    weights: ClipWeights,
    path: Path,
    taught: dict[str, Any],
    place: str,
    precision: str,
) -> tuple[Any, Any]:
    """The model and its tokenizer."""
    try:
        model = open_clip.create_model(
            weights.architecture,
            pretrained=str(path),
            precision="bf16" if precision == "bfloat16" else "fp32",
            device=place,
            force_quick_gelu=bool(taught.get("quick_gelu")),
            force_preprocess_cfg=taught,
            require_pretrained=True,
        )
        tokenizer = open_clip.get_tokenizer(weights.architecture)
    except MemoryError:
        raise
    except ImportError as error:
        raise InvalidSetting(
            f"{weights.architecture} needs a package that is not installed: {error}"
        ) from error
    except Exception as error:
        # Readers of checkpoints raise whatever the bytes make them; all of it means the file.
        reason = str(error).strip().partition("\n")[0][:300]
        raise WeightsMissing(
            f"{path} cannot be loaded as weights of {weights.architecture} ({reason}): name "
            "weights of that architecture"
        ) from error
    return model.eval().requires_grad_(False), tokenizer


def _pair(size: int | Sequence[int]) -> tuple[int, int]:
    """Height and width: OpenCLIP writes one number for a square."""
    return (size, size) if isinstance(size, int) else (size[0], size[1])


def _place(torch: ModuleType, device: Device) -> str:
    has_cuda = bool(torch.cuda.is_available())
    if device == "cuda" and not has_cuda:
        raise InvalidSetting("SHOWROOM_CLIP_DEVICE=cuda, and torch finds no such device")
    return "cuda" if has_cuda and device != "cpu" else "cpu"


def _is_faster_in_bfloat16(torch: ModuleType, place: str) -> bool:
    """Whether the machine multiplies matrices of bfloat16 itself: AMX, AVX512-BF16, CUDA.

    Vectors come out the same to a cosine of 0.9999, so they are not another version.
    """
    if place == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    can = torch.cpu.get_capabilities()
    return bool(can.get("amx_bf16") or can.get("avx512_bf16"))


def _declare_missing_operators(torch: ModuleType) -> None:
    """Let torchvision be imported where its compiled part is of another build than torch.

    It then stops at describing two operators that nobody has declared. OpenCLIP uses neither.
    """
    spec = find_spec("torchvision")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for extension in Path(folder).glob("_C.*"):
            try:
                torch.ops.load_library(str(extension))
            except OSError as error:
                _log.info("torchvision's operators are not for this torch: %s", error)
    missing = [name for name in ("nms", "qnms") if not hasattr(torch.ops.torchvision, name)]
    if missing:
        library = torch.library.Library("torchvision", "FRAGMENT")
        for name in missing:
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        _declared.append(library)
