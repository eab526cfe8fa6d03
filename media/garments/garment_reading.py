"""Which garment words are for: one, or an upper and a lower one together."""

from collections.abc import Sequence

from media.garments.garment_words import LENGTH_NOUNS
from media.garments.phrases import BREAKS, Mention
from media.garments.vocabulary import TOTAL_LOOK

_BESIDE = frozenset(
    {"with", "over", "under", "underneath", "my", "like", "match", "beneath", "matching", "atop"}
)
"""Words after which a garment is not the one that is wanted."""


_UPPER = frozenset(
    {"blouse", "shirt", "t-shirt", "top", "sweater", "cardigan", "hoodie", "jacket", "blazer"}
)


_LOWER = frozenset({"skirt", "trousers", "jeans", "shorts"})


_TOGETHER = frozenset({"and", "&", "+"})


def head_run(tokens: Sequence[str], mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that name the garment: `shirt dress` is two, and the last one counts."""
    garments = [each for each in mentions if each.kind == "garment" and not each.is_negated]
    candidates = [each for each in garments if not _is_beside(each, tokens)] or garments
    if not candidates:
        return []
    run = [candidates[0]]
    for each in mentions:
        if each.start != run[-1].end and not (
            each.start > run[-1].end and _only_adjectives(mentions, run[-1].end, each.start)
        ):
            continue
        if each.kind == "garment" and not each.is_negated:
            run.append(each)
    return run


def _is_beside(garment: Mention, tokens: Sequence[str]) -> bool:
    for at in range(garment.start - 1, max(-1, garment.start - 5), -1):
        if tokens[at] in BREAKS:
            return False
        if tokens[at] in _BESIDE:
            return True
    return False


def _only_adjectives(mentions: Sequence[Mention], start: int, end: int) -> bool:
    """Whether mentions of the cut or cloth fill all that lies between: `knit midi dress`."""
    at = start
    for each in mentions:
        if each.start == at and each.kind in ("length", "silhouette", "fabric", "sleeve"):
            at = each.end
    return at == end


def garment_of(
    tokens: Sequence[str], mentions: Sequence[Mention], head: Sequence[Mention]
) -> tuple[str | None, tuple[str, ...]]:
    """The garment that the words ask for, and the pieces of a look; None where they name none."""
    if not head:
        lengths = [each.value for each in mentions if each.kind == "length" and not each.is_negated]
        fabrics = {each.value for each in mentions if each.kind == "fabric"}
        if not lengths or lengths[0] not in LENGTH_NOUNS:
            return None, ()
        if fabrics & {"denim", "leather"}:
            return "skirt", ()
        return LENGTH_NOUNS[lengths[0]], ()
    garment = head[-1].value
    named = {each.value for each in mentions if each.kind == "garment" and not each.is_negated}
    if TOTAL_LOOK in named and named & _UPPER and named & _LOWER:
        garment = TOTAL_LOOK
    others = [
        each
        for each in mentions
        if each.kind == "garment" and not each.is_negated and each.start > head[-1].start
    ]
    named_first = head if garment == TOTAL_LOOK else head[-1:]
    pieces = [each.value for each in (*named_first, *others)]
    upper = next((each for each in pieces if each in _UPPER), None)
    lower = next((each for each in pieces if each in _LOWER), None)
    if garment == TOTAL_LOOK:
        return TOTAL_LOOK, tuple(each for each in (upper, lower) if each)
    joined = any(
        tokens[at] in _TOGETHER and not _is_beside(each, tokens)
        for each in others
        for at in range(head[-1].end, each.start)
    )
    if upper and lower and joined:
        return TOTAL_LOOK, (upper, lower)
    return garment, ()
