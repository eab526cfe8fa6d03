"""Pairs of perceptual hashes that differ in few bits, found without comparing all with all.

Each hash of 64 bits is cut into four bands of 16. Two hashes that differ in at most d bits differ
in at most d // 4 of them in one band at least, or they would differ in more than d. So it is
enough to compare hashes whose bands are that near: they are found by sorting on the band, and the
comparison of the whole hashes leaves out the rest. No pair is missed. Source: M. Norouzi,
A. Punjani, D. J. Fleet, "Fast Search in Hamming Space with Multi-Index Hashing" (CVPR 2012).
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

MAX_DISTANCE = 16
"""Bits apart up to which hashes are compared; random ones are about 32 apart."""

Positions = NDArray[np.int64]
Hashes = NDArray[np.uint64]

_BANDS = 4
_BAND_BITS = 16
_BAND_VALUES = 1 << _BAND_BITS
_CANDIDATES_AT_ONCE = 2_000_000


def hash_pairs(hashes: Sequence[str], max_distance: int) -> NDArray[np.int64]:
    """All pairs of hashes at most `max_distance` bits apart, shape (pairs, 3).

    A row holds two positions in `hashes`, the lesser first, and in how many bits the two differ;
    rows are in order. Equal hashes are a pair too, so n of the same make n (n - 1) / 2. Raises
    ValueError for anything that is no hash of 16 hexadecimal digits, and for a distance that is
    not 0 to `MAX_DISTANCE`.
    """
    if not 0 <= max_distance <= MAX_DISTANCE:
        raise ValueError(f"hashes are compared at 0 to {MAX_DISTANCE} bits, not {max_distance}")
    values = _values(hashes)
    found = [_pairs_by_band(values, band, max_distance) for band in range(_BANDS)]
    pairs = np.concatenate(found)
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


def _values(hashes: Sequence[str]) -> Hashes:
    if any(len(text) != 16 for text in hashes):
        raise ValueError("A perceptual hash has 16 hexadecimal digits.")
    return np.frombuffer(bytes.fromhex("".join(hashes)), ">u8").astype(np.uint64)


def _pairs_by_band(values: Hashes, band: int, max_distance: int) -> NDArray[np.int64]:
    """The pairs that are near in this band and in none before it, so that each comes once."""
    radius = max_distance // _BANDS
    found = [np.empty((0, 3), np.int64)]
    for pairs in _near_in_band(_band_of(values, band), radius):
        differing = values[pairs[:, 0]] ^ values[pairs[:, 1]]
        near = np.bitwise_count(differing) <= max_distance
        differing = differing[near]
        fresh = np.ones(len(differing), np.bool_)
        for earlier in range(band):
            fresh &= np.bitwise_count(_band_of(differing, earlier)) > radius
        apart = np.bitwise_count(differing).astype(np.int64)
        found.append(np.column_stack([np.sort(pairs[near], axis=1), apart])[fresh])
    return np.concatenate(found)


def _band_of(values: Hashes, band: int) -> NDArray[np.int64]:
    return ((values >> np.uint64(_BAND_BITS * band)) & np.uint64(_BAND_VALUES - 1)).astype(np.int64)


def _near_in_band(codes: NDArray[np.int64], radius: int) -> Iterator[NDArray[np.int64]]:
    """Positions (pairs, 2) of codes at most `radius` bits apart, each pair once, in parts."""
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    starts = np.searchsorted(ordered, np.arange(_BAND_VALUES + 1))
    for mask in _masks(radius):
        if mask == 0:
            begins = np.arange(1, len(order) + 1)
            ends = starts[ordered + 1]
        else:
            others = ordered ^ mask
            begins, ends = starts[others], starts[others + 1]
            # From the lesser of two different codes only, or each pair would come twice.
            ends = np.where(ordered < others, ends, begins)
        for own, other in _expanded(begins, ends - begins):
            yield np.column_stack([order[own], order[other]])


def _masks(radius: int) -> list[int]:
    """What a code may differ by: all numbers with at most `radius` bits set."""
    numbers = np.arange(_BAND_VALUES, dtype=np.uint16)
    near = numbers[np.bitwise_count(numbers) <= radius]
    return [int(number) for number in near]


def _expanded(begins: Positions, counts: Positions) -> Iterator[tuple[Positions, Positions]]:
    """Each row's number, with each of the `counts` numbers from its `begins` on."""
    rows = np.flatnonzero(counts)
    ends = np.cumsum(counts[rows])
    start = 0
    while start < len(rows):
        done = int(ends[start - 1]) if start else 0
        stop = int(np.searchsorted(ends, done + _CANDIDATES_AT_ONCE, side="right"))
        stop = max(stop, start + 1)
        part, many = rows[start:stop], counts[rows[start:stop]]
        own = np.repeat(part, many)
        firsts = np.repeat(begins[part] - (ends[start:stop] - many - done), many)
        yield own, firsts + np.arange(len(own))
        start = stop
