"""Which room a seed stands for: its size, its camera, its materials and what is in its walls."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from media.rooms.camera import RoomCamera
from media.rooms.survey import WALLS, Wall

Color = tuple[float, float, float]
Range = tuple[float, float]

FLOORS = ("planks", "planks", "planks", "tiles", "carpet", "concrete")
_WOODS = ("#c9a377", "#a97c50", "#7a5233", "#59402e", "#9b9187", "#d8c4a4", "#b4815a", "#8a6f55")
_TILES = ("#d9d4ca", "#b9b3a8", "#8f8b86", "#e6e2db", "#c2ad92", "#6d6a68")
_CARPETS = ("#b7aea0", "#9a948c", "#8c7f70", "#c9c2b4", "#6f7680")
_CONCRETES = ("#a8a59f", "#8e8b86", "#bdb9b1")
_WALLS = ("#efece6", "#f3f1ee", "#e6dfd3", "#dcd8d2", "#d5dbdd", "#e9e0cb", "#c8cfc6", "#ded3cb")
_ACCENTS = ("#7f93a0", "#8b9a86", "#b39a86", "#54616b", "#a5745b", "#c4b7a0")


@dataclass(frozen=True)
class WallPiece:
    """A door, a window or a radiator: metres along its wall, and above the floor."""

    kind: str
    wall: Wall
    along_m: Range
    height_m: Range
    is_open: bool = False


@dataclass(frozen=True)
class FloorPlan:
    """The material of a floor; `piece_m` is a plank's width and length or a tile's sides."""

    kind: str
    color: Color
    piece_m: Range
    turn_rad: float
    contrast: float
    joint: float
    gloss: float


@dataclass(frozen=True)
class RoomPlan:
    """A room and the photo to be taken of it."""

    seed: int
    camera: RoomCamera
    left_m: float
    right_m: float
    back_m: float
    ceiling_m: float
    floor: FloorPlan
    wall_colors: tuple[Color, Color, Color]
    skirting_m: float
    pieces: tuple[WallPiece, ...]
    distortion: float
    """First radial coefficient, negative for a barrel, of coordinates in focal lengths."""


def hex_color(code: str) -> Color:
    """Reflectance, 0 to 1 in linear light, of an sRGB code."""
    red, green, blue = (
        float((int(code[place : place + 2], 16) / 255) ** 2.2) for place in (1, 3, 5)
    )
    return red, green, blue


def room_plan(seed: int, width_px: int, height_px: int | None) -> RoomPlan:
    """Everything about the room of a seed except its pixels."""
    rng = np.random.default_rng([seed, 41])
    aspect = float(rng.choice([2 / 3, 3 / 4, 9 / 16, 4 / 3], p=[0.45, 0.25, 0.15, 0.15]))
    height = height_px or round(width_px * aspect)
    yaw_share = float(rng.uniform(-1, 1))
    wide = float(rng.uniform(2.9, 5.5))
    left = -wide * float(np.clip(0.5 - 0.3 * yaw_share + rng.uniform(-0.12, 0.12), 0.2, 0.8))
    room = (left, wide + left, float(rng.uniform(3.0, 6.2)))
    camera = _camera(rng, (width_px, height), np.radians(35 * yaw_share), room[2])
    ceiling = float(rng.uniform(2.4, 3.0))
    return RoomPlan(
        seed,
        camera,
        *room,
        ceiling_m=ceiling,
        floor=_floor(rng),
        wall_colors=_wall_colors(rng),
        skirting_m=float(rng.choice([0.0, 0.06, 0.09, 0.14], p=[0.1, 0.3, 0.4, 0.2])),
        pieces=_pieces(rng, room),
        distortion=float(rng.uniform(-0.12, 0.0)),
    )


def _camera(
    rng: np.random.Generator, size_px: tuple[int, int], yaw_rad: float, back_m: float
) -> RoomCamera:
    """A camera held as people hold it, low enough to have floor in the picture."""
    focal_px = float(rng.uniform(0.55, 1.0)) * max(size_px)
    height_m = float(rng.uniform(1.2, 1.6))
    lowest_wall = np.arctan(height_m * np.cos(yaw_rad) / back_m)
    enough = min(lowest_wall - np.arctan(0.3 * size_px[1] / focal_px), np.radians(16))
    return RoomCamera(
        *size_px,
        focal_px=focal_px,
        yaw_rad=float(yaw_rad),
        pitch_rad=float(max(np.radians(rng.uniform(-3, 12)), enough)),
        roll_rad=float(np.radians(np.clip(rng.normal(0, 0.7), -2, 2))),
        height_m=height_m,
    )


def wall_span_m(wall: Wall, room: tuple[float, float, float]) -> Range:
    """Where a wall begins and ends along its own direction, in a room (left, right, back)."""
    return (room[0], room[1]) if wall == "back" else (0.0, room[2])


def _floor(rng: np.random.Generator) -> FloorPlan:
    kind = str(rng.choice(FLOORS))
    codes = {"planks": _WOODS, "tiles": _TILES, "carpet": _CARPETS, "concrete": _CONCRETES}[kind]
    turn = float(rng.choice([0, np.pi / 2, np.pi / 4], p=[0.45, 0.45, 0.1]))
    if kind == "planks":
        piece = (float(rng.uniform(0.08, 0.2)), float(rng.uniform(0.6, 1.6)))
        contrast, joint, gloss = rng.uniform(0.1, 0.4), rng.uniform(0.2, 0.6), rng.uniform(0, 0.5)
    else:
        side = float(rng.uniform(0.25, 0.7))
        piece = (side, side * float(rng.choice([1, 1, 2])))
        contrast, joint = rng.uniform(0.02, 0.12), rng.uniform(0.15, 0.5)
        gloss = rng.uniform(0.1, 0.6) if kind == "tiles" else rng.uniform(0, 0.12)
    color = hex_color(str(rng.choice(codes)))
    return FloorPlan(kind, color, piece, turn, float(contrast), float(joint), float(gloss))


def _wall_colors(rng: np.random.Generator) -> tuple[Color, Color, Color]:
    """Of the back, left and right wall: one colour, or one wall in another."""
    colors = [hex_color(str(rng.choice(_WALLS)))] * 3
    if rng.random() < 0.25:
        colors[int(rng.integers(3))] = hex_color(str(rng.choice(_ACCENTS)))
    return colors[0], colors[1], colors[2]


def _pieces(rng: np.random.Generator, room: tuple[float, float, float]) -> tuple[WallPiece, ...]:
    made: list[WallPiece] = []
    walls: NDArray[np.str_] = rng.permutation(WALLS)
    for count, name in enumerate(walls):
        wall: Wall = next(wall for wall in WALLS if wall == name)
        if count == 0:
            made += _windows(rng, wall, wall_span_m(wall, room))
        elif rng.random() < 0.75:
            made += _door_or_window(rng, wall, wall_span_m(wall, room))
    return tuple(made)


def _windows(rng: np.random.Generator, wall: Wall, span: Range) -> list[WallPiece]:
    start, end = span[0] + (0.3 if wall == "back" else 1.2), span[1] - 0.3
    count = int(rng.integers(1, 3)) if end - start > 2.6 else 1
    sill, lintel = float(rng.choice([0.05, 0.45, 0.85, 0.95])), float(rng.uniform(2.0, 2.3))
    share = (end - start) / count
    made = []
    for number in range(count):
        wide = min(float(rng.uniform(0.9, 1.9)), share - 0.2)
        low = start + number * share + float(rng.uniform(0.1, share - wide))
        made.append(WallPiece("window", wall, (low, low + wide), (sill, lintel)))
        if sill > 0.8 and rng.random() < 0.5:
            beneath = (low + 0.1 * wide, low + 0.9 * wide)
            made.append(WallPiece("radiator", wall, beneath, (0.12, 0.7)))
    return made


def _door_or_window(rng: np.random.Generator, wall: Wall, span: Range) -> list[WallPiece]:
    if rng.random() < 0.3:
        return _windows(rng, wall, span)[:1]
    low = float(rng.uniform(span[0] + (0.15 if wall == "back" else 1.2), span[1] - 1.1))
    wide, tall = float(rng.uniform(0.78, 0.95)), float(rng.uniform(1.98, 2.1))
    return [WallPiece("door", wall, (low, low + wide), (0.0, tall), bool(rng.random() < 0.25))]
