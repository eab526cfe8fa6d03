"""What one sits on: sofas, armchairs, chairs, stools, benches."""

import numpy as np

from media.furniture.looks import Look
from media.furniture.meshes import Mesh, joined
from media.furniture.parts import corner_legs, padded, throw_pillow
from media.furniture.pieces import Part, Piece, standing
from media.furniture.solids import bar, box, cylinder, disc, lathe, tube

_SOFA_DEPTH_M = 0.92


def sofa(look: Look, seats: int) -> Piece:
    """A sofa for two or three, with pillows."""
    width = 0.66 * seats + 0.36
    name = {2: "two-seat sofa", 3: "three-seat sofa"}[seats]
    parts = _couch(look, width, seats)
    inner = width - 0.4
    parts += [
        _placed(throw_pillow(look.cushion, 0.44, 0.32), -inner / 2 + 0.16, 0.46, 0.02, 0.25),
        _placed(throw_pillow(look.second_cushion, 0.40, 0.36), inner / 2 - 0.14, 0.46, 0.0, -0.3),
    ]
    if seats == 3:
        pillow = throw_pillow(look.second_cushion, 0.38, 0.4)
        parts.append(_placed(pillow, -inner / 2 + 0.46, 0.46, -0.04, 0.1))
    return standing(name, parts)


def armchair(look: Look) -> Piece:
    """An armchair with one pillow."""
    parts = _couch(look, 0.84, 1)
    parts.append(_placed(throw_pillow(look.cushion, 0.40, 0.35), 0.0, 0.46, 0.04, 0.0))
    return standing("armchair", parts)


def lounge_chair(look: Look) -> Piece:
    """A light armchair: cushions in an open frame."""
    frame = []
    for side in (-1, 1):
        x = side * 0.33
        frame += [
            bar((x, 0, -0.33), (x, 0.56, -0.31), 0.016, 0.022),
            bar((x, 0, 0.36), (x, 0.56, 0.27), 0.016, 0.022),
            box((0.055, 0.028, 0.68), 0.012).at(x, 0.57, -0.02),
            bar((x, 0.30, -0.32), (x, 0.26, 0.3), 0.018),
        ]
    frame.append(box((0.66, 0.03, 0.05), 0.01).at(0, 0.29, -0.31))
    seat = padded(look, (0.58, 0.13, 0.6)).leaned(-0.08).at(0, 0.37, -0.04)
    back = padded(look, (0.58, 0.56, 0.13)).leaned(0.28).at(0, 0.66, 0.30)
    parts = [Part(joined(frame), look.wood), Part(joined([seat, back]), look.upholstery)]
    return standing("lounge chair", parts)


def dining_chair(look: Look) -> Piece:
    """A chair for a table, in the form of the style."""
    if look.legs == "turned":
        return standing("chair", _ladder_chair(look))
    if look.legs == "round":
        return standing("chair", _shell_chair(look))
    seat = box((0.45, 0.06, 0.44), 0.025, 0.01).at(0, 0.45, 0)
    back = box((0.43, 0.34, 0.045), 0.02, 0.008).leaned(0.16).at(0, 0.70, 0.215)
    parts = [corner_legs(look, 0.43, 0.42, 0.43, 0.034), Part(joined([seat, back]), look.chair)]
    posts = [
        tube([(s * 0.17, 0.42, 0.195), (s * 0.17, 0.56, 0.194), (s * 0.17, 0.68, 0.212)], 0.012)
        for s in (-1, 1)
    ]
    parts.append(Part(joined(posts), look.leg_paint()))
    return standing("chair", parts)


def office_chair(look: Look) -> Piece:
    """A swivel chair on five castors."""
    spokes, castors = [], []
    for turn in np.arange(5) * 2 * np.pi / 5 + 0.3:
        x, z = 0.29 * np.cos(turn), 0.29 * np.sin(turn)
        spokes.append(bar((0, 0.11, 0), (x, 0.075, z), 0.024, 0.016))
        castors.append(box((0.045, 0.055, 0.045), 0.02).at(x, 0.0275, z))
    steel = [*spokes, cylinder(0.03, 0.34, 12).at(0, 0.1, 0)]
    arms = [
        tube([(s * 0.25, 0.46, 0.1), (s * 0.29, 0.5, 0.06), (s * 0.29, 0.66, 0.02)], 0.014)
        for s in (-1, 1)
    ]
    rests = [box((0.06, 0.025, 0.25), 0.012).at(s * 0.29, 0.67, -0.02) for s in (-1, 1)]
    seat = box((0.5, 0.085, 0.49), 0.04, 0.015).at(0, 0.47, -0.01)
    back = box((0.46, 0.52, 0.065), 0.032, 0.012).leaned(0.13).at(0, 0.80, 0.25)
    spine = bar((0, 0.44, 0.18), (0, 0.66, 0.29), 0.022)
    return standing(
        "office chair",
        [
            Part(joined([*steel, *arms, spine]), look.metal),
            Part(joined([*castors, *rests]), look.metal),
            Part(joined([seat, back]), look.chair),
        ],
    )


def bar_stool(look: Look) -> Piece:
    """A stool for a counter, 66 cm high."""
    foot = tube(_ring(0.165, 0.24), 0.009, 6)
    seat = disc(0.17, 0.035, 28).at(0, 0.63, 0)
    pad = lathe([(0, 0), (0.16, 0), (0.172, 0.02), (0.15, 0.04), (0, 0.046)], 24).at(0, 0.66, 0)
    legs = _splayed(0.19, 0.13, 0.63, 0.014)
    return standing(
        "bar stool",
        [Part(joined([*legs, foot]), look.metal), Part(seat, look.wood), Part(pad, look.chair)],
    )


def stool(look: Look) -> Piece:
    """A low wooden stool."""
    seat = disc(0.19, 0.032, 28).at(0, 0.42, 0)
    return standing("stool", [Part(joined([seat, *_splayed(0.17, 0.12, 0.42, 0.016)]), look.wood)])


def bench(look: Look, width_m: float) -> Piece:
    """An upholstered bench, for the end of a bed or a hall."""
    seat = padded(look, (width_m, 0.11, 0.40)).at(0, 0.425, 0)
    board = box((width_m - 0.02, 0.03, 0.38), 0.004).at(0, 0.36, 0)
    legs = corner_legs(look, width_m - 0.06, 0.34, 0.35)
    parts = [legs, Part(board, look.wood), Part(seat, look.second_cushion)]
    return standing("bench", parts)


def outdoor_sofa(look: Look, seats: int) -> Piece:
    """A wooden or metal frame with loose cushions."""
    width, depth = 0.72 * seats + 0.16, 0.8
    x = width / 2 - 0.03
    frame = [box((width, 0.05, 0.05), 0.006).at(0, 0.26, z) for z in (-0.37, 0.37)]
    frame += [box((width, 0.07, 0.035), 0.006).at(0, y, 0.385) for y in (0.42, 0.54, 0.66)]
    for side in (-1, 1):
        frame += [
            box((0.06, 0.58, 0.06), 0.008).at(side * x, 0.29, -0.36),
            box((0.06, 0.70, 0.06), 0.008).at(side * x, 0.35, 0.37),
            box((0.085, 0.03, depth), 0.008).at(side * x, 0.59, 0),
            box((0.05, 0.05, depth - 0.1), 0.006).at(side * x, 0.26, 0),
        ]
    each = (width - 0.12) / seats
    cushions = []
    for number in range(seats):
        middle = (number - (seats - 1) / 2) * each
        cushions += [
            padded(look, (each - 0.01, 0.14, 0.68)).at(middle, 0.36, -0.03),
            padded(look, (each - 0.03, 0.42, 0.14)).leaned(0.2).at(middle, 0.62, 0.27),
        ]
    paint = look.upholstery if look.upholstery.material == "fabric" else look.linen
    pillow = _placed(throw_pillow(look.cushion, 0.38, 0.35), -width / 2 + 0.36, 0.43, 0.1, 0.2)
    name = "garden sofa" if seats > 1 else "garden armchair"
    outer = look.metal if look.legs in ("block", "frame") else look.wood
    return standing(name, [Part(joined(frame), outer), Part(joined(cushions), paint), pillow])


def _couch(look: Look, width_m: float, seats: int) -> list[Part]:
    """Base, arms, seat and back cushions; looks along -z."""
    leg_m = {"tapered": 0.16, "frame": 0.13, "block": 0.11, "turned": 0.10}.get(look.legs, 0.07)
    arm_m = {"tapered": 0.13, "block": 0.17, "frame": 0.14}.get(look.legs, 0.2)
    depth = _SOFA_DEPTH_M
    base = box((width_m - 0.04, 0.2, depth - 0.04), 0.02, 0.0, 0.12).at(0, leg_m + 0.1, 0)
    back = padded(look, (width_m - 0.05, 0.62, 0.2)).leaned(0.07).at(0, leg_m + 0.36, 0.34)
    arm = _arm(look, arm_m, leg_m)
    shells = [base, back, *(arm.at(s * (width_m / 2 - arm_m / 2), 0, 0) for s in (-1, 1))]
    each = (width_m - 2 * arm_m) / seats
    cushions = []
    for number in range(seats):
        x = (number - (seats - 1) / 2) * each
        cushions.append(
            padded(
                look,
                (each - 0.008, 0.16, 0.66),
            ).at(x, leg_m + 0.27, -0.11)
        )
        behind = padded(look, (each - 0.02, 0.42, 0.17)).leaned(0.17)
        cushions.append(behind.at(x, leg_m + 0.53, 0.2))
    legs = corner_legs(look, width_m - 0.08, depth - 0.1, leg_m + 0.02)
    return [legs, Part(joined(shells), look.upholstery), Part(joined(cushions), look.upholstery)]


def _arm(look: Look, width_m: float, leg_m: float) -> Mesh:
    """Straight in plain styles, with a roll on top in traditional ones."""
    depth, top = _SOFA_DEPTH_M - 0.02, leg_m + 0.47
    tall = top - leg_m
    straight = box((width_m, tall, depth), min(look.roundness_m, 0.42 * width_m), 0.008, 0.12)
    if look.legs != "turned":
        return straight.at(0, leg_m + tall / 2, -0.005)
    radius = width_m * 0.56
    roll = box((2 * radius, 2 * radius, depth), radius * 0.98, 0.0, 0.12)
    return joined(
        [straight.at(0, leg_m + tall / 2 - 0.05, 0), roll.at(0, top - radius + 0.05, -0.01)]
    )


def _ladder_chair(look: Look) -> list[Part]:
    """Turned legs, posts with slats, an upholstered seat."""
    posts = [
        tube([(s * 0.19, 0.4, 0.19), (s * 0.19, 0.7, 0.21), (s * 0.19, 1.0, 0.27)], 0.017)
        for s in (-1, 1)
    ]
    slats = [
        box((0.37, 0.07, 0.018), 0.006).leaned(0.14).at(0, y, 0.195 + (y - 0.4) * 0.11)
        for y in (0.62, 0.77, 0.93)
    ]
    rim = box((0.44, 0.05, 0.43), 0.012).at(0, 0.425, 0)
    seat = box((0.43, 0.05, 0.42), 0.024, 0.02).at(0, 0.465, 0)
    wood = Part(joined([*posts, *slats, rim]), look.wood)
    return [corner_legs(look, 0.43, 0.42, 0.42, 0.05), wood, Part(seat, look.chair)]


def _shell_chair(look: Look) -> list[Part]:
    """A padded seat with a curved back around it."""
    turn = np.linspace(-0.25, np.pi + 0.25, 15)
    ribs = []
    for y, radius, thick in ((0.58, 0.235, 0.03), (0.66, 0.245, 0.034), (0.74, 0.25, 0.03)):
        path = np.stack([radius * np.cos(turn), np.full_like(turn, y), radius * np.sin(turn)], -1)
        ribs.append(tube(path, [thick] * 15, 8))
    seat = lathe([(0, 0.40), (0.2, 0.40), (0.235, 0.43), (0.235, 0.47), (0.2, 0.5), (0, 0.505)], 28)
    posts = [
        bar(
            (0.2 * np.cos(t), 0.44, 0.2 * np.sin(t)),
            (0.24 * np.cos(t), 0.6, 0.24 * np.sin(t)),
            0.02,
        )
        for t in (0.1, 1.0, 2.14, 3.04)
    ]
    legs = _splayed(0.2, 0.16, 0.41, 0.016)
    return [Part(joined([*ribs, seat, *posts]), look.chair), Part(joined(legs), look.wood)]


def _splayed(foot_m: float, top_m: float, height_m: float, radius_m: float) -> list[Mesh]:
    """Four round legs that stand apart."""
    return [
        bar(
            (foot_m * np.cos(t), 0, foot_m * np.sin(t)),
            (top_m * np.cos(t), height_m, top_m * np.sin(t)),
            radius_m * 0.75,
            radius_m,
        )
        for t in np.pi / 4 + np.arange(4) * np.pi / 2
    ]


def _ring(radius_m: float, height_m: float) -> list[tuple[float, float, float]]:
    return [
        (radius_m * float(np.cos(t)), height_m, radius_m * float(np.sin(t)))
        for t in np.linspace(0, 2 * np.pi, 25)
    ]


def _placed(part: Part, x: float, y: float, z: float, turn_rad: float) -> Part:
    return Part(part.mesh.turned(turn_rad).at(x, y, z), part.paint)
