"""Prints that are drawn once as a tile and repeated: flowers, skins, figures."""

from collections.abc import Callable

import cv2
import numpy as np

from media.garments.curves import smooth
from media.garments.flower_tiles import PETAL, floral_tile
from media.garments.folds import Floats
from media.garments.tile_sheets import (
    SIZE,
    Sheet,
    Tile,
    blot,
    disc,
    periodic_noise,
    placed,
    scattered,
)


def _leopard(inks: list[Floats], rng: np.random.Generator) -> Tile:
    dark = inks[1] if len(inks) > 1 else inks[0] * 0.25
    middle = 0.62 * inks[0] + 0.38 * dark
    sheet = Sheet(inks[0])
    for at in scattered(rng, 37, 900):
        size = rng.uniform(14.5, 18)
        turn = rng.uniform(0, 6.3)
        sheet.fill(blot(rng, size * 0.72, at, 1.15), middle)
        for number in range(int(rng.integers(2, 4))):
            angle = turn + number * 2.1 + rng.uniform(-0.25, 0.25)
            arc = np.linspace(angle, angle + rng.uniform(0.9, 1.7), 8)
            outer = at + np.column_stack([np.cos(arc), np.sin(arc)]) * size * 1.12
            inner = at + np.column_stack([np.cos(arc), np.sin(arc)]) * size * rng.uniform(
                0.62, 0.74
            )
            sheet.fill(np.vstack([outer, inner[::-1]]), dark)
    for at in scattered(rng, 15, 260):
        if rng.random() < 0.4:
            sheet.fill(blot(rng, 2.8, at), dark)
    return sheet.tile(), 165.0


def _zebra(inks: list[Floats], rng: np.random.Generator) -> Tile:
    y, x = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32) * np.float32(2 * np.pi / SIZE)
    drift = rng.uniform(0, 6.3, 4)
    bend = (
        1.1 * np.sin(x + drift[0])
        + 0.55 * np.sin(2 * x + y + drift[1])
        + 0.4 * np.sin(3 * x - y + drift[2])
    )
    wave = np.sin(6 * y + 3 * x + bend * 1.6 + 0.8 * np.sin(2 * y + drift[3]))
    share = np.clip((wave - 0.05) * 7 + 0.5, 0, 1)[..., None]
    return np.asarray(inks[0] * (1 - share) + inks[1] * share, np.float32), 170.0


def _camouflage(inks: list[Floats], rng: np.random.Generator) -> Tile:
    others = [*inks[1:4]]
    if len(others) < 3:
        others = [*others, inks[0] * 0.62, inks[0] * 0.38][:3]
    tile = np.empty((SIZE, SIZE, 3), np.float32)
    tile[:] = inks[0]
    for ink, level in zip(others, (0.45, 0.62, 0.95), strict=False):
        field = periodic_noise(rng, 5, 7)
        tile[field > level] = ink
    return np.asarray(
        cv2.GaussianBlur(tile, (0, 0), 0.8, borderType=cv2.BORDER_REFLECT), np.float32
    ), 210.0


def _abstract(inks: list[Floats], rng: np.random.Generator) -> Tile:
    """Broad brush marks over one another, each with the streaks of its bristles."""
    sheet = Sheet(inks[0])
    marks = [*inks[1:4], 0.5 * inks[0] + 0.5 * inks[-1]]
    for at in scattered(rng, 58):
        ink = marks[int(rng.integers(len(marks)))]
        turn, size = rng.uniform(-0.7, 0.7), rng.uniform(26, 46)
        for bristle in np.linspace(-1, 1, 13):
            bow = 0.3 * np.sin(turn * 5)
            reach = rng.uniform(0.75, 1.1)
            line = [(-reach, bristle * 0.34), (0, bristle * 0.34 + bow), (reach, bristle * 0.34)]
            top = smooth(line, 6)
            strip = np.vstack([top, (top + np.array([0, rng.uniform(0.035, 0.075)]))[::-1]])
            sheet.fill(placed(strip, turn, size, at), ink * rng.uniform(0.92, 1.05))
    for at in scattered(rng, 50, 60):
        sheet.fill(blot(rng, rng.uniform(3, 7), at), marks[int(rng.integers(len(marks)))])
    return sheet.tile(), 210.0


def _geometric(inks: list[Floats], rng: np.random.Generator) -> Tile:
    """Lozenges within lozenges, as a weaver sets them."""
    del rng
    third = inks[2] if len(inks) > 2 else 0.5 * inks[0] + 0.5 * inks[1]
    sheet = Sheet(inks[0])
    step = SIZE / 4
    lozenge = np.array([(0, -1.0), (0.62, 0), (0, 1.0), (-0.62, 0)])
    for row in range(8):
        for column in range(4):
            at = np.array([(column + 0.5 * (row % 2)) * step, row * step / 2])
            for size, ink in ((0.49, inks[1]), (0.36, inks[0]), (0.25, third), (0.11, inks[1])):
                sheet.fill(lozenge * size * step * np.array([1.5, 1.0]) + at, ink)
    return sheet.tile(), 150.0


def _paisley(inks: list[Floats], rng: np.random.Generator) -> Tile:
    third = inks[2] if len(inks) > 2 else 0.45 * inks[0] + 0.55 * inks[1]
    drop = smooth(
        [
            (0, 1),
            (0.62, 0.72),
            (0.72, 0.1),
            (0.3, -0.62),
            (-0.28, -1.15),
            (-0.52, -1.05),
            (-0.3, -0.82),
            (-0.42, -0.2),
            (-0.66, 0.3),
            (-0.52, 0.8),
            (0, 1),
        ],
        6,
    )
    sheet = Sheet(inks[0])
    for at in scattered(rng, 76):
        turn, size = rng.uniform(0, 6.3), rng.uniform(30, 38)
        for share, ink in (
            (1.0, inks[1]),
            (0.84, inks[0]),
            (0.7, third),
            (0.4, inks[1]),
            (0.2, inks[0]),
        ):
            sheet.fill(placed(drop * share + np.array([0, 0.2 * (1 - share)]), turn, size, at), ink)
        for number in range(11):
            angle = number * 2 * np.pi / 11
            rim = np.array([np.cos(angle) * 0.9, np.sin(angle) * 1.12 + 0.05])
            sheet.fill(placed(disc(0.055) + rim, turn, size, at), inks[1])
    for at in scattered(rng, 26, 300):
        for number in range(4):
            sheet.fill(placed(PETAL, number * 1.571, 3.6, at), inks[1])
    return sheet.tile(), 180.0


TILES: dict[str, Callable[[list[Floats], np.random.Generator], Tile]] = {
    "floral": floral_tile,
    "leopard": _leopard,
    "zebra": _zebra,
    "camouflage": _camouflage,
    "abstract": _abstract,
    "geometric": _geometric,
    "paisley": _paisley,
}
