"""How good a frame is to show a product: points for and against, from a base of 50."""

from dataclasses import dataclass

from media.frame_descriptors import FrameDescriptor
from media.product_pose import border_share, off_centre, sees_hand

BASE = 50
"""A usable picture with nothing special about it."""

_SHARP_POINTS = 15
_BLURRED_POINTS = -20
_WHOLE_POINTS = 10
_CROPPED_POINTS = -25
_CENTRED_POINTS = 8
_SIZE_POINTS = 8
_HAND_POINTS = -20

_USABLE_SHARPNESS = 5.0
"""Standard deviation of the Laplacian below which a frame counts as blurred, as in scoring."""
_TOUCHES_BORDER = 0.005
_GOOD_AREA = (0.08, 0.60)
"""Share of the frame a product fills when it is neither lost in it nor pressed into it."""


@dataclass(frozen=True)
class FrameJudgement:
    """What is known of one frame as a picture of a product."""

    quality: int
    """0 to 100."""
    hand: bool | None
    cropped: bool | None


def judge_frame(look: FrameDescriptor, sharpness: float, sharpest: float) -> FrameJudgement:
    """Judge a frame against the sharpest of its clip; what cannot be measured gives no points."""
    relative = sharpness / sharpest if sharpest > 0 else 0.0
    points = BASE + _SHARP_POINTS * (2 * relative - 1)
    if sharpness < _USABLE_SHARPNESS:
        points += _BLURRED_POINTS
    hand = sees_hand(look.lab, look.background)
    if hand:
        points += _HAND_POINTS
    cropped: bool | None = None
    if look.silhouette is not None:
        cropped = border_share(look.silhouette) > _TOUCHES_BORDER
        points += _CROPPED_POINTS if cropped else _WHOLE_POINTS
        points += _CENTRED_POINTS * max(-0.5, 1 - 3 * off_centre(look.silhouette))
        points += _size_points(look.area)
    return FrameJudgement(max(0, min(100, round(points))), hand, cropped)


def _size_points(area: float) -> float:
    """Full points inside the good range, falling to their opposite at nothing and at all."""
    low, high = _GOOD_AREA
    if area < low:
        return _SIZE_POINTS * (2 * area / low - 1)
    if area > high:
        return _SIZE_POINTS * (1 - 2 * (area - high) / (1 - high))
    return _SIZE_POINTS
