"""Groups of pictures that are nearly the same, and which of each to keep.

Three tiers tell it: equal bytes; perceptual hashes that differ in few bits, the colours being the
same; vectors that somebody else has compared. A group is a star, no chain: each member is near
the kept picture itself, so a row of small differences never joins what has nothing in common.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from media.chroma_layout import chroma_values, same_colors
from media.hash_pairs import hash_pairs
from media.hashing import hamming_distance

MAX_DISTANCE = 6
"""Bits of 64 in which the hashes of two copies may differ."""
MIN_BITS_SET = 20
"""Bits a hash must have set to be compared. A bit is set where a frequency is above the median,
32 in any photo; a flat picture, a gradient or a mirrored drawing has so many frequencies at the
median itself that few bits are left to differ, and unrelated ones share them."""
SHARPNESS_TOLERANCE = 0.05
"""Share by which sharpness differs between copies that lost nothing: resampling and encoding."""


@dataclass(frozen=True)
class Duplicate:
    """A picture that could go."""

    key: str
    why: str
    """How it is known to be near the kept one."""


@dataclass(frozen=True)
class DuplicateGroup:
    """One picture to keep and all that are near it, the nearest first."""

    keep: str
    others: tuple[Duplicate, ...]


def near_duplicates(
    pictures: pl.DataFrame,
    alike: Iterable[tuple[int, int, float]] = (),
    max_distance: int = MAX_DISTANCE,
) -> list[DuplicateGroup]:
    """The groups of two and more among `pictures`, in the order of the kept pictures' keys.

    `pictures` has the columns `key` (each once), `content_sha256`, `perceptual_hash`,
    `sharpness`, `width_px`, `height_px` and, if colours are to count, `chroma_layout`; all but the
    key may be null. `alike` are pairs of row numbers whose vectors are near enough, with their
    similarity. Kept is the sharpest; among
    those within `SHARPNESS_TOLERANCE` of it the one with the most pixels; then the least key.
    Every picture is in one group at most. Raises ValueError for a hash or layout that is none, and
    what `media.hash_pairs.hash_pairs` raises of `max_distance`.
    """
    nearness = _Nearness(pictures, alike, max_distance)
    groups = []
    taken: set[int] = set()
    for center in nearness.by_quality():
        if center in taken:
            continue
        members = {center} | (nearness.around(center) - taken)
        taken |= members
        if len(members) > 1 or len(nearness.rows_of[center]) > 1:
            groups.append(nearness.group(_kept(center, members, nearness), members))
    return sorted(groups, key=lambda group: group.keep)


class _Nearness:
    """Which pictures are near which; equal bytes count as one picture, named by a number."""

    def __init__(
        self, pictures: pl.DataFrame, alike: Iterable[tuple[int, int, float]], max_distance: int
    ) -> None:
        self._keys: list[str] = pictures["key"].to_list()
        self._max_distance = max_distance
        self.rows_of = _rows_by_bytes(self._keys, pictures["content_sha256"].to_list())
        firsts = [rows[0] for rows in self.rows_of]
        self._pick(pictures, firsts)
        self._compare_hashes(pictures["perceptual_hash"].gather(firsts).to_list())
        with_colors = "chroma_layout" in pictures.columns
        layouts = pictures["chroma_layout"].gather(firsts).to_list() if with_colors else None
        self._chroma = None if layouts is None else chroma_values(layouts)
        self._compare_vectors(alike)

    def _pick(self, pictures: pl.DataFrame, rows: Sequence[int]) -> None:
        first = pictures[list(rows)].select(
            pl.col("sharpness").cast(pl.Float64).fill_nan(None).fill_null(0.0),
            (pl.col("width_px") * pl.col("height_px")).fill_null(0).alias("pixels"),
        )
        self.sharpness: list[float] = first["sharpness"].to_list()
        self.pixels: list[int] = first["pixels"].to_list()

    def _compare_hashes(self, hashes: Sequence[str | None]) -> None:
        self._hashes = [text if text is not None and _tells(text) else None for text in hashes]
        self._with_hash: defaultdict[str, set[int]] = defaultdict(set)
        for picture, text in enumerate(self._hashes):
            if text is not None:
                self._with_hash[text].add(picture)
        distinct = list(self._with_hash)
        self._near_hashes: defaultdict[str, list[str]] = defaultdict(list)
        for one, other, _ in hash_pairs(distinct, self._max_distance).tolist():
            self._near_hashes[distinct[one]].append(distinct[other])
            self._near_hashes[distinct[other]].append(distinct[one])

    def _compare_vectors(self, alike: Iterable[tuple[int, int, float]]) -> None:
        picture_of = {row: number for number, rows in enumerate(self.rows_of) for row in rows}
        self._similar: defaultdict[int, dict[int, float]] = defaultdict(dict)
        for one, other, similarity in alike:
            first, second = picture_of[one], picture_of[other]
            if first != second:
                best = max(similarity, self._similar[first].get(second, -math.inf))
                self._similar[first][second] = self._similar[second][first] = best

    def by_quality(self) -> list[int]:
        """All pictures, the best to keep first."""
        return sorted(range(len(self.rows_of)), key=self.quality)

    def quality(self, picture: int) -> tuple[float, int, str]:
        """What sorts pictures, the best first."""
        return -self.sharpness[picture], -self.pixels[picture], self.key(picture)

    def key(self, picture: int) -> str:
        """The key it is kept under: the least of those with its bytes."""
        return self._keys[self.rows_of[picture][0]]

    def around(self, picture: int) -> set[int]:
        """All pictures near this one."""
        near = set(self._similar.get(picture, ()))
        text = self._hashes[picture]
        if text is not None:
            for each in (text, *self._near_hashes[text]):
                near |= self._of_same_colors(picture, self._with_hash[each])
        return near - {picture}

    def _of_same_colors(self, picture: int, others: set[int]) -> set[int]:
        if self._chroma is None:
            return others
        listed = list(others)
        same = same_colors(self._chroma[picture], self._chroma[listed])
        return {other for other, is_same in zip(listed, same, strict=True) if is_same}

    def closeness(self, one: int, other: int) -> tuple[float, str]:
        """How far two pictures that are near are apart, to sort by, and how that is known."""
        first, second = self._hashes[one], self._hashes[other]
        if first is not None and second is not None:
            apart = hamming_distance(first, second)
            if apart <= self._max_distance and self._of_same_colors(one, {other}):
                return apart, f"perceptual hash, {apart} of 64 bits apart"
        similarity = self._similar[one][other]
        # After every hash: vectors say that pictures look alike, not that one is the other's copy.
        return 100 - similarity, f"vectors, {similarity:.2f} alike"

    def group(self, keep: int, members: set[int]) -> DuplicateGroup:
        """The group of `members`, each near `keep`."""
        found = [(-1.0, self._keys[row], "same bytes") for row in self.rows_of[keep][1:]]
        for member in members - {keep}:
            apart, why = self.closeness(keep, member)
            found += [(apart, self._keys[row], why) for row in self.rows_of[member]]
        others = tuple(Duplicate(key, why) for _, key, why in sorted(found))
        return DuplicateGroup(self.key(keep), others)


def _kept(center: int, members: set[int], nearness: _Nearness) -> int:
    """The member to keep: of those about as sharp as the sharpest and near all, the largest."""
    least = nearness.sharpness[center] * (1 - SHARPNESS_TOLERANCE)
    largest = sorted(
        (member for member in members if nearness.sharpness[member] >= least),
        key=lambda member: (-nearness.pixels[member], nearness.quality(member)),
    )
    return next(each for each in largest if members <= nearness.around(each) | {each})


def _rows_by_bytes(keys: Sequence[str], hashes: Sequence[str | None]) -> list[list[int]]:
    """Rows of equal bytes together, each list by key; unknown bytes equal no others."""
    together: defaultdict[str | int, list[int]] = defaultdict(list)
    for row, sha256 in enumerate(hashes):
        together[row if sha256 is None else sha256].append(row)
    return [sorted(rows, key=keys.__getitem__) for rows in together.values()]


def _tells(text: str) -> bool:
    """Whether a hash has enough bits set to tell pictures apart."""
    return int(text, 16).bit_count() >= MIN_BITS_SET
