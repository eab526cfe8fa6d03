"""Which colours words name, and what each of them is the colour of.

A colour belongs to the noun it stands before (`a white collar`), to the garment where it stands
before or after that alone (`a dress in navy`), and to the print where it is that of flowers,
dots or stripes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from media.garments.color_words import NEEDS_FAMILY, THINGS_TOO
from media.garments.colors import GarmentColor, named_color
from media.garments.phrases import BREAKS, Mention, is_adjective

_STOPS = frozenset(
    {"with", "for", "in", "on", "to", "that", "which", "from", "at", "under", "over", "but"}
    | {"because", "so", "featuring", "plus", "without", "no", "not", "has", "having", "when"}
    | {"where", "while", "who", "is", "are", "please", "maybe", "of", "by", "against", "not"}
)
_ENDS = _STOPS | BREAKS
_PART_KINDS = ("part", "decoration", "collar", "closure")
_WITHS = frozenset({"with", "featuring", "has", "having", "plus", "w", "add", "adding"})
_GROUNDS = frozenset({"background", "ground", "base", "backdrop", "backgrounds"})
_EDGED = frozenset({"trimmed", "lined", "piped", "edged", "embroidered", "tipped", "bordered"})
_AND = frozenset({"and", "&", "or", "+"})
_DYED_DECORATIONS = frozenset({"buttons", "piping", "embroidery", "fringe", "beads", "bow"})
_MOST_UNKNOWN = 3
_FASTENERS = frozenset({"zip", "zipper"})
_OWN_COLLARS = frozenset({"collar", "peter pan collar", "round collar", "peter pan"})
_OWN_PARTS = frozenset({"collar", "cuff", "button", "trim", "piping", "lining", "contrast"})


@dataclass(frozen=True)
class ColorsRead:
    """The colours that words name, each in the order of the words."""

    main: tuple[GarmentColor, ...] = ()
    prints: tuple[GarmentColor, ...] = ()
    """Of stripes, dots or flowers on the main colour."""
    accents: tuple[tuple[str, GarmentColor], ...] = ()
    """Of parts: the part and its colour."""
    refused: tuple[GarmentColor, ...] = ()


def read_colors(tokens: Sequence[str], mentions: Sequence[Mention]) -> ColorsRead:
    """The colours of the mentions, told apart by what they stand before and after."""
    main: list[GarmentColor] = []
    prints: list[GarmentColor] = []
    accents: list[tuple[str, GarmentColor]] = []
    refused: list[GarmentColor] = []
    doubtful: list[GarmentColor] = []
    for each in mentions:
        color = _color_of(each, tokens, mentions)
        if color is None:
            continue
        if each.is_negated:
            refused.append(color)
            continue
        role, noun = _role(each, tokens, mentions, bool(main))
        if role == "ground":
            main.insert(0, color)
        elif role == "main":
            main.append(color)
        elif role == "print":
            prints.append(color)
        else:
            accents.append((noun, color))
            if role == "doubtful":
                doubtful.append(color)
    if not main:
        main, prints = (prints, []) if prints else (doubtful, [])
    return ColorsRead(_once(main), _once(prints), tuple(accents), _once(refused))


def _once(colors: list[GarmentColor]) -> tuple[GarmentColor, ...]:
    return tuple(dict.fromkeys(colors))


def _color_of(
    each: Mention, tokens: Sequence[str], mentions: Sequence[Mention]
) -> GarmentColor | None:
    """The colour that a mention is; None for another kind, and for a thing that is no colour."""
    if each.kind != "color":
        return None
    words = " ".join(tokens[each.start : each.end])
    color = named_color(words) or named_color(each.phrase)
    if each.phrase not in THINGS_TOO and each.phrase not in NEEDS_FAMILY:
        return color
    after = tokens[each.end] if each.end < len(tokens) else "."
    before = tokens[each.start - 1] if each.start else "."
    is_near = any(other.start == each.end and other.kind != "occasion" for other in mentions)
    if each.phrase in NEEDS_FAMILY:
        return color if is_near and before != "a" else None
    is_alone = after in BREAKS or after in _AND or after in ("with", "color", "colour", "please")
    return color if is_near or is_alone or before in ("in", "and", "or") else None


def _role(
    color: Mention, tokens: Sequence[str], mentions: Sequence[Mention], has_main: bool
) -> tuple[str, str]:
    """`main`, `ground`, `print` or `accent`, and the noun of an accent.

    An accent is `doubtful` where `in` ties it to a part and no colour came before: in `a dress
    with a bow in red` it may be the dress that is red, unless another colour follows.
    """
    before = _noun_before(color, tokens, mentions)
    if before is not None:
        if before.kind == "pattern":
            return "print", ""
        return "accent" if has_main else "doubtful", before.phrase
    if color.start > 1 and tokens[color.start - 2] in _EDGED and tokens[color.start - 1] == "in":
        return "accent", "trim"
    noun, kind = _noun_after(color, tokens, mentions)
    return _role_of(kind, _is_in_with_clause(color, tokens), has_main), noun


def _role_of(kind: str, in_with: bool, has_main: bool) -> str:
    """The role of a colour that stands before a noun of a kind."""
    if kind in ("garment", "ground", ""):
        return "ground" if kind == "ground" else "main"
    if kind == "pattern":
        return "print" if in_with or has_main else "main"
    if kind in _PART_KINDS or in_with:
        return "accent"
    return "main"


def _noun_before(
    color: Mention, tokens: Sequence[str], mentions: Sequence[Mention]
) -> Mention | None:
    """The part or print that `in` ties the colour to: `buttons in gold`, `dots in pink`."""
    at = color.start - 1
    while at >= 0 and (tokens[at] in _AND or _kind_at(at, mentions) == "color"):
        at -= 1
    if at < 1 or tokens[at] != "in":
        return None
    found = next((each for each in mentions if each.end == at), None)
    if found is None or found.is_negated:
        return None
    is_noun = not is_adjective(found.phrase) and not found.phrase.endswith(("al", "y", "less"))
    can_own = found.kind in ("part", "collar", "pattern") or found.value in _DYED_DECORATIONS
    return found if can_own and is_noun else None


def _noun_after(
    color: Mention, tokens: Sequence[str], mentions: Sequence[Mention]
) -> tuple[str, str]:
    """The noun that a colour stands before, and its kind; empty where there is none."""
    noun, kind, unknown = "", "", 0
    at = color.end
    while at < len(tokens) and unknown <= _MOST_UNKNOWN:
        token = tokens[at]
        here = next((each for each in mentions if each.start == at), None)
        if here is None:
            if token in _GROUNDS:
                return token, "ground"
            is_and = token in _AND
            if token in _ENDS or (is_and and kind in (*_PART_KINDS, "pattern", "sleeve")):
                break
            if not is_and:
                unknown += 1
                noun, kind = (token, "unknown") if kind in ("", "fabric") else (noun, kind)
            at += 1
            continue
        if here.kind == "garment" or (_is_noun(here) and _is_its_own(here)):
            return here.phrase, "garment" if here.kind == "garment" else "part"
        if _is_noun(here) and kind not in _PART_KINDS:
            noun, kind = here.phrase, here.kind
        at = here.end
    return noun, kind


def _is_noun(here: Mention) -> bool:
    if here.kind in ("part", "collar", "decoration"):
        return not is_adjective(here.phrase)
    if here.kind == "closure":
        return here.phrase in _FASTENERS
    return here.kind in ("pattern", "sleeve", "neckline", "fabric")


def _is_its_own(here: Mention) -> bool:
    """Whether a colour before it is its colour even in `white collar dress`."""
    if here.kind == "collar":
        return here.phrase in _OWN_COLLARS
    if here.kind == "closure":
        return here.phrase in _FASTENERS
    return here.phrase in _OWN_PARTS


def _is_in_with_clause(color: Mention, tokens: Sequence[str]) -> bool:
    """Whether `with` stands before it, nearer than the last mark."""
    for at in range(color.start - 1, -1, -1):
        if tokens[at] in _WITHS:
            return at > 0
        if tokens[at] in BREAKS:
            return False
    return False


def _kind_at(at: int, mentions: Sequence[Mention]) -> str:
    return next((each.kind for each in mentions if each.start <= at < each.end), "")
