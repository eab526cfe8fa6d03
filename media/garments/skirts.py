"""Skirts: cloth that hangs from a waist, narrow or in folds."""

import numpy as np

from media.garments.curves import joined, sided, smooth
from media.garments.cutting import Cut
from media.garments.folds import Drape, Floats, pressed_pleats, ridges
from media.garments.panels import Line, Panel
from media.garments.skirt_shapes import (
    SHAPES,
    SkirtShape,
    drape_of,
    hem_half,
    hem_line,
    hem_of,
    side_of,
)


def skirt(cut: Cut, top_y: float, top_half: float, hem_y: float | None = None) -> list[Panel]:
    """A skirt from a waist to its hem, its far side first; tiers, pleats and slit if asked."""
    hem_y = hem_of(cut) if hem_y is None else hem_y
    shape = SHAPES.get(cut.spec.silhouette, SHAPES["a-line"])
    if cut.has("pleats"):
        shape = SkirtShape(max(shape.hem_half, 170), 17, 7.0, 5.0, 0.95)
    if cut.has("tiers"):
        return _tiers(cut, shape, top_y, top_half, hem_y)
    return _fall(
        cut, shape, (top_y, top_half), (hem_y, hem_half(cut, shape, top_half, top_y, hem_y))
    )


def _fall(
    cut: Cut, shape: SkirtShape, top: tuple[float, float], hem: tuple[float, float]
) -> list[Panel]:
    """One skirt between y and half width of its top and of its hem, its far side first."""
    (top_y, top_half), (hem_y, half) = top, hem
    profile = (
        pressed_pleats(round(shape.folds))
        if cut.has("pleats")
        else ridges(cut.rng, cut.folds(shape.folds), 0.6)
    )
    side = side_of(cut, shape, top, hem)
    foot = hem_line(profile, shape, half, hem_y)
    waist = smooth([(-top_half, top_y), (0, top_y + 4), (top_half, top_y)], 8)
    lines = [
        Line(joined(side, foot[:1]), 1.8, "edge"),
        Line(joined(sided(side, -1), foot[-1:]), 1.8, "edge"),
        Line(foot, 1.8, "edge"),
        *_fold_ink(cut, profile, shape, top, hem),
    ]
    if shape.waves < 6:
        lines.append(Line(foot - np.array([0.0, 13.0]), 1.0, "stitch"))
    front = Panel(
        joined(waist, side, foot, sided(side, -1)[::-1]),
        "skirt",
        drape_of(cut, shape, profile, top),
        tuple(lines),
        flare=0.55 * (top_half + half) if shape.hem_half > 140 else 0.0,
    )
    if cut.spec.fabric == "tulle":
        panels = _layers(cut, shape, top, hem, front)
    else:
        panels = [front] if shape.waves < 4 else [_far_side(profile, shape, hem), front]
    if cut.has("slit"):
        panels.append(slit(cut, top_half, half, hem_y, top_y))
    return panels


def _far_side(profile: Floats, shape: SkirtShape, hem: tuple[float, float]) -> Panel:
    """The inside of the back, seen between the waves of the hem."""
    hem_y, half = hem
    far = hem_line(1 - profile, shape, half * 0.985, hem_y - 5)
    outline = joined([(half * 0.8, hem_y - 60)], far, [(-half * 0.8, hem_y - 60)])
    return Panel(outline, "lining", Drape(), (Line(far, 1.2, "edge"),), surface="lining")


def _fold_ink(
    cut: Cut, profile: Floats, shape: SkirtShape, top: tuple[float, float], hem: tuple[float, float]
) -> list[Line]:
    """Fine lines up the deepest valleys, as a pen would set them."""
    if shape.folds < 5:
        return []
    (top_y, top_half), (hem_y, half) = top, hem
    valleys = [
        at
        for at in range(8, len(profile) - 8)
        if profile[at] == profile[at - 8 : at + 9].min() and profile[at] < 0.25
    ]
    lines, last = [], -99
    for at in valleys:
        if at - last < 18:
            continue
        last = at
        s = 2 * at / (len(profile) - 1) - 1
        if abs(s) > 0.93:
            continue
        up = cut.rng.uniform(0.12, 0.5) if not cut.has("pleats") else 0.97
        share = np.linspace(1, 1 - up, 12)
        x = s * (top_half + (half - top_half) * share**shape.bend)
        y = top_y + (hem_y - top_y) * share + min(30.0, 0.1 * half) * (1 - s * s) * share**2 - 3
        lines.append(Line(np.column_stack([x, y]), 1.2, "fold"))
    return lines


def _tiers(cut: Cut, shape: SkirtShape, top_y: float, top_half: float, hem_y: float) -> list[Panel]:
    """Tiers, each gathered to the one above it; the lowest is laid first."""
    count = 3 if hem_y - top_y > 330 else 2
    wide = SkirtShape(max(shape.hem_half, 190), 11, 7.0, 7.0, 1.0)
    panels: list[Panel] = []
    whole = hem_half(cut, wide, top_half, top_y, hem_y)
    for number in range(count, 0, -1):
        start, end = (number - 1) / count, number / count
        upper = top_half + (whole - top_half) * start
        lower = top_half + (whole - top_half) * end + 10
        first = top_y if number == 1 else top_y + (hem_y - top_y) * start - 6
        top = (first, upper * (1.0 if number == 1 else 1.03))
        panels += _fall(cut, wide, top, (top_y + (hem_y - top_y) * end, lower))
    return panels


def slit(cut: Cut, top_half: float, half: float, hem_y: float, top_y: float) -> Panel:
    """A slit at the left thigh, open to the lining."""
    x = 0.42 * half
    start = max(top_y + 170, cut.figure.crotch_y + 26)
    lean = smooth(
        [(0.42 * top_half + 18, start), (x + 2, 0.5 * (start + hem_y)), (x + 16, hem_y + 4)], 8
    )
    back = smooth(
        [(x - 12, hem_y + 6), (x - 4, 0.5 * (start + hem_y)), (0.42 * top_half + 18, start)], 8
    )
    outline = joined(lean, back)
    lines = (Line(lean, 1.5, "edge"), Line(back, 1.5, "edge"))
    return Panel(outline, "lining", Drape(roundness=0.2), lines, surface="lining", lift=0)


def _layers(
    cut: Cut,
    shape: SkirtShape,
    top: tuple[float, float],
    hem: tuple[float, float],
    veil: Panel,
) -> list[Panel]:
    """Veils of tulle over a shorter, denser skirt of their own colour."""
    (top_y, top_half), (hem_y, half) = top, hem
    under = SkirtShape(shape.hem_half * 0.86, shape.folds, shape.depth, shape.waves, shape.bend)
    lower = (hem_y - 16, top_half + (half - top_half) * 0.88)
    profile = ridges(cut.rng, cut.folds(shape.folds), 0.6)
    side = side_of(cut, under, top, lower)
    line = hem_line(profile, under, lower[1], lower[0])
    waist = np.array([[-top_half, top_y], [top_half, top_y]])
    slip = Panel(
        joined(waist, side, line, sided(side, -1)[::-1]),
        "skirt",
        drape_of(cut, under, profile, top),
        (),
        opacity=1 / 0.62,
        lift=0.6,
    )
    return [slip, veil, *_fall_veil(cut, shape, top, (hem_y - 26, half * 0.965))]


def _fall_veil(
    cut: Cut, shape: SkirtShape, top: tuple[float, float], hem: tuple[float, float]
) -> list[Panel]:
    profile = ridges(cut.rng, cut.folds(shape.folds * 1.4), 0.7)
    side = side_of(cut, shape, top, hem)
    line = hem_line(profile, shape, hem[1], hem[0])
    waist = np.array([[-top[1], top[0]], [top[1], top[0]]])
    outline = joined(waist, side, line, sided(side, -1)[::-1])
    return [
        Panel(
            outline,
            "skirt",
            drape_of(cut, shape, profile, top),
            (Line(line, 0.9, "seam"),),
            lift=0.2,
        )
    ]
