"""Studio sets that are plainly built for the picture: podium, arch, coloured light.

Flat colours and simple solids, lit from the upper left. Shapes are signed distances, negative
inside, so their edges and shadows are smooth at any size.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PIL import Image

from media.studio_light import Color, Easel, Field, finish, lighten, mix, paint

_FLATNESS = 0.17
"""Height over width of a circle on the floor: a camera 10 degrees above it."""
_RISE = 0.07
"""Height of a podium in heights of the picture."""
_MIN_RADIUS = 0.27
_LAMP_DEG = 50.0
"""How far to the left of the camera the lamp is."""


@dataclass(frozen=True)
class Palette:
    """Colours of a set that go together."""

    wall: Color
    floor: Color
    podium: Color
    glow: Color


_PALETTES = (
    Palette((0.82, 0.71, 0.63), (0.88, 0.78, 0.70), (0.95, 0.89, 0.83), (0.98, 0.91, 0.82)),
    Palette((0.67, 0.74, 0.68), (0.76, 0.81, 0.75), (0.92, 0.92, 0.87), (0.95, 0.94, 0.86)),
    Palette((0.66, 0.73, 0.81), (0.75, 0.80, 0.86), (0.92, 0.93, 0.94), (0.98, 0.92, 0.86)),
    Palette((0.79, 0.71, 0.79), (0.85, 0.78, 0.84), (0.95, 0.91, 0.94), (0.99, 0.91, 0.87)),
)
_LAMPS: tuple[tuple[Color, Color, Color], ...] = (
    ((0.15, 0.16, 0.25), (0.99, 0.56, 0.42), (0.36, 0.47, 0.97)),
    ((0.10, 0.18, 0.22), (0.22, 0.80, 0.78), (0.46, 0.52, 0.97)),
    ((0.21, 0.13, 0.23), (0.98, 0.46, 0.62), (0.50, 0.42, 0.99)),
)
"""Dark backdrop, light from the left, light from the right."""


def podium(easel: Easel, color: Color | None) -> Image.Image:
    """A low round podium on the floor, a disc of light behind it."""
    palette = _palette(easel, color)
    foot = easel.stand.down - 0.12
    picture = _wall(easel, palette.wall, foot)
    disc = np.hypot(easel.across, easel.down - (foot - 0.24)) - np.float32(0.33)
    cover = easel.soft(np.asarray(disc, np.float32), 0.004)
    picture = mix(picture, _lit(easel, palette.glow, 1.0), np.float32(0.75) * cover)
    _lay_floor(easel, picture, palette, foot)
    return finish(easel, picture, vignette=0.12)


def arch(easel: Easel, color: Color | None) -> Image.Image:
    """An arched niche in a wall, its light from the left, a low podium before it."""
    palette = _palette(easel, color)
    foot = easel.stand.down - 0.12
    picture = _wall(easel, palette.wall, foot)
    radius = min(max(0.27, easel.stand_half_width * 1.1), 0.35, 0.8 * easel.half_width)
    spring = radius + 0.07
    opening = _arch_distance(easel, radius, (0.0, spring))
    # The left jamb and the curve keep the light from a strip along them.
    lit = easel.soft(_arch_distance(easel, radius, (0.05, spring + 0.045)), 0.05)
    niche = mix(
        _lit(easel, lighten(palette.wall, -0.16), 0.98),
        _lit(easel, lighten(palette.wall, 0.38), 1.02),
        lit,
    )
    picture = mix(picture, niche, easel.soft(opening, 0.002))
    # The edge of the wall catches the lamp where it faces it: on the right.
    rim = easel.soft(np.abs(opening) - np.float32(0.0012), 0.002)
    facing = np.clip(easel.across / np.float32(radius), 0, 1)
    picture = mix(picture, lighten(palette.wall, 0.7), np.float32(0.8) * rim * facing)
    _lay_floor(easel, picture, palette, foot)
    return finish(easel, picture, vignette=0.12)


def colored_light(easel: Easel, color: Color | None) -> Image.Image:
    """A dark backdrop between two coloured lights, and their shine on the floor."""
    dark, left, right = _LAMPS[int(easel.rng.integers(len(_LAMPS)))]
    foot = easel.stand.down - 0.10
    middle = min(0.46, foot - 0.25)
    through = paint(np.ones((easel.height_px, easel.width_px), np.float32), _dimmed(dark))
    for lamp, at, radius, strength in (
        (color or left, (-0.36, middle - 0.06), (0.44, 0.46), 0.70),
        (right, (0.38, middle + 0.04), (0.42, 0.48), 0.62),
        ((1.0, 0.96, 0.95), (-0.02, middle), (0.28, 0.32), 0.26),
    ):
        # Screened, as lights add up, and not laid over: two of them are brighter than one.
        through *= 1 - paint(np.float32(strength) * easel.pool(at, radius), lamp)
    picture = np.asarray(1 - through, np.float32)
    _shine(easel, picture, dark, foot)
    return finish(easel, picture, vignette=0.20)


def _dimmed(color: Color) -> Color:
    """What a colour lacks to white."""
    red, green, blue = (1 - channel for channel in color)
    return red, green, blue


def _shine(easel: Easel, picture: Field, dark: Color, foot: float) -> None:
    """Lay a satin floor that gives back what is above it, dimmer, into the picture."""
    part = easel.below(foot - 0.03)
    rows = np.arange(part.first_row, easel.height_px)
    foot_px = round(foot * easel.height_px)
    above = np.clip(2 * foot_px - rows - round(0.06 * easel.height_px), 0, foot_px)
    ground = paint(np.full((1, 1), 1 / 6, np.float32), dark)
    floor = np.asarray(picture[:, above] * np.float32(0.66) + ground, np.float32)
    pool = part.pool((0, easel.stand.down), (0.42, 0.07))
    floor = mix(floor, (1.0, 0.96, 0.95), np.float32(0.22) * pool)
    cover = part.soft(np.asarray(foot - part.down, np.float32), 0.05)
    picture[:, part.first_row :] = mix(picture[:, part.first_row :], floor, cover)


def _palette(easel: Easel, color: Color | None) -> Palette:
    chosen = _PALETTES[int(easel.rng.integers(len(_PALETTES)))]
    if color is None:
        return chosen
    return Palette(color, lighten(color, 0.2), lighten(color, 0.6), lighten(color, 0.75))


def _wall(easel: Easel, color: Color, foot: float) -> Field:
    wall = _lit(easel, color, 0.98)
    wall *= np.asarray(1 - 0.05 * np.exp(-np.abs(foot - easel.down) / 0.06), np.float32)
    return wall


def _lit(easel: Easel, color: Color, level: float) -> Field:
    """A flat upright surface under the one lamp."""
    light = level - 0.06 + 0.10 * easel.pool((-0.28, 0.22), (0.60, 0.60)) - 0.04 * easel.across
    return paint(np.asarray(light, np.float32), color)


def _lay_floor(easel: Easel, picture: Field, palette: Palette, foot: float) -> None:
    """Lay the floor and the podium on it into the picture, in place."""
    part = easel.below(foot - 0.004)
    light = 0.96 + 0.08 * part.pool((-0.15, easel.stand.down), (0.6, 0.16)) - 0.05 * part.across
    floor = paint(np.asarray(light, np.float32), palette.floor)
    wanted = max(_MIN_RADIUS, easel.stand_half_width * 1.12 + 0.05)
    radius = min(wanted, 0.88 * easel.half_width)
    floor = _with_drum(part, floor, palette.podium, radius)
    cover = part.soft(np.asarray(foot - part.down, np.float32), 0.004)
    picture[:, part.first_row :] = mix(picture[:, part.first_row :], floor, cover)


def _with_drum(part: Easel, floor: Field, color: Color, radius: float) -> Field:
    """A low cylinder whose top the product stands on, with its shadow on the floor."""
    top = part.stand.down - 0.30 * radius * _FLATNESS
    thrown = _ellipse(part, (0.16 * radius + 0.02, top + _RISE), radius * 1.06)
    touching = _ellipse(part, (0.006, top + _RISE + 0.004), radius * 1.005)
    floor *= 1 - np.float32(0.28) * part.soft(thrown, 0.10)
    floor *= 1 - np.float32(0.35) * part.soft(touching, 0.018)
    # The side is what lies between the top ellipse and the same one a rise lower.
    middle = top + _RISE / 2
    box = np.maximum(np.abs(part.across) - radius, np.abs(part.down - middle) - _RISE / 2)
    side = np.minimum(box, _ellipse(part, (0.0, top + _RISE), radius))
    # Lambert's cosine on a cylinder, and the floor's light from below.
    turned = np.arcsin(np.clip(part.across / np.float32(radius), -1, 1))
    facing = np.clip(np.cos(turned + np.radians(_LAMP_DEG)), 0, 1)
    light = np.asarray(0.70 + 0.22 * facing, np.float32)
    floor = mix(floor, paint(light, color), part.soft(np.asarray(side, np.float32), 0.0))
    lid = _ellipse(part, (0.0, top), radius)
    floor = mix(floor, lighten(color, 0.35), part.soft(lid, 0.0))
    surface = paint(np.asarray(0.985 - 0.05 * part.across / radius, np.float32), color)
    return mix(floor, surface, part.soft(_ellipse(part, (0.0, top), radius - 0.005), 0.004))


def _ellipse(easel: Easel, at: tuple[float, float], radius: float) -> Field:
    """Nearly the distance to a circle that lies on the floor: the first-order estimate f/|f'|."""
    dx = easel.across - np.float32(at[0])
    dy = (easel.down - np.float32(at[1])) / np.float32(_FLATNESS)
    away = np.hypot(dx, dy)
    steep = np.hypot(dx, dy / np.float32(_FLATNESS)) / np.maximum(away, np.float32(1e-6))
    return np.asarray((away - np.float32(radius)) / np.maximum(steep, 1), np.float32)


def _arch_distance(easel: Easel, radius: float, middle: tuple[float, float]) -> Field:
    """The distance to a half circle on an endless shaft."""
    dx = easel.across - np.float32(middle[0])
    above = np.minimum(easel.down - np.float32(middle[1]), 0)
    return np.asarray(np.hypot(dx, above) - np.float32(radius), np.float32)


CREATIVE_SETS: tuple[tuple[str, Callable[[Easel, Color | None], Image.Image]], ...] = (
    ("round podium before a disc of light", podium),
    ("arched niche and podium", arch),
    ("dark backdrop between coloured lights", colored_light),
)
"""What each is, in words, and how it is painted."""
