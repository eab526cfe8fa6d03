"""Pairs of hashes: every pair within the distance, no other, each once."""

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from media.hash_pairs import MAX_DISTANCE, hash_pairs
from media.hashing import hamming_distance


def by_comparing_all(hashes: list[str], max_distance: int) -> list[list[int]]:
    return [
        [i, j, apart]
        for i, one in enumerate(hashes)
        for j, other in enumerate(hashes)
        if i < j and (apart := hamming_distance(one, other)) <= max_distance
    ]


@st.composite
def families(draw: st.DrawFn) -> list[str]:
    """Hashes of which many are some flipped bits away from another."""
    hashes = draw(st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=6))
    for _ in range(draw(st.integers(0, 25))):
        flipped = draw(st.sets(st.integers(0, 63), max_size=12))
        parent = hashes[draw(st.integers(0, len(hashes) - 1))]
        hashes.append(parent ^ sum(1 << bit for bit in flipped))
    return [f"{value:016x}" for value in hashes]


@given(families(), st.integers(0, 9))
@example(["0" * 16, "0" * 16, "f" * 16], 0)
@example([f"{0b11 | 0b11 << 16 | 0b1 << 32 | 0b1 << 48:016x}", "0" * 16], 6)
@settings(max_examples=120, deadline=None)
def test_finds_what_comparing_all_with_all_finds(hashes: list[str], max_distance: int) -> None:
    assert hash_pairs(hashes, max_distance).tolist() == by_comparing_all(hashes, max_distance)


def test_planted_pairs_are_found_among_many() -> None:
    chance = random.Random(5)  # noqa: S311 - a reproducible table, no secret
    values = [chance.getrandbits(64) for _ in range(20_000)]
    planted = {}
    for number in range(200):
        flipped = chance.sample(range(64), chance.randint(0, 6))
        values[10_000 + number] = values[number] ^ sum(1 << bit for bit in flipped)
        planted[number, 10_000 + number] = len(flipped)
    found = {(i, j): d for i, j, d in hash_pairs([f"{v:016x}" for v in values], 6).tolist()}
    assert planted.items() <= found.items()
    assert all((values[i] ^ values[j]).bit_count() == apart <= 6 for (i, j), apart in found.items())


def test_more_candidates_than_are_looked_at_at_once_lose_no_pair() -> None:
    # All share three bands, so that every pair is a candidate of the first of them.
    hashes = [f"{number:04x}{'5' * 12}" for number in range(2100)]
    found = hash_pairs(hashes, 0)
    assert found.tolist() == []
    assert len(hash_pairs([hashes[0]] * 2100, 0)) == 2100 * 2099 // 2


def test_no_hashes_make_no_pairs() -> None:
    assert hash_pairs([], 6).shape == (0, 3)
    assert hash_pairs(["0123456789abcdef"], 6).shape == (0, 3)


@pytest.mark.parametrize("wrong", ["", "123", "g" * 16, "0" * 17])
def test_what_is_no_hash_is_an_error(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"hexadecimal"):
        hash_pairs(["0" * 16, wrong], 6)


@pytest.mark.parametrize("distance", [-1, MAX_DISTANCE + 1])
def test_a_distance_that_says_nothing_is_an_error(distance: int) -> None:
    with pytest.raises(ValueError, match=str(distance)):
        hash_pairs(["0" * 16], distance)
