"""What tests of Replicate share: photos, tasks, terms without long waits, models over a server."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import ParamSpec, TypeVar

import numpy as np
from PIL import Image

from media.designs.brief import Brief
from media.limits import MediaLimits
from resources.image_model import ImageTask
from resources.media_workers import MediaWorkers
from resources.object_store import ObjectStore
from resources.paid_calls import CallRate
from resources.replicate.image_model import ReplicateImageModel
from resources.replicate.staging_model import ReplicateStagingModel
from resources.replicate.terms import TRIES, Pace, Terms
from resources.staging_model import StagingTask
from tests.resources.replicate.http import TOKEN

P = ParamSpec("P")
T = TypeVar("T")

QWEN = "qwen/qwen-image-edit"
KONTEXT = "black-forest-labs/flux-kontext-max"
FILL = "black-forest-labs/flux-fill-pro"
QWEN_USD = 0.011
SCHNELL = "black-forest-labs/flux-schnell"
DEV = "black-forest-labs/flux-dev"
PRO = "black-forest-labs/flux-1.1-pro"
SDXL = "stability-ai/sdxl"
SCHNELL_USD = 0.003

TASK = StagingTask(
    job="job-1",
    mode="furnish",
    room_type="living_room",
    style="modern",
    variation=1,
    prompt="A living room with a grey sofa.",
    seed=7,
)
IMAGE_TASK = ImageTask(
    job="job-1",
    brief=Brief("a red dress"),
    prompt="Full-length photograph of a red evening dress.",
    seed=7,
)
PACE = Pace(gentle_s=0.01, brisk_s=0.01, patience_s=10.0, look_again_s=(0.01, 0.02, 0.04))


class HereWorkers(MediaWorkers):
    """Workers that do the work where they are asked: nothing is decoded that is not ours."""

    def __init__(self) -> None:
        """Start no process."""
        self.count = 1

    def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`function(*args)`, here."""
        return function(*args, **kwargs)

    def close(self) -> None:
        """There is nothing to stop."""


@dataclass(frozen=True)
class Patience:
    """How long a test's client waits."""

    timeout_s: float = 10.0
    pace: Pace = PACE
    webhook_url: str = ""


def photo(width_px: int = 480, height_px: int = 320, seed: int = 1) -> bytes:
    """A photo with something in every corner, as JPEG."""
    noise = np.random.default_rng(seed).integers(40, 220, (6, 9, 3), dtype=np.uint8)
    output = BytesIO()
    size_px = (width_px, height_px)
    Image.fromarray(noise).resize(size_px, Image.Resampling.BICUBIC).save(output, "JPEG")
    return output.getvalue()


def terms_of(url: str, patience: Patience) -> Terms:
    """Terms of dealing with the server at an address, without long waits."""
    return Terms(
        base_url=url,
        webhook_url=patience.webhook_url,
        timeout_s=patience.timeout_s,
        creations=CallRate(10_000, TRIES, first_wait_s=0.002, longest_wait_s=0.5),
        reads=CallRate(100_000, TRIES, first_wait_s=0.002, longest_wait_s=0.5),
        pace=patience.pace,
    )


def model_over(
    url: str, store: ObjectStore, patience: Patience | None = None, token: str = TOKEN
) -> ReplicateStagingModel:
    """A model that asks the server at an address and does not wait for long."""
    terms = terms_of(url, patience or Patience())
    return ReplicateStagingModel(token, store, HereWorkers(), MediaLimits(), terms=terms)


def image_model_over(
    url: str, store: ObjectStore, patience: Patience | None = None
) -> ReplicateImageModel:
    """The same for pictures from words."""
    terms = terms_of(url, patience or Patience())
    return ReplicateImageModel(TOKEN, store, HereWorkers(), MediaLimits(), terms=terms)


def task(**changes: object) -> StagingTask:
    """The task with changes."""
    return replace(TASK, **changes)  # type: ignore[arg-type]


def image_task(**changes: object) -> ImageTask:
    """The task of a picture, with changes."""
    return replace(IMAGE_TASK, **changes)  # type: ignore[arg-type]
