"""What belongs into a room: a main piece and its companions, with the distances between them.

Distances are those of interior design handbooks: 45 cm from sofa to table, 60 cm to walk,
chairs 60 cm apart, pictures with their middle at eye height.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from media.furniture import beds, decor, plants, seating, storage, tables, wall_decor
from media.furniture.companions import (
    Companion,
    Group,
    across_corner,
    at_head,
    at_sides,
    at_walls,
    before,
    beside_it,
    facing_in,
    in_corners,
    over,
    rug_under,
    seat,
)
from media.furniture.looks import Look
from media.furniture.pieces import Piece
from media.rooms.layout import RoomLayout

_SEAT_GAP_M = 0.45
_EYE_M = 1.55


def living_groups(look: Look, layout: RoomLayout) -> Iterator[Group]:
    """A sofa with rug, table, chair, lamp, picture; a two-seater where it is narrow."""
    chair = seating.armchair(look) if look.rng.random() < 0.5 else seating.lounge_chair(look)
    table, side = tables.coffee_table(look), _sign(look)
    for seats in (3, 2) if layout.right_m - layout.left_m > 3.3 else (2,):
        sofa = seating.sofa(look, seats)
        rug = decor.rug(look, 2.4 if seats == 3 else 2.0, 1.6)
        ahead = sofa.depth_m / 2 + _SEAT_GAP_M + table.depth_m / 2
        companions = (
            rug_under(rug, sofa.depth_m / 2 - 0.3),
            before(table, ahead, worth=1.6),
            over(wall_decor.framed_art(look, *_art_size(look, sofa.width_m)), _EYE_M + 0.05),
            facing_in(chair, sofa.width_m / 2 + 0.15, ahead + 0.05, side),
            at_sides(decor.floor_lamp(look), sofa.width_m / 2 + 0.28, -0.2, side),
            at_sides(tables.side_table(look), sofa.width_m / 2 + 0.28, -0.05, -side),
            in_corners(plants.plant(look, float(look.rng.uniform(1.0, 1.35)))),
            at_walls(_wall_unit(look), 0.75),
        )
        yield Group(sofa, "wall", companions)
    yield Group(sofa, "middle", companions, turns=(0.0, np.pi / 2, -np.pi / 2, 0.4, -0.4))
    yield from _reading_corner(look, chair)


def bedroom_groups(look: Look, layout: RoomLayout) -> Iterator[Group]:
    """A bed with nightstands, rug, picture, bench and something to keep clothes in.

    Where no bed has a place there is no bedroom: nothing else would make one.
    """
    stand = storage.nightstand(look)
    keep = storage.dresser(look) if look.rng.random() < 0.6 else storage.wardrobe(look)
    chair = seating.lounge_chair(look)
    for wide in (1.6, 1.4, 0.9) if layout.right_m - layout.left_m > 3.0 else (1.4, 0.9):
        bed = beds.bed(look, wide)
        apart = bed.width_m / 2 + 0.05 + stand.width_m / 2
        back = -(bed.depth_m / 2 - stand.depth_m / 2 - 0.02)
        bench = seating.bench(look, min(1.2, wide - 0.2))
        companions = (
            rug_under(decor.rug(look, wide + 1.0, 1.7), -0.15),
            beside_it(stand, apart, back),
            beside_it(stand, -apart, back),
            over(wall_decor.framed_art(look, *_art_size(look, bed.width_m)), _EYE_M + 0.15),
            before(bench, bed.depth_m / 2 + 0.06 + bench.depth_m / 2, worth=0.5),
            at_walls(keep, 0.7),
            in_corners(plants.plant(look, 1.1)),
            across_corner(chair),
        )
        yield Group(bed, "wall", companions)
        if wide < 1.5:
            lengthwise = (
                at_head(stand, bed),
                in_corners(plants.plant(look, 1.1)),
                at_walls(keep, 0.7),
            )
            yield Group(bed, "side", lengthwise)


def dining_groups(look: Look, layout: RoomLayout) -> Iterator[Group]:
    """A table with its chairs on a rug, a sideboard with a picture or mirror over it."""
    chair = seating.dining_chair(look)
    sizes = [(1.7, 0.9), (1.2, 1.2), (1.0, 1.0)]
    if look.rng.random() < 0.4:
        sizes = sizes[1:]
    for width, depth in sizes:
        table = tables.dining_table(look, width, depth)
        around = _round_table if width == depth else _long_table
        companions = (
            *around(chair, table),
            rug_under(decor.rug(look, width + 1.3, max(depth + 1.2, 1.9)), None),
            at_walls(storage.sideboard(look), 0.9),
            in_corners(plants.plant(look, 1.25)),
            in_corners(decor.floor_lamp(look)),
        )
        yield Group(table, "middle", companions, least=2)

    bistro = tables.bistro_table(look)
    yield Group(bistro, "middle", (*_few_chairs(chair, bistro), *companions[-3:]), least=2)


def kitchen_groups(look: Look, layout: RoomLayout) -> Iterator[Group]:
    """A free-standing island with stools, or a small table with two chairs; a trolley."""
    stool, chair = seating.bar_stool(look), seating.dining_chair(look)
    island, bistro = tables.kitchen_island(look), tables.bistro_table(look)
    extras = (
        at_walls(storage.kitchen_cart(look), 0.8),
        in_corners(plants.plant(look, 1.0)),
        in_corners(decor.basket(look)),
    )
    front = island.depth_m / 2 + stool.depth_m / 2 + 0.02
    at_island = Group(
        island,
        "middle",
        (seat(stool, -0.32, front, np.pi), seat(stool, 0.32, front, np.pi), *extras),
        least=1,
    )
    rug = rug_under(decor.rug(look, 1.9, 1.7), None)
    at_table = Group(bistro, "middle", (*_few_chairs(chair, bistro), rug, *extras), least=2)
    first = look.rng.random() < 0.55
    yield at_island if first else at_table
    yield at_table if first else at_island


def bathroom_groups(look: Look, layout: RoomLayout) -> Iterator[Group]:
    """A shelf or a ladder with towels, a stool, a basket, a plant and a mat."""
    shelf, ladder = storage.towel_shelf(look), decor.towel_ladder(look)
    order = (shelf, ladder) if look.rng.random() < 0.5 else (ladder, shelf)
    mat, stool, basket = decor.bath_mat(look), seating.stool(look), decor.basket(look)
    for main, other in (order, order[::-1]):
        side = _sign(look)
        companions = (
            at_sides(basket, main.width_m / 2 + 0.3, -0.02, side),
            before(mat, main.depth_m / 2 + 0.62, worth=1.0),
            at_sides(stool, main.width_m / 2 + 0.45, 0.15, -side),
            in_corners(plants.plant(look, 0.95)),
            at_walls(other, 0.6),
        )
        yield Group(main, "wall", companions)


def office_groups(look: Look, layout: RoomLayout) -> Iterator[Group]:
    """A desk with a swivel chair, shelves, a picture, a seat for a guest."""
    chair = seating.office_chair(look)
    shelves, guest, lamp = (
        storage.bookcase(look),
        seating.lounge_chair(look),
        decor.floor_lamp(look),
    )
    for width in (1.5, 1.2):
        desk = tables.desk(look, width)
        aside = float(look.rng.uniform(-0.5, 0.5))
        # A chair that is swung aside takes more depth before the desk.
        reach = (chair.depth_m * np.cos(aside) + chair.width_m * abs(np.sin(aside))) / 2
        companions = (
            seat(chair, 0.0, desk.depth_m / 2 + reach + 0.02, np.pi + aside),
            over(wall_decor.framed_art(look, *_art_size(look, width)), _EYE_M + 0.25),
            rug_under(decor.rug(look, 2.0, 1.5), 0.15),
            at_walls(shelves, 0.6),
            in_corners(plants.plant(look, 1.2)),
            across_corner(guest),
            in_corners(lamp),
        )
        yield Group(desk, "wall", companions, least=1)


def entryway_groups(look: Look, layout: RoomLayout) -> Iterator[Group]:
    """A console with a mirror over it, or a bench with hooks; a runner, a coat rack, a plant."""
    side = _sign(look)
    console, bench = storage.console_table(look), storage.shoe_bench(look)
    runner = decor.rug(look, 1.6, 0.8)
    hall = (
        at_sides(plants.plant(look, 1.05), console.width_m / 2 + 0.45, 0.0, side),
        at_sides(decor.coat_rack(look), console.width_m / 2 + 0.4, -0.05, -side),
        at_sides(decor.basket(look), console.width_m / 2 + 0.35, -0.02, side),
    )
    with_mirror = Group(
        console,
        "wall",
        (
            over(wall_decor.wall_mirror(look), _EYE_M + 0.05),
            before(runner, 0.85),
            *hall,
            at_walls(bench, 0.7),
        ),
    )
    with_hooks = Group(
        bench,
        "wall",
        (
            over(wall_decor.wall_hooks(look), 1.6),
            before(runner, 0.85),
            *hall,
            at_walls(console, 0.7),
        ),
    )
    first = look.rng.random() < 0.6
    yield with_mirror if first else with_hooks
    yield with_hooks if first else with_mirror


def outdoor_groups(look: Look, layout: RoomLayout) -> Iterator[Group]:
    """Garden seats around a low table, or a table with chairs; planters."""
    sofa, chair = seating.outdoor_sofa(look, 2), seating.outdoor_sofa(look, 1)
    table, side = tables.coffee_table(look), _sign(look)
    ahead = sofa.depth_m / 2 + _SEAT_GAP_M + table.depth_m / 2
    planters = (in_corners(plants.planter(look)), in_corners(plants.planter(look)))
    lounge = (
        rug_under(decor.rug(look, 2.3, 1.6), sofa.depth_m / 2 - 0.25),
        before(table, ahead, worth=1.6),
        facing_in(chair, sofa.width_m / 2 + 0.3, ahead, side),
        facing_in(chair, sofa.width_m / 2 + 0.3, ahead, -side),
        *planters,
    )
    yield Group(sofa, "wall", lounge)
    yield Group(sofa, "middle", lounge, turns=(0.0, 0.35, -0.35, np.pi / 2, -np.pi / 2))
    round_one = tables.dining_table(look, 1.1, 1.1)
    around = _round_table(seating.dining_chair(look), round_one)
    yield Group(round_one, "middle", (*around, *planters), least=2)


def _sign(look: Look) -> float:
    return 1.0 if look.rng.random() < 0.5 else -1.0


def _art_size(look: Look, over_m: float) -> tuple[float, float]:
    width = min(1.1, 0.5 * over_m)
    return width, width * (0.66 if look.rng.random() < 0.7 else 0.8)


def _wall_unit(look: Look) -> Piece:
    kinds = (storage.media_unit, storage.bookcase, storage.sideboard)
    return kinds[int(look.rng.integers(len(kinds)))](look)


def _reading_corner(look: Look, chair: Piece) -> Iterator[Group]:
    """A chair with a lamp and a small table, where there is no room for more."""
    side = _sign(look)
    beside = (
        at_sides(tables.side_table(look), chair.width_m / 2 + 0.26, 0.0, side),
        at_sides(decor.floor_lamp(look), chair.width_m / 2 + 0.2, -0.2, -side),
        in_corners(plants.plant(look, 1.1)),
    )
    rug = rug_under(decor.rug(look, 1.6, 1.3), None)
    companions = (*(replace(each, is_needed=True) for each in beside), rug)
    yield Group(chair, "middle", companions, least=2, turns=(0.0, 0.5, -0.5))


def _long_table(chair: Piece, table: Piece) -> tuple[Companion, ...]:
    out = table.depth_m / 2 + chair.depth_m / 2 + 0.01
    end = table.width_m / 2 + chair.depth_m / 2 + 0.01
    return (
        seat(chair, -0.4, -out),
        seat(chair, 0.4, -out),
        seat(chair, -0.4, out, np.pi),
        seat(chair, 0.4, out, np.pi),
        seat(chair, -end, 0.0, -np.pi / 2),
        seat(chair, end, 0.0, np.pi / 2),
    )


def _round_table(chair: Piece, table: Piece) -> tuple[Companion, ...]:
    out = table.width_m / 2 + chair.depth_m / 2 + 0.01
    turns = np.arange(4) * np.pi / 2
    return tuple(seat(chair, out * np.sin(t), -out * np.cos(t), float(t)) for t in turns)


def _few_chairs(chair: Piece, table: Piece) -> tuple[Companion, ...]:
    """At both sides of a small table, and behind it."""
    out = table.width_m / 2 + chair.depth_m / 2 + 0.01
    return (
        seat(chair, -out, 0.0, -np.pi / 2),
        seat(chair, out, 0.0, np.pi / 2),
        seat(chair, 0.0, -out),
    )
