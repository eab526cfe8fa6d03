"""Garments put together from their parts, back to front."""

from dataclasses import replace

import numpy as np

from media.garments.bodices import neck_binding, shoulder_band, strap_backs, straps, torso
from media.garments.collars import collar_panels, hood_panels
from media.garments.curves import joined, smooth
from media.garments.cutting import Cut
from media.garments.folds import Drape
from media.garments.fronts import front_panels
from media.garments.legs import legs
from media.garments.necklines import upper_edge
from media.garments.panels import Layout, Line, Panel
from media.garments.skirt_shapes import hem_of
from media.garments.skirts import skirt, slit
from media.garments.sleeves import sleeves
from media.garments.spec import GarmentSpec
from media.garments.trims import trimmed

_TOP_HEM = {"cropped": -4.0, "regular": 116.0, "long": 200.0}
"""y below the waist."""
_LONGER = {"blazer": 38.0, "shirt": 14.0, "hoodie": 6.0, "cardigan": 14.0}
_NARROW = frozenset({"fitted", "straight", "oversized"})


def laid_out(spec: GarmentSpec, seed: int) -> Layout:
    """The panels of a garment or of a look, in units of the figure."""
    if not spec.pieces:
        return _garment(Cut.of(spec, seed, spec.body_type))
    upper, lower = (
        _of_piece(_garment(Cut.of(piece, seed, spec.body_type)), number)
        for number, piece in enumerate(spec.pieces)
    )
    tucked = spec.pieces[0].garment in ("blouse", "shirt", "top")
    below, above = (upper, lower) if tucked else (lower, upper)
    return Layout((*below.panels, *above.panels), (*lower.dots, *upper.dots))


def _of_piece(layout: Layout, piece: int) -> Layout:
    return Layout(
        tuple(replace(panel, piece=piece) for panel in layout.panels),
        tuple(replace(dot, piece=piece) for dot in layout.dots),
    )


def _garment(cut: Cut) -> Layout:
    garment = cut.spec.garment
    if garment == "dress":
        return _dress(cut)
    if garment == "skirt":
        top = cut.figure.waist_y - 4
        panels = [*skirt(cut, top, cut.figure.waist), waistband(cut, cut.figure.waist)]
        return trimmed(cut, panels, hem_of(cut))
    if garment in ("trousers", "jeans", "shorts"):
        top = cut.figure.waist_y - 2
        half = cut.figure.waist * 1.04
        return trimmed(cut, [*legs(cut, top, half), waistband(cut, half)], cut.figure.hip_y)
    if garment == "jumpsuit":
        return _jumpsuit(cut)
    return _upper(cut)


def _bodice(cut: Cut, hem_y: float, hem_half: float | None, dip: float = 7.0) -> list[Panel]:
    """A bodice with all that hangs on its upper edge."""
    edge = upper_edge(cut)
    front = torso(cut, hem_y, hem_half, dip)
    under = sleeves(cut, edge.armhole)
    hood = hood_panels(cut)
    finish = hood or neck_binding(cut)
    return [
        *strap_backs(cut),
        *front[:-1],
        *under,
        front[-1],
        *straps(cut),
        *shoulder_band(cut),
        *finish,
    ]


def _dress(cut: Cut) -> Layout:
    figure = cut.figure
    hem_y = hem_of(cut)
    knitted_straight = cut.spec.silhouette in _NARROW and not cut.has("tiers", "pleats")
    if knitted_straight and cut.spec.silhouette != "fitted":
        half = figure.hip * cut.ease * (1.05 if cut.spec.silhouette == "straight" else 1.12)
        panels = _bodice(cut, hem_y, half)
        if cut.has("slit"):
            panels.append(slit(cut, figure.hip, half, hem_y, figure.waist_y))
    else:
        empire = cut.spec.silhouette == "empire"
        waist_y = figure.underarm_y + 52 if empire else figure.waist_y
        half = figure.chest * 0.93 if empire else figure.waist * (1.0 + 0.6 * (cut.ease - 1))
        below = skirt(cut, waist_y - 5, half, hem_y)
        panels = [*below, *_bodice(cut, waist_y, half, 5)]
    panels += [*collar_panels(cut, upper_edge(cut))]
    front = front_panels(cut, upper_edge(cut), hem_y)
    return trimmed(cut, [*panels, *front.panels], hem_y, front.dots)


def _jumpsuit(cut: Cut) -> Layout:
    half = cut.figure.waist * cut.ease
    top = cut.figure.waist_y
    panels = [*legs(cut, top - 5, half), *_bodice(cut, top, half, 5)]
    panels += [*collar_panels(cut, upper_edge(cut))]
    front = front_panels(cut, upper_edge(cut), top)
    return trimmed(cut, [*panels, *front.panels], top, front.dots)


def _upper(cut: Cut) -> Layout:
    figure = cut.figure
    if cut.spec.garment == "coat":
        hem_y = max(hem_of(cut), figure.hip_y + 50)
        flare = {"a-line": 1.5, "fitted": 1.22, "oversized": 1.2}.get(cut.spec.silhouette, 1.24)
        half = figure.hip * cut.ease * (1 + (flare - 1) * (hem_y - figure.hip_y) / 380)
    else:
        reach = _TOP_HEM.get(cut.spec.length, 116.0)
        if cut.spec.length == "regular":
            reach += _LONGER.get(cut.spec.garment, 0.0)
        hem_y = figure.waist_y + reach * (figure.hip_y - figure.waist_y) / 97
        half = None
        if cut.has("peplum"):
            hem_y = figure.waist_y + 4
        if cut.spec.silhouette in ("a-line", "flared"):
            half = figure.hip * cut.ease * 1.2
    panels = _bodice(cut, hem_y, half)
    panels += _hem_band(cut, panels, hem_y)
    panels += collar_panels(cut, upper_edge(cut))
    front = front_panels(cut, upper_edge(cut), hem_y)
    return trimmed(cut, [*panels, *front.panels], hem_y, front.dots)


def _hem_band(cut: Cut, panels: list[Panel], hem_y: float) -> list[Panel]:
    """The ribbed hem of knitwear, and of jackets that have one."""
    knitted = cut.spec.garment in ("sweater", "cardigan", "hoodie") or cut.has("rib trims")
    if not knitted or cut.spec.garment == "coat":
        return []
    body = next(panel for panel in reversed(panels) if panel.part == "body")
    near = body.outline[np.abs(body.outline[:, 1] - hem_y) < 12]
    half = float(near[:, 0].max()) if len(near) else cut.figure.hip
    return [band(half * 0.99, half * 0.94, hem_y - 4, hem_y + 30, "rib", 7)]


def waistband(cut: Cut, half: float) -> Panel:
    """The band that skirts and trousers hang from."""
    top = cut.figure.waist_y - 22
    surface = "rib" if cut.spec.fabric in ("jersey", "knit") or cut.has("smocking") else "cloth"
    return band(half * 0.985, half * 1.01, top, top + 24, surface, 4, "waistband")


def band(
    top_half: float,
    low_half: float,
    top_y: float,
    low_y: float,
    surface: str,
    dip: float,
    part: str = "band",
) -> Panel:
    """A band around the body."""
    upper = smooth([(-top_half, top_y), (0, top_y + dip), (top_half, top_y)], 10)
    lower = smooth([(low_half, low_y), (0, low_y + dip), (-low_half, low_y)], 10)
    outline = joined(upper, lower)
    lines = (Line(joined(outline, outline[:1]), 1.6, "edge"),)
    return Panel(outline, part, Drape(softness=0.3), lines, surface=surface, lift=0.4)
