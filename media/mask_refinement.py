"""Rough masks made neat: specks dropped, edges pulled to the product's, and enlarged.

Masks are small (a few hundred pixels) uint8 planes of 0 and 1 until `enlarge_mask`.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from media.background_models import Mask, Pixels, Plane, SmoothBackground, lab_levels

Mask8 = NDArray[np.uint8]

_SPECK = 0.12
"""Components smaller than this share of the largest are dropped."""
_PINHOLE = 0.003
"""Holes smaller than this share of the picture are filled."""
_TIGHTEN_REACH = 0.022
"""How far the edge may be moved, as a share of the longer side."""
_GRAIN = 1.5
_FLAT = 0.1
_TIGHTEN_ROUNDS = 2
_MOST_SHADOW = 0.4
"""More of a mask than this is not taken for shadow, but for a product of the surface's hue."""
_GUIDE_RADIUS_PX = 5
_GUIDE_EPSILON = 1e-4
_RAMP = 1.8


def overlap(one: Mask8, other: Mask8) -> float:
    """Return intersection over union; 1 for two empty masks."""
    union = int(np.count_nonzero(one | other))
    return int(np.count_nonzero(one & other)) / union if union else 1.0


def solidity(mask: Mask8) -> float:
    """Return the mask's area over that of its convex hull, 0 for an empty mask."""
    points = cv2.findNonZero(mask)
    if points is None:
        return 0.0
    hull = cv2.convexHull(points)
    area = cv2.contourArea(hull)
    return min(1.0, float(mask.sum()) / max(area, 1.0))


def disc(diameter_px: int) -> Mask8:
    """Return an odd disc for morphology, of at least 3 pixels."""
    side = max(3, diameter_px | 1)
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)


def tidy(mask: Mask8) -> Mask8:
    """Return the mask smoothed, without specks and pinholes."""
    kernel = disc(int(0.008 * max(mask.shape)))
    mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel), np.uint8)
    mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel), np.uint8)
    return fill_holes(drop_specks(mask), _PINHOLE)


def drop_specks(mask: Mask8) -> Mask8:
    """Return the mask without components far smaller than the largest."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    if count <= 2:
        return mask
    areas = stats[:, cv2.CC_STAT_AREA].copy()
    areas[0] = 0
    return np.asarray((areas > _SPECK * areas.max())[labels], np.uint8)


def holes_of(mask: Mask8) -> tuple[NDArray[np.int32], list[tuple[int, int]]]:
    """Return labels of what is not mask, and (label, area) of those shut in by the mask."""
    outside = cv2.copyMakeBorder(1 - mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(outside, connectivity=4)
    around = labels[0, 0]
    holes = [
        (number, int(stats[number, cv2.CC_STAT_AREA]))
        for number in range(1, len(stats))
        if number != around
    ]
    return np.asarray(labels[1:-1, 1:-1], np.int32), holes


def fill_holes(mask: Mask8, smaller_than: float = 1.0) -> Mask8:
    """Return the mask with holes of less than this share of the picture filled."""
    labels, holes = holes_of(mask)
    small = [number for number, area in holes if area < smaller_than * mask.size]
    return np.where(np.isin(labels, small), 1, mask).astype(np.uint8) if small else mask


def tighten(lab: Plane, mask: Mask8, background: SmoothBackground) -> Mask8:
    """Return the mask with its edge moved, by at most 2.2 % of the longer side, to where colours
    part best, and without hard shadows; the mask itself where nothing can be learnt.

    GrabCut (Rother, Kolmogorov and Blake, SIGGRAPH 2004) with all held fast that the smooth
    background is sure of: only a band round the edge and what may be shadow is decided anew.
    """
    kernel = disc(2 * max(2, int(_TIGHTEN_REACH * max(mask.shape))) + 1)
    is_core = cv2.erode(mask, kernel) > 0
    may_be_shadow = _reaching_out(background.may_be_shadow, mask)
    if may_be_shadow.sum() > _MOST_SHADOW * mask.sum():
        may_be_shadow[:] = False
    trimap = np.where(mask > 0, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    trimap[is_core] = cv2.GC_FGD
    trimap[may_be_shadow] = cv2.GC_PR_BGD
    trimap[~is_core & (background.residual < 0.6 * background.threshold)] = cv2.GC_BGD
    trimap[cv2.dilate(mask, kernel) == 0] = cv2.GC_BGD
    cut = grab_cut(lab, trimap, _TIGHTEN_ROUNDS)
    return mask if cut is None else tidy(cut)


def _reaching_out(within: Mask, mask: Mask8) -> Mask:
    """Return the parts of `within` in the mask that reach its edge."""
    inside = (within & (mask > 0)).astype(np.uint8)
    count, labels = cv2.connectedComponents(inside)
    reached = np.zeros(count, bool)
    reached[labels[cv2.erode(mask, disc(3)) == 0]] = True
    reached[0] = False
    return np.asarray(reached[labels], np.bool_)


def grab_cut(lab: Plane, trimap: Mask8, rounds: int) -> Mask8 | None:
    """Return the mask GrabCut makes of a trimap, or None where one side of it is empty."""
    is_front = (trimap == cv2.GC_FGD) | (trimap == cv2.GC_PR_FGD)
    # Each side's mixture has five components, and OpenCV throws where it has fewer pixels.
    if min(np.count_nonzero(is_front), np.count_nonzero(~is_front)) < 5:
        return None
    levels = lab_levels(lab)
    if np.median(np.abs(np.diff(levels, axis=1))) < _FLAT:
        # OpenCV's graph cut takes minutes, or for ever, over flat colours: give them some grain.
        grain = np.random.default_rng(7).normal(0, _GRAIN, levels.shape)
        levels = levels + grain.astype(np.float32)
    picture = np.clip(levels, 0, 255).astype(np.uint8)
    cv2.setRNGSeed(7)
    back, front = np.zeros((1, 65)), np.zeros((1, 65))
    whole = (0, 0, trimap.shape[1], trimap.shape[0])
    found, *_ = cv2.grabCut(
        picture, trimap.copy(), whole, back, front, rounds, cv2.GC_INIT_WITH_MASK
    )
    return np.asarray((found == cv2.GC_FGD) | (found == cv2.GC_PR_FGD), np.uint8)


def enlarge_mask(rgb: Pixels, mask: Mask8) -> NDArray[np.uint8]:
    """Return alpha, 0 to 255, as large as the picture, its edge following the picture's.

    The mask is enlarged to twice its size through a guided filter and from there straight.
    """
    height, width = rgb.shape[:2]
    goal = (min(width, mask.shape[1] * 2), min(height, mask.shape[0] * 2))
    guide = np.asarray(cv2.resize(rgb, goal, interpolation=cv2.INTER_AREA), np.float32)
    guide /= 255
    soft = cv2.resize(cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 1.0), goal)
    edge = guided_filter(guide, np.asarray(soft, np.float32), _GUIDE_RADIUS_PX, _GUIDE_EPSILON)
    # What the filter says far from the edge is the picture's texture, not the product's outline.
    reach = disc(2 * _GUIDE_RADIUS_PX + 1)
    solid = np.asarray(cv2.resize(mask, goal, interpolation=cv2.INTER_NEAREST), np.uint8)
    edge[cv2.erode(solid, reach) > 0] = 1
    edge[cv2.dilate(solid, reach) == 0] = 0
    alpha = np.clip((edge - 0.5) * _RAMP + 0.5, 0, 1) * 255
    large = cv2.resize(alpha.round().astype(np.uint8), (width, height))
    return np.asarray(large, np.uint8)


def guided_filter(guide: Plane, plane: Plane, radius_px: int, epsilon: float) -> Plane:
    """Return the plane filtered so that its edges follow those of a colour guide in 0 to 1.

    He, Sun and Tang, "Guided Image Filtering", ECCV 2010, equations 19 to 21; the 3 x 3
    systems are solved by Cramer's rule.
    """
    side = (2 * radius_px + 1, 2 * radius_px + 1)

    def mean(of: Plane) -> Plane:
        return np.asarray(cv2.blur(of, side, borderType=cv2.BORDER_REFLECT), np.float32)

    middle, level = mean(guide), mean(plane)
    r, g, b = (np.ascontiguousarray(guide[..., c]) for c in range(3))
    mr, mg, mb = (middle[..., c] for c in range(3))
    rr, rg, rb = mean(r * r) - mr * mr + epsilon, mean(r * g) - mr * mg, mean(r * b) - mr * mb
    gg, gb = mean(g * g) - mg * mg + epsilon, mean(g * b) - mg * mb
    bb = mean(b * b) - mb * mb + epsilon
    pr, pg, pb = (mean(channel * plane) - m * level for channel, m in ((r, mr), (g, mg), (b, mb)))
    c0, c1, c2 = gg * bb - gb * gb, rb * gb - rg * bb, rg * gb - gg * rb
    c4, c5, c8 = rr * bb - rb * rb, rg * rb - rr * gb, rr * gg - rg * rg
    determinant = rr * c0 + rg * c1 + rb * c2
    slopes = [
        (c0 * pr + c1 * pg + c2 * pb) / determinant,
        (c1 * pr + c4 * pg + c5 * pb) / determinant,
        (c2 * pr + c5 * pg + c8 * pb) / determinant,
    ]
    offset = level - slopes[0] * mr - slopes[1] * mg - slopes[2] * mb
    filtered = mean(slopes[0]) * r + mean(slopes[1]) * g + mean(slopes[2]) * b + mean(offset)
    return np.asarray(filtered, np.float32)
