"""Weights of OpenCLIP's models: which they are, told without loading anything, and where.

They are a checkpoint file on this machine, or a tag of those that OpenCLIP knows for an
architecture, whose files come from the Hugging Face hub and stay in its cache. OpenCLIP itself
takes a model without weights for one with random ones and says so in a log; here that is refused.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from media.errors import InvalidSetting, WeightsMissing

SETTING = "SHOWROOM_CLIP_WEIGHTS"

_REACH_S = 5.0
"""How long the hub may take to answer at all; its own client tries for half a minute."""
_SUFFIXES = frozenset({".pt", ".pth", ".bin", ".safetensors"})
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
_DIGEST_LENGTH = 12
_DEFAULT_FILE, _DEFAULT_SAFE_FILE = "open_clip_pytorch_model.bin", "open_clip_model.safetensors"
_SEEING = ("mean", "std", "interpolation", "resize_mode")


@dataclass(frozen=True)
class ClipWeights:
    """An architecture of OpenCLIP and weights for it."""

    architecture: str
    source: str | Path
    """A tag, or the file."""

    @property
    def name(self) -> str:
        """For people: the architecture and its weights."""
        source = self.source.name if isinstance(self.source, Path) else self.source
        return f"{self.architecture} {source}"

    @cached_property
    def version(self) -> str:
        """Other weights, another version; of letters, digits, dots and dashes.

        A file is read for it, once: a second for half a gigabyte.
        """
        source = _digest_of(self.source) if isinstance(self.source, Path) else self.source
        return f"{self.architecture}-{source}".replace("_", "-")

    @property
    def embed_size(self) -> int | None:
        """Dimensions of the model's vectors, as OpenCLIP's own file of the architecture says.

        None for an architecture that it has no file of.
        """
        spec = find_spec("open_clip")
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            path = Path(folder) / "model_configs" / f"{self.architecture}.json"
            if path.is_file():
                return int(json.loads(path.read_text())["embed_dim"])
        return None


def weights_of(architecture: str, weights: str) -> ClipWeights:
    """The weights that two settings name: an architecture, and a file or a tag.

    Raises `InvalidSetting` where OpenCLIP is not installed or no architecture can be called so,
    and `WeightsMissing` without weights, or without their file.
    """
    if find_spec("open_clip") is None or find_spec("torch") is None:
        raise InvalidSetting("OpenCLIP is not installed: pip install 'showroom[clip]'")
    called = architecture.replace("/", "-")
    if not _NAME.fullmatch(called):
        raise InvalidSetting(f"OpenCLIP has no architecture {architecture}; ViT-B-32 is one")
    if not weights:
        raise WeightsMissing(
            f"{SETTING} is empty: name a checkpoint file, or a tag such as laion2b_s34b_b79k"
        )
    path = Path(weights).expanduser()
    if path.is_file():
        return ClipWeights(called, path.resolve())
    if path.suffix in _SUFFIXES or not _NAME.fullmatch(weights):
        raise WeightsMissing(f"there are no weights at {path}: name another file in {SETTING}")
    # OpenCLIP takes tags however they are written, and one tag is to be one version.
    return ClipWeights(called, weights.lower().replace("-", "_"))


def located(weights: ClipWeights, open_clip: ModuleType) -> tuple[Path, dict[str, Any]]:
    """The file of weights, fetched if need be, and how their model wants pictures.

    The latter are OpenCLIP's settings of a tag; for a file they are those of the architecture's
    first tag, since a file does not tell. Raises `WeightsMissing`.
    """
    architecture, source = weights.architecture, weights.source
    tags = open_clip.list_pretrained_tags_by_model(architecture)
    if isinstance(source, Path):
        first = open_clip.get_pretrained_cfg(architecture, tags[0]) if tags else {}
        # Not the activation: it goes with the weights and not with the architecture.
        return source, {name: first[name] for name in _SEEING if name in first}
    wanted = open_clip.get_pretrained_cfg(architecture, source)
    if not wanted:
        raise WeightsMissing(
            f"{source} is no file and no weights of {architecture}; there are "
            f"{', '.join(tags) or 'none'}"
        )
    return _cached(wanted) or _fetched(weights, wanted, open_clip), dict(wanted)


def _cached(wanted: dict[str, Any]) -> Path | None:
    """The file in the hub's cache: with one there, nobody asks the network."""
    hub = import_module("huggingface_hub")
    repository, filename = _place(wanted)
    safe = Path(filename).with_suffix(".safetensors").name
    for name in (_DEFAULT_SAFE_FILE if filename == _DEFAULT_FILE else safe, filename):
        found = hub.try_to_load_from_cache(repository, name)
        if isinstance(found, str):
            return Path(found)
    return None


def _fetched(weights: ClipWeights, wanted: dict[str, Any], open_clip: ModuleType) -> Path:
    import httpx

    hub = import_module("huggingface_hub")
    what = f"the weights {weights.name} are not on this machine"
    instead = f"fetch them once where there is a network, or name a checkpoint file in {SETTING}"
    if hub.constants.is_offline_mode():
        raise WeightsMissing(f"{what}, and HF_HUB_OFFLINE is set: {instead}")
    try:
        httpx.head(hub.hf_hub_url(*_place(wanted)), timeout=_REACH_S)
        return Path(open_clip.download_pretrained(wanted))
    except httpx.TransportError as error:
        raise WeightsMissing(f"{what}, and the hub is out of reach ({error}): {instead}") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise WeightsMissing(f"{what}, and cannot be fetched ({error}): {instead}") from error


def _place(wanted: dict[str, Any]) -> tuple[str, str]:
    """The repository on the hub and the file in it; OpenCLIP writes `owner/name/file`."""
    repository, _, filename = str(wanted["hf_hub"]).rpartition("/")
    return repository, filename or _DEFAULT_FILE


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:_DIGEST_LENGTH]
