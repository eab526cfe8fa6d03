"""Distance fields: boxes, ellipsoids, rings and turned shapes, and their unions."""

import math

import numpy as np
from film import Array, Paint, vector
from tracer import Field, Solid


def box(
    center: tuple[float, float, float],
    size: tuple[float, float, float],
    edge: float = 0.01,
    turn: float = 0.0,
    lean: float = 0.0,
) -> Field:
    """A box of full `size` with rounded edges; turned about y and leaned about x, in radians."""
    middle, half = vector(*center), vector(*size) / 2 - edge
    (cos, sin), (cos_lean, sin_lean) = _cos_sin(turn), _cos_sin(lean)

    def field(points: Array) -> Array:
        x, y, z = points - middle
        if turn:
            x, z = cos * x - sin * z, sin * x + cos * z
        if lean:
            y, z = cos_lean * y - sin_lean * z, sin_lean * y + cos_lean * z
        beyond = [np.abs(axis) - limit for axis, limit in zip((x, y, z), half, strict=True)]
        outside = sum(np.maximum(side, 0) ** 2 for side in beyond)
        inside = np.minimum(np.maximum(np.maximum(beyond[0], beyond[1]), beyond[2]), 0)
        return np.sqrt(outside) + inside - edge

    return field


def ellipsoid(
    center: tuple[float, float, float],
    radii: tuple[float, float, float],
    turn: float = 0.0,
    lean: float = 0.0,
) -> Field:
    """An ellipsoid, leaned about z and then turned about y."""
    middle, size = vector(*center), vector(*radii)
    (cos, sin), (cos_lean, sin_lean) = _cos_sin(turn), _cos_sin(lean)

    def field(points: Array) -> Array:
        x, y, z = points - middle
        x, z = cos * x - sin * z, sin * x + cos * z
        x, y = cos_lean * x + sin_lean * y, cos_lean * y - sin_lean * x
        local = np.stack([x, y, z])
        reach = np.sqrt(((local / size) ** 2).sum(0))
        slope = np.sqrt(((local / size**2) ** 2).sum(0))
        estimate = reach * (reach - 1) / np.maximum(slope, 1e-6) * 0.8
        around = np.sqrt((np.maximum(np.abs(local) - size, 0) ** 2).sum(0))
        return np.maximum(estimate, around - 0.005)

    return field


def ring(
    center: tuple[float, float, float], radius: float, thick: float, turn: float = 0.0
) -> Field:
    """A torus standing upright; at turn 0 it faces the viewer."""
    middle, (cos, sin) = vector(*center), _cos_sin(turn)

    def field(points: Array) -> Array:
        x, y, z = points - middle
        x, z = cos * x - sin * z, sin * x + cos * z
        return np.hypot(np.hypot(x, y) - radius, z) - thick

    return field


def rod(start: tuple[float, float, float], end: tuple[float, float, float], thick: float) -> Field:
    """A round rod between two points."""
    first, span = vector(*start), vector(*end) - vector(*start)
    length = float((span * span).sum())

    def field(points: Array) -> Array:
        offset = points - first
        share = np.clip((offset * span).sum(0) / length, 0, 1)
        return np.sqrt(((offset - span * share) ** 2).sum(0)) - thick

    return field


def turned(outline: list[tuple[float, float]], foot: tuple[float, float, float]) -> Field:
    """A shape from the lathe: a closed outline of (radius, height), its axis over `foot`.

    Distances come from a grid worked out once and read bilinearly.
    """
    corners = np.array(outline, np.float32)
    margin, pitch = 0.02, float(max(np.ptp(corners[:, 1]), corners[:, 0].max())) / 480
    low, high = corners.min(0) - margin, corners.max(0) + margin
    low[0] = 0
    columns, rows = (np.ceil((high - low) / pitch).astype(int) + 2).tolist()
    grid = _polygon_distance(corners, low, pitch, columns, rows).astype(np.float32)
    x0, y0, z0 = (float(axis) for axis in foot)

    def field(points: Array) -> Array:
        reach = np.hypot(points[0] - x0, points[2] - z0)
        column, row = (reach - low[0]) / pitch, (points[1] - y0 - low[1]) / pitch
        inner_column, inner_row = np.clip(column, 0, columns - 1.01), np.clip(row, 0, rows - 1.01)
        left, bottom = inner_column.astype(np.intp), inner_row.astype(np.intp)
        u, v = inner_column - np.floor(inner_column), inner_row - np.floor(inner_row)
        lower = grid[bottom, left] * (1 - u) + grid[bottom, left + 1] * u
        upper = grid[bottom + 1, left] * (1 - u) + grid[bottom + 1, left + 1] * u
        outside = np.hypot(column - inner_column, row - inner_row) * pitch
        inside = lower * (1 - v) + upper * v
        return np.where(outside > 0, np.maximum(inside - outside, outside), inside)

    return field


def curve(knots: list[tuple[float, float]], steps: int = 32) -> list[tuple[float, float]]:
    """Return points of a Catmull-Rom curve through the knots."""
    spine = np.array([knots[0], *knots, knots[-1]], np.float64)
    share = np.linspace(0, 1, steps, endpoint=False)[:, None]
    points = []
    for a, b, c, d in zip(spine, spine[1:], spine[2:], spine[3:], strict=False):
        bend = 2 * a - 5 * b + 4 * c - d
        points.append(
            b
            + 0.5 * share * (c - a)
            + 0.5 * share**2 * bend
            + 0.5 * share**3 * (3 * b - a - 3 * c + d)
        )
    return [(float(x), float(y)) for x, y in np.concatenate([*points, spine[-1:]])]


def vessel(
    knots: list[tuple[float, float]], foot: tuple[float, float, float], wall: float
) -> Field:
    """A turned vessel open at the top: the outer outline from foot to rim, `wall` thick."""
    outer = curve(knots)
    inner = [(max(r - wall, 0.001), max(y, knots[0][1] + wall)) for r, y in reversed(outer)]
    rim = (outer[-1][0] - wall / 2, outer[-1][1] + wall * 0.45)
    return turned([(0, outer[0][1]), *outer, rim, *inner, (0, knots[0][1] + wall)], foot)


def union(*fields: Field) -> Field:
    """Everything that is in one of the fields."""

    def field(points: Array) -> Array:
        closest = fields[0](points)
        for other in fields[1:]:
            closest = np.minimum(closest, other(points))
        return closest

    return field


def solid(
    paint: Paint,
    center: tuple[float, float, float],
    radius: float,
    *fields: Field,
    gloss: float = 0.0,
    glow: float = 0.0,
) -> Solid:
    """One thing of one material, made of fields within `radius` of `center`."""
    return Solid(union(*fields), center, radius, paint, gloss, glow)


def _cos_sin(angle: float) -> tuple[float, float]:
    return math.cos(angle), math.sin(angle)


def _polygon_distance(corners: Array, low: Array, pitch: float, columns: int, rows: int) -> Array:
    y, x = np.mgrid[:rows, :columns] * pitch + np.array([low[1], low[0]])[:, None, None]
    distance, inside = np.full(x.shape, np.inf), np.zeros(x.shape, bool)
    for (ax, ay), (bx, by) in zip(corners, np.roll(corners, -1, 0), strict=True):
        span = (bx - ax) ** 2 + (by - ay) ** 2
        if span == 0:
            continue
        on_axis = ax < 1e-6 and bx < 1e-6
        share = np.clip(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / span, 0, 1)
        gap = np.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay))
        if not on_axis:
            distance = np.minimum(distance, gap)
        if ay != by:
            crossing = (ay > y) != (by > y)
            inside ^= crossing & (x < (bx - ax) * (y - ay) / (by - ay) + ax)
    return np.where(inside, -distance, distance)
