"""A photo studio: things on a sweep of paper, a key light to the left, soft boxes around."""

from collections.abc import Sequence

import numpy as np
from film import Array, color, smooth, unit, vector
from tracer import Look, Solid, light_share, nearest, normals_of, openness

_KEY = unit(vector(-0.62, 0.72, -0.45))
_FAR = np.float32(40)


def studio(
    things: Sequence[Solid],
    floor_color: str,
    wall_color: str,
    floor: bool = True,
    low: float = 0,
    panes: bool = False,
) -> Look:
    """Return what a camera sees of things on a sweep of paper: colour, coverage, distance.

    The key light comes through the panes of a window if asked.
    """
    ground, wall = color(floor_color), color(wall_color)
    size = max(max(abs(axis) for axis in thing.center) + thing.radius for thing in things)

    def look(eye: Array, rays: Array) -> Array:
        reach = np.where(rays[1] < -1e-4, (low - eye[1]) / np.minimum(rays[1], -1e-4), _FAR)
        reach = np.minimum(reach, _FAR) if floor else np.full(rays.shape[1], _FAR)
        distance, index = nearest(things, eye, rays, reach)
        seen = np.concatenate([_backdrop(wall, rays) * floor, np.zeros((2, rays.shape[1]))])
        seen[4] = distance
        below = np.flatnonzero((index < 0) & (distance < _FAR)) if floor else np.zeros(0, int)
        if below.size:
            points = eye + rays[:, below] * distance[below]
            up = np.broadcast_to(vector(0, 1, 0), points.shape)
            lit = ground * _light(things, points, up, size, panes)
            away = np.hypot(points[0], points[2]) / size
            seen[:3, below] += (lit - seen[:3, below]) * (1 - smooth(1.2, 5.5, away))
        for number, thing in enumerate(things):
            part = np.flatnonzero(index == number)
            if part.size:
                seen[:3, part] = _shaded(
                    thing, things, eye + rays[:, part] * distance[part], rays[:, part], size, panes
                )
                seen[3, part] = 1
        return seen

    return look


def _shaded(
    thing: Solid, things: Sequence[Solid], points: Array, rays: Array, size: float, panes: bool
) -> Array:
    normals = normals_of(thing, points)
    body = thing.paint(points, normals) * _light(things, points, normals, size, panes)
    facing = np.clip(-(rays * normals).sum(0), 0, 1)
    mirror = rays + 2 * facing * normals
    sheen = thing.gloss * (0.06 + 0.94 * (1 - facing) ** 5)
    glint = thing.gloss * 0.9 * _softbox(mirror, 0.06) + 0.12 * (1 - facing) ** 4
    return body * (1 - sheen) + sheen * 0.8 + glint * light_share(things, points, _KEY, 0.6, size)


def _light(
    things: Sequence[Solid], points: Array, normals: Array, size: float, panes: bool
) -> Array:
    above = points + normals * size * 4e-3
    key = np.clip((normals * _KEY).sum(0) * 0.9 + 0.1, 0, 1)
    key = key * light_share(things, above, _KEY, 0.28, 3 * size)
    key = key * (0.25 + 1.05 * _window(points) if panes else 1)
    fill = 0.62 + 0.38 * normals[1] + 0.22 * np.clip(normals[0], 0, 1)
    fill = fill * openness(things, above, normals, 0.5 * size) ** 1.4
    return key * vector(1.0, 0.94, 0.86) * 0.95 + fill * vector(0.9, 0.95, 1.05) * 0.38 + 0.05


def _window(points: Array) -> Array:
    """How much of the key light the panes let through: two by four panes, a soft edge."""
    foot = points - _KEY * (points[1] / _KEY[1])
    across, along = foot[0] * 0.8 - foot[2] * 0.6 + 0.22, foot[0] * 0.6 + foot[2] * 0.8 + 0.19
    share = np.ones_like(across)
    for value, pane, count in ((across, 0.15, 3), (along, 0.19, 2)):
        inside = np.abs((value % pane) - pane / 2)
        share = share * smooth(pane * 0.48, pane * 0.4, inside)
        share = share * (np.floor(value / pane) >= 0) * (np.floor(value / pane) < count)
    return share


def _softbox(rays: Array, blur: float) -> Array:
    """A tall window of light to the left and a strip to the right."""
    across, height = np.arctan2(rays[0], -rays[2]), np.arcsin(np.clip(rays[1], -1, 1))
    left = smooth(-1.25 - blur, -1.25 + blur, across) * smooth(-0.62 + blur, -0.62 - blur, across)
    left = left * smooth(0.05 - blur, 0.05 + blur, height) * smooth(1.0, 0.85, height)
    right = smooth(1.15, 1.25, across) * smooth(1.5, 1.4, across)
    return left + 0.45 * right * smooth(-0.2, 0.0, height) * smooth(0.9, 0.7, height)


def _backdrop(wall: Array, rays: Array) -> Array:
    glow = np.exp(-((rays[0] * 1.3 + 0.12) ** 2) - ((rays[1] - 0.02) * 1.6) ** 2)
    return wall * (0.72 + 0.3 * glow)
