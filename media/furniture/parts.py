"""Parts that many pieces share: legs of each style, padding, drawers, throws, books."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from media.furniture.looks import Look
from media.furniture.meshes import Mesh, joined
from media.furniture.pieces import Paint, Part
from media.furniture.solids import Numbers, bar, box, cylinder, lathe, sheet

Spot = tuple[float, float]
"""x and z on the floor."""


def corner_legs(
    look: Look, width_m: float, depth_m: float, height_m: float, thick_m: float = 0.045
) -> Part:
    """Four legs in the style's form under a rectangle around the origin."""
    x, z = width_m / 2 - thick_m, depth_m / 2 - thick_m
    corners = [(sx * x, sz * z) for sx in (-1, 1) for sz in (-1, 1)]
    legs = [_leg(look, spot, height_m, thick_m) for spot in corners]
    if look.legs == "frame":
        legs += _rails(x, z, thick_m)
    return Part(joined(legs), look.leg_paint())


def _leg(look: Look, spot: Spot, height_m: float, thick_m: float) -> Mesh:
    x, z = spot
    if look.legs in ("frame", "block"):
        side = thick_m * (0.75 if look.legs == "frame" else 0.85)
        return box((side, height_m, side), 0.003).at(x, height_m / 2, z)
    if look.legs == "tapered":
        foot = (x + np.sign(x) * 0.1 * height_m, 0, z + np.sign(z) * 0.07 * height_m)
        return bar(foot, (x, height_m, z), thick_m * 0.32, thick_m * 0.58)
    if look.legs == "turned" and height_m > 0.2:
        return lathe(_turned_profile(height_m, thick_m), 12).at(x, 0, z)
    if look.legs == "turned":
        bun = [(0.0, 0.0), (0.5, 0.0), (0.8, 0.35), (0.62, 0.75), (0.85, 1.0)]
        return lathe([(r * thick_m, y * height_m) for r, y in bun], 12).at(x, 0, z)
    return cylinder(thick_m * 0.6, height_m, 12).at(x, 0, z)


def _turned_profile(height_m: float, thick_m: float) -> list[tuple[float, float]]:
    shape = [
        (0.0, 0.0), (0.38, 0.0), (0.36, 0.06), (0.62, 0.10), (0.40, 0.15), (0.46, 0.3), (0.66, 0.6),
        (0.74, 0.68), (0.5, 0.73), (0.85, 0.77), (0.85, 1.0),
    ]  # fmt: skip
    return [(radius * thick_m, share * height_m) for radius, share in shape]


def _rails(x: float, z: float, thick_m: float) -> list[Mesh]:
    """Bars near the floor that join the legs of a metal frame."""
    side = thick_m * 0.6
    return [box((2 * x, side, side), 0.003).at(0, 0.06, s * z) for s in (-1, 1)] + [
        box((side, side, 2 * z), 0.003).at(s * x, 0.06, 0) for s in (-1, 1)
    ]


def padded(look: Look, size: tuple[float, float, float], bulge_m: float = 0.02) -> Mesh:
    """A cushion of the style's softness, around the origin."""
    radius = min(look.roundness_m, 0.46 * min(size))
    return box(size, radius, bulge_m, cell_m=0.1)


def throw_pillow(paint: Paint, width_m: float, lean_rad: float) -> Part:
    """A pillow that stands on its lower edge and leans back."""
    plump = sheet(width_m, width_m, lambda x, z: _pillow_height(x, z, width_m), 0.035)
    under = sheet(width_m, width_m, lambda x, z: -_pillow_height(x, z, width_m), 0.035)
    under = replace(under, normals=-under.normals, triangles=under.triangles[:, ::-1])
    upright = joined([plump, under]).leaned(-np.pi / 2 + lean_rad)
    return Part(upright.at(0, width_m / 2 * np.cos(lean_rad), 0), paint)


def _pillow_height(
    x: Numbers,
    z: Numbers,
    width_m: float,
) -> Numbers:
    u, v = 2 * x / width_m, 2 * z / width_m
    return (
        0.17 * width_m * np.clip((1 - u**4) * (1 - v**4), 0, 1) ** 0.5 * (1 - 0.18 * (u**2 + v**2))
    )


def blanket(paint: Paint, width_m: float, over_m: float, drop_m: float, seed: int) -> Part:
    """A throw over an edge along x at the origin: it lies towards +z and hangs down in front."""
    rng = np.random.default_rng(seed)
    phase, waves = rng.uniform(0, 6, 2), rng.uniform(9, 14)
    along = over_m + drop_m

    def height(x: Numbers, z: Numbers) -> Numbers:
        return np.asarray(0.012 + 0.008 * np.sin(waves * x + phase[0] + 1.5 * z), float)

    flat = sheet(width_m, along, height, 0.05, thin=True)
    points, normals = flat.points.copy(), flat.normals.copy()
    z = points[:, 2] + along / 2 - drop_m
    hanging = z < 0
    fold = 0.03 * np.sin(waves * points[:, 0] + phase[1]) * np.clip(-z / drop_m, 0, 1)
    lift = points[:, 1].copy()
    points[:, 2] = np.where(hanging, -lift - np.abs(fold), z)
    points[:, 1] = np.where(hanging, z, lift)
    normals[hanging] = np.stack(
        [
            np.cos(waves * points[hanging, 0] + phase[1]) * 0.35,
            0.1 + 0 * z[hanging],
            -1 + 0 * z[hanging],
        ],
        -1,
    )
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return Part(replace(flat, points=points, normals=normals), paint)


def fronts(
    look: Look, width_m: float, low_m: float, high_m: float, front_m: float, grid: tuple[int, int]
) -> Iterator[Part]:
    """Doors or drawers with their handles on the front plane z = `front_m`: columns, rows."""
    columns, rows = grid
    wide, tall = width_m / columns, (high_m - low_m) / rows
    panels, handles = [], []
    for column in range(columns):
        x = -width_m / 2 + wide * (column + 0.5)
        for row in range(rows):
            y = low_m + tall * (row + 0.5)
            panels.append(box((wide - 0.008, tall - 0.008, 0.018), 0.003).at(x, y, front_m - 0.009))
            handles.append(_handle(look, wide, tall, column).at(x, y, front_m - 0.032))
    yield Part(joined(panels), look.carcass)
    yield Part(joined(handles), look.metal)


def _handle(look: Look, wide_m: float, tall_m: float, column: int) -> Mesh:
    """A bar on a drawer, an upright one on a door where a pair meets; a knob in old styles."""
    if tall_m > 1.1 * wide_m:
        x = (0.5 * wide_m - 0.05) * (1 if column % 2 == 0 else -1)
        upright = box((0.012, min(0.22, 0.4 * tall_m), 0.014), 0.004)
        return upright.at(x, 0, 0)
    if look.legs in ("turned", "tapered"):
        return box((0.03, 0.03, 0.03), 0.013)
    return box((min(0.18, 0.4 * wide_m), 0.012, 0.014), 0.004)


def book_row(look: Look, width_m: float, height_m: float, depth_m: float) -> Iterator[Part]:
    """Upright books from the left over a part of a shelf; stands on y = 0 around x, z = 0."""
    x = -width_m / 2
    while x < width_m / 2 - 0.06:
        # Whole steps, so that equal books are made once.
        thick = 0.004 * int(look.rng.integers(5, 12))
        tall = round(height_m * float(look.rng.uniform(0.68, 0.95)) / 0.02) * 0.02
        spine = _BOOK_COLORS[int(look.rng.integers(len(_BOOK_COLORS)))]
        volume = box((thick - 0.002, tall, depth_m * 0.75), 0.003)
        yield Part(volume.at(x + thick / 2, tall / 2, 0), Paint("books", spine))
        x += thick


_BOOK_COLORS = (
    (0.78, 0.74, 0.66), (0.30, 0.34, 0.40), (0.55, 0.25, 0.20), (0.86, 0.84, 0.80),
    (0.25, 0.38, 0.36), (0.70, 0.56, 0.36), (0.45, 0.42, 0.40), (0.60, 0.66, 0.68),
)  # fmt: skip
