"""Plants in pots and planters."""

import numpy as np

from media.furniture.looks import Look
from media.furniture.meshes import Mesh, joined, mesh_of_grids
from media.furniture.pieces import Paint, Part, Piece, standing
from media.furniture.solids import Numbers, box, disc, lathe, tube

_SOIL = Paint("fabric", (0.20, 0.15, 0.11))
_STALK = Paint("leaf", (0.40, 0.42, 0.24))


def plant(look: Look, height_m: float = 1.1) -> Piece:
    """A plant in a pot: big leaves on long stalks, or blades that stand up."""
    pot_m = min(0.36, 0.34 * height_m)
    wide = 0.42 * pot_m
    profile = [
        (0, 0),
        (0.78 * wide, 0),
        (wide, 0.9 * pot_m),
        (wide, pot_m),
        (0.9 * wide, pot_m),
        (0.88 * wide, pot_m - 0.04),
    ]
    parts = [
        Part(lathe(profile, 24), look.pot),
        Part(disc(0.88 * wide, 0.01).at(0, pot_m - 0.04, 0), _SOIL),
    ]
    leaves, stalks = (_blades if look.rng.random() < 0.35 else _big_leaves)(look, pot_m, height_m)
    green = (0.24, 0.40, 0.21) if look.rng.random() < 0.6 else (0.33, 0.45, 0.26)
    parts.append(Part(joined(leaves), Paint("leaf", green)))
    if stalks:
        parts.append(Part(joined(stalks), _STALK))
    return standing("plant", parts)


def planter(look: Look) -> Piece:
    """A tall outdoor planter with a shrub."""
    box_m = 0.42
    body = box((0.4, box_m, 0.4), 0.012).at(0, box_m / 2, 0)
    leaves, stalks = _big_leaves(look, box_m, 1.15)
    parts = [Part(body, look.pot), Part(joined(leaves), Paint("leaf", (0.30, 0.43, 0.22)))]
    return standing("planter", [*parts, Part(joined(stalks), _STALK)])


def _big_leaves(look: Look, pot_m: float, height_m: float) -> tuple[list[Mesh], list[Mesh]]:
    """Leaves at the ends of stalks that lean outwards, the lower ones further."""
    rng, leaves, stalks = look.rng, [], []
    reach = 0.24 * (height_m - pot_m) + 0.06
    for number in range(26):
        share = (number + 0.5) / 26
        turn = number * 2.4 + rng.uniform(-0.3, 0.3)
        out = np.array([np.cos(turn), 0.0, np.sin(turn)])
        tip = out * reach * (0.95 - 0.65 * share) * rng.uniform(0.8, 1.1)
        tip[1] = pot_m + (height_m - pot_m) * (0.22 + 0.62 * share) * rng.uniform(0.9, 1.05)
        root = np.array([0.0, pot_m - 0.03, 0.0])
        bend = (
            (root + tip) / 2
            + np.array([0.0, 0.12 * (height_m - pot_m), 0.0])
            - 0.2 * tip * [1, 0, 1]
        )
        stalks.append(tube([root, bend, tip], (0.009, 0.007, 0.004), 5))
        size = (height_m - pot_m) * rng.uniform(0.24, 0.33)
        leaves.append(_leaf(tip, out, size, 0.40 * size, rng.uniform(-0.1, 0.75), 0.55))
    return leaves, stalks


def _blades(look: Look, pot_m: float, height_m: float) -> tuple[list[Mesh], list[Mesh]]:
    """Stiff upright blades from the soil."""
    rng, blades = look.rng, []
    for number in range(22):
        turn = number * 2.4
        out = np.array([np.cos(turn), 0.0, np.sin(turn)])
        root = out * rng.uniform(0.02, 0.09) + np.array([0.0, pot_m - 0.05, 0.0])
        length = (height_m - pot_m + 0.05) * rng.uniform(0.6, 1.0)
        blades.append(_leaf(root, out, length, 0.042, rng.uniform(1.1, 1.45), 0.10))
    return blades, []


def _leaf(
    root: Numbers, out: Numbers, length_m: float, half_m: float, rise_rad: float, droop: float
) -> Mesh:
    """One leaf from its root along `out`, rising and then drooping, folded along its middle."""
    share = np.linspace(0, 1, 8)[:, None]
    up = np.array([0.0, 1.0, 0.0])
    spine = root + share * length_m * (np.cos(rise_rad) * out + np.sin(rise_rad) * up)
    spine = spine - droop * length_m * share**2 * up
    side = np.cross(out, up)
    wide = half_m * np.sin(np.pi * np.clip(share, 0.02, 0.99) ** 0.75) ** 0.9
    fold = 0.25 * wide * up
    places = np.stack([spine - side * wide + fold, spine, spine + side * wide + fold], 1)
    along = np.gradient(spine, axis=0)
    face = np.cross(along, side)
    face /= np.linalg.norm(face, axis=1, keepdims=True)
    face *= np.where(face[:, 1:2] < 0, -1, 1)
    normals = np.stack([face + 0.3 * side, face, face - 0.3 * side], 1)
    return mesh_of_grids(places, normals, thin=True)
