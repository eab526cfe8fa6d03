"""Tables, desks and what is laid on them."""

import numpy as np

from media.furniture.looks import Look
from media.furniture.meshes import joined
from media.furniture.parts import corner_legs, fronts
from media.furniture.pieces import Paint, Part, Piece, standing
from media.furniture.solids import bar, box, cylinder, disc, lathe

_BLACK = Paint("lacquer", (0.05, 0.05, 0.06))
_PAPER = Paint("lacquer", (0.93, 0.92, 0.89))


def coffee_table(look: Look) -> Piece:
    """Round where the style is soft, else oblong; with a bowl and books."""
    height = 0.38
    if look.legs in ("round", "tapered"):
        radius = 0.44
        top = [disc(radius, 0.035).at(0, height - 0.035, 0)]
        parts = [Part(joined(top), look.top), _pedestal_or_legs(look, radius, height - 0.035)]
    else:
        width, depth = 1.1, 0.58
        board = box((width, 0.04, depth), 0.006).at(0, height - 0.02, 0)
        parts = [Part(board, look.top), corner_legs(look, width, depth, height - 0.03, 0.05)]
        if look.legs != "block":
            parts.append(Part(box((width - 0.1, 0.02, depth - 0.1)).at(0, 0.14, 0), look.wood))
    return standing(
        "coffee table", [*parts, *_books(look, -0.14, height, 0.03), *_bowl(look, 0.17, height)]
    )


def side_table(look: Look) -> Piece:
    """A small round table with a vase."""
    top = disc(0.22, 0.025, 28).at(0, 0.5, 0)
    if look.legs in ("block", "frame"):
        base = [disc(0.17, 0.015, 28), cylinder(0.014, 0.5, 10)]
    else:
        base = [
            bar(
                (0.18 * np.cos(t), 0, 0.18 * np.sin(t)),
                (0.1 * np.cos(t), 0.5, 0.1 * np.sin(t)),
                0.012,
                0.018,
            )
            for t in (0.5, 2.6, 4.7)
        ]
    parts = [Part(top, look.top), Part(joined(base), look.leg_paint())]
    return standing("side table", [*parts, *vase(look, -0.04, 0.525, 0.02)])


def dining_table(look: Look, width_m: float, depth_m: float) -> Piece:
    """A dining table with a vase in the middle; round where it is as deep as wide."""
    height = 0.75
    if abs(width_m - depth_m) < 0.01:
        top = disc(width_m / 2, 0.035, 44).at(0, height - 0.035, 0)
        parts = [Part(top, look.top), _pedestal_or_legs(look, width_m / 2, height - 0.035)]
    else:
        top = box((width_m, 0.04, depth_m), 0.008).at(0, height - 0.02, 0)
        apron = box((width_m - 0.2, 0.07, depth_m - 0.2), 0.004).at(0, height - 0.075, 0)
        legs = corner_legs(look, width_m - 0.08, depth_m - 0.08, height - 0.03, 0.075)
        parts = [Part(top, look.top), Part(apron, look.leg_paint()), legs]
    return standing("dining table", [*parts, *vase(look, 0, height, 0), *_bowl(look, 0.3, height)])


def bistro_table(look: Look) -> Piece:
    """A small round table on one foot."""
    top = disc(0.36, 0.028, 40).at(0, 0.72, 0)
    foot = [disc(0.23, 0.02, 32), lathe([(0.05, 0.0), (0.03, 0.06), (0.026, 0.72)], 14)]
    parts = [Part(top, look.top), Part(joined(foot), look.metal)]
    return standing("bistro table", [*parts, *vase(look, 0.02, 0.748, 0)])


def kitchen_island(look: Look) -> Piece:
    """A free-standing island: a working top on a cupboard, open towards the stools."""
    width, depth, height = 1.3, 0.62, 0.9
    body = box((width - 0.1, height - 0.14, 0.4), 0.004).at(0, 0.10 + (height - 0.14) / 2, 0.07)
    plinth = box((width - 0.16, 0.1, 0.34), 0.003).at(0, 0.05, 0.07)
    top = box((width, 0.04, depth), 0.006).at(0, height - 0.02, 0)
    doors = fronts(look, width - 0.14, 0.13, height - 0.06, -0.13, (3, 1))
    parts = [Part(body, look.carcass), Part(plinth, _BLACK), Part(top, look.wood), *doors]
    board = box((0.3, 0.02, 0.2), 0.005).at(-0.35, height + 0.01, 0.05)
    return standing("kitchen island", [*parts, Part(board, look.top), *_bowl(look, 0.3, height)])


def desk(look: Look, width_m: float) -> Piece:
    """A desk with a monitor, a keyboard and a lamp; one sits at its front, looking back."""
    height, depth = 0.74, 0.66
    top = box((width_m, 0.032, depth), 0.005).at(0, height - 0.016, 0)
    drawer_x, drawer_w = width_m / 2 - 0.26, 0.4
    drawers = [
        Part(part.mesh.at(drawer_x, 0, 0), part.paint)
        for part in fronts(look, drawer_w, height - 0.15, height - 0.04, -depth / 2 + 0.05, (1, 1))
    ]
    case = box((drawer_w, 0.11, depth - 0.12), 0.003).at(drawer_x, height - 0.092, 0.01)
    legs = corner_legs(look, width_m - 0.06, depth - 0.06, height - 0.03, 0.05)
    parts = [Part(top, look.top), legs, Part(case, look.carcass), *drawers]
    return standing(
        "desk", [*parts, *_monitor(0.0, height), *_desk_lamp(look, -width_m / 2 + 0.2, height)]
    )


def vase(look: Look, x: float, y: float, z: float) -> list[Part]:
    """A vase with a few twigs, its foot at the given place."""
    body = lathe(
        [(0, 0), (0.045, 0), (0.07, 0.05), (0.072, 0.1), (0.04, 0.17), (0.03, 0.2), (0.036, 0.215)],
        18,
    )
    twigs = []
    for turn in look.rng.uniform(0, 2 * np.pi, 5):
        lean, length = look.rng.uniform(0.05, 0.13), look.rng.uniform(0.16, 0.26)
        tip = (lean * np.cos(turn), 0.2 + length, lean * np.sin(turn))
        twigs.append(bar((0, 0.19, 0), tip, 0.003, 0.002))
        for share in (0.45, 0.65, 0.85, 1.0):
            at = [share * value for value in (tip[0], length, tip[2])]
            twigs.append(box((0.035, 0.022, 0.03), 0.007).at(at[0], 0.2 + at[1], at[2]))
    green = Paint("leaf", (0.42, 0.48, 0.34))
    return [Part(body.at(x, y, z), look.pot), Part(joined(twigs).at(x, y, z), green)]


def _pedestal_or_legs(look: Look, radius_m: float, height_m: float) -> Part:
    if look.legs == "round":
        profile = [
            (0, 0),
            (0.62, 0),
            (0.62, 0.04),
            (0.34, 0.16),
            (0.26, 0.5),
            (0.34, 0.86),
            (0.5, 1.0),
        ]
        foot = lathe([(r * radius_m, y * height_m) for r, y in profile], 28)
        return Part(foot, look.top)
    legs = [
        bar(
            (0.78 * radius_m * np.cos(t), 0, 0.78 * radius_m * np.sin(t)),
            (0.55 * radius_m * np.cos(t), height_m, 0.55 * radius_m * np.sin(t)),
            0.017,
            0.027,
        )
        for t in np.pi / 4 + np.arange(4) * np.pi / 2
    ]
    return Part(joined(legs), look.leg_paint())


def _books(look: Look, x: float, y: float, z: float) -> list[Part]:
    lower = box((0.27, 0.028, 0.2), 0.004).turned(0.1).at(x, y + 0.014, z)
    upper = box((0.22, 0.022, 0.16), 0.004).turned(-0.15).at(x, y + 0.039, z)
    return [Part(lower, _PAPER), Part(upper, look.cushion)]


def _bowl(look: Look, x: float, y: float) -> list[Part]:
    profile = [
        (0.0, 0.0),
        (0.05, 0.0),
        (0.09, 0.03),
        (0.12, 0.07),
        (0.11, 0.068),
        (0.07, 0.025),
        (0, 0.015),
    ]
    return [Part(lathe(profile, 22).at(x, y, -0.04), look.pot)]


def _monitor(x: float, y: float) -> list[Part]:
    foot = [
        box((0.22, 0.012, 0.16), 0.005).at(x, y + 0.006, 0.2),
        box((0.04, 0.2, 0.03)).at(x, y + 0.1, 0.22),
    ]
    case = box((0.62, 0.37, 0.028), 0.008).at(x, y + 0.32, 0.19)
    screen = box((0.60, 0.35, 0.004), 0.001).at(x, y + 0.32, 0.175)
    keys = box((0.42, 0.014, 0.13), 0.005).at(x, y + 0.007, -0.12)
    return [
        Part(joined([*foot, case]), _BLACK),
        Part(screen, Paint("screen", (0.12, 0.14, 0.17))),
        Part(keys, _PAPER),
    ]


def _desk_lamp(look: Look, x: float, y: float) -> list[Part]:
    elbow, head = (x + 0.02, y + 0.28, 0.24), (x + 0.16, y + 0.40, 0.12)
    arm = [
        cylinder(0.07, 0.015, 20).at(x, y, 0.2),
        bar((x, y, 0.2), elbow, 0.008),
        bar(elbow, head, 0.008),
    ]
    hood = lathe([(0.07, -0.05), (0.055, 0.0), (0.02, 0.04), (0.0, 0.045)], 18, thin=True)
    return [Part(joined(arm), look.metal), Part(hood.at(*head), look.metal)]
