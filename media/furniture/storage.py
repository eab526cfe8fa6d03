"""What things are kept in: nightstands, dressers, wardrobes, shelves, consoles."""

from media.furniture.looks import Look
from media.furniture.meshes import joined
from media.furniture.parts import book_row, corner_legs, fronts
from media.furniture.pieces import Paint, Part, Piece, standing
from media.furniture.solids import box, cylinder, lathe
from media.furniture.tables import vase

_BLACK = Paint("lacquer", (0.05, 0.05, 0.06))


def nightstand(look: Look) -> Piece:
    """A bedside cupboard with a lamp on it."""
    height = 0.52
    parts = _cabinet(look, 0.46, 0.40, height, 0.15, (1, 2))
    return standing("nightstand with lamp", [*parts, *table_lamp(look, 0.0, height, 0.02)])


def dresser(look: Look) -> Piece:
    """A chest of six drawers with a vase and a box."""
    parts = _cabinet(look, 1.2, 0.46, 0.82, 0.14, (2, 3))
    case = Part(box((0.2, 0.09, 0.14), 0.006).at(-0.3, 0.865, 0), look.second_cushion)
    return standing("dresser", [*parts, case, *vase(look, 0.35, 0.82, 0)])


def sideboard(look: Look) -> Piece:
    """A low cupboard with a lamp and books."""
    parts = _cabinet(look, 1.5, 0.42, 0.78, 0.16, (4, 1))
    stack = [box((0.24, 0.03, 0.18), 0.004).at(0.1, 0.795 + 0.03 * i, 0) for i in range(2)]
    books = Part(joined(stack), look.second_cushion)
    return standing(
        "sideboard", [*parts, *table_lamp(look, -0.52, 0.78, 0), *vase(look, 0.5, 0.78, 0), books]
    )


def media_unit(look: Look) -> Piece:
    """A low board with a television on it."""
    parts = _cabinet(look, 1.6, 0.42, 0.46, 0.12, (3, 1))
    foot = [box((0.3, 0.012, 0.2), 0.004).at(0, 0.466, 0), box((0.06, 0.08, 0.03)).at(0, 0.5, 0)]
    case = box((1.2, 0.69, 0.035), 0.006).at(0, 0.88, 0)
    screen = box((1.18, 0.67, 0.004), 0.001).at(0, 0.88, -0.02)
    return standing(
        "television on a low board",
        [
            *parts,
            Part(joined([*foot, case]), _BLACK),
            Part(screen, Paint("screen", (0.04, 0.045, 0.05))),
        ],
    )


def wardrobe(look: Look) -> Piece:
    """A wardrobe with two or three doors."""
    return standing("wardrobe", _cabinet(look, 1.2, 0.58, 2.0, 0.08, (3, 1)))


def bookcase(look: Look) -> Piece:
    """Open shelves with books, boxes and a vase."""
    width, depth, height, levels = 0.86, 0.32, 1.85, 5
    wood, frame = look.carcass, look.metal if look.legs == "frame" else look.carcass
    sides = [box((0.028, height, depth), 0.003).at(s * width / 2, height / 2, 0) for s in (-1, 1)]
    step = (height - 0.1) / levels
    boards = [
        box((width, 0.026, depth), 0.003).at(0, 0.08 + step * i, 0) for i in range(levels + 1)
    ]
    parts = [Part(joined(sides), frame), Part(joined(boards), wood)]
    if look.legs != "frame":
        parts.append(
            Part(
                box((width, height - 0.06, 0.012), 0.002).at(0, height / 2 + 0.02, depth / 2), wood
            )
        )
    for level in range(levels):
        y = 0.093 + step * level
        parts += _shelf_load(look, width, y, step, level)
    return standing("bookcase", parts)


def shoe_bench(look: Look) -> Piece:
    """A bench with shoe shelves and a cushion."""
    width, depth, height = 1.0, 0.36, 0.46
    boards = [box((width, 0.024, depth), 0.004).at(0, y, 0) for y in (0.12, 0.29, height - 0.06)]
    sides = [
        box((0.028, height - 0.05, depth), 0.004).at(
            s * (width / 2 - 0.014), (height - 0.05) / 2, 0
        )
        for s in (-1, 1)
    ]
    pad = box((width - 0.03, 0.06, depth - 0.02), 0.025, 0.012, 0.1).at(0, height - 0.02, 0)
    pairs = ((-0.32, 0.132), (-0.1, 0.132), (0.3, 0.132), (0.05, 0.302), (0.28, 0.302))
    shoes = [
        box((0.075, 0.075, 0.25), 0.034).at(x + side, y + 0.037, 0)
        for x, y in pairs
        for side in (-0.045, 0.045)
    ]
    return standing(
        "shoe bench",
        [
            Part(joined([*boards, *sides]), look.carcass),
            Part(pad, look.cushion),
            Part(joined(shoes), look.chair),
        ],
    )


def console_table(look: Look) -> Piece:
    """A narrow hall table with a lamp and a bowl."""
    width, depth, height = 1.1, 0.34, 0.8
    top = box((width, 0.032, depth), 0.006).at(0, height - 0.016, 0)
    apron = box((width - 0.1, 0.09, depth - 0.06), 0.004).at(0, height - 0.075, 0)
    shelf = box((width - 0.1, 0.02, depth - 0.06), 0.004).at(0, 0.18, 0)
    legs = corner_legs(look, width - 0.02, depth - 0.02, height - 0.02, 0.05)
    parts = [Part(top, look.top), Part(joined([apron, shelf]), look.wood), legs]
    bowl = lathe([(0, 0), (0.05, 0), (0.13, 0.06), (0.12, 0.058), (0, 0.012)], 22).at(
        0.08, height, 0
    )
    lamp = table_lamp(look, -0.36, height, 0)
    return standing(
        "console table", [*parts, Part(bowl, look.pot), *lamp, *vase(look, 0.38, height, 0)]
    )


def kitchen_cart(look: Look) -> Piece:
    """A trolley with a wooden top and two shelves."""
    posts = [cylinder(0.012, 0.84, 10).at(x, 0.03, z) for x in (-0.3, 0.3) for z in (-0.19, 0.19)]
    shelves = [box((0.62, 0.02, 0.4), 0.004).at(0, y, 0) for y in (0.18, 0.5)]
    top = box((0.68, 0.035, 0.45), 0.008).at(0, 0.87, 0)
    wheels = [
        box((0.03, 0.06, 0.06), 0.014).at(x, 0.03, z) for x in (-0.3, 0.3) for z in (-0.19, 0.19)
    ]
    pots = [
        lathe([(0, 0), (0.09, 0), (0.1, 0.1), (0.1, 0.13), (0, 0.14)], 20).at(x, y, 0)
        for x, y in ((-0.15, 0.19), (0.14, 0.19), (0.0, 0.51))
    ]
    return standing(
        "kitchen cart",
        [
            Part(joined([*posts, *shelves, *wheels]), look.metal),
            Part(top, look.wood),
            Part(joined(pots), look.pot),
            *vase(look, 0.18, 0.887, 0),
        ],
    )


def towel_shelf(look: Look) -> Piece:
    """A slim open shelf with folded towels and bottles."""
    width, depth, height = 0.5, 0.32, 1.25
    posts = [
        box((0.025, height, 0.025), 0.004).at(x, height / 2, z)
        for x in (-0.24, 0.24)
        for z in (-0.15, 0.15)
    ]
    levels = (0.12, 0.5, 0.88, height - 0.02)
    boards = [box((width, 0.022, depth), 0.004).at(0, y, 0) for y in levels]
    towels = [
        [
            box((0.34, 0.06, 0.26), 0.028, 0.006, 0.1).at(-0.02, y + 0.045 + 0.062 * i, 0)
            for i in range(n)
        ]
        for y, n in ((0.12, 3), (0.5, 2), (0.88, 2))
    ]
    bottles = [cylinder(0.032, 0.16, 14).at(x, height - 0.009, 0) for x in (-0.12, -0.03)]
    return standing(
        "towel shelf",
        [
            Part(joined(posts), look.leg_paint()),
            Part(joined(boards), look.wood),
            Part(joined(towels[0] + towels[2]), look.linen),
            Part(joined(towels[1]), look.cushion),
            Part(joined(bottles), look.pot),
            *vase(look, 0.13, height - 0.009, 0),
        ],
    )


def table_lamp(look: Look, x: float, y: float, z: float) -> list[Part]:
    """A lamp with a ceramic foot, standing at the given place."""
    foot = lathe(
        [
            (0, 0),
            (0.06, 0),
            (0.06, 0.012),
            (0.03, 0.025),
            (0.065, 0.09),
            (0.06, 0.15),
            (0.014, 0.21),
            (0.012, 0.25),
        ],
        18,
    )
    shade = lathe([(0.135, 0.22), (0.10, 0.40)], 24, thin=True)
    lit = Paint("shade", look.shade.color if min(look.shade.color) > 0.5 else (0.93, 0.88, 0.78))
    return [Part(foot.at(x, y, z), look.pot), Part(shade.at(x, y, z), lit)]


def _cabinet(
    look: Look, width_m: float, depth_m: float, height_m: float, leg_m: float, grid: tuple[int, int]
) -> list[Part]:
    """A box on legs with a top and a front of doors or drawers."""
    tall = height_m - leg_m - 0.025
    body = box((width_m - 0.01, tall, depth_m - 0.03), 0.004).at(0, leg_m + tall / 2, 0.01)
    top = box((width_m + 0.01, 0.025, depth_m), 0.006).at(0, height_m - 0.0125, 0)
    legs = corner_legs(look, width_m - 0.06, depth_m - 0.08, leg_m + 0.01, 0.05)
    front = -depth_m / 2 + 0.025
    doors = fronts(look, width_m - 0.03, leg_m + 0.012, height_m - 0.035, front, grid)
    return [Part(body, look.carcass), Part(top, look.carcass), legs, *doors]


def _shelf_load(look: Look, width_m: float, y: float, step_m: float, level: int) -> list[Part]:
    """Books on most of a shelf, a box or a vase beside them."""
    share = float(look.rng.uniform(0.4, 0.7))
    long = (width_m - 0.06) * share
    side = -1 if level % 2 else 1
    books = [
        Part(part.mesh.at(side * (width_m - 0.06 - long) / 2, y, 0.01), part.paint)
        for part in book_row(look, long, step_m - 0.04, 0.25)
    ]
    x = -side * (width_m - 0.06) * 0.36
    if level % 3 == 0:
        return [
            *books,
            Part(box((0.2, step_m * 0.5, 0.24), 0.01).at(x, y + step_m * 0.25, 0), look.cushion),
        ]
    pot = lathe([(0, 0), (0.05, 0), (0.075, 0.07), (0.06, 0.13), (0.035, 0.15)], 16)
    return [*books, Part(pot.at(x, y, 0), look.pot)]
