"""A garment in words, the way a shop would write it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from media.garments.spec import GarmentSpec

_UNSAID_LENGTHS = frozenset({"regular", "full"})
_UNSAID_SILHOUETTES = frozenset({"straight"})
_SLEEVES = {"sleeveless": "sleeveless", "raglan": "raglan sleeves", "short": "short sleeves"}
_NECKLINES = {
    "crew": "crew neck",
    "scoop": "scoop neck",
    "boat": "boat neck",
    "square": "square neck",
    "straps": "thin straps",
    "halter": "halter neck",
    "cowl": "cowl neck",
    "high": "high neck",
    "sweetheart": "sweetheart neckline",
    "off the shoulder": "off-the-shoulder neckline",
    "one-shoulder": "one shoulder",
}
_COLLARS = {"notch": "notch lapels", "shawl": "a shawl collar", "turtleneck": "a turtleneck"}
_CLOSURES = {"buttons": "button front", "zip": "zip", "double-breasted": "double-breasted front"}
_COUNTED = frozenset({"belt", "bow", "hood", "neck bow", "peplum", "slit", "ruffled hem"})
_NO_SLEEVE = frozenset({"skirt", "trousers", "jeans", "shorts"})


def garment_words(spec: "GarmentSpec") -> str:
    """Colours, print, length, garment, its particulars, and the fabric at the end."""
    colors = " and ".join(
        color.name for color in spec.colors[: 1 if spec.pattern == "solid" else 2]
    )
    front = [colors]
    if spec.pattern != "solid":
        front.append(spec.motif if spec.motif == "floral" else _pattern_adjective(spec))
    if spec.length not in _UNSAID_LENGTHS:
        front.append(_length_adjective(spec))
    if spec.silhouette not in _UNSAID_SILHOUETTES:
        front.append(spec.silhouette)
    name = " ".join((*front, spec.garment))
    details = _details(spec)
    described = f"{name} with {_joined(details)}" if details else name
    return f"{described}, {spec.fabric}"


def look_words(pieces: Sequence[str]) -> str:
    """The words of the garments of one look."""
    return ", worn with ".join(pieces)


def _pattern_adjective(spec: "GarmentSpec") -> str:
    adjectives = {
        "stripes": "striped",
        "horizontal stripes": "horizontally striped",
        "pinstripes": "pinstriped",
        "polka dots": "polka dot",
        "checks": "checked",
        "color block": "colour-block",
        "leopard": "leopard print",
        "zebra": "zebra print",
    }
    return adjectives.get(spec.motif, spec.motif)


def _length_adjective(spec: "GarmentSpec") -> str:
    if spec.garment == "shorts":
        return "knee-length" if spec.length == "knee" else ""
    return {"knee": "knee-length"}.get(spec.length, spec.length)


def _details(spec: "GarmentSpec") -> list[str]:
    details = []
    if spec.garment not in _NO_SLEEVE:
        if spec.collar != "none":
            details.append(_COLLARS.get(spec.collar, f"a {spec.collar} collar"))
        elif spec.neckline != "none":
            details.append(f"a {_NECKLINES.get(spec.neckline, spec.neckline)}")
        sleeve = _SLEEVES.get(spec.sleeve, f"{spec.sleeve} sleeves")
        details.append("no sleeves" if sleeve == "sleeveless" else sleeve)
        if spec.closure in _CLOSURES:
            details.append(f"a {_CLOSURES[spec.closure]}")
    details += [
        f"a {each}" if each in _COUNTED else each
        for each in spec.decorations
        if not (each == "buttons" and spec.closure == "buttons")
    ]
    return [each.replace("a thin straps", "thin straps") for each in details]


def _joined(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
