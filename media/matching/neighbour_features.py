"""The features of a design that the labelled products it looks most like suggest."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from media.matching.categories import garment_of
from media.matching.design_features import ToldFeatures
from media.matching.worded_features import decorations_in, fabrics_in

NEIGHBOURS = 15
"""How many of the most similar products vote."""
CATEGORY_SHARE = 0.4
"""Of all votes that a category needs."""
FABRIC_SHARE = 0.5
"""Of the votes for any fabric that one needs."""
DECORATION_SHARE = 0.4
"""Of all votes that a decoration needs."""
_LEAST_WHO_TELL = 1 / 3
"""Share of the votes that has to name some fabric, since most descriptions name none."""


@dataclass(frozen=True)
class Neighbour:
    """A product that looks like the design."""

    similarity: float
    """0 to 1; below 0 it has no vote."""
    category: str | None
    """As its catalogue says."""
    words: str
    """Its name, tags and description."""


def features_from_neighbours(neighbours: Sequence[Neighbour]) -> ToldFeatures:
    """What the most similar products have in common, each voting with its similarity.

    A product's garment is told by its category, else by its words. Fabric and decorations are
    voted on by the products of the category that won.
    """
    nearest = sorted(neighbours, key=lambda each: -each.similarity)[:NEIGHBOURS]
    voters = [each for each in nearest if each.similarity > 0]
    garments = [garment_of(each.category or "") or garment_of(each.words) for each in voters]
    total = sum(each.similarity for each in voters)
    category = _elected(_votes(voters, [(name,) if name else () for name in garments]), total)
    if category is None:
        return ToldFeatures("neighbours")
    same = [each for each, name in zip(voters, garments, strict=True) if name == category]
    weight = sum(each.similarity for each in same)
    decorations = _votes(same, [decorations_in(each.words) for each in same])
    return ToldFeatures(
        source="neighbours",
        category=category,
        fabric=_fabric(same, weight),
        decorations=tuple(
            name for votes, name in decorations if votes >= DECORATION_SHARE * weight
        ),
    )


def _votes(
    voters: Sequence[Neighbour], names: Sequence[tuple[str, ...]]
) -> list[tuple[float, str]]:
    """The votes for each name, most first."""
    votes: defaultdict[str, float] = defaultdict(float)
    for voter, own in zip(voters, names, strict=True):
        for name in own:
            votes[name] += voter.similarity
    return sorted(((count, name) for name, count in votes.items()), key=lambda each: -each[0])


def _elected(votes: Sequence[tuple[float, str]], total: float) -> str | None:
    """The name with most votes, when these are enough and no other has as many."""
    if not votes or votes[0][0] < CATEGORY_SHARE * total:
        return None
    return None if len(votes) > 1 and votes[1][0] == votes[0][0] else votes[0][1]


def _fabric(voters: Sequence[Neighbour], weight: float) -> str | None:
    votes = _votes(voters, [fabrics_in(each.words)[:1] for each in voters])
    told = sum(count for count, _ in votes)
    if not votes or told < _LEAST_WHO_TELL * weight:
        return None
    most, name = votes[0]
    return name if most >= FABRIC_SHARE * told else None
