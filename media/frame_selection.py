"""Which frames of a clip are worth working on: the best, and not two of the same moment."""

from collections.abc import Sequence

DEFAULT_COUNT = 24
DEFAULT_GAP_S = 0.3
"""As the service had them that this pipeline replaces."""
_ROUNDING_S = 1e-9
_HALVINGS = 2


def select_candidates(
    scores: Sequence[float],
    times_s: Sequence[float],
    count: int = DEFAULT_COUNT,
    gap_s: float = DEFAULT_GAP_S,
) -> list[int]:
    """Return the indices of at most `count` frames, the best first.

    Greedy: the best frame is taken, then the next best that is `gap_s` or more from all taken.
    When that leaves fewer than `count`, half the gap is enough for the rest, then a quarter,
    then none: `min(count, len(scores))` are always found. Of equal scores the earlier wins.
    """
    ranked = _ranked(scores, times_s)
    chosen: list[int] = []
    for gap in (*(gap_s / 2**halving for halving in range(_HALVINGS + 1)), 0.0):
        chosen = _fill(chosen, ranked, times_s, count, gap)
    places = {index: place for place, index in enumerate(ranked)}
    return sorted(chosen, key=places.__getitem__)


def still_eligible(
    scores: Sequence[float], times_s: Sequence[float], count: int, gap_s: float
) -> list[int]:
    """Return the indices that `select_candidates` may yet choose when more frames follow.

    The frames are the best of equal spans of time, one of each span, in the order of time, and
    `gap_s` is at most such a span. What was dropped before is not among them. Indices come in
    the order of time.

    A later frame can then be too near to the last one only. Whether the last one stays is open,
    and nothing else is: what comes later takes places, but frees none other. So a frame is
    chosen at the end only if it is among the first `count` now, either with the last frame or
    without it. That holds as soon as both have `count` frames at the full gap; until then the
    gap may yet have to be halved, and every frame stays.
    """
    with_last = _fill([], _ranked(scores, times_s), times_s, count, gap_s)
    before_last = _ranked(scores[:-1], times_s[:-1])
    without_last = _fill([], before_last, times_s, count, gap_s)
    if min(len(with_last), len(without_last)) < count:
        return list(range(len(scores)))
    return sorted({*with_last, *without_last})


def _ranked(scores: Sequence[float], times_s: Sequence[float]) -> list[int]:
    return sorted(range(len(scores)), key=lambda index: (-scores[index], times_s[index], index))


def _fill(
    chosen: list[int], ranked: list[int], times_s: Sequence[float], count: int, gap_s: float
) -> list[int]:
    """Return the chosen and what of the ranked is far enough from them, `count` at most."""
    filled = list(chosen)
    taken = set(chosen)
    for index in ranked:
        if len(filled) >= count:
            break
        near = (abs(times_s[index] - times_s[other]) < gap_s - _ROUNDING_S for other in filled)
        if index not in taken and not any(near):
            filled.append(index)
    return filled
