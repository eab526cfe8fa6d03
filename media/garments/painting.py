"""Painting panels, back to front: shadow on what lies below, cloth in its light, and ink."""

from collections.abc import Sequence

import cv2
import numpy as np

from media.garments.cloth import Cloth
from media.garments.curves import circle
from media.garments.folds import Floats
from media.garments.frame import Box, Frame
from media.garments.ink import strokes
from media.garments.light import lit
from media.garments.palette import METAL, Palette, dot_color, line_color
from media.garments.panels import Dot, Panel
from media.garments.prints import Place
from media.garments.shaping import shape_of
from media.garments.weaves import weave_of

_LINING_CLOTH = Cloth(depth=0.7, grain=0.012)
_METAL_CLOTH = Cloth(depth=1.0, shine=0.8, polish=12, grain=0.0)
_SHEER_PARTS = frozenset({"sleeve", "skirt", "ruffle", "peplum"})
_NO_PRINT = frozenset({"plain", "lining", "metal", "rib", "lace"})


def paint_panel(
    canvas: Floats,
    cover: Floats,
    frame: Frame,
    panel: Panel,
    palette: Palette,
    rng: np.random.Generator,
) -> None:
    """Paint one panel onto the canvas, in place; `cover` is where any of the garment is."""
    reach = np.vstack([panel.outline, *(line.points for line in panel.lines)])
    box = frame.box_of(reach, 10.0)
    target = canvas[box.slices]
    if panel.opacity:
        mask = box.coverage([panel.outline])
        if panel.lift:
            _shade_below(target, cover[box.slices], mask, panel.lift * frame.scale)
        color, opacity = _cloth_color(panel, box, mask, palette, rng)
        target += (color - target) * (mask * np.float32(opacity))[..., None]
    _draw_lines(target, box, panel, palette)


def paint_dots(canvas: Floats, frame: Frame, dots: Sequence[Dot], palette: Palette) -> None:
    """Buttons and beads, each with its light and its shadow, in place."""
    for dot in dots:
        ring = circle(dot.x, dot.y, dot.radius)
        box = frame.box_of(ring, 5.0)
        target = canvas[box.slices]
        drop = 0.18 * dot.radius
        shadow = cv2.GaussianBlur(box.coverage([ring + np.array([drop, 1.6 * drop])]), (0, 0), 1.2)
        target *= 1 - 0.45 * shadow[..., None]
        color = dot_color(dot, palette)
        rim = 0.62 * color
        target += (rim - target) * box.coverage([ring])[..., None]
        face = box.coverage([circle(dot.x, dot.y, dot.radius * 0.8)])
        target += (color - target) * face[..., None]
        gleam = box.coverage(
            [circle(dot.x - 0.3 * dot.radius, dot.y - 0.34 * dot.radius, dot.radius * 0.3)]
        )
        target += (np.float32(255) - target) * (0.55 * cv2.GaussianBlur(gleam, (0, 0), 0.8))[
            ..., None
        ]
        if dot.kind == "button" and dot.radius > 3.5:
            holes = [
                circle(dot.x + sx * 0.26 * dot.radius, dot.y + 0.1 * dot.radius, 0.13 * dot.radius)
                for sx in (-1, 1)
            ]
            target += (0.3 * color - target) * (0.8 * box.coverage(holes))[..., None]


def _shade_below(target: Floats, cover: Floats, mask: Floats, lift: float) -> None:
    """The soft shadow of a panel on the cloth that lies under it, in place."""
    moved = cv2.warpAffine(mask, np.array([[1, 0, 1.6], [0, 1, 2.6]], np.float32), mask.shape[::-1])
    shadow = cv2.GaussianBlur(moved, (0, 0), max(1.2, 3.4 * lift))
    target *= 1 - (0.34 * shadow * (1 - mask) * cover)[..., None]


def _cloth_color(
    panel: Panel, box: Box, mask: Floats, palette: Palette, rng: np.random.Generator
) -> tuple[Floats, float]:
    """The panel's colours in its light, and how opaque it is."""
    cloth = palette.cloth
    opacity = min(1.0, cloth.opacity * panel.opacity)
    if panel.surface in ("lining", "metal"):
        cloth, opacity = (_LINING_CLOTH if panel.surface == "lining" else _METAL_CLOTH), 1.0
    elif panel.surface != "cloth" or panel.part not in _SHEER_PARTS:
        opacity = 1.0
    shape = shape_of(panel, box, cloth, rng)
    inside = np.asarray(
        cv2.resize(mask, shape.s.shape[::-1], interpolation=cv2.INTER_AREA), np.float32
    )
    light = lit(shape, cloth, inside)
    u, v = box.full(shape.u + 2.2 * shape.slope_x), box.full(shape.v + 1.6 * shape.slope_y)
    width, height = box.size
    rows = (box.y0 + np.arange(height, dtype=np.float32) - box.frame.top_px) / box.frame.scale
    columns = (box.x0 + np.arange(width, dtype=np.float32) - box.frame.left_px) / box.frame.scale
    down = (rows - palette.top_y) / max(1.0, palette.foot_y - palette.top_y)
    place = Place(
        u,
        v,
        np.broadcast_to(down[:, None].astype(np.float32), u.shape),
        np.broadcast_to(columns[None, :].astype(np.float32), u.shape),
    )
    color = _dyed(panel, palette, place)
    if panel.surface not in ("lining", "metal"):
        color = color * weave_of(cloth, place, rng, panel.surface)[..., None]
    shade, gloss = box.full(light.shade), box.full(light.gloss)
    return _in_light(color, shade, gloss), opacity


def _dyed(panel: Panel, palette: Palette, place: Place) -> Floats:
    """The cloth's own colours, before any light."""
    own = palette.of_part(panel.part)
    if panel.surface == "lining":
        own = palette.lining
    elif panel.surface == "metal":
        own = own if own is not None else METAL
    elif panel.surface in _NO_PRINT and own is None:
        own = palette.main
    if own is None:
        return palette.print(place)
    return np.broadcast_to(own, (*place.u.shape, 3)).astype(np.float32)


def _in_light(color: Floats, shade: Floats, gloss: Floats) -> Floats:
    """Cloth in its light: shadows a little cool, ridges of dark cloth a little lifted."""
    dark = np.clip(1 - shade, 0, 1)
    tint = np.stack([shade - 0.015 * dark, shade, shade + 0.05 * dark], axis=-1)
    lifted = color * tint
    over = np.clip(shade - 1, 0, 0.6)
    lifted += (255 - lifted) * (0.16 * over)[..., None]
    lifted += (16 * (shade - 1))[..., None]
    lifted += (255 - lifted) * np.clip(0.75 * gloss, 0, 0.85)[..., None]
    return np.asarray(np.clip(lifted, 0, 255), np.float32)


def _draw_lines(target: Floats, box: Box, panel: Panel, palette: Palette) -> None:
    for kind in dict.fromkeys(line.kind for line in panel.lines):
        coverage = strokes(box, panel.lines, kind)
        if coverage.size > 1:
            target += (line_color(kind, palette) - target) * coverage[..., None]
