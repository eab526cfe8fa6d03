"""Views judged without a model: frames that look alike are one view, its best frame stands for it.

What this can tell: how many clearly different pictures a clip holds, which frame of each is
sharp, whole, large and centred, whether a hand comes in, how far a long symmetric product
leans. What it cannot: the product's name, which side is its front, what else is in the way,
which setting would suit it; those stay a number or None. Two products in one clip are told
apart only where neither their colours nor their shapes have anything in common: the same shoe
in two colours counts as two views of one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from media.background_advice import advise_background
from media.frame_descriptors import FrameDescriptor, describe_frame, distance, shared_colors
from media.product_pose import rotation_deg
from media.product_views import ProductView, ViewFrame
from media.view_quality import FrameJudgement, judge_frame

SAME_VIEW = 0.22
"""Frames closer than this are one view: in a clip of hands over still objects no two of 25
frames are more than 0.20 apart; of a turntable's 37 neighbouring pairs, 0.15 to 0.81, 32 are."""
SAME_PRODUCT_COLORS = 0.30
"""Frames that share more of their colours than this may show one product."""
SAME_PRODUCT_LOOK = 0.45
"""So may frames closer than this; half of the turntable's neighbouring pairs are."""
CLEARLY_ANOTHER = 0.50
"""Beyond this, being still less alike makes no better view."""
_SMALL_VIEW = 0.6
"""How much less a view is worth that shows nothing of the largest silhouette's area: an edge
of a flat product is the least like the rest, and the least that a buyer wants to see."""
_AREA_POINTS = 20
"""What the largest silhouette is worth against quality when the hero is chosen."""


@dataclass(frozen=True)
class _Candidate:
    frame: ViewFrame
    look: FrameDescriptor
    judgement: FrameJudgement


def group_views(frames: Sequence[ViewFrame], max_views: int = 5) -> list[ProductView]:
    """Return the distinct views of each product, at most `max_views` of one, its hero first.

    `frames` are of one clip, in any order. Views after the hero are in the order of time.
    Quality is 0 to 100 from a base of 50, see `media.view_quality`. Raises ValueError for
    `max_views` below 1 and CorruptMedia for a frame that is no picture.
    """
    if max_views < 1:
        raise ValueError(f"A product has at least one view, not {max_views}.")
    candidates = _candidates(sorted(frames, key=lambda frame: (frame.time_s, frame.frame)))
    apart = _pairwise(candidates)
    views: list[ProductView] = []
    for number, members in enumerate(_products(candidates, apart), start=1):
        inside = apart[np.ix_(members, members)]
        product = [candidates[index] for index in members]
        chosen = [product[index] for index in _distinct(product, inside, max_views)]
        views += _views(f"product-{number}", chosen)
    return views


def _candidates(frames: Sequence[ViewFrame]) -> list[_Candidate]:
    sharpest = max((frame.sharpness for frame in frames), default=0.0)
    candidates = []
    for frame in frames:
        look = describe_frame(frame.data)
        candidates.append(_Candidate(frame, look, judge_frame(look, frame.sharpness, sharpest)))
    return candidates


def _pairwise(candidates: Sequence[_Candidate]) -> NDArray[np.float64]:
    apart = np.zeros((len(candidates), len(candidates)))
    for row, one in enumerate(candidates):
        for column, other in enumerate(candidates[:row]):
            apart[row, column] = apart[column, row] = distance(one.look, other.look)
    return apart


def _products(candidates: Sequence[_Candidate], apart: NDArray[np.float64]) -> list[list[int]]:
    """Return the frames of each product, products in the order they appear.

    Frames are linked where they share colour or look, and linked frames are one product: the
    views in between hold front and back together.
    """
    left = list(range(len(candidates)))
    products = []
    while left:
        members, reached = [], [left.pop(0)]
        while reached:
            index = reached.pop()
            members.append(index)
            linked = [
                other
                for other in left
                if apart[index, other] < SAME_PRODUCT_LOOK
                or shared_colors(candidates[index].look, candidates[other].look)
                > SAME_PRODUCT_COLORS
            ]
            reached += linked
            left = [other for other in left if other not in linked]
        products.append(sorted(members))
    return products


def _distinct(
    product: Sequence[_Candidate], apart: NDArray[np.float64], max_views: int
) -> list[int]:
    """Return the best frames of views that differ, in the order of time.

    Farthest-point selection (Gonzalez, 1985) from the best frame on: the next view is the one
    least like those chosen, weighed with its quality. Then the best frame near each takes its
    place, if it is twice as near to it as to any other.
    """
    quality = np.asarray([candidate.judgement.quality for candidate in product], float)
    seeds = [int(np.argmax(quality + _AREA_POINTS * _relative_areas(product)))]
    while len(seeds) < max_views:
        nearest = apart[:, seeds].min(axis=1)
        worth = (50 + quality) * (1 - _SMALL_VIEW + _SMALL_VIEW * _relative_areas(product))
        gain = np.where(nearest > SAME_VIEW, np.minimum(nearest, CLEARLY_ANOTHER) * worth, 0)
        if not gain.any():
            break
        seeds.append(int(np.argmax(gain)))
    chosen = []
    for seed in seeds:
        others = [other for other in seeds if other != seed]
        margin = apart[:, others].min(axis=1) / 2 if others else np.full(len(product), np.inf)
        near = (apart[:, seed] < np.minimum(SAME_VIEW, margin)) | (np.arange(len(product)) == seed)
        chosen.append(int(np.argmax(np.where(near, quality, -1))))
    return sorted(chosen)


def _relative_areas(product: Sequence[_Candidate]) -> NDArray[np.float64]:
    areas = np.asarray([candidate.look.area for candidate in product])
    return areas / max(float(areas.max()), 1e-6)


def _views(name: str, chosen: Sequence[_Candidate]) -> list[ProductView]:
    quality = np.asarray([candidate.judgement.quality for candidate in chosen], float)
    hero = chosen[int(np.argmax(quality + _AREA_POINTS * _relative_areas(chosen)))]
    background = advise_background(hero.look)
    ordered = [hero, *(candidate for candidate in chosen if candidate is not hero)]
    return [
        ProductView(
            frame=candidate.frame.frame,
            product=name,
            view=f"view-{number}",
            quality=candidate.judgement.quality,
            # A hand is seen or not known; that nothing is in the way cannot be measured.
            obstructions=("hand",) if candidate.judgement.hand else None,
            rotation_deg=_rotation(candidate),
            background=background,
            is_hero=candidate is hero,
        )
        for number, candidate in enumerate(ordered, start=1)
    ]


def _rotation(candidate: _Candidate) -> float | None:
    """The lean of a product that is seen whole; a cropped outline has another axis."""
    if candidate.look.silhouette is None or candidate.judgement.cropped:
        return None
    return rotation_deg(candidate.look.silhouette)
