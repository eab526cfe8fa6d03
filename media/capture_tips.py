"""What to do better when filming a product, told from the scores of a clip."""

from collections.abc import Sequence
from statistics import fmean

DARK_BELOW_SHARPNESS = 5.0
FAST_ABOVE_MOTION = 0.2
CALM_BELOW_MOTION = 0.1
MIN_CALM_FRAMES = 5
"""The thresholds of the service that this pipeline replaces."""


def capture_tips(sharpness: Sequence[float], motion: Sequence[float]) -> list[str]:
    """Return what would help, as sentences; none for a clip that was filmed well.

    `sharpness` and `motion` are those of the scored frames, see `media.frame_scores`; a clip
    without a scored frame gets no tips.
    """
    if not len(sharpness):
        return []
    tips = []
    if fmean(sharpness) < DARK_BELOW_SHARPNESS:
        tips.append("Use more light, and tap the product to focus on it.")
    if fmean(motion) > FAST_ABOVE_MOTION:
        tips.append("Move the camera or the product more slowly.")
    if sum(value < CALM_BELOW_MOTION for value in motion) < MIN_CALM_FRAMES:
        tips.append("Pause for a second on each side of the product.")
    return tips
