"""Needlework: sprays of embroidered flowers along edges, worn spots, stripes down a leg."""

import numpy as np

from media.garments.curves import (
    Points,
    circle,
    joined,
    length_of,
    normals_of,
    resampled,
    sided,
    smooth,
)
from media.garments.cutting import LOWER_BODY, Cut
from media.garments.folds import Drape
from media.garments.necklines import upper_edge
from media.garments.panels import Line, Panel

_PETAL = smooth(
    [(0, 0), (0.4, -0.5), (0.22, -1.0), (0, -0.9), (-0.22, -1.0), (-0.4, -0.5), (0, 0)], 4
)
_LEAF = smooth([(0, 0), (0.24, -0.5), (0, -1.15), (-0.24, -0.5), (0, 0)], 4)


def needlework(cut: Cut, hem: Points) -> list[Panel]:
    """What the needle adds to a garment whose hem is given."""
    lines: list[Line] = []
    if cut.has("embroidery"):
        lines += _sprays(cut, hem - np.array([0.0, 26.0]), 0.72)
        if cut.spec.garment not in LOWER_BODY:
            edge = upper_edge(cut)
            neck = joined(sided(edge.neck, -1)[::-1], edge.neck)
            below = neck + np.column_stack([0.22 * neck[:, 0], np.full(len(neck), 19.0)])
            lines += _sprays(cut, below, 0.62)
    if cut.has("distressing"):
        lines += _worn(cut)
    if cut.has("side stripe"):
        lines += _side_stripes(cut)
    if cut.has("smocking") and cut.spec.garment in ("dress", "jumpsuit"):
        lines += _gathering_rows(cut)
    return [lines_only(lines)] if lines else []


def lines_only(lines: list[Line]) -> Panel:
    """A panel that is nothing but its lines."""
    speck = circle(0.0, 200.0, 0.5, 6)
    return Panel(speck, "line", Drape(roundness=0), tuple(lines), lift=0, opacity=0)


def _sprays(cut: Cut, line: Points, size: float) -> list[Line]:
    """Flowers and leaves along a line, as thread lies: petals, leaves, a stem between them."""
    count = max(3, int(length_of(line) / 34))
    places = resampled(line, count + 2)[1:-1]
    lean = normals_of(places)
    lines = [Line(resampled(line, 100)[5:-5], 1.1, "stem")]
    for number, at in enumerate(places):
        middle = at + lean[number] * cut.rng.uniform(-4, 4)
        turn = cut.rng.uniform(0, 6.3)
        reach = size * cut.rng.uniform(10, 14)
        lines += [
            Line(_placed(_PETAL, turn + petal * 1.257, reach, middle), 1.0, "blossom")
            for petal in range(5)
        ]
        for side in (-1.0, 1.0):
            leaf_at = middle + np.array([side * 11 * size, 3.0])
            lines.append(
                Line(_placed(_LEAF, side * 1.6 + 0.3, 11 * size, leaf_at), 1.0, "stem leaf")
            )
        lines.append(Line(circle(float(middle[0]), float(middle[1]), 1.9 * size, 10), 1.0, "heart"))
    return lines


def _placed(points: Points, turn: float, size: float, at: Points) -> Points:
    cos, sin = np.cos(turn), np.sin(turn)
    return np.asarray(points @ np.array([[cos, sin], [-sin, cos]]) * size + at)


def _worn(cut: Cut) -> list[Line]:
    """Bared threads across the thighs and knees."""
    lines = []
    for turn in (1, -1):
        for y in (cut.figure.crotch_y + 95, cut.figure.knee_y - 8):
            for number in range(7):
                half = (
                    26
                    * np.sqrt(max(0.05, 1 - ((number - 3) / 3.6) ** 2))
                    * cut.rng.uniform(0.7, 1.1)
                )
                x = 52 * turn + cut.rng.uniform(-4, 4)
                level = y + number * 4.2
                lines.append(
                    Line(
                        np.array([[x - half, level], [x, level + 1.2], [x + half, level]]),
                        2.0,
                        "worn",
                    )
                )
    return lines


def _side_stripes(cut: Cut) -> list[Line]:
    figure = cut.figure
    if cut.spec.garment not in LOWER_BODY or cut.spec.garment == "skirt":
        return []
    lines = []
    for turn in (1, -1):
        side = smooth(
            [
                (figure.waist + 6, figure.waist_y + 20),
                (figure.hip - 5, figure.hip_y),
                (figure.hip - 5, figure.crotch_y + 60),
            ],
            10,
        )
        lines.append(Line(sided(side, turn), 6.0, "piping"))
    return lines


def _gathering_rows(cut: Cut) -> list[Line]:
    half, y = cut.figure.waist, cut.figure.waist_y
    rows = []
    for number in range(6):
        level = y - 30 + 6 * number
        width = half + 0.05 * (y - level)
        x = np.linspace(-width, width, 60)
        rows.append(Line(np.column_stack([x, level + 1.1 * np.sin(x * 0.9)]), 1.0, "seam"))
    return rows
