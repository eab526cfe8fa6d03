"""The judgement on a staged picture: is it the same room, and did anything happen to it?"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from media.color import flatten
from media.images import load_still
from media.limits import MediaLimits
from media.rooms.structure import COMPARED_PX, KEPT, structure_score
from media.rooms.work_size import lab_of

MIN_CHANGED = 0.01
"""Share of a picture under which it hardly differs from its photo."""

_WHITE = (255, 255, 255)
_DIFFERENCE = 8.0
"""CIE 1976 colour difference that somebody sees without looking for it."""
_SMOOTHED_PX = 1.5


@dataclass(frozen=True)
class ResultJudgement:
    """What was measured on a staged picture against its photo."""

    structure_score: float
    """0 to 1, see `media.rooms.structure.structure_score`."""
    changed_share: float
    """Share of the picture whose colour is visibly another, 0 to 1."""
    review: str | None
    """Why a person should look at it, as a sentence; None when none need."""


def judge_result(
    photo: bytes, result: bytes, limits: MediaLimits, added: bytes | None = None
) -> ResultJudgement:
    """Judge an encoded picture against the encoded photo it was made of; for a media worker.

    `added` is a picture, white where things were added, if somebody knows; it is taken to cover
    the result whatever its size. Raises the refusals of `media.images.open_image`.
    """
    before, after = _small(photo, limits), _small(result, limits)
    where = None if added is None else _small(added, limits)[..., 0] > 127
    score = structure_score(before, after, where)
    changed = _changed_share(before, after)
    return ResultJudgement(score, changed, _review(score, changed))


def _small(picture: bytes, limits: MediaLimits) -> NDArray[np.uint8]:
    """The picture, upright, as RGB of the size at which structures are compared."""
    still = load_still(picture, limits, lambda size_px: min(1.0, COMPARED_PX / max(size_px)))
    return np.asarray(flatten(still.image, _WHITE))


def _changed_share(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> float:
    height, width = before.shape[:2]
    method = cv2.INTER_AREA if after.shape[1] > width else cv2.INTER_CUBIC
    same_size = np.asarray(cv2.resize(after, (width, height), interpolation=method), np.uint8)
    # Smoothed, so that noise and the losses of compression are no change.
    first, second = (
        cv2.GaussianBlur(lab_of(each), (0, 0), _SMOOTHED_PX) for each in (before, same_size)
    )
    return float((np.linalg.norm(first - second, axis=-1) > _DIFFERENCE).mean())


def _review(score: float, changed: float) -> str | None:
    if score < KEPT:
        return (
            f"The room's own lines are not where they were (structure {score:.2f}, {KEPT:.2f} is "
            "expected); compare doors, windows and the camera's place with the photo."
        )
    if changed < MIN_CHANGED:
        return f"The picture hardly differs from the photo: {changed:.1%} of it is visibly changed."
    return None
