"""What an atelier needs to know of a design: what it is, of what, and how intricate to sew.

Three sources tell it, each of them some: the customer's words, an embedder that compares pictures
with words, and the labelled products a picture is most like. Words are definite; the others are
suggestions, taken where nothing was said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from media.matching.feature_words import GARMENT_LEVELS, LEVELS

PER_DECORATION = 0.1
"""What each decorative element adds to the complexity."""

_STEPS = tuple(LEVELS)


@dataclass(frozen=True)
class ToldFeatures:
    """What one source tells; None and empty where it does not."""

    source: str
    """`words`, `zero-shot` or `neighbours`."""
    category: str | None = None
    """One of `GARMENTS`, or `TOTAL_LOOK`."""
    level: str | None = None
    """`low`, `medium` or `high`, where told otherwise than by the garment."""
    is_simple: bool = False
    """Whether the design is said to be a simple one of its kind."""
    fabric: str | None = None
    decorations: tuple[str, ...] = ()
    excluded: frozenset[str] = frozenset()
    """Fabrics and decorations that the design is said not to have."""


_NOBODY = ToldFeatures("")


@dataclass(frozen=True)
class DesignFeatures:
    """What is known of a design."""

    category: str | None
    """One of `GARMENTS`, or `TOTAL_LOOK`; None when no source tells, and nothing matches it."""
    complexity: float
    """How intricate, 0 to 1."""
    fabric: str | None
    decorations: tuple[str, ...]
    told_by: str
    """The sources of these, comma-separated: `words, neighbours`; empty when none told."""


def merged(told: Sequence[ToldFeatures]) -> DesignFeatures:
    """The features by the first source that tells each, so the most definite goes first.

    What any source excludes is left out, whoever suggests it. Decorations are those of one source:
    two of them would name one thing twice.
    """
    excluded = frozenset[str]().union(*(each.excluded for each in told))
    kept = [_without(excluded, each) for each in told]
    category = next((each for each in kept if each.category), _NOBODY)
    level = next((each for each in kept if each.level), _NOBODY)
    fabric = next((each for each in kept if each.fabric), _NOBODY)
    decorated = next((each for each in kept if each.decorations), _NOBODY)
    modest = [each for each in kept if each.is_simple or each.excluded]
    heard = {each.source for each in (category, level, fabric, decorated, *modest)}
    complexity = complexity_of(
        category.category,
        level.level,
        decorated.decorations,
        is_simple=any(each.is_simple for each in kept),
    )
    return DesignFeatures(
        category.category,
        complexity,
        fabric.fabric,
        decorated.decorations,
        told_by=", ".join(each.source for each in told if each.source in heard),
    )


def complexity_of(
    category: str | None,
    level: str | None,
    decorations: Sequence[str],
    *,
    is_simple: bool = False,
) -> float:
    """How intricate a design is, 0 to 1: its level, and a tenth for each decorative element.

    Levels are low 0.3, medium 0.6 and high 1; one that is not told is the garment's usual one,
    medium where there is no garment. A simple one is a level lower.
    """
    step = level or GARMENT_LEVELS.get(category or "", "medium")
    if is_simple:
        step = _STEPS[max(0, _STEPS.index(step) - 1)]
    return min(1.0, round(LEVELS[step] + PER_DECORATION * len(set(decorations)), 6))


def _without(excluded: frozenset[str], told: ToldFeatures) -> ToldFeatures:
    return replace(
        told,
        fabric=None if told.fabric in excluded else told.fabric,
        decorations=tuple(name for name in told.decorations if name not in excluded),
    )
