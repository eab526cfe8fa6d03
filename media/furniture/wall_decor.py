"""What hangs on walls: pictures, mirrors, hooks."""

import numpy as np

from media.furniture.looks import Look
from media.furniture.meshes import Mesh, joined, mesh_of_grids
from media.furniture.pieces import Paint, Part, Piece, hanging
from media.furniture.solids import bar, box, disc, lathe, sheet, tube

_STRAW = Paint("wicker", (0.72, 0.58, 0.40))


def framed_art(look: Look, width_m: float, height_m: float) -> Piece:
    """A picture in a frame, with a mount around it."""
    paint = look.wood if look.legs in ("tapered", "turned", "round") else look.metal
    mount = box((width_m - 0.03, height_m - 0.03, 0.006), 0.001).at(0, 0, -0.012)
    margin = 0.13 * min(width_m, height_m)
    picture = _upright(width_m - 2 * margin, height_m - 2 * margin).at(0, 0, -0.0165)
    return hanging(
        "framed picture",
        [
            Part(_frame(width_m, height_m, 0.025), paint),
            Part(mount, Paint("lacquer", (0.94, 0.93, 0.90))),
            Part(picture, look.art),
        ],
    )


def wall_mirror(look: Look) -> Piece:
    """A mirror: round where the style is soft, else upright and oblong."""
    glass = Paint("mirror", (0.9, 0.92, 0.93))
    frame = look.metal if look.legs != "tapered" else look.wood
    if look.legs in ("round", "tapered"):
        turn = np.linspace(0, 2 * np.pi, 49)
        ring = tube(
            np.stack([0.36 * np.cos(turn), 0.36 * np.sin(turn), 0 * turn - 0.012], -1), 0.012, 8
        )
        pane = disc(0.36, 0.01, 48).leaned(-np.pi / 2).at(0, 0, -0.004)
        return hanging("mirror", [Part(ring, frame), Part(pane, glass)])
    pane = _upright(0.56, 0.8).at(0, 0, -0.012)
    return hanging("mirror", [Part(_frame(0.6, 0.84, 0.03), frame), Part(pane, glass)])


def wall_hooks(look: Look) -> Piece:
    """A board with hooks, a hat and a scarf."""
    board = box((0.8, 0.11, 0.02), 0.004).at(0, 0, -0.01)
    hooks = [bar((x, -0.01, -0.02), (x, 0.03, -0.075), 0.009) for x in np.linspace(-0.32, 0.32, 5)]
    hat = lathe([(0.17, 0), (0.10, 0.015), (0.09, 0.09), (0.05, 0.12), (0, 0.125)], 26, thin=True)
    scarf = sheet(0.16, 0.62, lambda x, z: 0.02 * np.sin(40 * x) * np.ones_like(z), 0.03, thin=True)
    return hanging(
        "coat hooks",
        [
            Part(board, look.wood),
            Part(joined(hooks), look.metal),
            Part(hat.leaned(-1.25).at(-0.32, -0.03, -0.06), _STRAW),
            Part(scarf.leaned(-np.pi / 2).at(0.16, -0.28, -0.06), look.cushion),
        ],
    )


def _frame(width_m: float, height_m: float, side_m: float) -> Mesh:
    x, y = (width_m - side_m) / 2, (height_m - side_m) / 2
    uprights = [box((side_m, height_m, 0.03), 0.004).at(s * x, 0, -0.015) for s in (-1, 1)]
    return joined(
        [*uprights, *(box((width_m, side_m, 0.03), 0.004).at(0, s * y, -0.015) for s in (-1, 1))]
    )


def _upright(width_m: float, height_m: float) -> Mesh:
    """A flat picture looking along -z."""
    x, y = np.meshgrid(np.linspace(-0.5, 0.5, 5) * width_m, np.linspace(-0.5, 0.5, 5) * height_m)
    places = np.stack([x, y, np.zeros_like(x)], -1)
    return mesh_of_grids(places, np.array([0.0, 0.0, -1.0]))
