"""What runs along an edge: lace, fringe, feathers, piping, beads, ruffles."""

import numpy as np

from media.garments.curves import Points, joined, length_of, resampled, sided, smooth
from media.garments.cutting import LOWER_BODY, Cut
from media.garments.folds import Drape
from media.garments.necklines import upper_edge
from media.garments.needlework import lines_only
from media.garments.panels import Dot, Line, Panel
from media.garments.ruffles import flounce

_WAISTED = frozenset({"a-line", "flared", "ball-gown", "mermaid", "fitted", "wrap", "wide-leg"})


def neck_ruffle(cut: Cut) -> list[Panel]:
    """A ruffle around the neck, or down the front under a collar."""
    edge = upper_edge(cut)
    neck = joined(sided(edge.neck, -1)[::-1], edge.neck)
    if cut.spec.neckline == "off the shoulder":
        return [flounce(cut, neck, 58)]
    if cut.spec.collar != "none":
        made = []
        for turn in (1, -1):
            fall = smooth([(12 * turn, 40), (15 * turn, 130), (12 * turn, 230)], 14)
            made.append(_side_ruffle(cut, fall, turn))
        return made
    return [flounce(cut, neck, 26)]


def _side_ruffle(cut: Cut, line: Points, turn: int) -> Panel:
    """A ruffle down the front, its free edge to the side."""
    points = resampled(line, 70)
    wave = 17 + 4 * np.sin(np.linspace(0, 15 * np.pi, 70) + cut.rng.uniform(0, 3))
    free = points + np.column_stack([turn * wave, 2 * np.cos(np.linspace(0, 15 * np.pi, 70))])
    outline = joined(points, free[::-1])
    lines = (Line(free, 1.4, "edge"), Line(points, 1.0, "seam"))
    return Panel(outline, "ruffle", Drape(roundness=0.3), lines, lift=0.7)


def hem_trims(cut: Cut, hem: Points) -> list[Panel]:
    """Lace, fringe, feathers and piping, along a hem and other edges."""
    made = []
    if cut.has("lace trim"):
        made.append(_scallops(hem - np.array([0.0, 22.0]), 30))
        if cut.spec.garment not in LOWER_BODY:
            edge = upper_edge(cut)
            made.append(_scallops(joined(sided(edge.neck, -1)[::-1], edge.neck), 15))
    if cut.has("fringe"):
        made += _strands(cut, hem, 62, 1.5)
    if cut.has("feathers"):
        made += _strands(cut, hem - np.array([0.0, 10.0]), 46, 5.0)
    if cut.has("piping") and cut.spec.garment not in LOWER_BODY:
        edge = upper_edge(cut)
        neck = joined(sided(edge.neck, -1)[::-1], edge.neck)
        made.append(
            lines_only([Line(neck, 4.0, "piping"), Line(hem - np.array([0.0, 3.0]), 4.0, "piping")])
        )
    return made


def _scallops(line: Points, depth: float) -> Panel:
    count = max(6, int(length_of(line) / 24))
    points = resampled(line, count * 10 + 1)
    arc = np.abs(np.sin(np.linspace(0, count * np.pi, len(points)))) ** 0.6
    free = points + np.column_stack([0 * arc, depth * (0.72 + 0.28 * arc)])
    outline = joined(points, free[::-1])
    return Panel(
        outline, "lace", Drape(roundness=0.1), (Line(free, 1.2, "edge"),), surface="lace", lift=0.5
    )


def _strands(cut: Cut, hem: Points, depth: float, width: float) -> list[Panel]:
    """Threads or plumes that hang from a line."""
    made = []
    points = resampled(hem, max(30, int(length_of(hem) / (3.4 if width < 3 else 7))))
    lines = []
    for x, y in points:
        reach = depth * cut.rng.uniform(0.85, 1.08)
        lean = cut.rng.normal(0, 2.5 if width < 3 else 7)
        lines.append(
            Line(
                smooth([(x, y - 4), (x + 0.3 * lean, y + 0.5 * reach), (x + lean, y + reach)], 6),
                width,
                "thread",
            )
        )
    made.append(lines_only(lines))
    return made


def beads(cut: Cut) -> list[Dot]:
    """Beads along the neckline, and along the waist where there is a seam."""
    if not cut.has("beads", "sequins") or cut.spec.garment in LOWER_BODY:
        return []
    edge = upper_edge(cut)
    neck = joined(sided(edge.neck, -1)[::-1], edge.neck)
    dots = []
    for row in range(3):
        for x, y in resampled(neck, 44 - 4 * row):
            if cut.rng.random() < 0.95 - 0.25 * row:
                dots.append(
                    Dot(
                        float(x) * (1 + 0.03 * row),
                        float(y) + 6 + 7 * row,
                        1.6 + 0.7 * (row == 0),
                        "bead",
                    )
                )
    if cut.spec.garment in ("dress", "jumpsuit") and cut.spec.silhouette in _WAISTED:
        half = cut.figure.waist
        dots += [
            Dot(float(x), cut.figure.waist_y + 3 * (1 - (x / half) ** 2) - 4, 2.2, "bead")
            for x in np.linspace(-half, half, 34)
        ]
    return dots
