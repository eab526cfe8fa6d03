"""Choosing frames: greedy, apart from each other, and the same while a clip goes on."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from media.frame_selection import select_candidates, still_eligible

scores_and_times = st.lists(
    st.tuples(st.integers(0, 9).map(float), st.floats(0, 20)), max_size=40
).map(lambda pairs: ([score for score, _ in pairs], [time for _, time in pairs]))

spans = st.lists(
    st.tuples(st.integers(0, 30).map(float), st.floats(0, 0.999), st.booleans()), max_size=60
)
"""Score, place in the span, and whether the span has a frame at all."""


@given(scores_and_times, st.integers(1, 30), st.floats(0, 5))
def test_as_many_as_there_are(
    data: tuple[list[float], list[float]], count: int, gap_s: float
) -> None:
    scores, times_s = data
    chosen = select_candidates(scores, times_s, count, gap_s)
    assert len(chosen) == len(set(chosen)) == min(count, len(scores))
    assert chosen == sorted(chosen, key=lambda index: (-scores[index], times_s[index], index))


@given(scores_and_times, st.floats(0.01, 2))
def test_what_is_far_enough_apart_is_never_passed_over(
    data: tuple[list[float], list[float]], gap_s: float
) -> None:
    scores, times_s = data
    count = max(1, len(scores) // 3)
    chosen = select_candidates(scores, times_s, count, gap_s)
    apart = all(
        abs(times_s[a] - times_s[b]) >= gap_s - 1e-9 for a in chosen for b in chosen if a != b
    )
    if not apart:
        return
    for index in set(range(len(scores))) - set(chosen):
        better = [c for c in chosen if scores[c] >= scores[index]]
        blocked = any(abs(times_s[index] - times_s[c]) < gap_s for c in better)
        assert blocked or len(better) == count


@given(scores_and_times, st.integers(1, 30), st.floats(0, 2))
def test_the_order_of_input_does_not_matter(
    data: tuple[list[float], list[float]], count: int, gap_s: float
) -> None:
    frames = list(dict.fromkeys(zip(*data, strict=True)))
    assert choose(frames, count, gap_s) == choose(frames[::-1], count, gap_s)


def test_known_choices() -> None:
    times_s = [0.0, 0.1, 0.5, 0.6, 2.0]
    scores = [5.0, 9.0, 7.0, 8.0, 1.0]
    assert select_candidates(scores, times_s, 3, 0.3) == [1, 3, 4]
    assert select_candidates(scores, times_s, 2, 0.3) == [1, 3]
    # Two are left over; a quarter of the gap lets them in.
    assert select_candidates(scores, times_s, 24, 0.3) == [1, 3, 2, 0, 4]
    assert select_candidates([3.0, 3.0, 3.0], [0.2, 0.1, 0.0], 1, 0.3) == [2]
    assert select_candidates([1.0, 1.0], [0.6, 0.3], 2, 0.3) == [1, 0]
    assert select_candidates([], [], 24, 0.3) == []


@given(spans, st.integers(1, 8), st.sampled_from([0.0, 0.3, 0.7, 1.0]))
def test_dropping_on_the_way_changes_nothing(
    data: list[tuple[float, float, bool]], count: int, gap_s: float
) -> None:
    frames = [(score, span + place) for span, (score, place, has) in enumerate(data) if has]
    held: list[tuple[float, float]] = []
    most = 0
    for frame in frames:
        held.append(frame)
        eligible = still_eligible([s for s, _ in held], [t for _, t in held], count, gap_s)
        held = [held[index] for index in eligible]
        most = max(most, len(held))
    assert choose(held, count, gap_s) == choose(frames, count, gap_s)
    assert all(before[1] < after[1] for before, after in pairwise(held))
    assert most <= 3 * count


def test_a_long_clip_holds_few() -> None:
    held: list[tuple[float, float]] = []
    for second in range(1800):
        held.append((float(second * 7919 % 1000), second + second * 31 % 100 / 100))
        eligible = still_eligible([s for s, _ in held], [t for _, t in held], 24, 0.3)
        held = [held[index] for index in eligible]
        assert len(held) <= 30


def choose(
    frames: list[tuple[float, float]], count: int, gap_s: float
) -> list[tuple[float, float]]:
    chosen = select_candidates([s for s, _ in frames], [t for _, t in frames], count, gap_s)
    return [frames[index] for index in chosen]
