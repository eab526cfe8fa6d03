"""Beds, made with duvet, pillows and a throw."""

import numpy as np

from media.furniture.looks import Look
from media.furniture.meshes import Mesh, joined
from media.furniture.parts import corner_legs, padded
from media.furniture.pieces import Paint, Part, Piece, standing
from media.furniture.solids import Numbers, box, cylinder, lathe, sheet

_LENGTH_M = 2.05
_MATTRESS_TOP_M = 0.50


def bed(look: Look, width_m: float) -> Piece:
    """A bed of a mattress that wide, its head at +z."""
    frame_m = width_m + 0.08
    front, head = -_LENGTH_M / 2, _LENGTH_M / 2
    round_m = 0.02 if look.legs != "round" else 0.05
    side = box((0.1, 0.16, _LENGTH_M - 0.08), round_m)
    rails = [side.at(s * (frame_m / 2 - 0.05), 0.23, 0.04) for s in (-1, 1)]
    rails.append(box((frame_m, 0.16, 0.1), round_m).at(0, 0.23, front + 0.05))
    mattress = box((width_m, 0.22, _LENGTH_M - 0.06), 0.06, 0.01, 0.12).at(0, 0.39, 0)
    base = look.upholstery if look.legs in ("round", "block") else look.wood
    parts = [
        corner_legs(look, frame_m, _LENGTH_M - 0.1, 0.2, 0.06),
        Part(joined(rails), base),
        Part(mattress, look.linen),
        *_headboard(look, frame_m, head),
        Part(_duvet(look, width_m, front + 0.02, head - 0.62), look.linen),
        Part(_runner(look, width_m, front + 0.12, front + 0.68), look.blanket),
        *_pillows(look, width_m, head),
    ]
    name = "single bed" if width_m < 1.1 else "double bed"
    return standing(name, parts)


def _headboard(look: Look, width_m: float, z: float) -> list[Part]:
    if look.legs in ("round", "block"):
        columns = 4 if look.legs == "round" else 2
        each = width_m / columns
        pads = [
            box((each - 0.004, 0.82, 0.09), 0.035, 0.012, 0.1).at(
                (number - (columns - 1) / 2) * each, 0.66, z + 0.05
            )
            for number in range(columns)
        ]
        return [Part(joined(pads), look.upholstery)]
    post_m = 1.0 if look.legs == "tapered" else 1.12
    posts = [
        box((0.06, post_m, 0.06), 0.012).at(s * (width_m / 2 - 0.03), post_m / 2, z + 0.03)
        for s in (-1, 1)
    ]
    if look.legs == "frame":
        bars = [
            cylinder(0.011, 0.62, 8).at(x, 0.45, z + 0.03)
            for x in np.linspace(-0.42, 0.42, 7) * width_m
        ]
        rail = [box((width_m, 0.045, 0.045), 0.006).at(0, y, z + 0.03) for y in (0.45, 1.08)]
        return [Part(joined([*posts, *bars, *rail]), look.metal)]
    if look.legs == "turned":
        knobs = [
            lathe([(0, 0), (0.03, 0), (0.045, 0.04), (0.03, 0.08), (0, 0.09)], 12) for _ in range(2)
        ]
        tops = [
            k.at(s * (width_m / 2 - 0.03), 1.12, z + 0.03)
            for k, s in zip(knobs, (-1, 1), strict=True)
        ]
        panel = [box((width_m - 0.1, 0.5, 0.03), 0.008).at(0, 0.72, z + 0.03)]
        rail = [box((width_m - 0.04, 0.08, 0.05), 0.02).at(0, 1.0, z + 0.03)]
        return [Part(joined([*posts, *tops, *panel, *rail]), look.wood)]
    board = box((width_m, 0.42, 0.035), 0.015).leaned(0.08).at(0, 0.76, z + 0.02)
    return [Part(joined([board, *posts]), look.wood)]


def _duvet(look: Look, width_m: float, front_m: float, back_m: float) -> Mesh:
    """A soft cover over the mattress that hangs over both sides and the foot, with creases."""
    phase = look.rng.uniform(0, 6, 4)
    half, over = width_m / 2, 0.23
    length = back_m - front_m + over
    cloth = sheet(width_m + 2 * over, length, lambda x, z: np.zeros_like(x), 0.055)
    x, _, z = cloth.points.T.astype(np.float64)
    z = z + (length / 2 + front_m - over)
    crease = 0.009 * np.sin(5 * x + 3 * z + phase[0]) + 0.007 * np.sin(9 * z - 4 * x + phase[1])
    crease += 0.006 * np.sin(13 * x + 2 * z + phase[2])
    top = _MATTRESS_TOP_M + 0.045 + crease
    px, py_side = _folded(np.abs(x), half + 0.02)
    pz, py_foot = _folded(-z, -front_m + 0.02)
    wave = 0.018 * np.sin(11 * np.where(py_side > 0, z, x) + phase[3])
    spread = wave * np.clip((py_side + py_foot) / over, 0, 1)
    px = np.sign(x) * (px + np.where(py_side > 0, spread, 0))
    pz = pz + np.where(py_foot > 0, spread, 0)
    places = np.stack([px, top - np.maximum(py_side, py_foot), -pz], -1)
    columns = max(2, round((width_m + 2 * over) / 0.055) + 1)
    return _draped(places.reshape(-1, columns, 3), cloth)


def _folded(distance: Numbers, edge_m: float, radius_m: float = 0.07) -> tuple[Numbers, Numbers]:
    """How far out and how far down cloth lies that is laid over a rounded edge."""
    past = distance - (edge_m - radius_m)
    turn = np.clip(past / radius_m, 0, np.pi / 2)
    out = np.where(past < 0, distance, edge_m - radius_m + radius_m * np.sin(turn))
    down = np.where(past < 0, 0, radius_m * (1 - np.cos(turn)))
    return out, down + np.maximum(past - radius_m * np.pi / 2, 0)


def _draped(places: Numbers, cloth: Mesh) -> Mesh:
    """The cloth at its new places; what shows outwards is its outside."""
    down, across = np.gradient(places, axis=0), np.gradient(places, axis=1)
    normals = np.cross(down, across)
    normals /= np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-9)
    flat = np.asarray(places.reshape(-1, 3), np.float32)
    outward = np.asarray(normals.reshape(-1, 3), np.float32)
    return Mesh(flat, outward, cloth.triangles, cloth.texture, thin=True)


def _runner(look: Look, width_m: float, front_m: float, back_m: float) -> Mesh:
    """A throw across the bed, just above the duvet."""
    phase = look.rng.uniform(0, 6, 2)
    half, over = width_m / 2, 0.17
    depth = back_m - front_m
    cloth = sheet(width_m + 2 * over, depth, lambda x, z: np.zeros_like(x), 0.05)
    x, _, z = cloth.points.T.astype(np.float64)
    z = z + (front_m + back_m) / 2
    out, down = _folded(np.abs(x), half + 0.05)
    crease = 0.006 * np.sin(10 * x + phase[0]) + 0.006 * np.sin(16 * z + phase[1])
    wave = 0.012 * (1 + np.sin(17 * z + phase[1])) * np.clip(down / over, 0, 1)
    places = np.stack(
        [
            np.sign(x) * (out + wave + 0.012),
            _MATTRESS_TOP_M + 0.078 + crease - down,
            z + 0.02 * np.sin(3 * x),
        ],
        -1,
    )
    columns = max(2, round((width_m + 2 * over) / 0.05) + 1)
    return _draped(places.reshape(-1, columns, 3), cloth)


def _pillows(look: Look, width_m: float, head_m: float) -> list[Part]:
    count = 1 if width_m < 1.1 else 2
    each = min(0.7, (width_m - 0.1) / count)
    lying, upright = [], []
    for number in range(count):
        x = (number - (count - 1) / 2) * (each + 0.04)
        lying.append(
            box((each, 0.16, 0.44), 0.075, 0.04, 0.08)
            .leaned(-0.5)
            .at(x, _MATTRESS_TOP_M + 0.19, head_m - 0.25)
        )
        upright.append(
            box((each - 0.06, 0.15, 0.42), 0.07, 0.04, 0.08)
            .leaned(-0.75)
            .at(x, _MATTRESS_TOP_M + 0.21, head_m - 0.48)
        )
    small = (
        padded(look, (0.46, 0.13, 0.3), 0.05)
        .leaned(-0.8)
        .at(0, _MATTRESS_TOP_M + 0.18, head_m - 0.70)
    )
    sham = Paint("fabric", look.second_cushion.color)
    return [Part(joined(lying), look.linen), Part(joined(upright), sham), Part(small, look.cushion)]
