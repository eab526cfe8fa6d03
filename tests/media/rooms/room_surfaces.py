"""Reflectances of the floors, walls and wall pieces of synthetic rooms.

Points are (n, 3) in room coordinates; `grain_m` (n) is how many metres a pixel covers there, so
that a pattern finer than a pixel fades instead of flickering. Colours are (n, 3), linear.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from media.rooms.survey import WALLS, Wall
from tests.media.rooms.room_plans import FloorPlan, RoomPlan, WallPiece, hex_color

Values = NDArray[np.float32]
Where = NDArray[np.bool_]
Surfaces = NDArray[np.int64]
"""Of each point, which of the five below it lies on."""
Box = tuple[Values, Values, Values]
"""Lowest corner, highest corner, colour of something that stands on the floor."""

FLOOR, CEILING, LEFT, RIGHT, BACK = range(5)

_SIDE = 512
_DICE: Values = np.random.default_rng(3).random((_SIDE, _SIDE)).astype(np.float32)


def vector(*values: float) -> Values:
    """Numbers as the small array that everything here is made of."""
    return np.array(values, np.float32)


_PAINT, _WHITE = vector(*hex_color("#f1efea")), vector(*hex_color("#fbfaf7"))


def _clouds() -> Values:
    """A table of soft noise about -1 to 1 that repeats without a seam."""
    smooth = cv2.GaussianBlur(np.tile(_DICE, (3, 3)), (0, 0), 6)[_SIDE : 2 * _SIDE, _SIDE:]
    found = smooth[:, :_SIDE] - 0.5
    return np.asarray(found / (3 * found.std()), np.float32)


_CLOUDS = _clouds()


def floor_colors(plan: RoomPlan, points: Values, grain_m: Values) -> Values:
    """The floor's own colour."""
    floor = plan.floor
    turn = floor.turn_rad
    across = points[:, 0] * np.float32(np.cos(turn)) + points[:, 2] * np.float32(np.sin(turn))
    along = points[:, 2] * np.float32(np.cos(turn)) - points[:, 0] * np.float32(np.sin(turn))
    if floor.kind == "planks" and floor.turn_rad not in (0, np.pi / 2):
        tone = _herringbone(floor, across + 60, along + 60, grain_m)
    elif floor.kind in ("planks", "tiles"):
        tone = _laid(floor, across + 60, along + 60, grain_m)
    elif floor.kind == "carpet":
        fine = np.clip(0.012 / np.maximum(grain_m, 1e-4), 0, 1)
        tone = 1 + 0.22 * fine * (_dice(across * 90, along * 90) - 0.5)
        tone += 0.04 * _cloud(across * 60, along * 60)
    else:
        tone = 1 + 0.07 * _cloud(across * 45, along * 45) + 0.04 * _cloud(along * 230, across * 230)
    return tone[:, None] * vector(*floor.color)


def _laid(floor: FloorPlan, across: Values, along: Values, grain_m: Values) -> Values:
    """Planks or tiles, each of its own tone, with joints between."""
    wide, long = floor.piece_m
    row = np.floor(across / wide)
    shift = _dice(row * 7, row * 3) * long if floor.kind == "planks" else np.float32(0)
    piece = np.floor((along + shift) / long)
    tone = 1 + floor.contrast * (_dice(row * 5 + 1, piece * 11 + row) - 0.5)
    if floor.kind == "planks":
        tone += floor.contrast * 0.25 * _cloud(across * 900 + row * 37, along * 25 + piece * 71)
    else:
        tone += floor.contrast * 0.4 * _cloud(across * 120 + row * 29, along * 120 + piece * 53)
    width = np.float32(0.002 if floor.kind == "planks" else 0.005)
    for place, size in ((across, wide), (along + shift, long)):
        gap = np.abs(place / size - np.round(place / size)) * size
        cover = np.clip((width - gap) / grain_m + 0.5, 0, 1) * np.minimum(1, 2 * width / grain_m)
        tone *= 1 - floor.joint * cover
    return np.asarray(tone, np.float32)


def _herringbone(floor: FloorPlan, across: Values, along: Values, grain_m: Values) -> Values:
    """Boards six times as long as wide, each meeting the next at a right angle."""
    wide = np.float32(0.1)
    u, v = across / wide, along / wide
    column, row = np.floor(u), np.floor(v)
    step = (column - row) % 12
    lying = step < 6
    board = np.where(lying, row * 13 + column - step, column * 7 + row + step - 6)
    tone = 1 + floor.contrast * (_dice(board, board * 3 + lying) - 0.5)
    gap_u = np.where(lying & (step != 0), 1, np.abs(u - np.round(u))) * wide
    gap_v = np.where(~lying & (step != 6), 1, np.abs(v - np.round(v))) * wide
    joint = np.float32(0.002)
    gap = np.minimum(gap_u, gap_v)
    cover = np.clip((joint - gap) / grain_m + 0.5, 0, 1) * np.minimum(1, 2 * joint / grain_m)
    return np.asarray(tone * (1 - floor.joint * cover), np.float32)


def lamp_m(plan: RoomPlan) -> Values:
    """Where the lamp hangs, (3,)."""
    return vector((plan.left_m + plan.right_m) / 2, plan.ceiling_m - 0.4, plan.back_m / 2)


def ceiling_colors(plan: RoomPlan, points: Values) -> Values:
    """White, with a round lamp in two rooms of three."""
    found = np.full_like(points, 0.86)
    if plan.seed % 3:
        reach = np.hypot(*(points - lamp_m(plan))[:, [0, 2]].T)
        found[reach < 0.2] = 1.6
        found[np.abs(reach - 0.21) < 0.015] = 0.4
    return found


def wall_colors(plan: RoomPlan, wall: Wall, along: Values, height: Values) -> Values:
    """A wall's own colour with all that is in it; windows shine above 1."""
    base = vector(*plan.wall_colors[WALLS.index(wall)])
    tone = 1 + 0.02 * _cloud(along * 40 + 11, height * 40)
    found = np.asarray(tone[:, None] * base, np.float32)
    if plan.skirting_m:
        found[height < plan.skirting_m] = _WHITE * 0.92
        found[np.abs(height - plan.skirting_m) < 0.006] = _WHITE * 0.55
    for number in range(3):
        spot = float(_dice(vector(plan.seed + number * 17), vector(len(wall)))[0])
        near = (np.abs(along - (0.8 + 3 * spot)) < 0.04) & (np.abs(height - 0.3) < 0.04)
        found[near] = _WHITE * 0.9
    for piece in plan.pieces:
        if piece.wall == wall:
            _draw_piece(found, piece, along, height)
    return found


def _draw_piece(found: Values, piece: WallPiece, along: Values, height: Values) -> None:
    (low, high), (foot, head) = piece.along_m, piece.height_m
    inside = _within(along, low, high) & _within(height, foot, head)
    if piece.kind == "radiator":
        ribs = 0.8 + 0.15 * np.sin(along[inside] * 110)
        found[inside] = _WHITE * ribs[:, None]
        return
    trim = _within(along, low - 0.07, high + 0.07) & _within(height, foot - 0.07, head + 0.07)
    found[trim & ~inside] = _WHITE * 0.85
    if piece.kind == "window":
        found[inside] = _glazing(piece, along[inside], height[inside])
    elif piece.is_open:
        depth = np.clip((height[inside] - foot) / (head - foot), 0, 1)
        found[inside] = _PAINT * (0.12 + 0.25 * depth)[:, None]
    else:
        found[inside] = _leaf(piece, along[inside], height[inside])


def _glazing(piece: WallPiece, along: Values, height: Values) -> Values:
    """Bright sky over blurred trees, behind a frame."""
    (low, high), (foot, head) = piece.along_m, piece.height_m
    rise = (height - foot) / (head - foot)
    trees = np.clip(0.6 - rise + 0.25 * _cloud(along * 70, height * 70), 0, 1)[:, None]
    sky = vector(1.6, 1.8, 2.1) * (1 + 0.5 * rise[:, None])
    seen = sky * (1 - trees) + vector(0.75, 0.9, 0.55) * trees
    middle = np.abs(along - (low + high) / 2) < 0.03
    edge = ~(_within(along, low + 0.06, high - 0.06) & _within(height, foot + 0.06, head - 0.06))
    seen[middle | edge] = _WHITE * 0.75
    return np.asarray(seen, np.float32)


def _leaf(piece: WallPiece, along: Values, height: Values) -> Values:
    """A closed door: two sunk panels and a handle."""
    (low, high), (_, head) = piece.along_m, piece.height_m
    tints = ("#efece6", "#e3ddd2", "#9c7448", "#6d4a2f")
    found = np.tile(vector(*hex_color(tints[int(high * 97) % 4])), (along.size, 1))
    for bottom, top in ((0.2, 0.9), (1.05, head - 0.2)):
        panel = _within(along, low + 0.14, high - 0.14) & _within(height, bottom, top)
        inner = _within(along, low + 0.17, high - 0.17) & _within(height, bottom + 0.03, top - 0.03)
        found[panel & ~inner] *= 0.72
    handle = _within(along, low + 0.05, low + 0.16) & _within(height, 1.0, 1.03)
    found[handle] = vector(*hex_color("#8d8a85"))
    return found


def _within(values: Values, low: float, high: float) -> Where:
    return np.asarray((values > low) & (values < high), np.bool_)


def _dice(u: Values, v: Values) -> Values:
    """A chance, 0 to 1, that belongs to a whole-numbered place."""
    return _DICE[np.floor(u).astype(np.int64) % _SIDE, np.floor(v).astype(np.int64) % _SIDE]


def _cloud(u: Values, v: Values) -> Values:
    return _CLOUDS[u.astype(np.int64) % _SIDE, v.astype(np.int64) % _SIDE]
