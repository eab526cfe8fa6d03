"""The shapes that furniture is put together from: padded boxes, turned wood, tubes, sheets.

All stand around the origin unless said otherwise: a box around its middle, what is turned on
its foot. Finer meshes are made of larger things, so that the light baked into their points
stays fine enough.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from media.furniture.meshes import Mesh, grained, joined, mesh_of_grids

Numbers = NDArray[np.float64]

_CELL_M = 0.14
"""About the largest triangle of a flat side."""


@lru_cache(maxsize=512)
def box(
    size: tuple[float, float, float],
    radius_m: float = 0.004,
    bulge_m: float = 0.0,
    cell_m: float = _CELL_M,
) -> Mesh:
    """A box with rounded edges around the origin, its sides blown up by `bulge_m` at most.

    The sides of a cube, its points pulled to within `radius_m` of a smaller cube inside it.
    """
    half = np.asarray(size, float) / 2
    radius = min(radius_m, float(half.min()))
    steps = 1 if radius < 0.008 else 2 if radius < 0.03 else 3
    knots = [_knots(float(h), radius, steps, cell_m, bulge_m > 0) for h in half]
    sides = [
        mesh_of_grids(*_side(half, radius, bulge_m, axis, sign, knots))
        for axis in range(3)
        for sign in (-1.0, 1.0)
    ]
    return grained(joined(sides))


def lathe(profile: Sequence[tuple[float, float]], around: int = 20, thin: bool = False) -> Mesh:
    """What a lathe turns: `profile` is (radius, height) from the foot to the top, outside first.

    Corners are kept: each stretch of the profile has its own normals, except where it bends by
    less than 40 degrees.
    """
    radii, heights = np.asarray(profile, float).T
    turn = np.linspace(0, 2 * np.pi, around + 1)
    ring = np.stack([np.cos(turn), np.zeros_like(turn), np.sin(turn)], -1)
    lines, normals = _turned_lines(radii, heights)
    places = lines[:, :, None, :1] * ring + lines[:, :, None, 1:] * np.array([0.0, 1.0, 0.0])
    outward = normals[:, :, None, :1] * ring + normals[:, :, None, 1:] * np.array([0.0, 1.0, 0.0])
    return grained(mesh_of_grids(places, outward, thin))


def cylinder(radius_m: float, height_m: float, around: int = 20, top_radius_m: float = -1) -> Mesh:
    """An upright cylinder on y = 0 with its lid, or a cone where the top is of another radius."""
    top = radius_m if top_radius_m < 0 else top_radius_m
    return lathe([(0, 0), (radius_m, 0), (top, height_m), (0, height_m)], around)


def disc(radius_m: float, thickness_m: float, around: int = 36) -> Mesh:
    """A round board on y = 0 with a slightly broken edge."""
    edge = min(0.006, thickness_m / 3)
    rings = [radius_m * share for share in (0.85, 0.55, 0.25)]
    profile = [
        (0.0, 0.0),
        (radius_m - edge, 0.0),
        (radius_m, edge),
        (radius_m, thickness_m - edge),
        (radius_m - edge, thickness_m),
        *((ring, thickness_m) for ring in rings),
        (0.0, thickness_m),
    ]
    return lathe(profile, around)


def tube(path: ArrayLike, radius_m: float | Sequence[float], around: int = 8) -> Mesh:
    """A round bar along a path (n, 3), of one radius or one at each point."""
    places = np.asarray(path, float)
    radii = np.broadcast_to(np.asarray(radius_m, float), len(places))
    along = np.gradient(places, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    helper = np.where(np.abs(along[:, 1:2]) < 0.9, [[0.0, 1.0, 0.0]], [[1.0, 0.0, 0.0]])
    across = np.cross(along, helper)
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    third = np.cross(along, across)
    turn = np.linspace(0, 2 * np.pi, around + 1)[None, :, None]
    outward = np.cos(turn) * across[:, None] + np.sin(turn) * third[:, None]
    return grained(mesh_of_grids(places[:, None] + outward * radii[:, None, None], outward))


def bar(start: ArrayLike, end: ArrayLike, radius_m: float, end_radius_m: float = -1) -> Mesh:
    """A straight round bar between two points, tapering where the radii differ."""
    last = radius_m if end_radius_m < 0 else end_radius_m
    return tube(np.stack([np.asarray(start, float), np.asarray(end, float)]), (radius_m, last))


def sheet(
    width_m: float,
    depth_m: float,
    height: Callable[[Numbers, Numbers], Numbers],
    cell_m: float = 0.06,
    thin: bool = False,
) -> Mesh:
    """A cloth over the floor plane: `height` of the coordinates x and z, in metres."""
    columns = max(2, round(width_m / cell_m) + 1)
    rows = max(2, round(depth_m / cell_m) + 1)
    z, x = np.meshgrid(
        np.linspace(-depth_m / 2, depth_m / 2, rows),
        np.linspace(-width_m / 2, width_m / 2, columns),
        indexing="ij",
    )
    y = height(x, z)
    places = np.stack([x, y, z], -1)
    return grained(mesh_of_grids(places, surface_normals(places), thin))


def surface_normals(places: Numbers) -> Numbers:
    """Normals of a grid of points (rows, columns, 3) from its own slopes, upward ones."""
    down = np.gradient(places, axis=0)
    across = np.gradient(places, axis=1)
    normals: Numbers = np.cross(down, across)
    return normals * np.where(normals[..., 1:2] < 0, -1.0, 1.0)


def _knots(half: float, radius: float, steps: int, cell_m: float, padded: bool) -> Numbers:
    """Where a side is divided: evenly in its flat part, by equal angles in its round edge."""
    flat = half - radius
    cells = max(4 if padded else 1, round(2 * flat / cell_m))
    edge = flat + radius * np.tan(np.linspace(0, np.pi / 4, steps + 1)[1:])
    middle = np.linspace(-flat, flat, cells + 1) if flat > 1e-6 else np.zeros(1)
    return np.concatenate([-edge[::-1], middle, edge])


def _side(
    half: Numbers, radius: float, bulge_m: float, axis: int, sign: float, knots: list[Numbers]
) -> tuple[Numbers, Numbers]:
    """Points and normals (rows, columns, 3) of one side of a rounded box."""
    first, second = (axis + 1) % 3, (axis + 2) % 3
    a, b = np.meshgrid(knots[first], knots[second], indexing="ij")
    cube = np.zeros((*a.shape, 3))
    cube[..., axis], cube[..., first], cube[..., second] = sign * half[axis], a, b
    core = np.clip(cube, -(half - radius), half - radius)
    normals = cube - core
    normals /= np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-9)
    places = core + radius * normals
    if bulge_m:
        u, v = cube[..., first] / half[first], cube[..., second] / half[second]
        share = np.clip(1 - u**2, 0, 1) * np.clip(1 - v**2, 0, 1)
        places[..., axis] += sign * bulge_m * share
        normals[..., first] += 2 * bulge_m * u * (1 - v**2) / half[first]
        normals[..., second] += 2 * bulge_m * v * (1 - u**2) / half[second]
    return places, normals


def _turned_lines(radii: Numbers, heights: Numbers) -> tuple[Numbers, Numbers]:
    """Stretches (n, 2 ends, 2) of a profile, and the normals at their ends."""
    points = np.stack([radii, heights], -1)
    steps = np.diff(points, axis=0)
    own = np.stack([steps[:, 1], -steps[:, 0]], -1)
    own /= np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1e-9)
    lines = np.stack([points[:-1], points[1:]], 1)
    normals = np.stack([own, own], 1)
    smooth = (own[:-1] * own[1:]).sum(-1) > np.cos(np.radians(40))
    shared = own[:-1] + own[1:]
    normals[:-1, 1][smooth] = shared[smooth]
    normals[1:, 0][smooth] = shared[smooth]
    return lines, normals
