"""Enhancing a room photo without a model: straightened, white-balanced, exposed; nothing added."""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from media.encoders import encode
from media.limits import MediaLimits
from media.provided_pictures import decoded
from media.rooms.exposure import Development, developed, plan_development
from media.rooms.linear_light import linear_light
from media.rooms.straighten import Tilt, find_tilt, straightened
from media.rooms.white_balance import neutral_gains, warmth_stops
from media.rooms.work_size import small_copy

_MEASURED_PX = 800
_PAPER = (255, 255, 255)
_SEEN_STOPS = 0.03


@dataclass(frozen=True)
class EnhancedPhoto:
    """An enhanced photo as it is published, of exactly the photo's size."""

    data: bytes = field(repr=False)
    format: str
    width_px: int
    height_px: int
    words: str
    """What was done, for people."""


def enhanced(photo: bytes, image_format: str, quality: int, limits: MediaLimits) -> EnhancedPhoto:
    """Enhance an encoded photo; for a media worker.

    `image_format` and `quality` are those of `media.encoders.encode`. What is well already is
    left as it is, so enhancing twice changes little more. Raises the refusals of
    `media.images.open_image`.
    """
    pixels, words = enhanced_pixels(np.asarray(decoded(photo, limits)))
    height, width = pixels.shape[:2]
    data = encode(Image.fromarray(pixels), image_format, quality, _PAPER)
    return EnhancedPhoto(data, image_format, width, height, words)


def enhanced_pixels(photo: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], str]:
    """Enhance RGB pixels (height, width, 3), and say what was done."""
    tilt = find_tilt(photo)
    upright = straightened(photo, tilt) if tilt else photo
    light = linear_light(small_copy(upright, _MEASURED_PX))
    plan = plan_development(light, neutral_gains(light))
    words = _words(plan, tilt)
    return (developed(upright, plan) if _changes(plan) else upright), words


def _changes(plan: Development) -> bool:
    return bool(plan.exposure_ev) or bool(np.any(plan.gains != 1))


def _words(plan: Development, tilt: Tilt | None) -> str:
    done = []
    if plan.exposure_ev:
        done.append(f"exposure {plan.exposure_ev:+.1f} EV")
    warmer = warmth_stops(plan.gains)
    if abs(warmer) > _SEEN_STOPS:
        done.append("white balance warmed" if warmer > 0 else "white balance cooled")
    elif np.ptp(plan.gains) > 0:
        done.append("white balance corrected")
    if tilt:
        done.append(f"verticals straightened {math.degrees(tilt.angle_rad):.1f} degrees")
    return ", ".join(done) or "left as it is"
