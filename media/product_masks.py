"""Finding the product of a picture by two routes that fail for different reasons.

The smooth route takes what differs from a smooth background; it is exact on walls, tables and
studio sweeps and knows when it does not apply. The learning route guesses where the product is,
learns its colours and those of the rest from the guess (GrabCut), and takes anything. Where the
first does not apply, the second is asked again from other guesses. How far two answers agree
says how far either can be trusted. The constants were chosen on composites of known alpha.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from media.background_models import (
    Pixels,
    Plane,
    SmoothBackground,
    border_band,
    fit_smooth_background,
    palette_distance,
    to_lab,
)
from media.mask_refinement import (
    Mask8,
    disc,
    fill_holes,
    grab_cut,
    holes_of,
    overlap,
    solidity,
    tidy,
    tighten,
)
from media.saliency import center_prior, product_likelihood

_SMOOTH_NOISE = 4.2
_SMOOTH_OUTLIERS = 0.35
"""Residual of the border, and share of it far off, above which a background is not smooth."""
_DRAWN_NOISE = 0.2
"""Residual of the border up to which it is a drawn white, without hard shadows."""
_TEXTURED_NOISE = 2.0
"""Residual of the border above which even a smooth background has a texture to be learnt."""
_SMALLEST, _LARGEST = 0.02, 0.85
"""Shares of the picture between which a mask of the smooth route is believed."""
_RIM = 0.1
"""What is less than this share of a mask may be a shadow along its edge."""
_CENTER_TRUST = 0.65
_NOTHING = 0.001
_LEAST_SOLIDITY = 0.35
_LEAST_OVERLAP = 0.6
_LEAST_LEARNT = 0.06
"""A learnt mask below this share of the picture is a print or a logo, not the product."""
_HOLE = 0.0025
"""Holes smaller than this share of the picture are taken for the product's pattern."""


@dataclass(frozen=True)
class FoundProduct:
    """A mask of 0 and 1 at the size it was looked for."""

    mask: Mask8
    agreement: float
    """Intersection over union of what two ways of finding it say, 0 to 1."""


def find_product(rgb: Pixels) -> FoundProduct:
    """Return the product of an RGB picture of a few hundred pixels; the mask may be empty."""
    lab = to_lab(rgb)
    background = fit_smooth_background(lab)
    rough = smooth_mask(lab, background)
    if background.noise < _TEXTURED_NOISE and rough.mean() < _NOTHING:
        return FoundProduct(np.zeros_like(rough), 1.0)
    palette = palette_distance(lab)
    learnt = learnt_mask(product_likelihood(rgb, lab, background, palette), lab, palette)
    if not _applies(rough, background):
        return FoundProduct(learnt, _agreement_of_halves(learnt, lab, palette))
    tight = tighten(lab, rough, background)
    # A collapse says that product and background share colours: the geometry knows better.
    exact = tight if overlap(rough, tight) > _LEAST_OVERLAP else rough
    mask = learnt if _is_better(learnt, exact, background) else exact
    return FoundProduct(mask, overlap(exact, learnt))


def _agreement_of_halves(learnt: Mask8, lab: Plane, palette: Plane) -> float:
    """Return the least overlap with what two other guesses lead to, both at half the size.

    One guess is the border's palette alone, the other only the middle of the frame: where the
    product is clear, all lead to it.
    """
    size = (max(8, lab.shape[1] // 2), max(8, lab.shape[0] // 2))
    half_lab, half_palette, half_mask = (
        np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)
        for plane in (lab, palette, learnt.astype(np.float32))
    )
    center = center_prior(size[1], size[0])
    guesses = (half_palette * (1 - _CENTER_TRUST + _CENTER_TRUST * center), center)
    found = (half_mask > 0.5).astype(np.uint8)
    return min(overlap(found, _seeded(half_lab, guess, half_palette)) for guess in guesses)


def _is_better(learnt: Mask8, exact: Mask8, background: SmoothBackground) -> bool:
    """Whether the learnt mask is to be believed where the two routes differ.

    What it adds must not be plain background. Then it is right on a texture, which the smooth
    surface takes for products; right where it trims a rim, which on a photo is a hard
    shadow; and right where it adds more than it leaves out: the surface misses what has its
    own colour.
    """
    if not learnt.any():
        return False
    added, left_out = learnt > exact, exact > learnt
    is_plain = background.residual < 0.5 * background.threshold
    plain_share = float(is_plain[added].mean()) if added.any() else 0.0
    if background.noise > _TEXTURED_NOISE and plain_share < 0.3:
        return True
    is_rim = left_out.sum() < _RIM * exact.sum() and solidity(learnt) > solidity(exact) - 0.03
    trims = is_rim and background.noise > _DRAWN_NOISE
    return plain_share < 0.1 and bool(trims or added.sum() > left_out.sum())


def smooth_mask(lab: Plane, background: SmoothBackground) -> Mask8:
    """Return what differs from a smooth background by more than noise and is no shadow."""
    threshold = background.threshold
    is_shadow = background.is_shadow & (background.residual < 6 * threshold)
    front = ((background.residual > threshold) & ~is_shadow).astype(np.uint8)
    closing = disc(int(0.012 * max(front.shape)))
    closed = np.asarray(cv2.morphologyEx(front, cv2.MORPH_CLOSE, closing), np.uint8)
    filled = fill_holes(closed)
    opened = np.asarray(cv2.morphologyEx(filled, cv2.MORPH_OPEN, disc(3)), np.uint8)
    return tidy(opened & (1 - _see_through(closed, background, is_shadow, threshold)))


def _see_through(
    closed: Mask8, background: SmoothBackground, is_shadow: np.ndarray, threshold: float
) -> Mask8:
    """Return the holes that show the background, as in a handle; a white print is not one."""
    labels, holes = holes_of(closed)
    shown = []
    for number, area in holes:
        if area < _HOLE * closed.size:
            continue
        inside = labels == number
        residual = background.residual[inside]
        is_plain = float(np.median(residual)) < 0.7 * threshold
        if is_plain or float(is_shadow[inside].mean()) > 0.7:
            shown.append(number)
    return np.isin(labels, shown).astype(np.uint8)


def learnt_mask(hints: Plane, lab: Plane, palette: Plane) -> Mask8:
    """Return the product as GrabCut learns it from hints, seeded where these are sure."""
    mask = _seeded(lab, hints, palette)
    if mask.mean() >= _LEAST_LEARNT:
        return mask
    # Only a print was found: begin once more, trusting the middle of the frame.
    again = _seeded(lab, 0.75 * center_prior(*hints.shape) + 0.25 * hints, palette)
    return again if _LEAST_LEARNT < again.mean() < 0.8 else mask


def _seeded(lab: Plane, hints: Plane, palette: Plane) -> Mask8:
    levels = np.clip(hints * 255, 0, 255).astype(np.uint8)
    split = cv2.threshold(levels, 0, 255, cv2.THRESH_OTSU)[0] / 255
    trimap = np.where(hints > split, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    square = np.ones((5, 5), np.uint8)
    # Hints are blurred, so they also cover the gap between two sleeves; its colour tells.
    is_sure = (hints > min(0.92, split + 0.25)) & (palette > 0.5)
    trimap[cv2.erode(is_sure.astype(np.uint8), square) > 0] = cv2.GC_FGD
    trimap[cv2.erode((hints < 0.2 * split).astype(np.uint8), square) > 0] = cv2.GC_BGD
    is_outside = border_band(hints.shape, 0) & (hints < split)
    trimap[is_outside] = cv2.GC_BGD
    cut = grab_cut(lab, trimap, 2)
    if cut is None:
        return tidy((hints > split).astype(np.uint8))
    # The colours learnt may now take back what the seeds got wrong.
    trimap = np.where(cut > 0, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    trimap[is_outside] = cv2.GC_BGD
    relearnt = grab_cut(lab, trimap, 1)
    if relearnt is not None and overlap(cut, relearnt) > _LEAST_OVERLAP:
        cut = relearnt
    return tidy(cut)


def _applies(rough: Mask8, background: SmoothBackground) -> bool:
    return (
        background.noise < _SMOOTH_NOISE
        and background.outliers < _SMOOTH_OUTLIERS
        and _SMALLEST < rough.mean() < _LARGEST
        and solidity(rough) > _LEAST_SOLIDITY
    )
