"""How far a mask can be trusted, told from the picture and the mask alone, whoever made it.

A good mask explains itself: colours learnt from it lead back to it. A mask that takes in part of
the background, or leaves out part of the product, teaches both sides the same colours, and the
next guess moves away. Contrast along the edge says little: a wrong edge is often a sharp one.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from media.background_models import Pixels, Plane, fit_smooth_background, lab_levels, to_lab
from media.mask_refinement import Mask8, grab_cut, overlap, solidity

REVIEW_BELOW = 0.75
"""Quality under which a person should look."""

_JUDGED_PX = 256
_BINS = 16
_TOUCHED = 0.02
_SMALLEST, _LARGEST = 0.01, 0.85
_BUSY = 20.0
_RAGGED = 0.45
_SCATTERED = 0.35
_WEIGHTS = {"unstable": -10.0, "disagreeing": -7.5, "shared": -9.0, "ragged": -3.0, "busy": -4.0}
_OFFSET = 3.0


@dataclass(frozen=True)
class MaskJudgement:
    """A verdict on one mask."""

    quality: float
    """How likely the mask is to overlap the true one by more than 0.9, 0 to 1."""
    review: str | None
    """Why a person should look at it, as a sentence; None when none need."""


@dataclass(frozen=True)
class MaskSignals:
    """What speaks against a mask; each is 0 where nothing does."""

    unstable: float
    """1 less the overlap with the mask that is learnt from its own colours."""
    disagreeing: float
    """1 less the overlap with another way of finding the product; `unstable` where unknown."""
    shared: float
    """Intersection of the color histograms of both sides."""
    ragged: float
    """How much of its convex hull it leaves out beyond what garments do."""
    busy: float
    """How far the border is from any smooth surface, beyond what furnished rooms are."""


def bounding_box(alpha: Pixels) -> tuple[int, int, int, int] | None:
    """Return left, top, right, bottom (exclusive) of what is more than half opaque, or None."""
    seen = alpha > 127
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    if not len(rows):
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def touches_border(alpha: Pixels) -> frozenset[str]:
    """Return the sides, `top`, `right`, `bottom`, `left`, along 2 % of which the mask lies."""
    seen = alpha > 127
    sides = {"top": seen[0], "right": seen[:, -1], "bottom": seen[-1], "left": seen[:, 0]}
    return frozenset(name for name, side in sides.items() if side.mean() > _TOUCHED)


def judge_mask(rgb: Pixels, alpha: Pixels, agreement: float | None = None) -> MaskJudgement:
    """Return how far the mask of a picture can be trusted.

    `rgb` is height x width x 3 and `alpha` height x width, 8 bits. `agreement` is the
    intersection over union with a mask found in another way, where there is one. The quality
    is a logistic regression on `MaskSignals`, fitted to composites of known alpha, ours and
    spoilt ones; `benchmarks/cutouts.py` says how well it foretells.
    """
    scale = min(1.0, _JUDGED_PX / max(alpha.shape))
    size = (max(1, round(alpha.shape[1] * scale)), max(1, round(alpha.shape[0] * scale)))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    share = cv2.resize(alpha, size, interpolation=cv2.INTER_AREA)
    mask = (np.asarray(share) > 127).astype(np.uint8)
    if not mask.any() or mask.all():
        return MaskJudgement(0.0, "The mask is empty." if not mask.any() else "Nothing was cut.")
    signals = mask_signals(np.asarray(small, np.uint8), mask, agreement)
    quality = _quality(signals)
    return MaskJudgement(quality, _shape_doubt(mask) or _doubt(signals, quality))


def mask_signals(rgb: Pixels, mask: Mask8, agreement: float | None) -> MaskSignals:
    """Return what speaks against a mask of 0 and 1 of a picture of a few hundred pixels."""
    lab = to_lab(rgb)
    unstable = 1 - overlap(mask, relearnt(lab, mask))
    return MaskSignals(
        unstable=unstable,
        disagreeing=unstable if agreement is None else 1 - agreement,
        shared=shared_colors(lab, mask),
        ragged=max(0.0, 0.75 - solidity(mask)),
        busy=max(0.0, fit_smooth_background(lab).noise / _BUSY - 1),
    )


def relearnt(lab: Plane, mask: Mask8) -> Mask8:
    """Return what GrabCut makes of the mask when nothing of it is held fast."""
    trimap = np.where(mask > 0, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    again = grab_cut(lab, trimap, 2)
    return np.zeros_like(mask) if again is None else again


def shared_colors(lab: Plane, mask: Mask8) -> float:
    """Return the histogram intersection of mask and rest over 16 x 16 x 16 Lab bins, 0 to 1.

    Swain and Ballard, "Color indexing", IJCV 1991.
    """
    bins = np.clip(lab_levels(lab) / (256 / _BINS), 0, _BINS - 1).astype(np.int32)
    number = (bins[..., 0] * _BINS + bins[..., 1]) * _BINS + bins[..., 2]
    inside, outside = (
        np.bincount(number[mask == side], minlength=_BINS**3) / np.count_nonzero(mask == side)
        for side in (1, 0)
    )
    return float(np.minimum(inside, outside).sum())


def _quality(signals: MaskSignals) -> float:
    score = _OFFSET + sum(weight * getattr(signals, name) for name, weight in _WEIGHTS.items())
    return round(1 / (1 + math.exp(-score)), 3)


def _shape_doubt(mask: Mask8) -> str | None:
    share = float(mask.mean())
    if share < _SMALLEST:
        return f"The product covers only {share:.1%} of the picture."
    if share > _LARGEST:
        return f"The product covers {share:.0%} of the picture, so part of it may be background."
    sides = touches_border(mask * np.uint8(255))
    if len(sides) > 2:
        return f"The product touches {len(sides)} sides of the picture."
    if solidity(mask) < _RAGGED:
        return "The outline is ragged."
    areas = cv2.connectedComponentsWithStats(mask)[2][1:, cv2.CC_STAT_AREA]
    if 1 - areas.max() / areas.sum() > _SCATTERED and len(areas) > 2:
        return "The product is in many pieces."
    return None


def _doubt(signals: MaskSignals, quality: float) -> str | None:
    if quality >= REVIEW_BELOW:
        return None
    reasons = {
        "unstable": "Product and background are hard to tell apart by their colours.",
        "disagreeing": "Two ways of finding the product disagree.",
        "shared": "Product and background have colours in common.",
        "ragged": "The outline is ragged.",
        "busy": "The background is cluttered.",
    }
    worst = min(_WEIGHTS, key=lambda name: _WEIGHTS[name] * getattr(signals, name))
    return reasons[worst]
