"""Backgrounds removed by a neural network on this machine, through rembg.

rembg fetches weights from the network when it does not find them. That never happens here: a
file of weights is handed to it by its path, and without one nothing starts.
"""

import hashlib
import threading
import time
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from media.errors import InvalidSetting
from media.limits import MediaLimits
from media.provenance import Provenance
from resources.background_remover import BackgroundRemover, RemovedBackground
from resources.media_workers import MediaWorkers

if TYPE_CHECKING:
    from PIL.Image import Image

MODEL = "u2net"

_SESSIONS = {
    "u2net": "u2net_custom",
    "u2netp": "u2net_custom",
    "silueta": "u2net_custom",
    "isnet-general-use": "dis_custom",
}
"""The session of rembg that takes weights of each model by path."""


class RembgBackgroundRemover(BackgroundRemover):
    """Runs one network at a time; it uses every core, and its memory counts once.

    A media worker decodes the picture; the network sees pixels, in this process, since its
    weights would not fit in a worker's memory.
    """

    provider = "rembg"

    def __init__(
        self,
        workers: MediaWorkers,
        limits: MediaLimits,
        weights: Path | None = None,
        model: str = MODEL,
    ) -> None:
        """`weights` is the folder that rembg keeps its models in; its own default is `~/.u2net`.

        Raises `InvalidSetting`, saying what to do, where rembg or the weights are missing.
        """
        self._weights = weights_file(weights, model)
        self.model = model
        with self._weights.open("rb") as file:
            self.version = hashlib.file_digest(file, "sha256").hexdigest()[:8]
        self._workers = workers
        self._limits = limits
        self._one_at_a_time = threading.Lock()

    def cut_out(self, picture: bytes) -> RemovedBackground:
        """The product as the network sees it; the mask is judged by us."""
        from media.provided_pictures import cutout_of_mask, decoded

        started = time.monotonic()
        source = self._workers.run(decoded, picture, self._limits)
        mask = self._mask(source)
        cutout = self._workers.run(cutout_of_mask, source, mask)
        seconds = time.monotonic() - started
        made_by = Provenance(self.provider, self.model, self.version, seconds=seconds)
        return RemovedBackground(cutout, made_by)

    def _mask(self, source: "Image") -> "Image":
        with self._one_at_a_time:
            (mask,) = self._session.predict(source)
        found: Image = mask.convert("L")
        return found

    @cached_property
    def _session(self) -> Any:
        rembg = import_module("rembg")
        return rembg.new_session(_SESSIONS[self.model], model_path=str(self._weights))


def weights_file(folder: Path | None, model: str) -> Path:
    """The weights of a model; `InvalidSetting` where it, rembg or they are not there."""
    if model not in _SESSIONS:
        raise InvalidSetting(f"rembg's {model} is not one of {', '.join(_SESSIONS)}")
    if find_spec("rembg") is None or find_spec("onnxruntime") is None:
        raise InvalidSetting("rembg is not installed: pip install 'showroom[rembg]'")
    path = (folder or Path.home() / ".u2net").expanduser() / f"{model}.onnx"
    if not path.is_file():
        raise InvalidSetting(
            f"there are no weights at {path}: `rembg d {model}` fetches them, once, or name the "
            "folder they are in"
        )
    return path
