"""Reading a brief: what its words and fields say of a garment, and nothing that they do not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from media.designs.brief import Brief
from media.garments.color_reading import ColorsRead, read_colors
from media.garments.colors import named_color
from media.garments.garment_reading import garment_of, head_run
from media.garments.garment_words import IMPLIED
from media.garments.lexicon import garment_lexicon
from media.garments.phrases import Mention, is_adjective, tokens_of

_SLEEVE_LENGTHS = {"long": "long", "short": "short"}
_FULLER = {("long", "puff"): "balloon", ("short", "balloon"): "puff", ("long", "raglan"): "raglan"}


@dataclass(frozen=True)
class Wish:
    """What was said; None and empty where nothing was."""

    garment: str | None = None
    pieces: tuple[str, ...] = ()
    """Of a total look: the upper and the lower garment, if named."""
    colors: ColorsRead = field(default_factory=ColorsRead)
    pattern: str | None = None
    fabric: str | None = None
    length: str | None = None
    sleeve: str | None = None
    neckline: str | None = None
    silhouette: str | None = None
    collar: str | None = None
    closure: str | None = None
    occasion: str | None = None
    decorations: tuple[str, ...] = ()
    refused: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    """Kinds and values that are not wanted: ("decoration", "belt")."""


def read_brief(brief: Brief) -> Wish:
    """The words of a brief, under its fields: garment, occasion and silhouette count over words."""
    said = read_words(brief.prompt)
    return replace(
        said,
        garment=brief.garment or said.garment,
        occasion=brief.occasion or said.occasion,
        silhouette=brief.silhouette or said.silhouette,
    )


def read_words(words: str) -> Wish:
    """What words say of one garment, or of an upper and a lower one together."""
    tokens = tokens_of(words)
    mentions = _with_hex_colors(tokens, garment_lexicon().mentions(tokens))
    head = head_run(tokens, mentions)
    garment, pieces = garment_of(tokens, mentions, head)
    wanted = [each for each in mentions if not each.is_negated]
    namers = [*head, *(each for each in wanted if each.kind != "garment")]
    implied = [IMPLIED[each.phrase] for each in namers if each.phrase in IMPLIED]
    refused = frozenset(_refused(mentions))
    said = _cut_by_refusal(refused)
    for details in (_details(tokens, wanted), *implied):
        for kind, value in details.items():
            if kind not in ("color", "decoration") and (kind, value) not in refused:
                said.setdefault(kind, value)
    return Wish(
        garment=garment,
        pieces=pieces,
        colors=_with_implied(read_colors(tokens, mentions), implied),
        decorations=_decorations(wanted, implied, refused),
        refused=refused,
        **said,
    )


def _cut_by_refusal(refused: frozenset[tuple[str, str]]) -> dict[str, str]:
    """What follows from parts and prints that are not wanted."""
    said = {}
    if ("part", "sleeve") in refused:
        said["sleeve"] = "sleeveless"
    if ("part", "collar") in refused or ("collar", "shirt") in refused:
        said["collar"] = "none"
    if ("print", "") in refused:
        said["pattern"] = "solid"
    return said


def _with_implied(colors: ColorsRead, implied: Iterable[dict[str, str]]) -> ColorsRead:
    """A little black dress is black, unless another colour was named."""
    by_name = [named_color(each["color"]) for each in implied if "color" in each]
    if colors.main or not by_name or by_name[0] is None:
        return colors
    return replace(colors, main=(by_name[0],))


def _with_hex_colors(tokens: Sequence[str], mentions: list[Mention]) -> list[Mention]:
    hexes = [
        Mention("color", "", token, at, at + 1)
        for at, token in enumerate(tokens)
        if token.startswith("#")
    ]
    return sorted([*mentions, *hexes], key=lambda each: each.start)


def _details(tokens: Sequence[str], wanted: Sequence[Mention]) -> dict[str, str]:
    """The first value of each kind, apart from colours and decorations."""
    said: dict[str, str] = {}
    for each in wanted:
        if each.kind == "length" and each.phrase in _SLEEVE_LENGTHS and _is_of_sleeve(each, wanted):
            length = _SLEEVE_LENGTHS[each.phrase]
            named = next(
                (m.value for m in wanted if m.kind == "sleeve" and m.start >= each.end), ""
            )
            said["sleeve"] = _FULLER.get((length, named), named or length)
        elif each.kind in ("fabric", "pattern") and _is_of_part(each, wanted):
            continue
        elif each.kind == "pattern":
            said["pattern"] = _last_of_run(each, wanted, said.get("pattern"))
        elif each.kind in (
            "length",
            "sleeve",
            "neckline",
            "silhouette",
            "collar",
            "closure",
        ) or each.kind in ("fabric", "occasion"):
            said.setdefault(each.kind, each.value)
    if said.get("sleeve") == "puff" and "long" in tokens and "long sleeved" in " ".join(tokens):
        said["sleeve"] = "balloon"
    return said


def _last_of_run(each: Mention, wanted: Sequence[Mention], before: str | None) -> str:
    """Of patterns side by side the last one is the noun; else the first one said counts."""
    previous = next((m for m in wanted if m.end == each.start and m.kind == "pattern"), None)
    if before is None or before == "solid" or previous is not None:
        return each.value
    return before


def _is_of_sleeve(length: Mention, wanted: Sequence[Mention]) -> bool:
    for each in wanted:
        if each.start < length.end:
            continue
        if each.start > length.end + 2 or each.kind == "garment":
            return False
        if each.kind == "sleeve" or each.phrase == "sleeve":
            return True
    return False


def _is_of_part(each: Mention, wanted: Sequence[Mention]) -> bool:
    """Whether a cloth or print is that of the part after it: `leather belt`, `striped lining`."""
    after = next((other for other in wanted if other.start == each.end), None)
    if after is None or after.kind not in ("part", "decoration", "collar"):
        return False
    if is_adjective(after.phrase):
        return False
    then = next((other for other in wanted if other.start == after.end), None)
    return then is None or then.kind != "garment" or after.kind != "decoration"


def _decorations(
    wanted: Sequence[Mention],
    implied: Iterable[dict[str, str]],
    refused: frozenset[tuple[str, str]],
) -> tuple[str, ...]:
    found = [each.value for each in wanted if each.kind == "decoration"]
    found += [each["decoration"] for each in implied if "decoration" in each]
    return tuple(dict.fromkeys(each for each in found if ("decoration", each) not in refused))


def _refused(mentions: Sequence[Mention]) -> Iterable[tuple[str, str]]:
    for each in mentions:
        if each.is_negated:
            yield each.kind, each.phrase if each.kind == "part" else each.value
