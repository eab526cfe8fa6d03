"""The tile of a floral print."""

import numpy as np

from media.garments.curves import Points, smooth
from media.garments.folds import Floats
from media.garments.tile_sheets import Sheet, Tile, disc, placed, scattered

PETAL = smooth(
    [
        (0, 0),
        (0.34, -0.34),
        (0.4, -0.78),
        (0.12, -1.04),
        (0, -0.97),
        (-0.12, -1.04),
        (-0.4, -0.78),
        (-0.34, -0.34),
        (0, 0),
    ],
    5,
)


_LEAF = smooth(
    [(0, 0), (0.26, -0.4), (0.22, -0.85), (0, -1.3), (-0.24, -0.85), (-0.24, -0.4), (0, 0)], 5
)


_VEIN = smooth([(0.025, -0.1), (0.02, -0.7), (0, -1.1), (-0.02, -0.7), (-0.025, -0.1)], 4)


def floral_tile(inks: list[Floats], rng: np.random.Generator) -> Tile:
    """Large and small flowers with their leaves on the first of the inks."""
    ground = inks[0]
    is_dark = float(ground @ np.array([0.3, 0.6, 0.1])) < 125
    sheet = Sheet(ground)
    green = np.array((132, 158, 116) if is_dark else (92, 126, 88), np.float32)
    leaf = 0.78 * green + 0.22 * ground
    blooms = [*inks[1:4]]
    if len(blooms) == 1:
        warm = np.array((238, 168, 150), np.float32)
        blooms += [0.55 * blooms[0] + 0.45 * warm, 0.7 * blooms[0] + 0.3 * ground]
    for at in scattered(rng, 34):
        turn = rng.uniform(0, 2 * np.pi)
        for lean in (-0.5, 0.5):
            sheet.fill(
                placed(_LEAF, turn + lean, rng.uniform(10, 16), at), leaf * rng.uniform(0.86, 1.1)
            )
    for at in scattered(rng, 62):
        _bloom(sheet, at, rng.uniform(17, 27), blooms[int(rng.integers(len(blooms)))], leaf, rng)
    for at in scattered(rng, 40, 120):
        ink = blooms[int(rng.integers(len(blooms)))]
        turn = rng.uniform(0, 6.3)
        for number in range(5):
            sheet.fill(
                placed(PETAL, turn + number * 1.257, 6.5, at), ink * (0.92 + 0.05 * (number % 2))
            )
        sheet.fill(placed(disc(1.9), 0, 1, at), np.array((232, 190, 92), np.float32))
    return sheet.tile(), 190.0


def _bloom(
    sheet: Sheet, at: Points, size: float, ink: Floats, leaf: Floats, rng: np.random.Generator
) -> None:
    """A flower of two rings of petals with leaves behind it."""
    turn = rng.uniform(0, 2 * np.pi)
    for lean in (0.4, 2.3, 4.4):
        place = placed(_LEAF, turn + lean, size * 1.25, at)
        sheet.fill(place, leaf)
        sheet.fill(placed(_VEIN, turn + lean, size * 1.25, at), leaf * 0.8)
    petals = int(rng.integers(5, 7))
    for ring, (reach, tone) in enumerate(((1.0, 0.9), (0.66, 1.06))):
        for number in range(petals):
            angle = turn + 2 * np.pi * (number + 0.5 * ring) / petals
            shade = tone * (0.96 + 0.07 * (number % 2))
            sheet.fill(placed(PETAL, angle, size * reach, at), ink * shade)
            vein = ink * shade * 0.86
            sheet.fill(placed(_VEIN, angle, size * reach * 0.66, at), vein)
    sheet.fill(placed(disc(0.22), 0, size, at), np.array((222, 172, 74), np.float32))
    for number in range(7):
        angle = number * 0.9 + turn
        dot = at + size * 0.28 * np.array([np.cos(angle), np.sin(angle)])
        sheet.fill(placed(disc(0.045), 0, size, dot), np.array((140, 92, 44), np.float32))
