"""A room with tall windows to the left: empty, and furnished. Metres; the floor is y = 0."""

from collections.abc import Sequence

import numpy as np
from film import Array, color, smooth, unit, vector
from floors import herringbone
from furniture import furniture
from tracer import (
    Camera,
    Look,
    Solid,
    light_share,
    nearest,
    normals_of,
    openness,
    render,
)

_LOW, _HIGH = vector(-2.7, 0, -3.0), vector(2.7, 2.85, 4.4)
_WINDOWS = ((0.55, 1.75), (2.2, 3.4))
_SILL, _LINTEL, _REVEAL = 0.42, 2.45, 0.2
_SUN = unit(vector(-0.74, 0.6, -0.2))
_SUNLIGHT, _SKYLIGHT = vector(1.0, 0.83, 0.6) * 5.6, vector(0.86, 0.94, 1.06) * 2.1
_WALL, _BACK, _CEILING = color("#efe7da"), color("#dcc9b0"), color("#f7f3ec")


def living_room(width: int, height: int) -> Array:
    """The furnished room; colour, coverage, distance from the viewer in metres."""
    camera = Camera((0.62, 1.22, -2.75), (0.08, 1.22, 4.4), 1.17, shift=-0.035)
    return render(_room(furniture()), camera, width, height)


def empty_room(width: int, height: int) -> Array:
    """The same room before the furniture, upright format."""
    camera = Camera((1.75, 1.35, -2.35), (-1.15, 1.35, 4.4), 0.86, shift=-0.14)
    return render(_room([]), camera, width, height)


def empty_room_across(width: int, height: int) -> Array:
    """The empty room from its other corner, landscape format, as a buyer first sees it."""
    camera = Camera((1.5, 1.4, -2.7), (-0.7, 1.1, 4.4), 1.3)
    return render(_room([]), camera, width, height)


def _room(things: Sequence[Solid]) -> Look:
    def look(eye: Array, rays: Array) -> Array:
        far, _, _ = _leave_box(eye, rays, _LOW, _HIGH)
        distance, index = nearest(things, eye, rays, far)
        seen = np.ones((5, rays.shape[1]), np.float32)
        seen[4] = distance
        shell = np.flatnonzero(index < 0)
        seen[:3, shell] = _shell(things, eye, rays[:, shell])
        for number, thing in enumerate(things):
            part = np.flatnonzero(index == number)
            if part.size:
                points, ray = eye + rays[:, part] * distance[part], rays[:, part]
                seen[:3, part] = _surface(thing, things, points, ray)
        return seen

    return look


def _surface(thing: Solid, things: Sequence[Solid], points: Array, rays: Array) -> Array:
    normals = normals_of(thing, points)
    tone = thing.paint(points, normals)
    if thing.glow:
        return tone * thing.glow
    body = tone * _light(things, points + normals * 0.004, normals)
    facing = np.clip(-(rays * normals).sum(0), 0, 1)
    mirror = rays + 2 * facing * normals
    sheen = thing.gloss * (0.05 + 0.95 * (1 - facing) ** 5)
    return body + sheen * _glimpse(points, mirror) + 0.05 * body * (1 - facing) ** 3


def _shell(things: Sequence[Solid], eye: Array, rays: Array) -> Array:
    """What is seen of the walls, the windows, the floor and the ceiling."""
    distance, axis, normals = _leave_box(eye, rays, _LOW, _HIGH)
    points = eye + rays * distance
    outside, in_opening = _through_window(points, rays)
    wood, shine = herringbone(points)
    tone = np.where(axis == 2, _BACK, _WALL)
    tone = np.where((axis == 1) & (normals[1] < 0), _CEILING, tone)
    skirting = (axis != 1) & (points[1] < 0.11)
    tone = np.where(skirting, _CEILING * (0.75 + 0.25 * (points[1] < 0.1)), tone)
    floor = (axis == 1) & (normals[1] > 0)
    tone = np.where(floor, wood, tone)
    light = _light(things, points + normals * 0.004, normals)
    near_edges = np.ones(points.shape[1])
    for side in range(3):
        for limit in (_LOW[side], _HIGH[side]):
            gap = np.abs(points[side] - limit)
            near_edges -= np.where(axis == side, 0, 0.3 * np.exp(-gap / 0.28))
    seen = tone * light * np.clip(near_edges, 0.2, 1)
    facing = np.clip(-(rays * normals).sum(0), 0, 1)
    glance = shine * (0.035 + 0.6 * (1 - facing) ** 5) * floor
    mirror = rays + 2 * facing * normals
    if floor.any():
        clear = np.zeros(points.shape[1])
        clear[floor] = light_share(things, points[:, floor], mirror[:, floor], 0.12, 4.0)
        seen = seen + glance * clear * _glimpse(points, mirror)
    return np.where(in_opening, outside, seen)


def _light(things: Sequence[Solid], points: Array, normals: Array) -> Array:
    """Light arriving: the sun, the sky through each pane, what the sunlit floor gives back."""
    sun = np.clip((normals * _SUN).sum(0), 0, 1) * _sun_through(points)
    lit = np.flatnonzero(sun > 1e-3)
    sun[lit] *= light_share(things, points[:, lit], _SUN, 0.03, 5.0)
    light = sun * _SUNLIGHT
    middle = vector(_LOW[0, 0], 1.5, 1.98) - points
    clear = 0.3 + 0.7 * light_share(things, points, unit(middle), 0.7, 4.0)
    for low, high in _WINDOWS:
        for z in np.linspace(low, high, 3):
            for y in (0.75, 1.45, 2.15):
                area = vector(-1, 0, 0) * (high - low) / 3 * 0.68
                light = light + clear * _SKYLIGHT * _from_patch(points, normals, (-2.7, y, z), area)
    open_space = openness(things, points, normals, 0.55)
    for x, z in ((-1.5, 1.3), (-0.6, 1.5), (-1.5, 2.8), (-0.6, 3.1), (-1.0, 2.2)):
        given = vector(1.0, 0.72, 0.46) * 2.0
        light = light + given * open_space * _from_patch(
            points, normals, (x, 0, z), vector(0, -0.5, 0)
        )
    fill = 0.3 + 0.05 * normals[1] - 0.06 * normals[2]
    return light + fill * open_space**1.5 * vector(1.02, 0.98, 0.93)


def _from_patch(
    points: Array, normals: Array, place: tuple[float, float, float], area: Array
) -> Array:
    """The share of light from a patch whose back faces along `area`, in square metres."""
    toward = vector(*place) - points
    squared = (toward * toward).sum(0) + 0.12
    leaving = np.clip((toward * area).sum(0), 0, None)
    return np.clip((toward * normals).sum(0), 0, None) * leaving / squared**2


def _sun_through(points: Array) -> Array:
    """How much of the sun comes through the panes to each point; edges blur with distance."""
    travel = (points[0] - _LOW[0] + _REVEAL) / -_SUN[0]
    there = points + _SUN * travel
    blur = 0.006 + 0.009 * travel
    inner = points + _SUN * (travel - _REVEAL / -_SUN[0])
    share = np.zeros(points.shape[1])
    for low, high in _WINDOWS:
        part = _between(there[2], low, high, blur) * _between(there[1], _SILL, _LINTEL, blur)
        part = part * _between(inner[2], low, high, blur) * _between(inner[1], _SILL, _LINTEL, blur)
        share = share + part * (1 - _bars(there, low, high, blur))
    return share


def _bars(points: Array, low: float, high: float, blur: Array | float) -> Array:
    """The window's frame and glazing bars, 1 where there is wood."""
    clear = np.ones(points.shape[1])
    edges = np.linspace(low, high, 3)
    for z, half in zip(edges, (0.05, 0.025, 0.05), strict=True):
        clear = clear * (1 - _between(points[2], z - half, z + half, blur))
    for y, half in ((_SILL, 0.06), (1.75, 0.02), (1.1, 0.012), (_LINTEL, 0.05)):
        clear = clear * (1 - _between(points[1], y - half, y + half, blur))
    return 1 - clear


def _between(values: Array, low: float, high: float, blur: Array | float) -> Array:
    rise = np.clip((values - low) / blur / 2 + 0.5, 0, 1)
    return rise * np.clip((high - values) / blur / 2 + 0.5, 0, 1)


def _through_window(points: Array, rays: Array) -> tuple[Array, Array]:
    """Return what is seen in the openings of the left wall, and where they are."""
    on_wall = np.abs(points[0] - _LOW[0]) < 1e-3
    seen, where = np.ones_like(points), np.zeros(points.shape[1], bool)
    for low, high in _WINDOWS:
        inside = (points[2] > low) & (points[2] < high)
        inside &= (points[1] > _SILL) & (points[1] < _LINTEL)
        todo = np.flatnonzero(on_wall & inside)
        if not todo.size:
            continue
        where[todo] = True
        start, ray = points[:, todo], rays[:, todo]
        corner = vector(_LOW[0, 0] - _REVEAL, _SILL, low), vector(_LOW[0, 0] + 1, _LINTEL, high)
        depth, axis, normal = _leave_box(start, ray, *corner)
        met = start + ray * depth
        reveal = _CEILING * (0.75 + 0.5 * (normal[1] > 0) + 0.2 * (normal[2] < 0))
        wood = _bars(met, low, high, 0.004)
        pane = _outside(ray) * (1 - wood) + _CEILING * 0.5 * wood
        seen[:, todo] = np.where(axis == 0, pane, reveal)
    return seen, where


def _outside(rays: Array) -> Array:
    """A bright sky over soft trees."""
    bearing = rays[2] / np.maximum(-rays[0], 0.05)
    rise = rays[1] / np.maximum(-rays[0], 0.05)
    trees = -0.02 + 0.1 * np.sin(bearing * 2.1 + 1) + 0.05 * np.sin(bearing * 6.3)
    sky = vector(0.75, 1.0, 1.35) + vector(1.2, 0.8, 0.4) * np.exp(-np.abs(rise) * 3)
    green = vector(0.36, 0.5, 0.22) * (0.9 + 0.25 * np.sin(bearing * 17 + rise * 23))
    return sky + (green - sky) * smooth(0.12, -0.1, rise - trees)


def _glimpse(points: Array, rays: Array) -> Array:
    """What a shiny surface shows: the bright windows and the dim room."""
    reach = (_LOW[0] - points[0]) / np.minimum(rays[0], -1e-3)
    met = points + rays * np.minimum(reach, 20)
    seen = np.full(points.shape[1], 0.45)
    for low, high in _WINDOWS:
        window = _between(met[2], low, high, 0.12) * _between(met[1], _SILL, _LINTEL, 0.12)
        seen = seen + 2.6 * window * (rays[0] < -1e-2)
    return seen * vector(0.96, 1, 1.05)


def _leave_box(start: Array, rays: Array, low: Array, high: Array) -> tuple[Array, Array, Array]:
    """Return where rays inside a box meet it: distance, axis, and the normal looking in."""
    safe = np.where(np.abs(rays) < 1e-7, 1e-7, rays)
    reach = np.where(safe > 0, high - start, low - start) / safe
    axis = reach.argmin(0)
    picked = np.arange(3)[:, None] == axis
    normals = np.where(picked, -np.sign(safe), 0).astype(np.float32)
    return reach.min(0), axis, normals
