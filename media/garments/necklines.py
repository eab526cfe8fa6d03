"""Necklines and armholes: the upper edge of a bodice, its right half."""

from dataclasses import dataclass

from media.garments.curves import Points, joined, smooth
from media.garments.cutting import Cut

BARE = frozenset({"straps", "strapless", "halter", "off the shoulder", "sweetheart"})
"""Necklines that leave the shoulders free."""


@dataclass(frozen=True)
class UpperEdge:
    """The right half of a bodice's upper edge."""

    neck: Points
    """From the centre front up to where the shoulder begins."""
    armhole: Points
    """From there, over the shoulder, down to the underarm."""
    depth: float
    """y of the neckline at the centre."""
    has_back: bool
    """Whether the inside of the back is seen above the neckline."""


def upper_edge(cut: Cut) -> UpperEdge:
    """The upper edge that the spec's neckline, collar and sleeve ask for."""
    name = cut.spec.neckline
    if cut.spec.garment in ("coat", "blazer", "jacket") and cut.spec.collar in ("notch", "shawl"):
        name = "lapel"
    if name in BARE:
        return _bare(cut, name)
    neck = _NECKS.get(name, _NECKS["crew"])
    if cut.spec.collar in ("shirt", "peter pan", "stand", "turtleneck") and name in (
        "none",
        "crew",
    ):
        neck = _NECKS["collar"]
    spread = 1 + (cut.figure.neck / 40 - 1)
    line = smooth([(x * spread, y) for x, y in neck], 10)
    if name in ("v-neck", "square"):
        line = joined([(x * spread, y) for x, y in neck])
    return UpperEdge(line, _armhole(cut, float(line[-1, 0])), neck[0][1], True)


_NECKS: dict[str, list[tuple[float, float]]] = {
    "crew": [(0, 35), (17, 32), (34, 19), (43, -2)],
    "none": [(0, 35), (17, 32), (34, 19), (43, -2)],
    "scoop": [(0, 92), (28, 86), (50, 54), (57, -1)],
    "v-neck": [(0, 128), (8, 112), (40, 24), (46, -2)],
    "boat": [(0, 20), (40, 18), (66, 10), (80, 8)],
    "square": [(0, 76), (55, 76), (57, 70), (60, -1)],
    "cowl": [(0, 62), (24, 56), (50, 26), (60, 0)],
    "high": [(0, -26), (20, -27), (36, -29), (38, -6)],
    "collar": [(0, 24), (14, 22), (30, 12), (41, -4)],
    "lapel": [(0, 150), (10, 128), (30, 50), (44, -4)],
    "one-shoulder": [(0, 52), (20, 36), (36, 18), (46, -2)],
}


def _armhole(cut: Cut, neck_x: float) -> Points:
    """From the neck over the shoulder to the underarm."""
    figure, ease = cut.figure, cut.ease
    shoulder = figure.shoulder * (1 + 0.75 * (ease - 1)) + (5 if cut.has("shoulder pads") else 0)
    under_x, under_y = figure.chest * ease, figure.underarm_y + 26 * (ease - 1)
    top_y = figure.shoulder_y - (8 if cut.has("shoulder pads") else 0)
    if cut.spec.sleeve in ("sleeveless", "cap"):
        end = max(neck_x + 14, shoulder - 18)
        return joined(
            [(end, top_y - 4)],
            smooth([(end, top_y - 4), (end - 4, 64), (end + 2, 96), (under_x, under_y)], 8),
        )
    if cut.spec.silhouette == "oversized" and cut.spec.garment != "blazer":
        drop = shoulder + 12
        return smooth([(drop, top_y + 12), (drop + 1, 76), (under_x, under_y + 10)], 8)
    return smooth(
        [(shoulder, top_y), (shoulder - 6, 62), (shoulder - 5, 92), (under_x, under_y)], 8
    )


def _bare(cut: Cut, name: str) -> UpperEdge:
    """Edges that run across the bust, or around the neck."""
    chest, under_y = cut.figure.chest * cut.ease, cut.figure.underarm_y
    if name == "halter":
        neck = smooth([(0, 96), (14, 70), (27, 30), (33, -8)], 8)
        side = smooth([(46, -10), (60, 40), (76, 88), (chest, under_y + 8)], 8)
        return UpperEdge(neck, side, 96, False)
    if name == "off the shoulder":
        shoulder = cut.figure.shoulder
        neck = smooth([(0, 66), (50, 62), (92, 52), (shoulder + 4, 44)], 8)
        side = smooth([(shoulder + 6, 60), (shoulder, 90), (chest, under_y)], 8)
        return UpperEdge(neck, side, 66, False)
    centre = {"strapless": 92, "straps": 92, "sweetheart": 102}[name]
    peak = {"strapless": 84, "straps": 72, "sweetheart": 76}[name]
    neck = smooth([(0, centre), (22, centre - 12), (50, peak), (68, peak + 3)], 8)
    side = smooth([(68, peak + 3), (84, 96), (chest - 2, under_y)], 8)
    return UpperEdge(neck, side, centre, False)
